import { entriesOf } from '../../conformance/lookup/listings/entries.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { Contract, Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject, joinPointer, ownProperty } from '../../contract/pointer.js';
import { isTotalName } from '../../contract/usual-pages.js';
import { itemView, listedResource, pathSides } from '../recorded/answer-items.js';
import { type PageWalk, reachesEnd } from '../recorded/page-walk.js';
import { type RecordedTuple, withSide } from '../recorded/references.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { effectOf, type RoutedStep, type Step } from '../recorded/step.js';
import { compareItem } from './compare-item.js';
import type { SetComparison } from './compare-listing.js';
import { type AnswerContext, listedAt, type ResourceComparison } from './compare-resource.js';
import { type Difference, difference, distinct } from './difference.js';

/** The differences between an answer and the recorded one. */
export interface Compared {
  readonly response: TargetResponse;
  readonly differences: readonly Difference[];
  /** The number of recorded items of a listing that could not be created, which are ignored. */
  readonly unprepared?: number;
}

/** Compares listings: their items as a set once all pages are read, totals and cursors page by page. */
export class WalkComparison {
  readonly #context: AnswerContext;
  readonly #resources: ResourceComparison;
  readonly #walks: ReadonlyMap<Step, PageWalk>;
  /** The last answer to each page. */
  readonly #pages = new Map<Step, Compared>();
  /** Pages without an answer to compare. */
  readonly #dropped = new Set<Step>();

  constructor(context: AnswerContext, resources: ResourceComparison, walks: ReadonlyMap<Step, PageWalk>) {
    this.#context = context;
    this.#resources = resources;
    this.#walks = walks;
  }

  /** Adds the answer to a page. Returns the settled pages: all of its walk if it is the last. */
  add(step: RoutedStep, page: Compared): ReadonlyMap<RoutedStep, Compared> {
    this.#pages.set(step, page);
    this.#learnCursors(step, page.response);
    return this.#settle(step);
  }

  /** Removes a page that will not be sent. Returns the pages that this settles. */
  drop(step: RoutedStep): ReadonlyMap<RoutedStep, Compared> {
    this.#dropped.add(step);
    return this.#settle(step);
  }

