import type { Contract, Json, Operation } from '../../contract/contract.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isObject } from '../../contract/pointer.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { Created, CreatedResources, MadeAtPath, SuspectedResource } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import { isServerError } from '../judge/safety.js';
import type { Effects } from '../lookup/effects.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { readListing } from '../lookup/listing.js';
import { markIn } from '../lookup/mark.js';
import { neededValues } from '../lookup/needed-values.js';
import { type PathNames, pathNaming } from '../lookup/path-names.js';
import { itemRouteOf } from '../lookup/removal-paths.js';
import { saysDeleted } from '../lookup/says-deleted.js';
import { isShownAtPath, readingOf } from '../lookup/shown-at-path.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { NoAnswer } from '../target/http-session.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { Attempt, GIVE_UP_AFTER, withoutAnswer } from './attempt.js';
import { findSuspect, sharedReader } from './find-suspect.js';
import { listingOf } from './listing-of.js';
import { findStrays } from './strays.js';

export interface CleanupOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly created: CreatedResources;
  /** How many requests go side by side. */
  readonly workers: number;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** Of the run: what carries it is named, whatever made it. Absent: only what the run knows is searched. */
  readonly mark?: string;
}

/** How often a removal is sent that got no answer: removing twice does no harm. */
const REMOVAL_ATTEMPTS = 5;

/**
 * Removes what the run created, as far as the target allows. Resources whose creation got no answer are searched in
 * listings by their unique name first; those of the last requests again at the end, because the end of the run may have
 * cut these requests off, and their effect comes late.
 * @returns what is left, named so that a person can remove it
 */
export async function cleanUp(options: CleanupOptions): Promise<readonly string[]> {
  const { created, workers, mark } = options;
  const attempt = new Attempt();
  const before = created.all();
  const isSane = await attempt.try(() => showsAnything(options, probesFor(options, before)));
  const first = await searchAll(options, attempt, created.suspects);
  const existing = created.all();
  const absent = await removeAll(options, attempt, existing);
  await removeAtPaths(options, attempt);
  const late = created.suspects.slice(-workers).filter((suspect) => first.absent.includes(suspect));
  const last = await searchAll(options, attempt, late);
  absent.push(...(await removeAll(options, attempt, last.found)));
  for (const one of await stillListed(options, attempt, absent)) created.add(one.created);
  await removeAgain(options, attempt);
  const named = created.namesInPaths;
  const strays = mark === undefined ? [] : await findStrays({ ...options, mark }, attempt);
  // What a creation without an answer sent is found late where its search failed, as at a busy target; what a refused one
  // made is searched nowhere else.
  const isOf = (one: Created, suspect: SuspectedResource) =>
    one.resource === suspect.resource && one.label === suspect.text;
  const foundLate = strays.filter(
    (one) => created.wasRefused(one.resource, one.label) || created.suspects.some((suspect) => isOf(one, suspect)),
  );
  // A server may make what a path only names. Others may quote what the run named, also in an id.
  const invented = strays.filter((one) => (named.has(one.id) || foundLate.includes(one)) && created.add(one));
  await removeAll(options, attempt, invented);
  const others = strays.filter((one) => !invented.includes(one));
  // It may have turned meanwhile. By now only lists can show anything.
  const lists = probesFor(options, before).filter(({ isShown }) => isShown === isList);
  const isStillSane = await attempt.try(() => showsAnything(options, lists));
  // Where that stays open, nothing confirms that what got a 404 is gone.
  if (isStillSane === undefined) for (const one of absent) created.add(one);
  // A target that answers everything with one page, or with 404, has neither removed anything because it says so, nor
  // created nothing because it does not list it.
  const isMeaningless = isSane === false || isStillSane === false;
  const left = (isMeaningless ? [...existing, ...last.found] : created.all()).map(lineOf);
  const wasThere = ({ resource, id }: Created) => created.wasThere(resource, id);
  const altered = [...first.changed, ...others.filter(wasThere)];
  const changed = new Map(
    altered.map((one) => [
      `${one.resource} ${one.id}`,
      `not ${lineOf(one)}: it was there before, and a creation changed it`,
    ]),
  );
  // What is under a parent that is gone is gone as well.
  const known = [...before, ...created.removed];
  const isGone = (parent: PathNames) =>
    Object.entries(parent).some(([name, id]) => isIn(known, name, id) && !isIn(created.all(), name, id));
  const unknown = [...new Set([...first.unknown, ...(isMeaningless ? first.absent : []), ...last.unknown])];
  const mayBeLeft = ({ parent }: SuspectedResource) => parent === undefined || !isGone(parent);
  const isFound = (suspect: SuspectedResource) => foundLate.some((one) => isOf(one, suspect));
  const perhaps = unknown.filter((suspect) => mayBeLeft(suspect) && !isFound(suspect));
  return [
    ...left,
    ...changed.values(),
    ...created.unknown,
    ...(isMeaningless ? [] : others.filter((one) => !wasThere(one))).map((one) => `perhaps ${lineOf(one)}`),
    ...namedIn([...first.absent, ...last.absent].filter(mayBeLeft)),
    // Of these the least is known, and there may be many.
    ...perhaps.map(({ resource, text }) => `perhaps ${withArticle(resource)} with ${text}`),
  ];
}

