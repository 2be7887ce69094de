import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Contract } from '../../contract/contract.js';
import { jsonDocument } from '../../contract/json/json-document.js';
import { selectedContract } from '../../contract/load/default.js';
import { logText } from '../../contract/text/github-log.js';
import { printable } from '../../contract/text/printable.js';
import { findMarked } from '../cleanup/marked-resources.js';
import { isMarkedAsProduction } from '../config-file.js';
import { RunError } from '../errors.js';
import type { Created } from '../fixtures/created-resources.js';
import { Journal } from '../journal/journal.js';
import { openJournalFile } from '../journal/journal-file.js';
import { journalsOf } from '../journal/open-journal.js';
import { isUnswept, type JournalState, readJournal } from '../journal/read-journal.js';
import { journalFolder } from '../journal/state-folder.js';
import { isRunning } from '../journal/this-process.js';
import { Redactor } from '../redaction/redact.js';
import { systemClock } from '../target/clock.js';
import { contractFor } from '../target/contract-for.js';
import { isLoopbackUrl } from '../target/loopback-url.js';
import { assertOwned } from '../target/ownership.js';
import { rootOf } from '../target/target-url.js';
import { openTarget } from '../verify.js';
import { checkWithContract, type RawOptions, type ResolvedOptions, readOptions } from '../verify-options.js';
import { Sweeper, type Swept } from './sweeper.js';

/** The options of `rolecall sweep` as typed. */
export type RawSweepOptions = Pick<
  RawOptions,
  | 'spec'
  | 'overlay'
  | 'allowRef'
  | 'setPath'
  | 'strict'
  | 'clientId'
  | 'clientSecret'
  | 'audience'
  | 'token'
  | 'iOwnThisTenant'
  | 'json'
> & { readonly yes?: boolean };

/** The parts of a process that `rolecall sweep` uses. */
export type SweepIo = Pick<NodeJS.Process, 'cwd' | 'env' | 'stdout' | 'stderr' | 'stdin' | 'once' | 'off'>;

interface Task {
  readonly options: ResolvedOptions;
  readonly contract: Contract;
  readonly signal: AbortSignal;
}

/**
 * Runs `rolecall sweep` and prints what it removed.
 * @returns the exit code: 1 where something is left
 * @throws RolecallError where it cannot do its work
 */
