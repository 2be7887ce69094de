import type { Flaw } from '../check/flaw.js';
import type { Evidence, Json, JsonObject, Pointer } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { evidenceAt, exactEvidenceAt } from '../evidence.js';
import { listOr, objectOr } from '../json/json-value.js';
import { getPointer, isObject } from '../pointer.js';
import { serverUrl } from '../read/server-url.js';

/** A bundled document with what its readers need: following references, and looking up evidence. */
export interface Source {
  readonly document: JsonObject;
  /** A value with its references followed, and the place it is then at. */
  follow(value: Json | undefined, pointer: Pointer): { readonly value: JsonObject; readonly pointer: Pointer };
  evidenceAt(pointer: Pointer): Evidence;
  /** The evidence for exactly this place, or nothing. */
  exactEvidenceAt(pointer: Pointer): Evidence | undefined;
}

export function sourceOf(document: JsonObject): Source {
  const known = new Map<Pointer, Evidence>();
  return {
    document,
    follow: (value, pointer) => follow(document, value, pointer),
    exactEvidenceAt: (pointer) => exactEvidenceAt(document, pointer),
    evidenceAt: (pointer) => {
      const evidence = known.get(pointer) ?? evidenceAt(document, pointer);
      known.set(pointer, evidence);
      return evidence;
    },
  };
}

/** A chain of references is shorter; a circle of references has no end. */
const MOST_HOPS = 100;

function follow(
  document: JsonObject,
  value: Json | undefined,
  pointer: Pointer,
): { value: JsonObject; pointer: Pointer } {
  let current = value;
  let place = pointer;
  for (let hops = 0; isObject(current) && typeof current.$ref === 'string'; hops++) {
    const target: Pointer = current.$ref.slice(1);
    const named = getPointer(document, target);
    if (named === undefined || hops === MOST_HOPS) {
      const message = `"$ref: ${current.$ref}" points to nothing; expected a component`;
      throw new ContractError('CONTRACT_INVALID', [unlocated({ pointer: place, message })]);
    }
    current = named;
    place = target;
  }
  return { value: isObject(current) ? current : {}, pointer: place };
}

/** A flaw of a document whose files are not known. */
export function unlocated(flaw: Flaw): ContractProblem {
  return { file: 'document', line: 1, column: 1, pointer: `#${flaw.pointer}`, message: flaw.message };
}

/** The path of the first server: `https://{domain}/api/v2/` gives `/api/v2`. */
export function serverPathOf(value: JsonObject): string {
  return pathOf(objectOr(listOr(value.servers)[0])) ?? '';
}

/** The paths of all servers, each once, also with the other values of a variable that lists them. */
export function serverPathsOf(document: JsonObject): readonly string[] {
  return [...new Set(listOr(document.servers).flatMap((server) => pathsOf(objectOr(server))))];
}

function pathsOf(server: JsonObject): readonly string[] {
  const variables = Object.entries(objectOr(server.variables));
  const others = variables.flatMap(([name, variable]) =>
    listOr(objectOr(variable).enum).map((value): JsonObject => {
      const chosen = { ...objectOr(variable), default: value };
      return { ...server, variables: { ...objectOr(server.variables), [name]: chosen } };
    }),
  );
  return [server, ...others].flatMap((each) => pathOf(each) ?? []);
}

/** Without a slash at the end; undefined if the URL is invalid. */
function pathOf(server: JsonObject): string | undefined {
  const address = serverUrl(server);
  return 'url' in address ? address.url.pathname.replace(/\/+$/, '') : undefined;
}