/** What answers to creations named, and what no search by what they sent found. */
function namedIn(absent: readonly SuspectedResource[]): readonly string[] {
  return [...new Set(absent.flatMap(({ resource, named = [] }) => named.map((name) => `perhaps ${resource} ${name}`)))];
}

function lineOf({ resource, id, label }: Created): string {
  return `${resource} ${id}${label === '' || label === id ? '' : ` (${label})`}`;
}

/** A resource that should be gone, and the entry of a listing that shows it. */
interface Listed {
  readonly created: Created;
  readonly entry: Json;
}

/**
 * What listings still show of what should be gone, and not as deleted: a server may keep such items for ever. Where the key was derived, the path may take another name of the item,
 * so that its removal got a 404.
 */
async function stillListed(
  { contract, effects, send }: CleanupOptions,
  attempt: Attempt,
  gone: readonly Created[],
): Promise<readonly Listed[]> {
  const removed = gone.filter(({ resource, parent }) => parent === undefined && isDerived(contract, resource));
  const left: Listed[] = [];
  for (const name of new Set(removed.map(({ resource }) => resource))) {
    const listing = listingOf(effects, name);
    if (listing === undefined) continue;
    const read = await attempt.try(() => readListing(listing, neededValues(contract, listing), send));
    const shown = new Map(read?.entries.map((entry) => [idOf(resourceNamed(contract, name), entry), entry]));
    for (const created of removed) {
      const entry = created.resource === name ? shown.get(created.id) : undefined;
      if (entry !== undefined && !saysDeleted(entry)) left.push({ created, entry });
    }
  }
  return left;
}

/**
 * What a target says to have removed, and still has: a listing shows it, and so does reading it, where an operation does.
 * A listing alone may show changes late, and one of a mock shows the same items whatever there is, without the mark.
 */
async function stillThere(
  options: CleanupOptions,
  attempt: Attempt,
  removed: readonly Created[],
): Promise<readonly Created[]> {
  const { effects, send } = options;
  const left: Created[] = [];
  for (const { created, entry } of await stillListed(options, attempt, removed)) {
    const reading = requestOn(effects.contract, effects.one('read', created.resource), created);
    const read = reading && (await attempt.try(() => send(reading)));
    const isRead = reading === undefined || (read !== undefined && isBelievable(read));
    const item = answeredItem(reading?.operation?.effect, read?.response.json);
    if (saysDeleted(item)) continue;
    const mark = markIn(`${created.label} ${created.id}`);
    const text = `${JSON.stringify(entry)} ${read?.response.text ?? ''}`;
    if (isRead && mark !== undefined && text.includes(mark)) left.push(created);
  }
  return left;
}

/** A server may lose what requests beside a removal interfere with: it is removed again, one after the other. */
async function removeAgain(options: CleanupOptions, attempt: Attempt): Promise<void> {
  const { created } = options;
  const left = await stillThere(options, attempt, created.removed);
  for (const one of left) created.add(one);
  if (left.length === 0) return;
  await removeAll({ ...options, workers: 1 }, attempt, left);
  for (const one of await stillThere(options, attempt, left)) created.add(one);
}

/** What became of suspects. */
interface Searched {
  /** They were created. */
  readonly found: readonly Created[];
  /** They were there before, and show now what creations sent. */
  readonly changed: readonly Created[];
  readonly absent: readonly SuspectedResource[];
  /** The target does not show it. */
  readonly unknown: readonly SuspectedResource[];
}

