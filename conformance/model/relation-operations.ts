import type { Contract, Json, Operation, Relation } from '../../contract/contract.js';
import { editJson } from '../arbitraries/json-edit.js';
import type { CheckContext } from '../check.js';
import type { Fixtures, Sides, Subject } from '../fixtures/fixtures.js';
import { readListing } from '../lookup/listing.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { boundSides, type RelationActs, type RelationStep, remainingSide } from './relation-step.js';
import { indicesOf, type TupleSet } from './tuple-set.js';

/** Subjects for each side of a relation, in the order of `between`. */
export type Cast = readonly (readonly Subject[])[];

/** The relation of an operation's effect, and every operation that changes or lists it. */
export interface RelationScene extends RelationActs {
  readonly list: readonly Operation[];
}

/** How many subjects a sequence plays with: two of whatever a path may name, four of what a list names. */
const FEW = 2;
const SEVERAL = 4;

/** @param operation - one whose effect is on a relation */
export function relationScene(
  contract: Contract,
  fixtures: Pick<Fixtures, 'operations'>,
  operation: Operation,
): RelationScene | undefined {
  const { effect } = operation;
  const relation = effect?.on === 'relation' ? contract.relations.get(effect.target) : undefined;
  if (relation === undefined) return undefined;
  const rest = remainingSide(relation, effect);
  return {
    relation,
    add: fixtures.operations('add', relation.name),
    remove: fixtures.operations('remove', relation.name),
    list: fixtures.operations('list', relation.name),
    cast: relation.between.map((_name, side) => (side === rest ? SEVERAL : FEW)),
  };
}

export async function castFor(scene: RelationScene, fixtures: Fixtures): Promise<Cast> {
  const cast: (readonly Subject[])[] = [];
  for (const [side, name] of scene.relation.between.entries()) {
    cast.push(await fixtures.subjects(name, scene.cast[side] ?? FEW));
  }
  return cast;
}

/** The request of a step. */
export function requestFor(scene: RelationScene, cast: Cast, step: RelationStep): PlannedRequest | undefined {
  const operation = scene[step.act][step.via];
  if (operation === undefined) return undefined;
  const bound = boundSides(scene.relation, operation.effect);
  const sides = Object.fromEntries(
    bound.map((side, place) => [scene.relation.between[side] ?? '', cast[side]?.[step.fixed[place] ?? 0]]),
  );
  const rest = remainingSide(scene.relation, operation.effect);
  return namingRequest(
    operation,
    sides,
    step.many.flatMap((index) => cast[rest]?.[index]?.name ?? []),
  );
}

/** A request that names these subjects in its path, and these names in the list of its body. */
export function namingRequest(
  operation: Operation,
  sides: Readonly<Record<string, Subject | undefined>>,
  names: readonly Json[],
): PlannedRequest {
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(operation.effect?.of ?? {})) path[parameter] = sides[side]?.id ?? '';
  const [list] = Object.values(operation.effect?.each ?? {});
  const body = list === undefined ? undefined : editJson({}, { kind: 'set', pointer: list, value: names });
  return buildRequest(operation, { ...noValues, path, ...(body === undefined ? {} : { body }) });
}

/** What a listing shows: the ids on its remaining side, in order, and the answer that shows them. */
export interface Shown {
  readonly ids: readonly string[];
  readonly exchange: Exchange;
}

/**
 * Reads a listing of a relation, through all pages.
 * @param until - for a listing that shows changes late: looks again, for a few seconds, until this holds
 */
export async function shownBy(
  context: CheckContext,
  listing: Operation,
  resource: string,
  sides: Sides,
  until: (ids: readonly string[]) => boolean = () => true,
): Promise<Shown> {
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(listing.effect?.of ?? {})) path[parameter] = sides[side]?.id ?? '';
  const look = async (): Promise<Shown> => {
    const { entries, exchange } = await readListing(listing, { ...noValues, path }, (request) => context.send(request));
    return { ids: entries.flatMap((entry) => context.fixtures.idOf(resource, entry) ?? []), exchange };
  };
  const first = await look();
  if (listing.effect?.consistency !== 'eventual' || !succeeded(first.exchange) || until(first.ids)) return first;
  await context.fixtures.list(listing.effect.target, sides, until);
  return look();
}

/** Everything that the listings of a relation should show of a cast, by the model. */
export interface ExpectedListing {
  readonly listing: Operation;
  readonly sides: Sides;
  /** The resource that is listed. */
  readonly resource: string;
  /** The ids that should be there, sorted. */
  readonly ids: readonly string[];
}

/** What each listing should show, for every combination of subjects that its path can name. */
export function expectedListings(scene: RelationScene, cast: Cast, model: TupleSet): readonly ExpectedListing[] {
  return scene.list.flatMap((listing) => {
    const bound = boundSides(scene.relation, listing.effect);
    const rest = remainingSide(scene.relation, listing.effect);
    if (bound.length + 1 !== scene.relation.between.length) return [];
    return combinations(bound.map((side) => scene.cast[side] ?? 0)).map((indices) => {
      const fixed = new Map(bound.map((side, place) => [side, indices[place] ?? 0]));
      const subjects = [...fixed].flatMap(([side, index]) => {
        const subject = cast[side]?.[index];
        return subject ? [[nameOf(scene.relation, side), subject] as const] : [];
      });
      return {
        listing,
        sides: Object.fromEntries(subjects),
        resource: nameOf(scene.relation, rest),
        ids: indicesOf(model, rest, fixed)
          .flatMap((index) => cast[rest]?.[index]?.id ?? [])
          .sort(),
      };
    });
  });
}

function nameOf({ between }: Relation, side: number): string {
  return between[side] ?? '';
}

function combinations(sizes: readonly number[]): readonly (readonly number[])[] {
  return sizes.reduce<readonly (readonly number[])[]>(
    (found, size) => found.flatMap((each) => Array.from({ length: size }, (_, index) => [...each, index])),
    [[]],
  );
}
