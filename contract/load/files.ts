import { dirname, relative, resolve } from 'node:path';
import type { Field } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { fileErrorReason } from '../file-error.js';
import type { SourcedAction } from '../overlay/apply.js';
import { getPointer, isObject } from '../pointer.js';
import { FileAccess, type Refusal, withoutQuotes } from './file-access.js';
import type { TextProblem } from './json-text.js';
import { DocumentChanges } from './mendable.js';
import { Origins } from './origins.js';
import { type Parse, parse, parseReferred } from './parse.js';
import { distinctInOrder } from './problem-order.js';
import {
  findReferences,
  isUrl,
  localReference,
  type Part,
  passedReference,
  splitReference,
  type Target,
} from './references.js';
import type { Origin, SourceFile } from './source-file.js';

/** How files are read. */
export type ReadFile = (path: string) => Promise<string>;

export interface ReadFilesOptions {
  readonly read: ReadFile;
  /** How files that references name are parsed. Their values become part of a bundle as copies. Default: `parseReferred`. */
  readonly parseReferred?: Parse;
  /** Folders besides that of the root document whose files references may read. */
  readonly allowRef: readonly string[];
  /** Paths of overlays, in the order in which they are applied. */
  readonly overlays: readonly string[];
}

/** The files of a contract. */
export interface Sources {
  /** By absolute path, the root document first. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** By absolute path, in the order in which they were applied. */
  readonly overlays: ReadonlyMap<string, SourceFile>;
  /** A reference is percent-encoded or stands for a map, so references have to be rewritten even in a single file. */
  readonly rewritten: boolean;
  /** What overlays have put into the root document. */
  readonly origins: Origins;
  /** The actions of overlays that match nothing in the root document. */
  readonly unmatched: readonly SourcedAction[];
  /** Problems of overlays that leave them usable, and of files that leave them readable. */
  readonly warnings: readonly ContractProblem[];
  /** Whether the root document is written for Rolecall, without overlays. */
  readonly isOurs: boolean;
}

/**
 * Reads a document and every file that its references name, each once, in parallel.
 *
 * @throws ContractError with a problem for each file that is missing, that references may not read, or that is neither
 * YAML nor JSON, and for each malformed reference.
 */
export async function readFiles(entry: string, options: ReadFilesOptions): Promise<Sources> {
  const { allowRef, overlays } = options;
  const reader = new SourceReader(options, new FileAccess(entry, allowRef));
  const root = await reader.openRoot(resolve(entry), overlays);
  if (root !== undefined) await reader.follow(root, { pointer: '', field: { is: 'one', kind: 'document' } });
  if (reader.problems.length > 0) throw new ContractError('CONTRACT_UNREADABLE', distinctInOrder(reader.problems));
  return reader;
}

class SourceReader implements Sources {
  readonly files = new Map<string, SourceFile>();
  readonly overlays = new Map<string, SourceFile>();
  readonly problems: ContractProblem[] = [];
  rewritten = false;
  readonly origins = new Origins();
  readonly unmatched: SourcedAction[] = [];
  readonly warnings: ContractProblem[] = [];
  isOurs = false;
  readonly #read: ReadFile;
  readonly #parseReferred: Parse;
  readonly #access: FileAccess;
  /** By absolute path; a file is opened once, however many references name it. */
  readonly #opened = new Map<string, Promise<SourceFile | undefined>>();
  readonly #seen = new Set<Json>();

  constructor({ read, parseReferred: parseOther = parseReferred }: ReadFilesOptions, access: FileAccess) {
    this.#read = read;
    this.#parseReferred = parseOther;
    this.#access = access;
  }

