import { access, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunError } from '../errors.js';
import type { JournalHeader } from './entry.js';
import { Journal } from './journal.js';
import { openJournalFile } from './journal-file.js';
import { isUnswept, type JournalState, parseJournal, readJournal } from './read-journal.js';
import { journalFolder, journalPath } from './state-folder.js';
import { isRunning } from './this-process.js';

export interface JournalPlace {
  /** The file of --journal; absent: one of its own in the state folder. */
  readonly file?: string;
  readonly stateFolder: string;
}

/**
 * Opens the journal of a run.
 * @throws RunError where an earlier run left resources at this target, or the file cannot be written
 */
export async function openJournal(header: JournalHeader, { file, stateFolder }: JournalPlace): Promise<Journal> {
  for (const [path, state] of await journalsOf(stateFolder, header.target)) rejectUnswept(path, state);
  if (file === undefined) {
    const path = journalPath(stateFolder, new URL(header.target), header.mark);
    return new Journal(header, openJournalFile(path, 'replace'));
  }
  const path = resolve(file);
  const earlier = (await exists(path)) ? await readJournal(path) : undefined;
  if (earlier !== undefined) rejectUnswept(file, earlier);
  return new Journal(header, openJournalFile(path, 'replace'));
}

/** The journals in the state folder that runs against this target left, with their paths. */
export async function journalsOf(stateFolder: string, target: string): Promise<ReadonlyMap<string, JournalState>> {
  const folder = journalFolder(stateFolder);
  const names = await readdir(folder).catch(() => []);
  const found = new Map<string, JournalState>();
  for (const name of names.filter((each) => each.endsWith('.jsonl')).sort()) {
    const path = join(folder, name);
    const state = parseJournal(await readFile(path, 'utf8').catch(() => ''));
    if (state?.header.target === target) found.set(path, state);
  }
  return found;
}

/** @throws RunError; a run that is still going is no obstacle, unless it writes the same file */
function rejectUnswept(path: string, state: JournalState): void {
  if (!isUnswept(state) || isRunning(state.header.process)) return;
  const { existing, pending, header } = state;
  const left = existing.length + pending.length;
  throw new RunError(
    'UNSWEPT',
    `The run of ${header.startedAt} left ${left === 1 ? 'a resource' : `${left} resources`} at "${header.target}": remove ${left === 1 ? 'it' : 'them'} with rolecall sweep ${path}, then run again.`,
  );
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
