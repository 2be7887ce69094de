import type { Contract, Evidence, Json, JsonObject, Operation, Pointer } from '../../contract/contract.js';
import { readEvidence } from '../../contract/evidence.js';
import { getPointer, isObject, joinPointer, splitPointer, step } from '../../contract/pointer.js';

/** One entry of `x-evidence` that applies to an operation. */
export interface EvidenceEntry {
  /** The object with the entry, in the bundled document: `/paths/~1roles/get`, `/components/schemas/RoleIds`. */
  readonly home: Pointer;
  /** The fact, relative to `home`; empty for the object itself. */
  readonly fact: Pointer | '';
  /** The path from the operation to the fact, with references followed: `/requestBody/content/…/schema/properties/roles/minItems`. */
  readonly way: Pointer;
  readonly evidence: Evidence;
  /** The value in the contract. */
  readonly value: Json | undefined;
}

/**
 * All evidence that applies to an operation: its own, that of everything it refers to, of the problems that its responses
 * list, and of the relation or resource of its effect.
 */
export function evidenceEntries(
  { document, problems, relations, resources }: Contract,
  operation: Operation,
): readonly EvidenceEntry[] {
  const found: EvidenceEntry[] = [];
  const seen = new Set<string>();
  const visit = (value: Json | undefined, home: Pointer, way: Pointer): void => {
    const target = followed(document, value, home);
    if (target === undefined || seen.has(`${target.home} ${way.split('/')[1] ?? ''}`)) return;
    seen.add(`${target.home} ${way.split('/')[1] ?? ''}`);
    const own = target.value['x-evidence'];
    for (const [fact, entry] of Object.entries(isObject(own) ? own : {})) {
      if (!isObject(entry)) continue;
      found.push({
        home: target.home,
        fact,
        way: `${way}${fact}`,
        evidence: readEvidence(entry),
        value: valueAt(document, target.value, fact),
      });
    }
    for (const [name, inside] of Object.entries(target.value)) {
      if (SKIPPED.has(name)) continue;
      const entries: readonly (readonly [string, Json])[] = Array.isArray(inside)
        ? inside.map((each: Json, index) => [`${name}/${index}`, each] as const)
        : [[name, inside]];
      for (const [at, each] of entries) {
        if (!isObject(each)) continue;
        const segments = at.split('/').length > 1 && Array.isArray(inside) ? [name, at.slice(name.length + 1)] : [name];
        visit(each, joinPointer(target.home, ...segments), joinPointer(way, ...segments));
      }
    }
  };
  visit(getPointer(document, operation.pointer), operation.pointer, '');
  for (const { name, pointer } of operation.parameters)
    visit(getPointer(document, pointer), pointer, `/parameters/${name}`);
  for (const response of operation.responses) {
    for (const [index, problem] of response.problems.entries()) {
      const { pointer } = problems.get(problem.name) ?? problem;
      visit(getPointer(document, pointer), pointer, `/responses/${response.status}/x-problems/${index}`);
    }
  }
  const named =
    operation.effect === undefined
      ? undefined
      : (relations.get(operation.effect.target) ?? resources.get(operation.effect.target));
  if (named !== undefined)
    visit(getPointer(document, named.pointer), named.pointer, `/x-effect/${operation.effect?.target ?? ''}`);
  return found;
}

// Parameters are visited separately, by name: some belong to the path.
const SKIPPED = new Set(['parameters', 'x-evidence', 'example', 'examples', 'default']);

function followed(
  document: JsonObject,
  value: Json | undefined,
  home: Pointer,
): { readonly value: JsonObject; readonly home: Pointer } | undefined {
  let current = value;
  let place = home;
  for (let hops = 0; isObject(current) && typeof current.$ref === 'string' && hops < 100; hops += 1) {
    place = current.$ref.slice(1);
    current = getPointer(document, place);
  }
  return isObject(current) ? { value: current, home: place } : undefined;
}

function valueAt(document: JsonObject, owner: JsonObject, fact: string): Json | undefined {
  return splitPointer(fact).reduce<Json | undefined>((value, segment) => {
    const target = followed(document, value, '')?.value ?? value;
    return step(target, segment);
  }, owner);
}
