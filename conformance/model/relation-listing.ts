import type { Json, Operation } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import type { Sides } from '../fixtures/fixtures.js';
import { readListing } from '../lookup/listings/listing.js';
import { neededValues } from '../lookup/needed-values.js';
import { valuesNaming } from '../lookup/path-names.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { SubjectsBySide } from './relation-operations.js';
import { boundSideIndices, type RelationOperations, remainingSideIndex } from './relation-step.js';
import { indicesOf, type TupleSet } from './tuple-set.js';

/** A listing of a relation, for the subjects that its path names. */
export interface RelationListing {
  readonly listing: Operation;
  readonly sides: Sides;
  /** The resource that is listed. */
  readonly resource: string;
}

/** A listing and the ids that it should show. */
export interface ExpectedListing extends RelationListing {
  /** Sorted. */
  readonly ids: readonly string[];
}

/** The ids that a listing shows, in its order, and the last exchange of reading it. */
export interface ListedIds {
  readonly ids: readonly string[];
  readonly exchange: Exchange;
}

/** The same with the entries. */
export interface ListedEntries extends ListedIds {
  readonly entries: readonly { readonly id: string; readonly entry: Json }[];
}

/**
 * Reads a listing of a relation, through all pages.
 * @param until - a listing that shows changes late is read again, for some seconds, until this holds
 */
export async function readRelationListing(
  context: CheckContext,
  { listing, resource, sides }: RelationListing,
  until: (ids: readonly string[]) => boolean = () => true,
): Promise<ListedEntries> {
  const values = { ...neededValues(context.contract, listing), ...valuesNaming(listing, sides) };
  const read = async (): Promise<ListedEntries> => {
    const { entries: listed, exchange } = await readListing(listing, values, (request) => context.send(request));
    const entries = listed.flatMap((entry) => {
      const id = context.fixtures.idOf(resource, entry);
      return id === undefined ? [] : [{ id, entry }];
    });
    return { ids: entries.map(({ id }) => id), entries, exchange };
  };
  const first = await read();
  if (listing.effect?.consistency !== 'eventual' || !succeeded(first.exchange) || until(first.ids)) return first;
  await context.fixtures.list(listing.effect.target, sides, until);
  return read();
}

/** Reads a listing that should show exactly these ids. */
export function readExpected(context: CheckContext, expected: ExpectedListing): Promise<ListedEntries> {
  return readRelationListing(context, expected, (ids) => listsExactly(expected.ids, ids));
}

/** Whether a listing shows exactly the expected ids, each once. */
export function listsExactly(expected: readonly string[], ids: readonly string[]): boolean {
  return ids.length === expected.length && expected.every((id) => ids.includes(id));
}

/** What each listing should show by the model, for every combination of subjects that its path can name. */
export function expectedListings(
  { relation, list, counts }: RelationOperations,
  subjects: SubjectsBySide,
  model: TupleSet,
): readonly ExpectedListing[] {
  return list.flatMap((listing) => {
    const bound = boundSideIndices(relation, listing.effect);
    const rest = remainingSideIndex(relation, listing.effect);
    if (bound.length + 1 !== relation.between.length) return [];
    return combinations(bound.map((side) => counts[side] ?? 0)).map((indices) => {
      const fixed = new Map(bound.map((side, place) => [side, indices[place] ?? 0]));
      const sides = [...fixed].flatMap(([side, index]) => {
        const subject = subjects[side]?.[index];
        return subject ? [[relation.between[side] ?? '', subject] as const] : [];
      });
      return {
        listing,
        sides: Object.fromEntries(sides),
        resource: relation.between[rest] ?? '',
        ids: indicesOf(model, rest, fixed)
          .flatMap((index) => subjects[rest]?.[index]?.id ?? [])
          .sort(),
      };
    });
  });
}

function combinations(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (found, size) => found.flatMap((each) => Array.from({ length: size }, (_, index) => [...each, index])),
    [[]],
  );
}