/** Searches for suspects, and adds what is found to what the run created. */
async function searchAll(
  options: CleanupOptions,
  attempt: Attempt,
  suspects: readonly SuspectedResource[],
): Promise<Searched> {
  const found: Created[] = [];
  const absent: SuspectedResource[] = [];
  const unknown: SuspectedResource[] = [];
  const search = { ...options, readAll: sharedReader(options.send) };
  for (const suspect of suspects) {
    const ids = await attempt.try(() => findSuspect(search, suspect));
    if (ids === undefined) unknown.push(suspect);
    else if (ids.length === 0) absent.push(suspect);
    else found.push(...ids.map(({ id }) => ({ ...suspect, id, label: suspect.text })));
  }
  const own: Created[] = [];
  const changed: Created[] = [];
  for (const one of found) (options.created.add(one) ? own : changed).push(one);
  return { found: own, changed, absent, unknown };
}

/** Removes what the run created, and leaves what cannot be removed for the end. */
export async function removeCreated(options: CleanupOptions, isToGo: (created: Created) => boolean): Promise<void> {
  const attempt = new Attempt();
  await removeAll(options, attempt, options.created.all().filter(isToGo));
  await removeAtPaths(options, attempt);
}

/** What refers to others goes first. @returns what the target does not have */
async function removeAll(options: CleanupOptions, attempt: Attempt, all: readonly Created[]): Promise<Created[]> {
  const absent: Created[] = [];
  for (const turn of turns(options.contract, all)) {
    const queue = [...turn];
    const failed: Created[] = [];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const created = next;
        const outcome = await attempt.try(() => remove(options, created));
        if (outcome === 'server error') failed.push(created);
        if (outcome === 'absent') absent.push(created);
      }
    };
    await Promise.all(Array.from({ length: options.workers }, worker));
    // A server whose database was locked by the requests beside can remove one after the other.
    for (let errors = 0; errors < GIVE_UP_AFTER; ) {
      const created = failed.shift();
      if (created === undefined) break;
      errors = (await attempt.try(() => remove(options, created))) === 'server error' ? errors + 1 : 0;
    }
  }
  return absent;
}

/** Removes what requests made at paths that the run has named. */
async function removeAtPaths(options: CleanupOptions, attempt: Attempt): Promise<void> {
  // A server may still be busy with what is below one of them.
  for (let round = 0; round < 2; round += 1) {
    const keeps = new Map<string, boolean | undefined>();
    for (const [made, removal] of await removalsAtPaths(options, attempt)) {
      const exchange = await attempt.try(() => sendRemoval(options, removal));
      if (exchange === undefined) continue;
      // Of an answer such as `true`, or of a refusal, only another tells whether something is there.
      if (!isBelievable(exchange) && !isGone(exchange)) {
        if (await attempt.try(() => isReadAsGone(options, removal))) options.created.removedAt(made);
        continue;
      }
      const route = removal.operation?.route ?? '';
      if (!isGone(exchange) && !keeps.has(route))
        keeps.set(
          route,
          await attempt.try(() => isShownAtPath(options.contract, removal, options.send, itemRouteOf(route))),
        );
      if (isGone(exchange) || keeps.get(route) !== true) options.created.removedAt(made);
    }
  }
}

/** Whether what a removal names is not there any more, where an operation reads it. */
async function isReadAsGone({ contract, send }: CleanupOptions, removal: PlannedRequest): Promise<boolean> {
  const reading = readingOf(contract, removal);
  return reading !== undefined && isGone(await send(reading));
}

/**
 * The requests that remove what the run has made at paths. Of what an answer showed, the path may take another key, and an
 * unknown one may be no error: where an operation reads it, that has to show the mark.
 */
async function removalsAtPaths(options: CleanupOptions, attempt: Attempt) {
  const found = new Map<MadeAtPath, PlannedRequest>();
  const gone: MadeAtPath[] = [];
  const takesKey = new Set<Operation | undefined>();
  for (const made of options.created.atPaths) {
    const removal = await attempt.try(() => removalOf(made, options));
    if (removal === undefined) continue;
    if (removal === 'not shown') gone.push(made);
    else {
      found.set(made, removal);
      if (made.shown !== undefined) takesKey.add(made.removal.operation);
    }
  }
  for (const made of gone) if (takesKey.has(made.removal.operation)) options.created.removedAt(made);
  return found;
}

async function removalOf(
  { removal, shown }: MadeAtPath,
  { contract, send }: CleanupOptions,
): Promise<PlannedRequest | 'not shown'> {
  if (shown === undefined || readingOf(contract, removal) === undefined) return removal;
  for (const each of [removal, ...shown.others]) {
    const reading = readingOf(contract, each);
    const exchange = reading && (await send(reading));
    if (exchange !== undefined && succeeded(exchange) && exchange.response.text.includes(shown.mark)) return each;
  }
  return 'not shown';
}