  /** Opens the root document, and applies overlays. Its references may use the URL that it gives itself. */
  async openRoot(path: string, overlays: readonly string[]): Promise<SourceFile | undefined> {
    const file = await this.open(path);
    if (file === undefined || !isObject(file.value)) return file;
    this.isOurs = hasKeywords(file.value);
    let value: JsonObject = file.value;
    if (overlays.length > 0) value = await this.#overlaid(file, value, overlays);
    if (typeof value.$self === 'string') value = withLocalReferences(value, value.$self, this.origins);
    if (value === file.value) return file;
    const root = { ...file, value };
    this.files.set(path, root);
    this.#opened.set(path, Promise.resolve(root));
    return root;
  }

  /** The root document with overlays applied, each to the result of the one before. */
  async #overlaid(root: SourceFile, document: JsonObject, overlays: readonly string[]): Promise<JsonObject> {
    const [{ readOverlay }, { applyActions }, { checkExtends }] = await Promise.all([
      import('../overlay/overlay.js'),
      import('../overlay/apply.js'),
      import('../overlay/extends.js'),
    ]);
    this.origins.set(document, { file: root, pointer: '' });
    let current = document;
    for (const path of overlays) {
      const file = await this.#openOverlay(resolve(path));
      if (file === undefined) continue;
      const { actions, problems, warnings } = await readOverlay(file.value);
      const located = (all: typeof problems) =>
        Promise.all(all.map(({ pointer, message }) => problemAt({ file, pointer }, message)));
      const other = checkExtends(file.value, file.path, { path: root.path, self: document.$self });
      this.warnings.push(...(await located([...warnings, ...other])));
      this.problems.push(...(await located(problems)));
      const sourced = actions.map((action) => ({ action, file }));
      const overlaid = applyActions(current, sourced, this.origins);
      for (const { origin, message } of overlaid.problems) this.problems.push(await problemAt(origin, message));
      this.unmatched.push(...overlaid.unmatched);
      current = overlaid.document;
    }
    return current;
  }

  /** The user names overlays, as the root document. */
  async #openOverlay(path: string): Promise<SourceFile | undefined> {
    const file = await this.#parsed(path, undefined, 'an overlay, in YAML or JSON');
    if (file !== undefined) this.overlays.set(path, file);
    return file;
  }

  /** @param from the reference that names the file; none for the root document */
  open(path: string, from?: Origin): Promise<SourceFile | undefined> {
    const known = this.#opened.get(path);
    if (known !== undefined) return known;
    const opened = this.#open(path, from);
    this.#opened.set(path, opened);
    return opened;
  }

  async #open(path: string, from: Origin | undefined): Promise<SourceFile | undefined> {
    const refusal = from === undefined ? undefined : await this.#access.refusalOf(path);
    if (from !== undefined && refusal !== undefined) {
      this.problems.push(await problemAt(from, `"${displayPath(path)}" ${REFUSED[refusal](path)}`));
      return undefined;
    }
    const file = await this.#parsed(path, from, 'the root document of a contract, OpenAPI in YAML or JSON');
    if (file !== undefined) this.files.set(path, file);
    return file;
  }

  /** @param expected - names the file that the user should have named */
  async #parsed(path: string, from: Origin | undefined, expected: string): Promise<SourceFile | undefined> {
    let text: string;
    try {
      text = await this.#read(path);
    } catch (cause) {
      this.problems.push(await missing(path, cause, from, expected));
      return undefined;
    }
    // The user names the root document.
    const isForeign = from !== undefined && (await this.#access.isForeign(path));
    const parsed = await (from === undefined ? parse : this.#parseReferred)(path, text);
    const problemOf = ({ line, column, message }: TextProblem): ContractProblem => {
      const shown = isForeign ? withoutQuotes(message) : message;
      return { file: displayPath(path), line, column, pointer: '#', message: shown };
    };
    if ('problem' in parsed) {
      this.problems.push(problemOf(parsed.problem));
      return undefined;
    }
    if (parsed.flaw !== undefined) this.warnings.push(problemOf(parsed.flaw));
    return { path, text, value: parsed.value, isForeign };
  }

  /** Reads the files that a part of a file refers to, directly or through other parts of it. */
  async follow(file: SourceFile, first: Part): Promise<void> {
    const parts = [first];
    const known = new Set<Pointer>();
    const pending: Promise<void>[] = [];
    // The list grows while it is walked.
    for (const part of parts) {
      const start = getPointer(file.value, part.pointer);
      if (start === undefined) {
        const passed = passedReference(file.value, part.pointer);
        if (passed === undefined) continue;
        this.rewritten = true;
        if (passed.file !== '') pending.push(this.#enter(passed, part.field, { file, pointer: passed.at }));
        else if (!known.has(passed.pointer)) parts.push({ pointer: passed.pointer, field: part.field });
        known.add(passed.pointer);
        continue;
      }
      findReferences(start, part, this.#seen, (reference, field, at) => {
        if (isUrl(reference)) return;
        const target = splitReference(reference);
        this.rewritten ||= reference.includes('%') || field?.is === 'map-of';
        if (target === undefined) pending.push(this.#report(undecodable(reference, { file, pointer: at() })));
        else if (target.file === '') {
          if (!known.has(target.pointer)) parts.push({ pointer: target.pointer, field });
          known.add(target.pointer);
        } else pending.push(this.#enter(target, field, { file, pointer: at() }));
      });
    }
    await Promise.all(pending);
  }

  async #enter(target: Target, field: Field | undefined, from: Origin): Promise<void> {
    const file = await this.open(resolve(dirname(from.file.path), target.file), from);
    if (file !== undefined) await this.follow(file, { pointer: target.pointer === '/' ? '' : target.pointer, field });
  }

  async #report(problem: Promise<ContractProblem>): Promise<void> {
    this.problems.push(await problem);
  }
}

