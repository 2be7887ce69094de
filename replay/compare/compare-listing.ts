import { isDeepStrictEqual } from 'node:util';
import { idOf } from '../../conformance/lookup/identity.js';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

import type { Correspondence } from './correspondence.js';
import { type Difference, difference } from './difference.js';

/** An item with its location. */
export interface Listed {
  readonly item: Json;
  /** `body/books/3`. */
  readonly place: string;
  /** The index of its page, from 0. */
  readonly page: number;
}

/** How to compare a recorded set with the set of the target. */
export interface SetRules {
  readonly correspondence: Correspondence;
  /** Undefined if the contract does not declare the resource of the items. */
  readonly resource: Resource | undefined;
  /** Whether the whole set was read. Otherwise the target chooses which part it returns. */
  readonly complete: boolean;
  /** Whether the target may return items that do not belong to the recording. */
  readonly unrelated: boolean;
  /** Whether the recording assumes this item and it could not be created. */
  isUnprepared(item: JsonObject): boolean;
  /** Whether an item of the target may be one that the recorded service created by itself. */
  isMadeAlike(recorded: JsonObject, actual: JsonObject): boolean;
  /** Whether the recorded listing may lack this item because it was written just before (eventual consistency). */
  mayBeLate(actual: JsonObject): boolean;
  compare(items: { readonly recorded: JsonObject; readonly actual: JsonObject }, place: string): readonly Difference[];
}

export interface SetComparison {
  /** Each with the index of its page. */
  readonly differences: readonly (Difference & { readonly page: number })[];
  /** The number of recorded items that could not be created, which are ignored. */
  readonly unprepared: number;
  /** The number of target items that are ignored as unrelated or as written too late for the recording. */
  readonly unrelated: number;
}

/** Compares two sets of items regardless of their order. */
export function compareSets(rules: SetRules, recorded: readonly Listed[], actual: readonly Listed[]): SetComparison {
  const left = [...actual];
  const take = (found: Listed | undefined): Listed | undefined => {
    if (found !== undefined) left.splice(left.indexOf(found), 1);
    return found;
  };
  const differences: (Difference & { readonly page: number })[] = [];
  const unpaired: Listed[] = [];
  const unnamed: Listed[] = [];
  const unmatched: Listed[] = [];
  let unprepared = 0;
  for (const one of recorded) {
    const id = recordedId(rules, one.item);
    if (id === undefined) {
      unnamed.push(one);
      continue;
    }
    const other = take(left.find(({ item }) => actualId(rules, item) === id));
    if (other !== undefined) differences.push(...compared(rules, one, other));
    else unmatched.push(one);
  }
  for (const one of unmatched) {
    const { item } = one;
    const isUnprepared = isObject(item) && rules.isUnprepared(item);
    const made = isUnprepared
      ? left.find((each) => isObject(each.item) && rules.isMadeAlike(item, each.item))
      : undefined;
    const other = take(made);
    if (other !== undefined) differences.push(...compared(rules, one, other));
    else if (isUnprepared) unprepared += 1;
    else unpaired.push(one);
  }
  // Items without an id: pair equal ones first, then the rest in order.
  for (const one of unnamed) {
    const alike = left.find(
      (other) => actualId(rules, other.item) === undefined && compared(rules, one, other).length === 0,
    );
    const other = take(alike) ?? take(left.find(({ item }) => actualId(rules, item) === undefined));
    if (other !== undefined) differences.push(...compared(rules, one, other));
    else unpaired.push(one);
  }
  const { surplus, unrelated } = leftOver(rules, left);
  // If only a part of the set was read, only the number of items is determined.
  const unordered = rules.complete ? 0 : Math.min(unpaired.length, left.length);
  for (const one of unpaired.slice(unordered)) {
    differences.push({
      ...difference(one.place, rules.correspondence.json(one.item), undefined, 'in the recorded list'),
      page: one.page,
    });
  }
  for (const other of rules.complete ? surplus : surplus.slice(unordered)) {
    differences.push({
      ...difference(other.place, undefined, other.item, 'not in the recorded list'),
      page: other.page,
    });
  }
  return { differences, unprepared, unrelated: rules.complete ? unrelated : 0 };
}

function leftOver(
  rules: SetRules,
  left: readonly Listed[],
): { readonly surplus: readonly Listed[]; readonly unrelated: number } {
  const isIgnorable = ({ item }: Listed): boolean => {
    if (!isObject(item)) return false;
    const id = actualId(rules, item);
    const isUnrelated = id === undefined || rules.correspondence.recordedOf(id) === undefined;
    return (rules.unrelated && isUnrelated) || rules.mayBeLate(item);
  };
  const surplus = left.filter((one) => !isIgnorable(one));
  return { surplus, unrelated: left.length - surplus.length };
}

function compared(rules: SetRules, one: Listed, other: Listed): readonly (Difference & { readonly page: number })[] {
  const found =
    isObject(one.item) && isObject(other.item)
      ? rules.compare({ recorded: one.item, actual: other.item }, one.place)
      : isDeepStrictEqual(rules.correspondence.json(one.item), other.item)
        ? []
        : [difference(one.place, rules.correspondence.json(one.item), other.item, 'in the recorded list')];
  return found.map((each) => ({ ...each, page: one.page }));
}

/** The target's id of a recorded item. */
function recordedId({ resource, correspondence }: SetRules, item: Json): string | undefined {
  return resource === undefined ? undefined : idOf(resource, correspondence.json(item));
}

function actualId({ resource }: SetRules, item: Json): string | undefined {
  return resource === undefined ? undefined : idOf(resource, item);
}
