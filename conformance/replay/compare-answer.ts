import type { Json, JsonObject, Resource } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import type { TargetResponse } from '../exchange.js';
import { matchesTemplate } from '../judge/message-template.js';
import { responseFor } from '../judge/response-for.js';
import { entriesOf } from '../stage/listing.js';
import type { Assumptions } from './assumptions.js';
import type { Entity } from './catalogue.js';
import { compareItem, type ItemContext, type Place } from './compare-item.js';
import { compareSets, type Listed, type SetComparison } from './compare-listing.js';
import type { Correspondence } from './correspondence.js';
import { bodyView } from './declared.js';
import { type Difference, difference } from './difference.js';
import { itemOf, type Tuple, withSide } from './naming.js';
import { type PageWalk, reachesEnd } from './page-walk.js';
import { partName, partOf } from './problem-of.js';
import { mediaType } from './read/message.js';
import type { RecordedResponse } from './recording.js';
import type { ReplayContract } from './replay-contract.js';
import { itemView, listedResource, pathSides } from './shown.js';
import { effectOf, type KnownStep, type Step } from './step.js';
import type { TupleLedger } from './tuple-ledger.js';

/** What was sent of a thing so far, by its resource and recorded key. */
export type SentOf = (resource: string, key: string) => Json | undefined;

/** What a comparison knows of the run that it is part of. */
export interface AnswerContext {
  readonly known: ReplayContract;
  readonly correspondence: Correspondence;
  readonly times: Map<string, string>;
  readonly ledger: TupleLedger;
  readonly assumptions: Assumptions;
  readonly sentOf: SentOf;
  isUnmet(entity: Entity): boolean;
}

/** How an answer differs from the recorded one. */
export interface Compared {
  readonly response: TargetResponse;
  readonly differences: readonly Difference[];
  /** How many recorded items of a listing were set aside, because what they show could not be brought about. */
  readonly missed?: number;
}

/** Compares the answers of a target with the recorded ones; the pages of a walk as the one set that they are. */
export class AnswerComparison {
  readonly #context: AnswerContext;
  readonly #walks: ReadonlyMap<Step, PageWalk>;
  /** Answers to pages of walks that are not at their end. */
  readonly #pages = new Map<Step, Compared>();
  readonly #skipped = new Set<Step>();

  constructor(context: AnswerContext, walks: ReadonlyMap<Step, PageWalk>) {
    this.#context = context;
    this.#walks = walks;
  }

  /** A step that is not sent: its walk goes on without it. */
  skip(step: KnownStep): void {
    this.#skipped.add(step);
  }

