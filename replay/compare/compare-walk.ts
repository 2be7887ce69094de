import { entriesOf } from '../../conformance/lookup/listing.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type Tuple, withSide } from '../recorded/naming.js';
import { type PageWalk, reachesEnd } from '../recorded/page-walk.js';
import { itemView, listedResource, pathSides } from '../recorded/shown.js';
import { effectOf, type KnownStep, type Step } from '../recorded/step.js';
import { compareItem } from './compare-item.js';
import type { SetComparison } from './compare-listing.js';
import { type AnswerContext, listedAt, type ResourceComparison } from './compare-resource.js';
import { type Difference, difference, distinct } from './difference.js';

/** How an answer differs from the recorded one. */
export interface Compared {
  readonly response: TargetResponse;
  readonly differences: readonly Difference[];
  /** How many recorded items of a listing were set aside, because what they show could not be brought about. */
  readonly missed?: number;
}

/** Compares listings: their items as a set, once all pages are read; around them, page by page, what else there is. */
export class WalkComparison {
  readonly #context: AnswerContext;
  readonly #resources: ResourceComparison;
  readonly #walks: ReadonlyMap<Step, PageWalk>;
  /** Answers to pages of walks that are not at their end. */
  readonly #pages = new Map<Step, Compared>();
  /** Pages of which there is no answer to compare. */
  readonly #dropped = new Set<Step>();

  constructor(context: AnswerContext, resources: ResourceComparison, walks: ReadonlyMap<Step, PageWalk>) {
    this.#context = context;
    this.#resources = resources;
    this.#walks = walks;
  }

  /** The pages that are settled by the answer to one of them: all of its walk, when it is the last. */
  add(step: KnownStep, page: Compared): ReadonlyMap<KnownStep, Compared> {
    this.#pages.set(step, page);
    this.#learnCursors(step, page.response);
    return this.#settle(step);
  }

  /** The pages that are settled because this one will not be: its walk has to do without it. */
  drop(step: KnownStep): ReadonlyMap<KnownStep, Compared> {
    this.#dropped.add(step);
    return this.#settle(step);
  }

  #settle(step: KnownStep): ReadonlyMap<KnownStep, Compared> {
    const walk = this.#walks.get(step) ?? { steps: [step] };
    if (!walk.steps.every((each) => this.#pages.has(each) || this.#dropped.has(each))) return new Map();
    const pages = walk.steps.filter((each) => this.#pages.has(each));
    const compared = this.#compareWalk(walk, pages);
    for (const each of pages) this.#pages.delete(each);
    return compared;
  }

  #compareWalk(walk: PageWalk, steps: readonly KnownStep[]): ReadonlyMap<KnownStep, Compared> {
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
      recorded.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
      actual.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
      {
        complete,
        strangers: effect?.on === 'resource',
        late: (item) => effect?.consistency === 'eventual' && this.#wasAdded(first, resource, item),
        compare: (one, other, text) =>
          resource === undefined
            ? compareItem(this.#resources.context(sides), one, other, { text, view })
            : this.#resources.one(resource, one, other, { text, view }, sides),
      },
    );
    return new Map(
      steps.map((step, at) => {
        const page = this.#pages.get(step);
        const response = page?.response ?? { status: 0, headers: {}, text: '' };
        const items = set.differences.filter((each) => each.page === at).map(({ page: _, ...rest }) => rest);
        const frame = this.#compareFrame(step, response, complete, set, [
          recorded[at]?.length ?? 0,
          actual[at]?.length ?? 0,
        ]);
        return [
          step,
          { response, differences: distinct([...items, ...frame, ...(page?.differences ?? [])]), missed: set.missed },
        ];
      }),
    );
  }

  /** What stands around the items: counts and positions, less what was set aside; cursors are there or not. */
  #compareFrame(
    step: KnownStep,
    { json }: TargetResponse,
    complete: boolean,
    set: SetComparison,
    [recordedCount, actualCount]: readonly [number, number],
  ): readonly Difference[] {
    const recorded = step.exchange.response.body;
    if (!isObject(recorded) || !isObject(json)) {
      const same = Array.isArray(recorded) === Array.isArray(json);
      const sizes = complete || recordedCount === actualCount;
      if (!same)
        return [
          difference(
            'body',
            Array.isArray(recorded) ? 'a list' : 'an object',
            Array.isArray(json) ? 'a list' : 'an object',
            'it was recorded',
          ),
        ];
      return sizes ? [] : [difference('body', `${recordedCount} items`, `${actualCount} items`, 'it was recorded')];
    }
    const items = effectOf(step)?.as;
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(json)])].filter((name) => name !== items);
    const found = names.flatMap((name) => {
      const [expected, actual] = [own(recorded, name), own(json, name)];
      const text = `body/${name}`;
      if (expected === undefined && step.answer.property(name) === undefined) return [];
      if (expected === undefined || actual === undefined) {
        return step.answer.property(name) === undefined ? [] : [difference(text, expected, actual, 'it was recorded')];
      }
      if (typeof expected !== 'number' || typeof actual !== 'number') return [];
      const same = expected === actual || expected - set.missed === actual - set.strangers;
      // Of a part of a listing it is not known how many strangers are in the rest.
      return same || (!complete && effectOf(step)?.on === 'resource')
        ? []
        : [difference(text, expected, actual, 'it was recorded')];
    });
    if (complete || recordedCount === actualCount || set.missed > 0) return found;
    return [
      ...found,
      difference(`body/${items ?? ''}`, `${recordedCount} items`, `${actualCount} items`, 'it was recorded'),
    ];
  }

  /** Texts around the items are cursors: one stands for the other in the request for the next page. */
  #learnCursors(step: KnownStep, { json }: TargetResponse): void {
    const recorded = step.exchange.response.body;
    if (!isObject(recorded) || !isObject(json)) return;
    for (const [name, value] of Object.entries(recorded)) {
      const actual = own(json, name);
      if (typeof value === 'string' && typeof actual === 'string') this.#context.correspondence.learn(value, actual);
    }
  }

  /** Whether the recording itself put this into the listing, and did not take it out again. */
  #wasAdded(step: KnownStep, resource: Resource | undefined, actual: JsonObject): boolean {
    const effect = effectOf(step);
    if (resource === undefined || effect === undefined) return false;
    const { correspondence, ledger } = this.#context;
    const key = actual[resource.key];
    if (effect.on === 'resource') {
      const name = typeof key === 'string' ? correspondence.recordedOf(key) : undefined;
      const entity = name === undefined ? undefined : this.#context.assumptions.catalogue.byKey(resource, name);
      return entity?.createdAt !== undefined && entity.deletedAt === undefined;
    }
    const recorded =
      typeof key === 'string' ? { ...actual, [resource.key]: correspondence.recordedOf(key) ?? key } : actual;
    const start: Tuple = { relation: effect.target, sides: pathSides(step), items: {} };
    const [tuple] = withSide(resource, start, recorded);
    return tuple !== undefined && ledger.has(tuple);
  }
}

/** Where the items of a page stand in its answer. */
function placeOf(step: KnownStep): string {
  const { as } = effectOf(step) ?? {};
  return Array.isArray(step.exchange.response.body) || as === undefined ? 'body' : `body/${as}`;
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
