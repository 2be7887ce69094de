import type { Json } from '../../contract/contract.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { Created, SuspectedResource } from '../fixtures/created-resources.js';
import type { PathNames } from '../lookup/path-names.js';
import { Attempt } from './attempt.js';
import type { CleanupOptions } from './cleanup-options.js';
import { recordNamed } from './named-strays.js';
import { isList, probesFor, showsAnything } from './probes.js';
import { removeAll } from './remove-all.js';
import { removeAtPaths } from './remove-at-paths.js';
import { type Searched, searchAll } from './search-suspects.js';
import { removeAgain, stillListed } from './still-there.js';
import { findStrays } from './strays.js';

/**
 * Removes what the run created, as far as the target allows. Resources whose creation got no answer are searched in
 * listings by their unique name first; those of the last requests again at the end, because the end of the run may have
 * cut these requests off, and their effect comes late.
 * @returns what is left, named so that a person can remove it
 */
export async function cleanUp(options: CleanupOptions): Promise<readonly string[]> {
  const { created, workers } = options;
  const attempt = new Attempt();
  const before = created.all();
  const probes = probesFor(options, before);
  const isSane = await attempt.try(() => showsAnything(options, probes));
  const first = await searchAll(options, attempt, created.suspects);
  const existing = created.all();
  const absent = await removeAll(options, attempt, existing);
  await recordNamed(options, attempt);
  await removeAtPaths(options, attempt);
  const late = created.suspects.slice(-workers).filter((suspect) => first.absent.includes(suspect));
  const last = await searchAll(options, attempt, late);
  absent.push(...(await removeAll(options, attempt, last.found)));
  for (const one of await stillListed(options, attempt, absent)) created.add(one.created);
  await removeAgain(options, attempt);
  const strays = await removeStrays(options, attempt);
  // It may have turned meanwhile. By now only lists can show anything.
  const lists = probes.filter(({ isShown }) => isShown === isList);
  const isStillSane = await attempt.try(() => showsAnything(options, lists));
  // Where that stays open, nothing confirms that what got a 404 is gone.
  if (isStillSane === undefined) for (const one of absent) created.add(one);
  // A target that answers everything with one page, or with 404, has neither removed anything because it says so, nor
  // created nothing because it does not list it.
  const isMeaningless = isSane === false || isStillSane === false;
  const left = isMeaningless ? [...existing, ...last.found] : created.all();
  return namesOfLeft(options, { before, left, first, last, strays, isMeaningless });
}

/** What carries the mark of the run and no answer named. */
interface Strays {
  /** Something else may have made it: another's item that quotes the run. */
  readonly others: readonly Created[];
  /** What a creation without an answer made. */
  readonly foundLate: readonly Created[];
}

/** Removes what carries the mark of the run, where a request of the run made it for certain. */
async function removeStrays(options: CleanupOptions, attempt: Attempt): Promise<Strays> {
  const { created, mark } = options;
  const named = created.namesInPaths;
  const strays = mark === undefined ? [] : await findStrays({ ...options, mark }, attempt);
  // What a creation without an answer sent is found late where its search failed, as at a busy target; what a refused one
  // made is searched nowhere else.
  const foundLate = strays.filter(
    (one) => created.wasRefused(one.resource, one.label) || created.suspects.some((suspect) => isOf(one, suspect)),
  );
  // A server may make what a path only names. Others may quote what the run named, also in an id.
  const invented = strays.filter((one) => (named.has(one.id) || foundLate.includes(one)) && created.add(one));
  await removeAll(options, attempt, invented);
  return { others: strays.filter((one) => !invented.includes(one)), foundLate };
}

function isOf(one: Created, suspect: SuspectedResource): boolean {
  return one.resource === suspect.resource && one.label === suspect.text;
}

/** What removing and searching showed. */
interface Outcome {
  /** What the run had created before. */
  readonly before: readonly Created[];
  readonly left: readonly Created[];
  readonly first: Searched;
  readonly last: Searched;
  readonly strays: Strays;
  /** The target answers everything alike. */
  readonly isMeaningless: boolean;
}

/** What is left, the certain before the possible. */
function namesOfLeft({ created }: CleanupOptions, outcome: Outcome): readonly string[] {
  const { before, left, first, last, strays, isMeaningless } = outcome;
  const wasThere = ({ resource, id }: Created) => created.wasThere(resource, id);
  const altered = [...first.changed, ...strays.others.filter(wasThere)];
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
  const isFound = (suspect: SuspectedResource) => strays.foundLate.some((one) => isOf(one, suspect));
  const perhaps = unknown.filter((suspect) => mayBeLeft(suspect) && !isFound(suspect));
  return [
    ...left.map(lineOf),
    ...changed.values(),
    ...created.unknown,
    ...(isMeaningless ? [] : strays.others.filter((one) => !wasThere(one))).map((one) => `perhaps ${lineOf(one)}`),
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

/** Removes what the run created, and leaves what cannot be removed for the end. */
export async function removeCreated(options: CleanupOptions, isToGo: (created: Created) => boolean): Promise<void> {
  const attempt = new Attempt();
  await removeAll(options, attempt, options.created.all().filter(isToGo));
  await removeAtPaths(options, attempt);
}

function isIn(all: readonly Created[], resource: string, id: Json): boolean {
  return all.some((created) => created.resource === resource && created.id === String(id));
}