function isIn(all: readonly Created[], resource: string, id: Json): boolean {
  return all.some((created) => created.resource === resource && created.id === String(id));
}

/** How many requests find out whether answers mean anything. */
const MOST_PROBES = 6;

/** A request whose answer shows whether the target's answers mean anything. */
interface Probe {
  readonly created: Created;
  readonly request: PlannedRequest;
  readonly isShown: (exchange: Exchange, created: Created, contract: Contract) => boolean;
}

/** Listings of the created resources, and reads of the newest ones. */
function probesFor({ contract, effects }: CleanupOptions, all: readonly Created[]): readonly Probe[] {
  const newest = new Map([...all].reverse().map((created) => [created.resource, created]));
  const probes = [...newest.values()].flatMap((created): readonly Probe[] => {
    const { resource } = created;
    const listing = listingOf(effects, resource);
    const reading = requestOn(effects.contract, effects.one('read', resource), created);
    return [
      ...(listing === undefined
        ? []
        : [{ created, request: buildRequest(listing, neededValues(contract, listing)), isShown: isList }]),
      ...(reading === undefined ? [] : [{ created, request: reading, isShown: isResource }]),
    ];
  });
  return probes.slice(0, MOST_PROBES);
}

/**
 * Whether the target shows a list where one is documented, or a created resource under its id. Otherwise it answers
 * everything alike, and its answers mean nothing.
 */
async function showsAnything({ contract, send }: CleanupOptions, probes: readonly Probe[]): Promise<boolean> {
  for (const { created, request, isShown } of probes) {
    const exchange = await send(request);
    if (isBelievable(exchange) && isShown(exchange, created, contract)) return true;
  }
  return probes.length === 0;
}

function isList({ request, response }: Exchange): boolean {
  const property = request.operation?.effect?.as;
  const { json } = response;
  return Array.isArray(isObject(json) && property !== undefined ? json[property] : json);
}

function isResource({ request, response }: Exchange, { resource, id }: Created, contract: Contract): boolean {
  const json = answeredItem(request.operation?.effect, response.json);
  return isObject(json) && idOf(resourceNamed(contract, resource), json) === id;
}

async function remove(
  options: CleanupOptions,
  resourceToRemove: Created,
): Promise<'server error' | 'absent' | undefined> {
  const { resource, id, parent } = resourceToRemove;
  const { effects, created, send } = options;
  const removal = requestOn(effects.contract, effects.one('delete', resource), resourceToRemove);
  if (removal === undefined) return undefined;
  const exchange = await sendRemoval(options, removal);
  if (isBelievable(exchange) || isGone(exchange)) {
    created.remove(resource, id, parent);
    return isGone(exchange) ? 'absent' : undefined;
  }
  // A success that the contract does not have, such as a page of HTML, or an error after the removal: read it to be sure.
  const isFailed = isServerError(exchange.response.status);
  const reading =
    succeeded(exchange) || isFailed
      ? requestOn(effects.contract, effects.one('read', resource), resourceToRemove)
      : undefined;
  const read = reading && (await send(reading).catch(withoutAnswer));
  const isRemoved = read !== undefined && isGone(read);
  if (isRemoved) created.remove(resource, id, parent);
  return isFailed && !isRemoved ? 'server error' : undefined;
}

async function sendRemoval({ send }: CleanupOptions, request: PlannedRequest): Promise<Exchange> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(request);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.stop !== undefined || attempt === REMOVAL_ATTEMPTS) throw error;
    }
  }
}

/** The request of an operation whose path names one resource; absent where it does not. */
function requestOn(
  contract: Contract,
  operation: Operation | undefined,
  { resource, id, parent }: Created,
): PlannedRequest | undefined {
  if (operation?.effect?.of[resource] === undefined) return undefined;
  const path = pathNaming(operation, { ...parent, [resource]: id });
  return buildRequest(operation, { ...neededValues(contract, operation), path });
}

/** An answer of an API, not a page of HTML, which may have any status. */
function isGone({ response }: Exchange): boolean {
  return (response.status === 404 || response.status === 410) && (response.json !== undefined || response.text === '');
}

/** Resources that refer to others, then the others. */
function turns(contract: Contract, created: readonly Created[]): readonly (readonly Created[])[] {
  const refers = (name: string) => {
    const { refers = [], mentions = [] } = contract.resources.get(name) ?? {};
    return refers.length + mentions.length;
  };
  return [
    created.filter(({ resource }) => refers(resource) > 0),
    created.filter(({ resource }) => refers(resource) === 0),
  ];
}
