import type { Contract, Json, JsonObject, Operation, Relation } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { editJson } from '../arbitraries/json-edit.js';
import type { PlannedRequest, RequestValues } from '../target/request.js';
import { noValues } from '../target/request.js';
import { type Effects, remainingSide } from './effects.js';
import { idOf, resourceNamed } from './identity.js';

/** One tuple of a relation: what names each side. */
export interface Tuple {
  readonly relation: string;
  /** Side → what names it in bodies. */
  readonly names: Readonly<Record<string, Json>>;
}

/** How many entries one request names where the contract sets no limit. */
const MOST_ENTRIES = 50;

/** The tuples that a request to add or remove names: every entry of its list together with the sides of its path. */
export function tuplesOf(contract: Contract, request: PlannedRequest): readonly Tuple[] {
  const { operation, values } = request;
  const effect = operation?.effect;
  if (effect === undefined || effect.on !== 'relation' || values === undefined) return [];
  const relation = contract.relations.get(effect.target);
  if (relation === undefined) return [];
  const body = parse(request.body);
  const fixed: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(effect.of)) fixed[side] = values.path[parameter] ?? '';
  return Object.entries(effect.each).flatMap(([side, pointer]) => {
    const list = body === undefined ? undefined : getPointer(body, pointer);
    return Array.isArray(list)
      ? list.map((entry: Json) => ({ relation: relation.name, names: { ...fixed, [side]: entry } }))
      : [];
  });
}

/** A tuple as one string, fit to compare. */
export function tupleKey(contract: Contract, { relation, names }: Tuple): string {
  const sides = contract.relations.get(relation)?.between ?? Object.keys(names);
  return [relation, ...sides.map((side) => idOf(resourceNamed(contract, side), names[side] ?? '') ?? '')].join(
    '\u0000',
  );
}

/** The requests that add (or remove) many of the remaining side, in as few as the contract allows. */
export function requestsFor(
  contract: Contract,
  effects: Effects,
  kind: 'add' | 'remove',
  relation: Relation,
  fixed: Readonly<Record<string, Json>>,
  many: readonly Json[],
): readonly { readonly operation: Operation; readonly values: RequestValues }[] {
  const sides = Object.keys(fixed);
  const rest = remainingSide(relation, sides);
  const operation = effects.one(kind, relation.name, sides);
  if (operation?.effect === undefined) return fromTheOtherSide(contract, effects, kind, relation, fixed, many, rest);
  const pointer = operation.effect.each[rest];
  if (pointer === undefined) return [];
  const size = Math.min(MOST_ENTRIES, mostEntries(contract, operation, pointer));
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(operation.effect.of)) path[parameter] = fixed[side] ?? '';
  const batches = Array.from({ length: Math.ceil(many.length / size) }, (_, index) =>
    many.slice(index * size, (index + 1) * size),
  );
  return batches.map((batch) => ({
    operation,
    values: { ...noValues, path, body: editJson({}, { kind: 'set', pointer, value: batch }) },
  }));
}

/** Where no operation has these sides in its path: one request for each of the many, with the sides exchanged. */
function fromTheOtherSide(
  contract: Contract,
  effects: Effects,
  kind: 'add' | 'remove',
  relation: Relation,
  fixed: Readonly<Record<string, Json>>,
  many: readonly Json[],
  rest: string,
): readonly { readonly operation: Operation; readonly values: RequestValues }[] {
  for (const operation of effects.all(kind, relation.name)) {
    const bound = Object.keys(operation.effect?.of ?? {});
    if (!bound.includes(rest)) continue;
    const other = remainingSide(relation, bound);
    return many.flatMap((name) => {
      const { [other]: entry, ...others } = { ...fixed, [rest]: name };
      return entry === undefined ? [] : requestsFor(contract, effects, kind, relation, others, [entry]);
    });
  }
  return [];
}

/** The most entries that the list at a pointer of the body may have. */
export function mostEntries(contract: Contract, operation: Operation, pointer: string): number {
  let schema: JsonObject = contract.resolve(operation.requestBody?.content[0]?.schema ?? {});
  for (const segment of pointer.split('/').slice(1)) {
    const next = getPointer(schema, `/properties/${segment}`);
    if (typeof next !== 'object' || next === null || Array.isArray(next)) return Number.POSITIVE_INFINITY;
    // An object that is no list: the check above leaves nothing else.
    schema = contract.resolve(next as JsonObject);
  }
  return typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY;
}

function parse(body: string | undefined): Json | undefined {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
