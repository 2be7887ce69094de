import type { Contract, Json, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { Attempt, withoutAnswer } from '../cleanup/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isServerError } from '../judge/safety.js';
import { neededValues } from '../lookup/needed-values.js';
import { isUnstated } from '../lookup/resource-operations.js';
import { withoutPlaces } from '../lookup/secret-places.js';
import { bodySent } from '../lookup/shows-sent.js';
import { hideAnswer } from '../redaction/hide-answer.js';
import type { Redactor } from '../redaction/redact.js';
import type { Clock } from '../target/clock.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest, type RequestValues } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';
import { isLostOnceRemoved, locksOut } from './own-account.js';
import { SentSettings } from './sent-settings.js';
import {
  bodiesThatSet,
  isDifferent,
  type Singleton,
  settingsIn,
  showsAll,
  singletonsOf,
  writableProperties,
} from './singleton.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;
/** Performs an action unless the target no longer answers. */
type Trying = <T>(action: (send: Send) => Promise<T>) => Promise<T | undefined>;

/** So many paths of one template are looked at: others are of parents that the run invented. */
const MOST_PATHS = 8;
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** In this order they are tried: what sets everything, what sets a part. */
const SETTING_METHODS = ['PUT', 'PATCH', 'POST'] as const;
/** An operation may take what was there before only without its nulls. */
const FORMS = [0, 1] as const;
/** What restoring one takes: reading it, setting it in each way, reading it again, and three times more. */
const REQUESTS_EACH = 4 + 2 * SETTING_METHODS.length * FORMS.length;
/** A target may show late what was set, in milliseconds. */
const LATE = 1000;
/** So often a run waits for that. */
const MOST_PAUSES = 5;

export interface KeptSingletonsOptions {
  readonly contract: Contract;
  readonly created: CreatedResources;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** What paths of the run have. */
  readonly mark: string;
  /** Receives by how much the number of requests grows that restoring takes. */
  readonly keep: (requests: number) => void;
}

/** A singleton at one path, as it was before the run changed it. */
interface Kept {
  readonly singleton: Singleton;
  readonly path: RequestValues['path'];
  /** Undefined: the target did not answer. */
  readonly before: Promise<Exchange | undefined>;
  readonly sent: SentSettings;
  /** What was there, once it is known. */
  shown?: Json;
  /** The ids of what was found to set it, where the document does not say so. */
  readonly proven: Set<string>;
  isChanged: boolean;
  /** Whether the requests that restoring takes are reserved. */
  isReserved: boolean;
}

/**
 * Settings and other resources that exist once. A run cannot create one of its own, so it reads what is there before it
 * changes it, and restores that at the end. Shared by all workers of a run.
 */
export class KeptSingletons {
  readonly #contract: Contract;
  readonly #options: KeptSingletonsOptions;
  readonly #singletons: ReadonlyMap<string, Singleton>;
  readonly #kept = new Map<string, Kept>();
  #pauses = 0;

  constructor(options: KeptSingletonsOptions) {
    this.#contract = options.contract;
    this.#options = options;
    this.#singletons = singletonsOf(options.contract);
  }

  /**
   * Call before a request is sent: before the first change, reads what is there.
   * @throws Stop where it removes or replaces what nothing could set back
   */
  async beforeChange(request: PlannedRequest, send: Send): Promise<void> {
    const kept = this.#of(request) ?? this.#begin(request, send);
    if (kept === undefined) return;
    // What cannot be restored within the budget must not be changed.
    this.#reserve(kept, true);
    const before = await kept.before;
    const was = before && stateIn(before);
    if (was?.isThere !== true) return;
    kept.shown = was.shown;
    const { operation, method } = request;
    if (operation === undefined || isEmpty(was.shown)) return;
    const harm = this.#harm(kept.singleton, operation, was.shown) ?? lockOut(request, operation, before);
    if (harm === undefined) return;
    this.#reserve(kept, kept.isChanged);
    throw new Stop(`${method} ${operation.route} is not sent: ${harm}.`, 'contract');
  }

  /** What removing or replacing does that nothing could set back. */
  #harm({ changes }: Singleton, operation: Operation, shown: Json): string | undefined {
    if (!isUnstated(operation, this.#contract)) return undefined;
    // A POST without a body may make another, such as a new key.
    const replaces = operation.method === 'POST' && !takesBody(operation);
    const verb = operation.method === 'DELETE' ? 'remove' : replaces ? 'replace' : undefined;
    if (verb === undefined) return undefined;
    const isLost = verb === 'remove' && isLostOnceRemoved(shown, operation.route);
    const isSetBack = !isLost && [...changes.values()].some(takesBody);
    return isSetBack ? undefined : `it may ${verb} what is there, and no operation sets it back`;
  }

  /** Records that a request may have changed something. @returns whether it is of a singleton that will be restored */
  record(exchange: Exchange): boolean {
    const { status } = exchange.response;
    const kept = this.#of(exchange.request);
    if (kept === undefined) return false;
    if (!this.#sets(kept, exchange.request)) {
      this.#reserve(kept, kept.isChanged);
      return false;
    }
    if (!(succeeded(exchange) || status === 0 || isServerError(status))) {
      this.#reserve(kept, kept.isChanged);
      return true;
    }
    kept.sent.record(exchange.request);
    kept.isChanged = true;
    this.#reserve(kept, true);
    return true;
  }

  /** Whether a request sets what the GET shows: the document says so, or what was shown has all that it sets. */
  #sets({ singleton, shown = null, proven }: Kept, request: PlannedRequest): boolean {
    const { operation } = request;
    if (operation === undefined || !singleton.uncertain.has(operation.id)) return true;
    const sent = bodySent(request);
    const names = isObject(sent) ? Object.keys(sent) : [];
    const settable = names.length > 0 ? names : (writableProperties(this.#contract, operation) ?? []);
    if (showsAll(shown, settable)) proven.add(operation.id);
    return proven.has(operation.id);
  }

  #reserve(kept: Kept, isReserved: boolean): void {
    if (kept.isReserved !== isReserved) this.#options.keep(isReserved ? REQUESTS_EACH : -REQUESTS_EACH);
    kept.isReserved = isReserved;
  }

  /** Changes back what the run changed, also several times. @returns what is left changed, a line each */
  async restore(send: Send): Promise<readonly string[]> {
    const attempt = new Attempt();
    const left: string[] = [];
    for (const [path, kept] of this.#kept) {
      if (!kept.isChanged) continue;
      const lines = await this.#restoreOne(path, kept, (action) => attempt.try(() => action(send)));
      kept.isChanged = lines.length > 0;
      this.#reserve(kept, kept.isChanged);
      left.push(...lines);
    }
    return left;
  }

  #of(request: PlannedRequest): Kept | undefined {
    const singleton = this.#singletonOf(request);
    return singleton && this.#kept.get(this.#pathOf(singleton, request));
  }

  /** The path that shows it: what changes it may be at one below. */
  #pathOf(singleton: Singleton, { operation, path, values = noValues }: PlannedRequest): string {
    const isBelow = operation !== undefined && operation.route !== singleton.read.route;
    return pathOf(isBelow ? this.#reading(singleton, values.path).path : path);
  }

  /** Of a request that may change one, also by a method that the contract lacks. */
  #singletonOf({ operation, method, path }: PlannedRequest): Singleton | undefined {
    return SAFE_METHODS.has(method) ? undefined : this.#singletons.get(operation?.route ?? pathOf(path));
  }

  #begin(request: PlannedRequest, send: Send): Kept | undefined {
    const values = request.values ?? noValues;
    const singleton = this.#singletonOf(request);
    if (singleton === undefined) return undefined;
    const path = this.#pathOf(singleton, request);
    if (path.includes(this.#options.mark)) return undefined;
    const isOwn = this.#options.created.isNamedBy(request);
    const known = [...this.#kept.values()].filter((kept) => kept.singleton === singleton).length;
    if (isOwn || known >= MOST_PATHS) return undefined;
    const reading = this.#reading(singleton, values.path);
    const before = send(reading).catch(withoutAnswer);
    const sent = new SentSettings(this.#contract, singleton);
    const kept: Kept = {
      singleton,
      path: values.path,
      before,
      sent,
      proven: new Set(),
      isChanged: false,
      isReserved: false,
    };
    this.#kept.set(path, kept);
    return kept;
  }

  #reading({ read }: Singleton, path: RequestValues['path']): PlannedRequest {
    return buildRequest(read, { ...neededValues(this.#contract, read), path });
  }

  async #restoreOne(path: string, kept: Kept, trying: Trying): Promise<readonly string[]> {
    const { singleton, sent } = kept;
    const methods = [...singleton.changes.keys()].join(', ');
    const before = await kept.before;
    const was = before && stateIn(before);
    if (before === undefined || was === undefined)
      return [`perhaps what ${methods} ${path} changed: what was there before cannot be read`];
    const seen: Seen = { hidden: new Set(), shown: null };
    const isRestored = (await trying((send) => this.#setBack(kept, { was, seen }, send))) === true;
    const lost = [...seen.hidden].filter((place) => sent.mayHaveChanged(place));
    const lines = lost.map(
      (place) => `perhaps ${place} of ${path}: ${methods} may have changed it, and what it was cannot be read`,
    );
    const remaining = sent.remaining(was.shown, seen.shown, this.#options.mark);
    lines.push(...remaining.map((place) => `${place} of ${path}: ${methods} changed it, and no request sets it back`));
    if (isRestored) return lines;
    const { redactor } = this.#options;
    hideAnswer(redactor, this.#contract, before);
    const shown = redactor.redact(JSON.stringify(settingsIn(this.#contract, singleton, was.shown)));
    const state = was.isThere ? `was ${shown}` : 'was not there';
    return [`${path}: ${methods} changed it, and before it ${state}`, ...lines];
  }

  /**
   * @param seen - receives the places of what nobody can set back, and what the last answer showed
   * @returns whether the target shows what it showed before, as far as it can be set back
   */
  async #setBack(
    kept: Kept,
    { was, seen }: { readonly was: State; readonly seen: Seen },
    send: Send,
  ): Promise<boolean> {
    const { singleton, path, sent } = kept;
    const { names } = sent;
    const shown = (state: State | undefined) =>
      state === undefined ? null : settingsIn(this.#contract, singleton, state.shown, names);
    const settings = (state: State | undefined) => withoutPlaces(shown(state), seen.hidden);
    const read = async () => {
      const state = stateIn(await send(this.#reading(singleton, path)));
      seen.shown = state?.shown ?? null;
      return state;
    };
    const isAsBefore = (...states: readonly (State | undefined)[]) =>
      states.every((state) => state?.isThere === was.isThere) && !isDifferent(settings(was), states.map(settings));
    let now = await read();
    for (const place of was.isThere ? sent.unreadable(shown(was), shown(now)) : []) seen.hidden.add(place);
    let isSent = false;
    for (const request of this.#settingRequests(kept, was)) {
      // Also where it seems to be as before: the target may show late what the run set.
      if (isSent && isAsBefore(now)) return true;
      const next = request(settings(was), settings(now));
      if (next === undefined) continue;
      isSent = true;
      await send(next);
      now = await read();
    }
    if (isAsBefore(now) || isAsBefore(now, await read(), await read())) return true;
    this.#pauses += 1;
    if (this.#pauses > MOST_PAUSES) return false;
    await this.#options.clock.sleep(LATE);
    return isAsBefore(await read());
  }

  /** The requests that may set it back, each from what was there before and what is there now. */
  #settingRequests(
    { singleton, path, sent, proven }: Kept,
    was: State,
  ): readonly ((before: Json, now: Json) => PlannedRequest | undefined)[] {
    const contract = this.#contract;
    const removal = singleton.changes.get('DELETE');
    if (!was.isThere)
      return removal === undefined ? [] : [() => buildRequest(removal, { ...neededValues(contract, removal), path })];
    const methods = sent.mustKeepHidden ? (['PATCH'] as const) : SETTING_METHODS;
    return methods.flatMap((method) => {
      const operation = singleton.changes.get(method);
      if (operation === undefined) return [];
      if (singleton.uncertain.has(operation.id) && !proven.has(operation.id)) return [];
      return FORMS.map((form) => (before: Json, now: Json) => {
        const body = bodiesThatSet(contract, operation, before, now)[form];
        return body === undefined
          ? undefined
          : buildRequest(operation, { ...neededValues(contract, operation), path, body });
      });
    });
  }
}

/** What setting something back shows of it. */
interface Seen {
  readonly hidden: Set<string>;
  shown: Json;
}

interface State {
  readonly isThere: boolean;
  readonly shown: Json;
}

/** What an answer says that there is; undefined: nothing can be told. */
function stateIn(exchange: Exchange): State | undefined {
  const { status, json, text } = exchange.response;
  if (status === 404 || status === 410 || status === 204) return { isThere: false, shown: null };
  return succeeded(exchange) ? { isThere: true, shown: (json as Json | undefined) ?? text } : undefined;
}

function isEmpty(shown: Json): boolean {
  return shown === '' || (typeof shown === 'object' && Object.keys(shown ?? {}).length === 0);
}

/** What a change does to the account that the run, and perhaps its user, is signed in as. */
function lockOut(request: PlannedRequest, { route }: Operation, before: Exchange | undefined): string | undefined {
  const name = before && locksOut(bodySent(request) ?? null, route, before);
  return name && `it may change ${name} of the account that this run is signed in as`;
}

function takesBody(operation: Operation): boolean {
  return operation.method !== 'DELETE' && bodyMedia(operation) !== undefined;
}

/** Without a query. */
function pathOf(path: string): string {
  return path.split('?', 1)[0] ?? path;
}