  #settle(step: RoutedStep): ReadonlyMap<RoutedStep, Compared> {
    const walk = this.#walks.get(step) ?? { steps: [step] };
    if (!walk.steps.every((each) => this.#pages.has(each) || this.#dropped.has(each))) return new Map();
    const pages = walk.steps.filter((each) => this.#pages.has(each));
    // The pages stay: a page of a remote target is compared again after each attempt.
    return this.#compareWalk(walk, pages);
  }

  #compareWalk(walk: PageWalk, steps: readonly RoutedStep[]): ReadonlyMap<RoutedStep, Compared> {
    const [first] = steps;
    if (first === undefined) return new Map();
    const recorded = steps.map((step) => entriesOf(step.match.operation, step.exchange.response.body));
    const actual = steps.map((step) => entriesOf(step.match.operation, this.#pages.get(step)?.response.json));
    const complete =
      reachesEnd(walk, recorded.at(-1)?.length ?? 0) &&
      reachesEnd(walk, actual.at(-1)?.length ?? 0) &&
      steps.length === walk.steps.length;
    const resource = listedResource(this.#context.known, first);
    const effect = effectOf(first);
    const sides = pathSides(first);
    const view = itemView(first, Array.isArray(first.exchange.response.body));
    const set = this.#resources.set(
      resource,
      {
        recorded: recorded.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
        actual: actual.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
      },
      {
        complete,
        unrelated: effect?.on === 'resource',
        mayBeLate: (item) => effect?.consistency === 'eventual' && this.#wasAdded(first, resource, item),
        compare: (items, text) => {
          const pair = { ...items, place: { text, view } };
          return resource === undefined
            ? compareItem(this.#resources.context(sides), pair)
            : this.#resources.one(resource, pair, { sides });
        },
      },
      sides,
    );
    return new Map(
      steps.map((step, at) => {
        const page = this.#pages.get(step);
        const response = page?.response ?? { status: 0, headers: {}, text: '' };
        const items = set.differences.filter((each) => each.page === at).map(({ page: _, ...rest }) => rest);
        const counts = { recorded: recorded[at]?.length ?? 0, actual: actual[at]?.length ?? 0 };
        const frame = compareFrame(step, response, { ...this.#context.known, complete, set, counts });
        return [
          step,
          {
            response,
            differences: distinct([...items, ...frame, ...(page?.differences ?? [])]),
            unprepared: set.unprepared,
          },
        ];
      }),
    );
  }

  /** Learns cursors: the texts around the items. */
  #learnCursors(step: RoutedStep, { json }: TargetResponse): void {
    const recorded = step.exchange.response.body;
    if (!isObject(recorded) || !isObject(json)) return;
    for (const [name, value] of Object.entries(recorded)) {
      const actual = ownProperty(json, name);
      if (typeof value === 'string' && typeof actual === 'string') this.#context.correspondence.learn(value, actual);
    }
  }

  /** Whether the recording itself added this item to the listing and did not remove it. */
  #wasAdded(step: RoutedStep, resource: Resource | undefined, actual: JsonObject): boolean {
    const effect = effectOf(step);
    if (resource === undefined || effect === undefined) return false;
    const { correspondence, tracker } = this.#context;
    const key = actual[resource.key];
    if (effect.on === 'resource') {
      const name = typeof key === 'string' ? correspondence.recordedOf(key) : undefined;
      const entity = name === undefined ? undefined : this.#context.assumptions.catalogue.byKey(resource, name);
      return entity?.createdAt !== undefined && entity.deletedAt === undefined;
    }
    const recorded =
      typeof key === 'string' ? { ...actual, [resource.key]: correspondence.recordedOf(key) ?? key } : actual;
    const start: RecordedTuple = { relation: effect.target, sides: pathSides(step), items: {} };
    const [tuple] = withSide(resource, start, recorded);
    return tuple !== undefined && tracker.has(tuple);
  }
}

/** The location of the items in the answer of a page. */
function placeOf(step: RoutedStep): string {
  const { as } = effectOf(step) ?? {};
  return Array.isArray(step.exchange.response.body) || as === undefined ? 'body' : `body/${as}`;
}

interface FrameFacts extends Pick<ReplayContract, 'contract' | 'isStated'> {
  /** Whether the whole listing was read on both sides. */
  readonly complete: boolean;
  readonly set: SetComparison;
  /** The numbers of items on this page. */
  readonly counts: { readonly recorded: number; readonly actual: number };
}

/** Compares what surrounds the items: counts and positions, corrected by ignored items; cursors exist or not. */
function compareFrame(step: RoutedStep, { json }: TargetResponse, facts: FrameFacts): readonly Difference[] {
  const recorded = step.exchange.response.body;
  const { complete, set, counts } = facts;
  const items = effectOf(step)?.as;
  if (!isObject(recorded) || !isObject(json)) {
    const [expected, actual] = [recorded, json].map((body) => (Array.isArray(body) ? 'a list' : 'an object'));
    if (expected !== actual) return [difference('body', expected, actual, 'as recorded')];
    return complete ? [] : countDifference('body', counts);
  }
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(json)])].filter((name) => name !== items);
  const found = names.flatMap((name) =>
    compareFrameProperty(step, name, [ownProperty(recorded, name), ownProperty(json, name)], facts),
  );
  // What was written just before may be missing in the recorded listing, but not in this one.
  const mayLag = effectOf(step)?.consistency === 'eventual' && counts.recorded < counts.actual;
  if (complete || mayLag || set.unprepared > 0) return found;
  return [...found, ...countDifference(`body/${items ?? ''}`, counts)];
}

function compareFrameProperty(
  step: RoutedStep,
  name: string,
  [expected, actual]: readonly [Json | undefined, Json | undefined],
  { contract, isStated, complete, set, counts }: FrameFacts,
): readonly Difference[] {
  if (isUncertain(contract, step, name) || expected === '') return [];
  const place = `body/${name}`;
  // Somebody's document does not say what a page shows of itself besides what leads to the next one.
  if (!isStated && typeof (expected ?? actual) !== 'string' && !isTotalName(name)) return [];
  const isDeclared = step.answer.property(name) !== undefined;
  // An empty cursor is none.
  const [hasExpected, hasActual] = [expected, actual].map((value) => value !== undefined && value !== '');
  if (!hasExpected || !hasActual) {
    // A page that was empty because of a lag has a cursor, although the complete listing needs none.
    const isLag = counts.recorded === 0 && effectOf(step)?.consistency === 'eventual' && typeof expected === 'string';
    return isDeclared && hasExpected !== hasActual && !isLag
      ? [difference(place, expected, actual, 'as recorded')]
      : [];
  }
  if (typeof expected !== 'number' || typeof actual !== 'number') return [];
  const isEqual = expected === actual || expected - set.unprepared === actual - set.unrelated;
  // If only a part was read, the number of unrelated items in the rest is unknown.
  if (isEqual || (!complete && effectOf(step)?.on === 'resource')) return [];
  return [difference(place, expected, actual, 'as recorded')];
}

/** Whether the contract does not state what the service gives for a part around the items, such as the total. */
function isUncertain(contract: Contract, step: RoutedStep, name: string): boolean {
  const effect = effectOf(step);
  if (effect === undefined) return false;
  const { grade, against } = contract.evidenceAt(joinPointer(effect.pointer, name));
  // Recordings that contradict each other say what either of them does.
  return grade === 'disputed' || grade === 'unknown' || (name === 'next' && against !== undefined);
}

function countDifference(place: string, { recorded, actual }: FrameFacts['counts']): readonly Difference[] {
  return recorded === actual ? [] : [difference(place, `${recorded} items`, `${actual} items`, 'as recorded')];
}
