import { isDeepStrictEqual } from 'node:util';
import { idOf } from '../../conformance/lookup/identity.js';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Correspondence } from './correspondence.js';
import { type Difference, difference } from './difference.js';

/** An item and where it stands. */
export interface Listed {
  readonly item: Json;
  /** `body/roles/3`. */
  readonly place: string;
  /** The page that it stands on, from 0. */
  readonly page: number;
}

/** How a set as recorded is compared with the set as the target shows it. */
export interface SetRules {
  readonly correspondence: Correspondence;
  /** Nothing where the contract does not say what the items are. */
  readonly resource: Resource | undefined;
  /** The whole set was read. If not, which part of it was is the target's choice. */
  readonly complete: boolean;
  /** Things that are none of the recording's may be in it: the target had them before. */
  readonly strangers: boolean;
  /** The recording assumes this item, and it could not be prepared. */
  isMissed(item: JsonObject): boolean;
  /** The recorded listing may lack this, although it was there: it was written just before, and shows late. */
  mayBeLate(actual: JsonObject): boolean;
  compare(recorded: JsonObject, actual: JsonObject, place: string): readonly Difference[];
}

export interface SetComparison {
  /** Each with the page of the recording that it is about. */
  readonly differences: readonly (Difference & { readonly page: number })[];
  /** How many recorded items were set aside because they could not be prepared. */
  readonly missed: number;
  /** How many items of the target were set aside as strangers, or as recorded too early to show. */
  readonly strangers: number;
}

/** Compares two sets of items, whatever their order. */
export function compareSets(rules: SetRules, recorded: readonly Listed[], actual: readonly Listed[]): SetComparison {
  const left = [...actual];
  const take = (found: Listed | undefined): Listed | undefined => {
    if (found !== undefined) left.splice(left.indexOf(found), 1);
    return found;
  };
  const differences: (Difference & { readonly page: number })[] = [];
  const unpaired: Listed[] = [];
  const unnamed: Listed[] = [];
  let missed = 0;
  for (const one of recorded) {
    const id = recordedId(rules, one.item);
    if (id === undefined) {
      unnamed.push(one);
      continue;
    }
    const other = take(left.find(({ item }) => actualId(rules, item) === id));
    if (other !== undefined) differences.push(...compared(rules, one, other));
    else if (isObject(one.item) && rules.isMissed(one.item)) missed += 1;
    else unpaired.push(one);
  }
  // Shown without what names them: those that are alike go together, then whatever is left in the order of both.
  for (const one of unnamed) {
    const alike = left.find(
      (other) => actualId(rules, other.item) === undefined && compared(rules, one, other).length === 0,
    );
    const other = take(alike) ?? take(left.find(({ item }) => actualId(rules, item) === undefined));
    if (other !== undefined) differences.push(...compared(rules, one, other));
    else unpaired.push(one);
  }
  const { surplus, strangers } = leftOver(rules, left);
  // Of a part of a set the number alone is determined.
  const excused = rules.complete ? 0 : Math.min(unpaired.length, left.length);
  for (const one of unpaired.slice(excused)) {
    differences.push({
      ...difference(one.place, rules.correspondence.json(one.item), undefined, 'it is in the set'),
      page: one.page,
    });
  }
  for (const other of rules.complete ? surplus : surplus.slice(excused)) {
    differences.push({ ...difference(other.place, undefined, other.item, 'it is not in the set'), page: other.page });
  }
  return { differences, missed, strangers: rules.complete ? strangers : 0 };
}

function leftOver(
  rules: SetRules,
  left: readonly Listed[],
): { readonly surplus: readonly Listed[]; readonly strangers: number } {
  const excusable = ({ item }: Listed): boolean => {
    if (!isObject(item)) return false;
    const id = actualId(rules, item);
    const isStranger = id === undefined || rules.correspondence.recordedOf(id) === undefined;
    return (rules.strangers && isStranger) || rules.mayBeLate(item);
  };
  const surplus = left.filter((one) => !excusable(one));
  return { surplus, strangers: left.length - surplus.length };
}

function compared(rules: SetRules, one: Listed, other: Listed): readonly (Difference & { readonly page: number })[] {
  const found =
    isObject(one.item) && isObject(other.item)
      ? rules.compare(one.item, other.item, one.place)
      : isDeepStrictEqual(rules.correspondence.json(one.item), other.item)
        ? []
        : [difference(one.place, rules.correspondence.json(one.item), other.item, 'it is in the set')];
  return found.map((each) => ({ ...each, page: one.page }));
}

/** What the target calls what was recorded. */
function recordedId({ resource, correspondence }: SetRules, item: Json): string | undefined {
  return resource === undefined ? undefined : idOf(resource, correspondence.json(item));
}

function actualId({ resource }: SetRules, item: Json): string | undefined {
  return resource === undefined ? undefined : idOf(resource, item);
}
