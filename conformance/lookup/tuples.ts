import type { Contract, Json, JsonObject, Operation, Relation } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { editJson } from '../arbitraries/json-edit.js';
import type { PlannedRequest, RequestValues } from '../target/request.js';
import { noValues } from '../target/request.js';
import { type Effects, remainingSide } from './effects.js';
import { idOf, resourceNamed } from './identity.js';
import { pathNaming } from './path-names.js';

/** One tuple of a relation. */
export interface Tuple {
  readonly relation: string;
  /** Side → how bodies name its subject. */
  readonly names: Readonly<Record<string, Json>>;
}

/** Entries in one request where the contract sets no limit. */
const MAX_ENTRIES = 50;

/** The tuples that a request adds or removes: each entry of its list, combined with the sides in its path. */
export function tuplesOf(contract: Contract, request: PlannedRequest): readonly Tuple[] {
  const { operation, values } = request;
  const effect = operation?.effect;
  if (effect === undefined || effect.on !== 'relation' || values === undefined) return [];
  const relation = contract.relations.get(effect.target);
  if (relation === undefined) return [];
  const body = parse(request.body);
  const fixed: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(effect.of)) fixed[side] = values.path[parameter] ?? '';
  const sides = Object.entries(effect.each);
  if (sides.length === 0) return [{ relation: relation.name, names: fixed }];
  return sides.flatMap(([side, pointer]) => {
    const named = body === undefined ? undefined : getPointer(body, pointer);
    // A list names many, a text names one.
    const entries: readonly Json[] = Array.isArray(named) ? named : typeof named === 'string' ? [named] : [];
    return entries.map((entry) => ({ relation: relation.name, names: { ...fixed, [side]: entry } }));
  });
}

/** A tuple as one string, for comparisons. */
export function tupleKey(contract: Contract, { relation, names }: Tuple): string {
  const sides = contract.relations.get(relation)?.between ?? Object.keys(names);
  return [relation, ...sides.map((side) => idOf(resourceNamed(contract, side), names[side] ?? '') ?? '')].join(
    '\u0000',
  );
}

/** Many tuples to add or remove, which differ in one side only. */
export interface RelationChange {
  readonly kind: 'add' | 'remove';
  readonly relation: Relation;
  /** How bodies name the subjects of all sides but one. */
  readonly fixed: Readonly<Record<string, Json>>;
  /** How bodies name the subjects of the remaining side. */
  readonly many: readonly Json[];
}

export interface ChangeRequest {
  readonly operation: Operation;
  readonly values: RequestValues;
}

/** The fewest requests that make a change within the contract's limits; none where no operation can make it. */
export function changeRequests(effects: Effects, change: RelationChange): readonly ChangeRequest[] {
  const { kind, relation, fixed, many } = change;
  const sides = Object.keys(fixed);
  const rest = remainingSide(relation, sides);
  const operation = effects.one(kind, relation.name, sides);
  const wholePath = effects.one(kind, relation.name, [...sides, rest]);
  if (wholePath !== undefined) {
    return many.map((name) => ({
      operation: wholePath,
      values: { ...noValues, path: pathNaming(wholePath, { ...fixed, [rest]: name }) },
    }));
  }
  if (operation?.effect === undefined) return requestsFromOtherSide(effects, change, rest);
  const pointer = operation.effect.each[rest];
  if (pointer === undefined) return [];
  const limits = listLimits(effects.contract, operation, pointer);
  const size = Math.min(MAX_ENTRIES, limits.max);
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(operation.effect.of)) path[parameter] = fixed[side] ?? '';
  const batches = Array.from({ length: Math.ceil(many.length / size) }, (_, index) =>
    many.slice(index * size, (index + 1) * size),
  );
  return batches.map((batch) => ({
    operation,
    values: {
      ...noValues,
      path,
      body: editJson({}, { kind: 'set', pointer, value: limits.isList ? batch : (batch[0] ?? '') }),
    },
  }));
}

/** Where no operation has these sides in its path: one request for each of the many, with the sides exchanged. */
function requestsFromOtherSide(effects: Effects, change: RelationChange, rest: string): readonly ChangeRequest[] {
  const { kind, relation, fixed, many } = change;
  for (const operation of effects.all(kind, relation.name)) {
    const bound = Object.keys(operation.effect?.of ?? {});
    if (!bound.includes(rest)) continue;
    const other = remainingSide(relation, bound);
    return many.flatMap((name) => {
      const { [other]: entry, ...others } = { ...fixed, [rest]: name };
      return entry === undefined ? [] : changeRequests(effects, { kind, relation, fixed: others, many: [entry] });
    });
  }
  return [];
}

/** How many entries the body names at a pointer: a list up to its maximum length, a text one. */
function listLimits(
  contract: Contract,
  operation: Operation,
  pointer: string,
): { readonly isList: boolean; readonly max: number } {
  let schema: JsonObject = contract.resolve(operation.requestBody?.content[0]?.schema ?? {});
  for (const segment of pointer.split('/').slice(1)) {
    const next = getPointer(schema, `/properties/${segment}`);
    if (typeof next !== 'object' || next === null || Array.isArray(next)) {
      return { isList: true, max: Number.POSITIVE_INFINITY };
    }
    // The check above leaves objects only.
    schema = contract.resolve(next as JsonObject);
  }
  if (schema.type === 'string') return { isList: false, max: 1 };
  return { isList: true, max: typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY };
}

function parse(body: string | undefined): Json | undefined {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
