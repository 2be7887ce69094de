import type { Contract, Json, Operation, Relation } from '../../contract/contract.js';
import { entryNaming, listInBody } from '../../contract/list-in-body.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import { editJson } from '../arbitraries/json-edit.js';
import type { PlannedRequest, RequestValues } from '../target/request.js';
import { type Effects, remainingSide } from './effects.js';
import { idOf, nameInBody, resourceNamed } from './identity.js';
import { neededValues } from './needed-values.js';
import { pathNaming } from './path-names.js';

/** One tuple of a relation. */
export interface Tuple {
  readonly relation: string;
  /** Side → how bodies name its subject: its key, or for an item the object of its key properties. */
  readonly names: Readonly<Record<string, Json>>;
}

/** Entries in one request where the contract sets no limit. */
const MAX_ENTRIES = 50;

/**
 * The tuples that a request adds or removes: each entry of its list, combined with the sides in its path.
 *
 * @param kind - what to do with the tuples: one request may add some and remove others
 */
export function tuplesOf(contract: Contract, request: PlannedRequest, kind: 'add' | 'remove'): readonly Tuple[] {
  const { operation, values } = request;
  const effect = operation?.effect;
  if (effect === undefined || effect.on !== 'relation' || values === undefined) return [];
  const relation = contract.relations.get(effect.target);
  if (relation === undefined) return [];
  const body = parse(request.body);
  const fixed: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(effect.of)) fixed[side] = values.path[parameter] ?? '';
  const sides = Object.entries(effect.each);
  const adds = (entry: Json): boolean =>
    effect.kind === 'add' && !(isObject(entry) && effect.flag !== undefined && entry[effect.flag] === false);
  if (sides.length === 0) return effect.kind !== kind ? [] : [{ relation: relation.name, names: fixed }];
  return sides.flatMap(([side, pointer]) => {
    const named = body === undefined ? undefined : getPointer(body, pointer);
    // A list names many, a text names one.
    const entries: readonly Json[] = Array.isArray(named) ? named : typeof named === 'string' ? [named] : [];
    const resource = resourceNamed(contract, side);
    return entries
      .filter((entry) => adds(entry) === (kind === 'add'))
      .map((entry) => ({ relation: relation.name, names: { ...fixed, [side]: nameInBody(resource, entry) ?? entry } }));
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
      values: { ...neededValues(effects.contract, wholePath), path: pathNaming(wholePath, { ...fixed, [rest]: name }) },
    }));
  }
  if (operation?.effect === undefined) return requestsFromOtherSide(effects, change, rest);
  const pointer = operation.effect.each[rest];
  if (pointer === undefined) return [];
  const size = mostEntries(effects.contract, operation, pointer);
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(operation.effect.of)) path[parameter] = fixed[side] ?? '';
  const batches = Array.from({ length: Math.ceil(many.length / size) }, (_, index) =>
    many.slice(index * size, (index + 1) * size),
  );
  return batches.map((batch) => ({
    operation,
    values: {
      ...neededValues(effects.contract, operation),
      path,
      body: bodyNaming(effects.contract, operation, batch, kind) ?? null,
    },
  }));
}

/**
 * The body that names these subjects of the side that an operation lists.
 *
 * @param names - how bodies name them
 */
export function bodyNaming(
  contract: Contract,
  operation: Operation,
  names: readonly Json[],
  kind: 'add' | 'remove',
): Json | undefined {
  const [[side, pointer] = []] = Object.entries(operation.effect?.each ?? {});
  if (side === undefined || pointer === undefined) return undefined;
  const entries = names.map((name) => entryNaming(contract, operation, { side, name, adds: kind === 'add' }));
  const isList = listInBody(contract, operation, pointer)?.type !== 'string';
  return editJson({}, { kind: 'set', pointer, value: isList ? entries : (entries[0] ?? '') });
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
function mostEntries(contract: Contract, operation: Operation, pointer: string): number {
  const { type, maxItems } = listInBody(contract, operation, pointer) ?? {};
  if (type === 'string') return 1;
  return Math.min(MAX_ENTRIES, typeof maxItems === 'number' ? maxItems : MAX_ENTRIES);
}

function parse(body: string | undefined): Json | undefined {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
