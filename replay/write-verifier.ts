import { isDeepStrictEqual } from 'node:util';
import { remainingSide } from '../conformance/lookup/effects.js';
import { idOf, resourceNamed } from '../conformance/lookup/identity.js';
import { readListing } from '../conformance/lookup/listings/listing.js';
import { neededValues } from '../conformance/lookup/needed-values.js';
import { pathNaming } from '../conformance/lookup/path-names.js';
import type { Exchange, TargetResponse } from '../conformance/target/exchange.js';
import { buildRequest, type PlannedRequest } from '../conformance/target/request.js';
import type { Json, JsonObject } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';

import type { Correspondence } from './compare/correspondence.js';
import { type Difference, difference } from './compare/difference.js';
import { itemsInAnswer, pathSides } from './recorded/answer-items.js';
import { type RecordedTuple, referencesInBody, referencesInPath, tuplesOf } from './recorded/references.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { effectOf, isInContract, isSuccess, type RoutedStep, type Step } from './recorded/step.js';
import { type TupleTracker, tupleText } from './recorded/tuple-tracker.js';

/** The parts of a run that a verification uses. */
export interface WriteVerifierContext {
  readonly correspondence: Correspondence;
  readonly tracker: TupleTracker;
  send(request: PlannedRequest): Promise<TargetResponse>;
  /** Waits until an eventually consistent listing may have caught up. */
  pause(): Promise<void>;
}

/** How often an eventually consistent listing is read again. */
const MAX_RETRIES = 4;

/**
 * Verifies writes whose effect no later exchange of the recording shows. Otherwise a target could answer as recorded and
 * lose the write.
 */
export class WriteVerifier {
  readonly #known: ReplayContract;
  readonly #position = new Map<Step, number>();
  /** Exchanges that refer to an entity or return it, by resource and recorded name. */
  readonly #touched = new Map<string, { readonly at: number; readonly shows: boolean; readonly refused: boolean }[]>();
  /** Listings by relation. */
  readonly #listed = new Map<string, { readonly at: number; readonly sides: Readonly<Record<string, string>> }[]>();

  /** Indexes of exchanges that add or remove a tuple. */
  readonly #written = new Map<string, number[]>();

  constructor(known: ReplayContract, order: readonly Step[]) {
    this.#known = known;
    for (const [at, step] of order.entries()) {
      this.#position.set(step, at);
      if (isInContract(step)) this.#note(step, at);
    }
  }

