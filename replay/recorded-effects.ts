import { locatedKey, resourceNamed } from '../conformance/lookup/identity.js';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { JsonObject, Resource } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';
import type { Catalogue } from './assume/catalogue.js';
import type { Correspondence } from './compare/correspondence.js';
import { learnIds, learnKeys } from './compare/learn.js';
import { bodyView, writablePart } from './judge/declared.js';
import { pathSides } from './recorded/answer-items.js';
import { createdItem } from './recorded/created-item.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { entityName, SentValues } from './recorded/sent-values.js';
import { effectOf, type RoutedStep } from './recorded/step.js';
import { TupleTracker } from './recorded/tuple-tracker.js';

/** What an item shows in the recording, and at the target. */
interface ItemPair {
  readonly recorded: JsonObject;
  readonly actual: JsonObject;
}

export interface RecordedEffectsOptions {
  readonly known: ReplayContract;
  readonly catalogue: Catalogue;
  readonly correspondence: Correspondence;
  /** Whether a text is the key of something that the recorded service created by itself. */
  readonly isUnmetKey: (text: string) => boolean;
}

/** What the requests of a run did: the ids they created, the values they set, the tuples they added. */
export class RecordedEffects {
  readonly sent = new SentValues();
  readonly tracker: TupleTracker;
  /** The recorded keys of everything this run created, in order. */
  readonly created: { readonly resource: string; readonly key: string }[] = [];
  readonly #options: RecordedEffectsOptions;

  constructor(options: RecordedEffectsOptions) {
    this.#options = options;
    this.tracker = new TupleTracker(options.known);
  }

  /** Adds what a request with an effect did, where the target took it. */
  add(step: RoutedStep, actual: TargetResponse): void {
    const { known, correspondence, isUnmetKey } = this.#options;
    const effect = effectOf(step);
    const { request, response } = step.exchange;
    if (effect === undefined || actual.status >= 300) return;
    this.tracker.apply(step);
    if (effect.on === 'resource' && response.body === undefined) this.#addLocated(step, actual);
    if (effect.on !== 'resource' || !isObject(response.body)) return;
    const resource = resourceNamed(known.contract, effect.target);
    if (effect.kind === 'create' && isObject(actual.json)) {
      const pair = { recorded: response.body, actual: actual.json };
      this.#forgetDeleted(step, resource, pair);
      learnIds(correspondence, resource, pair, step.answer);
      learnKeys(correspondence, pair, isUnmetKey);
    }
    const key = response.body[resource.key];
    if (typeof key !== 'string') return;
    if (effect.kind === 'create') this.created.push({ resource: resource.name, key });
    if ((effect.kind !== 'create' && effect.kind !== 'update') || request.body === undefined) return;
    const name = entityName(resource, key, pathSides(step));
    if (effect.kind === 'create') this.sent.clear(name);
    const answer = { recorded: response.body, view: step.answer };
    const written = writablePart(bodyView(known.views, step.match.operation), request.body);
    if (step.undeclared.length === 0) this.sent.record(name, written, answer);
    else this.sent.forget(name, written);
  }

  /** The same of a creation without a body in its answer: the `Location` names the new item. */
  #addLocated(step: RoutedStep, { headers }: TargetResponse): void {
    const { known, correspondence } = this.#options;
    const effect = effectOf(step);
    const recorded = createdItem(known, step);
    const path = step.exchange.request.path;
    const actual = locatedKey(known.contract, effect, path, headers.location);
    if (effect === undefined || recorded === undefined || actual === undefined) return;
    const resource = resourceNamed(known.contract, effect.target);
    this.#forgetDeleted(step, resource, { recorded, actual });
    learnIds(correspondence, resource, { recorded, actual }, step.answer);
    const key = recorded[resource.key];
    if (typeof key === 'string') this.created.push({ resource: resource.name, key });
  }

  /** Forgets what the keys of a new item stood for before: some services number new items like deleted ones. */
  #forgetDeleted({ exchange }: RoutedStep, resource: Resource, { recorded, actual }: ItemPair): void {
    const { catalogue, correspondence } = this.#options;
    const [key, given] = [recorded[resource.key], actual[resource.key]];
    const earlier = typeof given === 'string' ? correspondence.recordedOf(given) : undefined;
    for (const each of [key, earlier]) {
      if (typeof each !== 'string') continue;
      const named = catalogue.all(resource.name, resource.key, each);
      if (named.some(({ deletedAt }) => deletedAt !== undefined && deletedAt < exchange.index))
        correspondence.forget(each);
    }
  }
}