  /** The steps that are settled by this answer: itself, or with the last page of a walk all of its pages. */
  compare(step: KnownStep, response: TargetResponse): ReadonlyMap<KnownStep, Compared> {
    const recorded = step.exchange.response;
    const form = this.#judgeForm(step, response);
    if (response.status !== recorded.status) {
      const found = [
        difference('status', recorded.status, response.status, 'it was recorded'),
        ...this.#codes(step, response),
      ];
      return new Map([[step, { response, differences: found }]]);
    }
    if (recorded.status >= 300) {
      return new Map([[step, { response, differences: distinct([...this.#compareRefusal(step, response), ...form]) }]]);
    }
    if (effectOf(step)?.kind === 'list') return this.#compareListing(step, { response, differences: form });
    return new Map([[step, { response, differences: distinct([...this.#compareBody(step, response), ...form]) }]]);
  }

  /** Whether the answer keeps the contract, told only where the recorded one does. */
  #judgeForm(step: KnownStep, response: TargetResponse): readonly Difference[] {
    return this.#context.known.conform.response(step.match.operation, asRecorded(response));
  }

  /** The code of a refusal, to the letter. */
  #codes(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const documented = responseFor(step.match.operation, response.status);
    const view = documented === undefined ? step.answer : this.#context.known.refusals.view(documented);
    const expected = partOf(step.answer, step.exchange.response.body, 'error-code');
    const actual = partOf(view, response.json, 'error-code');
    const name = partName(step.answer, 'error-code') ?? partName(view, 'error-code');
    return expected === actual ? [] : [difference(`body/${name ?? ''}`, expected, actual, 'it was recorded')];
  }

  /** A refusal: its code to the letter, its message by the template of the problem that it is. */
  #compareRefusal(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const { body } = step.exchange.response;
    if (this.#context.known.refusals.isCut(step.answer, body)) return [];
    const [problem] = step.problems;
    const told = partOf(step.answer, body, 'message');
    const message = partOf(step.answer, response.json, 'message');
    const fits = (text: string | undefined) =>
      problem?.message !== undefined && text !== undefined && matchesTemplate(problem.message, text);
    const place = `body/${partName(step.answer, 'message') ?? ''}`;
    const wrong =
      fits(told) && !fits(message) ? [difference(place, told, message, `it is the message of ${problem?.name}`)] : [];
    const reasons = [partOf(step.answer, body, 'reason'), partOf(step.answer, response.json, 'reason')] as const;
    const reason = `body/${partName(step.answer, 'reason') ?? ''}`;
    const phrase = reasons[0] === reasons[1] ? [] : [difference(reason, ...reasons, 'it was recorded')];
    return [...this.#codes(step, response), ...phrase, ...wrong];
  }

  #compareBody(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const effect = effectOf(step);
    const { request, response: recorded } = step.exchange;
    if (!isObject(recorded.body) || !isObject(response.json)) return this.#compareBare(recorded, response);
    const place = { text: 'body', view: step.answer };
    const resource = effect?.on === 'resource' ? this.#context.known.contract.resources.get(effect.target) : undefined;
    if (resource !== undefined && effect?.kind !== 'delete') {
      return this.#compareOne(resource, recorded.body, response.json, place, pathSides(step));
    }
    const sent = request.body;
    const defaults = bodyView(this.#context.known.views, step.match.operation) ?? this.#context.known.views.nothing;
    const context = {
      ...this.#itemContext({}),
      defaults,
      ...(sent === undefined || effect !== undefined ? {} : { sent }),
    };
    return compareItem(context, recorded.body, response.json, place);
  }

  /** Bodies of which not both are objects: both are there, or neither is. */
  #compareBare({ body }: RecordedResponse, { json, text }: TargetResponse): readonly Difference[] {
    const actual = json ?? (text === '' ? undefined : text);
    const isThere = body !== undefined && body !== '';
    if (isThere === (actual !== undefined) && isObject(body) === isObject(actual)) return [];
    return [difference('body', body, actual, 'it was recorded')];
  }

  #compareOne(
    resource: Resource,
    recorded: JsonObject,
    actual: JsonObject,
    place: Place,
    sides: Readonly<Record<string, string>>,
  ): readonly Difference[] {
    const { catalogue } = this.#context.assumptions;
    const key = recorded[resource.key];
    const entity = typeof key === 'string' ? catalogue.byKey(resource, key) : catalogue.byUnique(resource, recorded);
    const id = typeof key === 'string' ? key : entity?.first[resource.key];
    const sent = this.#sentOf(resource, recorded, id);
    const context: ItemContext = {
      ...this.#itemContext(sides, resource),
      resource,
      ...(typeof id === 'string' ? { id } : {}),
      ...(sent === undefined ? {} : { sent }),
      assumed: entity !== undefined && entity.createdAt === undefined,
    };
    return compareItem(context, recorded, actual, place);
  }

  /** All that requests said of an item; of one inside another, that it is there under this name. */
  #sentOf(resource: Resource, recorded: JsonObject, id: Json | undefined): Json | undefined {
    if (resource.inside === undefined)
      return typeof id === 'string' ? this.#context.sentOf(resource.name, id) : undefined;
    const names = Object.keys(resource.inside.key);
    const item = itemOf(resource, recorded);
    return Object.keys(item).length === 0
      ? undefined
      : Object.fromEntries(names.map((name) => [name, recorded[name] ?? null]));
  }

  #itemContext(sides: Readonly<Record<string, string>>, resource?: Resource): ItemContext {
    const { known, correspondence, times } = this.#context;
    const creation = resource === undefined ? undefined : known.effects.one('create', resource.name);
    const defaults = creation === undefined ? undefined : bodyView(known.views, creation);
    const created = creation?.responses.find(({ status }) => status.startsWith('2'));
    return {
      ...(created === undefined ? {} : { own: known.refusals.view(created) }),
      correspondence,
      times,
      defaults: defaults ?? known.views.nothing,
      assumed: false,
      set: (relation, recorded, actual, place) => {
        const free = known.contract.relations
          .get(relation)
          ?.between.filter((side) => side !== resource?.name && !Object.hasOwn(sides, side));
        const other = free?.length === 1 && free[0] !== undefined ? known.contract.resources.get(free[0]) : undefined;
        const view = place.view?.items() ?? known.views.nothing;
        return this.#compareSet(other, listedAt(recorded, place.text, 0), listedAt(actual, place.text, 0), {
          complete: true,
          strangers: false,
          late: () => false,
          compare: (one, another, text) =>
            other === undefined ? [] : this.#compareOne(other, one, another, { text, view }, sides),
        }).differences;
      },
    };
  }

  #compareSet(
    resource: Resource | undefined,
    recorded: readonly Listed[],
    actual: readonly Listed[],
    options: {
      readonly complete: boolean;
      readonly strangers: boolean;
      readonly late: (actual: JsonObject) => boolean;
      readonly compare: (recorded: JsonObject, actual: JsonObject, place: string) => readonly Difference[];
    },
  ): SetComparison {
    const { correspondence, assumptions } = this.#context;
    return compareSets(
      {
        correspondence,
        resource,
        complete: options.complete,
        strangers: options.strangers,
        isMissed: (item) => {
          const key = resource === undefined ? undefined : item[resource.key];
          const entity =
            resource === undefined || typeof key !== 'string' ? undefined : assumptions.catalogue.byKey(resource, key);
          return entity !== undefined && this.#context.isUnmet(entity);
        },
        mayBeLate: options.late,
        compare: options.compare,
      },
      recorded,
      actual,
    );
  }

  /** A listing: its items as a set, once all of its pages are read; around them, page by page, what else there is. */
  #compareListing(step: KnownStep, page: Compared): ReadonlyMap<KnownStep, Compared> {
    const walk = this.#walks.get(step) ?? { steps: [step] };
    this.#pages.set(step, page);
    this.#learnCursors(step, page.response);
    const last = walk.steps.findLast((each) => !this.#skipped.has(each));
    if (walk.steps.at(-1) !== step && last !== step) return new Map();
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
    const set = this.#compareSet(
      resource,
      recorded.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
      actual.flatMap((items, at) => listedAt(items, placeOf(steps[at] ?? first), at)),
      {
        complete,
        strangers: effect?.on === 'resource',
        late: (item) => effect?.consistency === 'eventual' && this.#wasAdded(first, resource, item),
        compare: (one, other, text) =>
          resource === undefined
            ? compareItem(this.#itemContext(sides), one, other, { text, view })
            : this.#compareOne(resource, one, other, { text, view }, sides),
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

function listedAt(items: readonly Json[], place: string, page: number): readonly Listed[] {
  return items.map((item, index) => ({ item, place: `${place}/${index}`, page }));
}

/** Where the items of a page stand in its answer. */
function placeOf(step: KnownStep): string {
  const { as } = effectOf(step) ?? {};
  return Array.isArray(step.exchange.response.body) || as === undefined ? 'body' : `body/${as}`;
}

/** An answer of a target in the form of a recorded one. */
export function asRecorded({ status, headers, text, json }: TargetResponse): RecordedResponse {
  const type = headers['content-type'];
  const body = json ?? (text === '' ? undefined : text);
  return {
    status,
    headers,
    ...(type === undefined ? {} : { contentType: mediaType(type) }),
    ...(body === undefined ? {} : { body }),
  };
}

/** One difference a place: the first says most. */
function distinct(differences: readonly Difference[]): readonly Difference[] {
  const places = new Set<string>();
  return differences.filter(({ place }) => !places.has(place) && places.add(place));
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