/** A copy of a document in which references by its own URL are relative to its file. */
function withLocalReferences(document: JsonObject, self: string, origins: Origins): JsonObject {
  const changes = new DocumentChanges();
  findReferences(document, { pointer: '', field: { is: 'one', kind: 'document' } }, new Set(), (reference, _, at) => {
    const local = localReference(reference, self);
    if (local !== reference) changes.set(at(), local);
  });
  return changes.applyTo(document, (from, to) => origins.keep(from, to));
}

/** Whether a document is written for Rolecall. */
function hasKeywords({ components }: JsonObject): boolean {
  return isObject(components) && Object.keys(components).some((name) => OURS.has(name));
}

const OURS = new Set(['x-resources', 'x-relations', 'x-problems']);

/** A path as messages show it: relative to the working directory for files below it. */
export function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown.startsWith('..') || shown === '' ? path : shown;
}

const REFUSED: Readonly<Record<Refusal, (path: string) => string>> = {
  outside: (path) =>
    `is outside the folder of the contract; pass --allow-ref ${displayPath(dirname(path))} if you trust the contract`,
  irregular: () => 'is not a regular file; expected a YAML or JSON file',
};

async function missing(
  path: string,
  cause: unknown,
  from: Origin | undefined,
  expected: string,
): Promise<ContractProblem> {
  const reason = fileErrorReason(cause);
  const file = displayPath(path);
  if (from === undefined) {
    return { file, line: 1, column: 1, pointer: '#', message: `cannot be read: ${reason}; expected ${expected}` };
  }
  return problemAt(from, `"${file}" cannot be read: ${reason}; expected the file that $ref names`);
}

function undecodable(reference: string, place: Origin): Promise<ContractProblem> {
  const advice = 'expected two hexadecimal digits after "%"; write a percent sign as "%25"';
  return problemAt(place, `"$ref: ${reference}" is malformed: ${advice}`);
}

/** A problem at a place of one file. */
export async function problemAt({ file, pointer }: Origin, message: string): Promise<ContractProblem> {
  const { locate } = await import('./locate.js');
  const place = { file: displayPath(file.path), ...locate(file.text, pointer) };
  if (file.isForeign) return { ...place, pointer: '#', message: withoutQuotes(message) };
  return { ...place, pointer: `#${pointer}`, message };
}