  /** Differences between the expected effect of a write and the state of the target; none if the recording verifies it. */
  async after(step: RoutedStep, answer: TargetResponse, run: WriteVerifierContext): Promise<readonly Difference[]> {
    const effect = effectOf(step);
    switch (effect?.kind) {
      case 'create':
      case 'update':
      case 'delete':
        if (effect.on === 'relation') return [];
        return this.#afterResource(step, effect.kind, answer, run);
      case 'add':
      case 'remove':
        return [...(await this.#afterRelation(step, 'add', run)), ...(await this.#afterRelation(step, 'remove', run))];
      default:
        return [];
    }
  }

  #note(step: RoutedStep, at: number): void {
    const refused = !isSuccess(step);
    const unknownSucceeds = effectOf(step)?.unknownSucceeds ?? [];
    for (const { resource, value, side } of [
      ...referencesInPath(this.#known, step),
      ...referencesInBody(this.#known, step),
    ]) {
      if (side === undefined || !unknownSucceeds.includes(side))
        this.#touch(resource, value, { at, shows: false, refused });
    }
    if (refused) return;
    for (const tuple of tuplesOf(this.#known, step)) {
      this.#written.set(tupleText(tuple), [...(this.#written.get(tupleText(tuple)) ?? []), at]);
    }
    for (const { resource, item } of itemsInAnswer(this.#known, step)) {
      const key = resource.inside === undefined ? item[resource.key] : undefined;
      if (typeof key === 'string') this.#touch(resource.name, key, { at, shows: true, refused });
    }
    const effect = effectOf(step);
    if (effect?.kind === 'list' && effect.on === 'relation') {
      this.#listed.set(effect.target, [...(this.#listed.get(effect.target) ?? []), { at, sides: pathSides(step) }]);
    }
  }

  #touch(
    resource: string,
    name: string,
    touch: { readonly at: number; readonly shows: boolean; readonly refused: boolean },
  ): void {
    const key = JSON.stringify([resource, name]);
    const known = this.#touched.get(key);
    if (known === undefined) this.#touched.set(key, [touch]);
    else known.push(touch);
  }

  async #afterResource(
    step: RoutedStep,
    kind: 'create' | 'update' | 'delete',
    answer: TargetResponse,
    run: WriteVerifierContext,
  ): Promise<readonly Difference[]> {
    const effect = effectOf(step);
    const resource = resourceNamed(this.#known.contract, effect?.target ?? '');
    const read = this.#known.effects.one('read', resource.name);
    const { body } = step.exchange.response;
    const shown = isObject(body) ? body[resource.key] : undefined;
    const named =
      kind === 'create'
        ? undefined
        : referencesInPath(this.#known, step).find(({ side }) => side === resource.name)?.value;
    const key = typeof shown === 'string' ? shown : named;
    if (read?.effect?.of[resource.name] === undefined || read.effect.by !== undefined || key === undefined) return [];
    const at = this.#position.get(step) ?? 0;
    const later = (this.#touched.get(JSON.stringify([resource.name, key])) ?? []).filter((touch) => touch.at > at);
    if (later.some(({ refused, shows }) => (kind === 'delete' ? refused : kind === 'create' ? !refused : shows)))
      return [];
    const names = { ...pathSides(step), [resource.name]: key };
    const translated = Object.entries(names).map(([side, name]) => [side, run.correspondence.text(name)]);
    const path = pathNaming(read, Object.fromEntries(translated));
    const request = buildRequest(read, { ...neededValues(this.#known.contract, read), path });
    const { status, json } = await run.send(request);
    const place = `then ${request.method} ${request.path}`;
    if (kind === 'delete') {
      return status >= 400 ? [] : [difference(place, 'a refusal', status, `the ${resource.name} was deleted`)];
    }
    if (status >= 300 || !isObject(json)) return [difference(place, 200, status, `the ${resource.name} was ${kind}d`)];
    return kind === 'update' ? changesMissing(step, answer, json, place) : [];
  }

  async #afterRelation(
    step: RoutedStep,
    kind: 'add' | 'remove',
    run: WriteVerifierContext,
  ): Promise<readonly Difference[]> {
    const effect = effectOf(step);
    const relation = this.#known.contract.relations.get(effect?.target ?? '');
    const sides = pathSides(step);
    const list =
      relation === undefined ? undefined : this.#known.effects.within('list', relation.name, Object.keys(sides))[0];
    const bound = Object.keys(list?.effect?.of ?? {});
    if (relation === undefined || list === undefined || relation.between.length - bound.length !== 1) return [];
    const at = this.#position.get(step) ?? 0;
    const isTold = (tuple: RecordedTuple) => {
      const undone =
        (this.#written.get(tupleText(tuple)) ?? []).find((position) => position > at) ?? Number.POSITIVE_INFINITY;
      return (this.#listed.get(relation.name) ?? []).some(
        (listing) =>
          listing.at > at &&
          listing.at < undone &&
          Object.entries(listing.sides).every(([side, id]) => tuple.sides[side] === id),
      );
    };
    const tuples = tuplesOf(this.#known, step, kind).filter(
      (tuple) => !isTold(tuple) && (kind === 'add' || !run.tracker.isImplied(tuple)),
    );
    if (tuples.length === 0) return [];
    const resource = resourceNamed(this.#known.contract, remainingSide(relation, bound));
    const wanted = tuples.map((tuple) =>
      idOf(resource, run.correspondence.json(tuple.items[resource.name] ?? tuple.sides[resource.name] ?? '')),
    );
    const path = Object.fromEntries(
      Object.entries(list.effect?.of ?? {}).map(([side, parameter]) => [
        parameter,
        run.correspondence.text(sides[side] ?? ''),
      ]),
    );
    const values = { ...neededValues(this.#known.contract, list), path };
    let wrong: readonly (string | undefined)[] = [];
    for (let attempt = 0; attempt <= MAX_RETRIES; attempt += 1) {
      if (attempt > 0) await run.pause();
      const { entries } = await readListing(list, values, (request) => exchangeOf(run, request));
      const ids = new Set(entries.map((entry) => idOf(resource, entry)));
      wrong = wanted.filter((id) => ids.has(id) !== (kind === 'add'));
      if (wrong.length === 0 || list.effect?.consistency !== 'eventual') break;
    }
    const place = `then ${list.method} ${buildRequest(list, values).path}`;
    const because = kind === 'add' ? 'added before' : 'removed before';
    return wrong.map((id) =>
      kind === 'add' ? difference(place, id, undefined, because) : difference(place, undefined, id, because),
    );
  }
}

/** Changed properties that the answer confirmed, but that do not have the new value afterwards. */
function changesMissing(
  step: RoutedStep,
  answer: TargetResponse,
  after: JsonObject,
  place: string,
): readonly Difference[] {
  const { body } = step.exchange.request;
  const confirmed = answer.json;
  if (!isObject(body) || !isObject(confirmed)) return [];
  return Object.keys(body).flatMap((name) => {
    const [promised, found]: readonly (Json | undefined)[] = [confirmed[name], after[name]];
    if (promised === undefined || (found !== undefined && isDeepStrictEqual(promised, found))) return [];
    return [difference(`${place} /${name}`, promised, found, 'changed before')];
  });
}

async function exchangeOf(run: WriteVerifierContext, request: PlannedRequest): Promise<Exchange> {
  return { request, response: await run.send(request), durationMs: 0 };
}