export async function runSweep(
  subject: string | undefined,
  { yes = false, ...raw }: RawSweepOptions,
  process: SweepIo,
): Promise<number> {
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  try {
    const isUrl = subject === undefined || /^https?:/i.test(subject);
    const swept = isUrl
      ? await sweepTarget(subject, { raw, yes, process, signal: interruption.signal })
      : await sweepFile(subject, { raw, process, signal: interruption.signal });
    if (swept === undefined) return 2;
    const text = () =>
      logText(formatSwept(swept, isUrl ? 'nothing that carries a mark is left' : 'nothing is left'), process.env);
    process.stdout.write(raw.json === true ? jsonDocument(swept) : text());
    return swept.left.length > 0 ? 1 : 0;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
}

const NOTHING: Swept = { removed: [], left: [], notes: [] };

interface Invocation {
  readonly raw: Omit<RawSweepOptions, 'yes'>;
  readonly process: SweepIo;
  readonly signal: AbortSignal;
}

/** Sweeps the journal in a file. @throws RunError */
async function sweepFile(file: string, { raw, process, signal }: Invocation): Promise<Swept> {
  const path = resolve(file);
  const state = await readJournal(path);
  if (state === undefined) return NOTHING;
  const { target, audience, spec, process: writer } = state.header;
  if (isRunning(writer))
    throw new RunError(
      'UNSWEPT',
      `The run that writes "${file}" is still going: wait for its end, or stop process ${writer.pid}; it then removes what it created.`,
    );
  if (!isUnswept(state)) return NOTHING;
  const given = { audience, ...(spec === undefined ? {} : { spec }), ...raw };
  const options = readOptions(target, given, process.env, () => 1);
  await assertMaySweep(options, process);
  const contract = contractFor(await selectedContract(options), options);
  checkWithContract(options, contract);
  assertResourcesKnown(file, state, contract);
  return sweepJournal(path, state, { options, contract, signal });
}

/** A journal may come from somebody else, and names the server that gets the credentials. @throws RunError */
async function assertMaySweep({ url, iOwnThisTenant: claimed, stateFolder }: ResolvedOptions, { cwd }: SweepIo) {
  if (url === undefined) return;
  const production = !isLoopbackUrl(url) && (await isMarkedAsProduction(cwd()));
  await assertOwned({ url, production, stateFolder, command: 'sweep', ...(claimed === undefined ? {} : { claimed }) });
}

/** @throws RunError where the run had another contract */
function assertResourcesKnown(path: string, { existing, pending }: JournalState, { resources }: Contract): void {
  const unknown = [...existing, ...pending].find(({ resource }) => !resources.has(resource));
  if (unknown === undefined) return;
  throw new RunError(
    'JOURNAL_UNREADABLE',
    `"${path}" lists a "${unknown.resource}", which the contract does not have; pass the contract of the run with --spec. Nothing was removed.`,
  );
}

async function sweepJournal(path: string, state: JournalState, { options, contract, signal }: Task): Promise<Swept> {
  if (!isUnswept(state)) return NOTHING;
  const { last, isTorn } = state;
  const journal = new Journal(state.header, openJournalFile(path, 'append'), { last, isTorn });
  const target = await openTarget(options, contract);
  try {
    const redactor = new Redactor();
    const sweeper = new Sweeper({ contract, target, redactor, clock: systemClock, signal, journal });
    await sweeper.begin();
    const existing = state.existing.map(
      ({ resource, id, text, parent }): Created => ({
        resource,
        id,
        label: text,
        ...(parent === undefined ? {} : { parent }),
      }),
    );
    const swept = await sweeper.sweep({ existing, pending: state.pending });
    // Journals in a place of the user's choice stay.
    journal.end(swept.left.length, !path.startsWith(journalFolder(options.stateFolder)));
    return swept;
  } finally {
    await target.close();
  }
}

/** Sweeps the journals of a target, then what carries our mark. @returns absent where the user did not confirm */
async function sweepTarget(
  url: string | undefined,
  { raw, process, signal, yes }: Invocation & { readonly yes: boolean },
): Promise<Swept | undefined> {
  const options = readOptions(url, raw, process.env, () => 1);
  if (options.url === undefined)
    throw new RunError('BAD_OPTION', 'nothing to sweep; pass a journal, or the URL of a tenant (or ROLECALL_URL).');
  const { stateFolder } = options;
  await assertMaySweep(options, process);
  const contract = contractFor(await selectedContract(options), options);
  checkWithContract(options, contract);
  const task = { options, contract, signal };
  const journaled: Swept[] = [];
  const running = new Set<string>();
  for (const [path, state] of await journalsOf(stateFolder, rootOf(options.url))) {
    const { mark, process: writer } = state.header;
    if (isRunning(writer)) {
      running.add(mark);
      process.stderr.write(`A run is still going (process ${writer.pid}): what it created is left to it.\n`);
    } else journaled.push(await sweepJournal(path, state, task));
  }
  const marked = await sweepMarked(task, running, (found) => yes || confirm(found, process));
  return marked === undefined ? undefined : merged([...journaled, marked]);
}

async function sweepMarked(
  { options, contract, signal }: Task,
  running: ReadonlySet<string>,
  mayRemove: (found: readonly Created[]) => boolean | Promise<boolean>,
): Promise<Swept | undefined> {
  const target = await openTarget(options, contract);
  try {
    const sweeper = new Sweeper({ contract, target, redactor: new Redactor(), clock: systemClock, signal });
    await sweeper.begin();
    const isSought = (mark: string) => !running.has(mark);
    const { found, unread } = await findMarked({ contract, effects: sweeper.effects, send: sweeper.send, isSought });
    const left = unread.map((listing) => `perhaps more: ${listing} could not be read to its end`);
    if (found.length === 0) return { removed: [], left, notes: [] };
    if (!(await mayRemove(found))) return undefined;
    const swept = await sweeper.sweep({ existing: found, pending: [] });
    return { ...swept, left: [...swept.left, ...left] };
  } finally {
    await target.close();
  }
}

/** Asks on the terminal; elsewhere lists what was found. @returns whether to remove it */
async function confirm(found: readonly Created[], { stdin, stderr }: SweepIo): Promise<boolean> {
  stderr.write(`These carry the mark of a run of verify:\n${found.map(lineOf).join('')}`);
  if (stdin.isTTY !== true) {
    stderr.write('Nothing was removed. Pass --yes to remove them.\n');
    return false;
  }
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await terminal.question(`Remove ${found.length === 1 ? 'it' : `these ${found.length}`}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

function merged(all: readonly Swept[]): Swept {
  return {
    removed: all.flatMap(({ removed }) => removed),
    left: [...new Set(all.flatMap(({ left }) => left))],
    notes: all.flatMap(({ notes }) => notes),
  };
}

/**
 * What was removed and what was not, a line for each, and a last line with the counts.
 * @param nothing - says that nothing is left, as far as the sweep can know
 */
export function formatSwept({ removed, left, notes }: Swept, nothing = 'nothing is left'): string {
  const parts = [
    ...(removed.length === 0 ? [] : [`Removed\n${removed.map(lineOf).join('')}`]),
    ...(left.length === 0 ? [] : [`Not removed\n${left.map((each) => `  ${printable(each)}\n`).join('')}`]),
    ...(notes.length === 0 ? [] : [`Not found\n${notes.map((each) => `  ${printable(each)}\n`).join('')}`]),
  ];
  const end = left.length === 0 ? nothing : `${left.length} left; remove them, or run sweep again`;
  return `${[...parts, `${removed.length} removed, ${end}`].join('\n')}\n`;
}

function lineOf({ resource, id, label }: Created): string {
  const name = label === '' || label === id ? '' : `  ${label}`;
  return `  ${printable(`${resource} ${id}${name}`)}\n`;
}
