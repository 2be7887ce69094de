import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';
import { type CreationEntry, type JournalHeader, parseEntry } from './entry.js';

/** A resource that a run created and did not remove. */
export interface JournaledResource extends Omit<CreationEntry, 'kind'> {
  readonly id: string;
}

/** What a journal says. */
export interface JournalState {
  readonly header: JournalHeader;
  /** What exists as far as the journal says, in order of creation. */
  readonly existing: readonly JournaledResource[];
  /** Creations whose answer never came. */
  readonly pending: readonly CreationEntry[];
  /** The last number of a creation. */
  readonly last: number;
  /** The file ends within a line. */
  readonly isTorn: boolean;
}

/** Whether a sweep has something to do. */
export function isUnswept({ existing, pending }: JournalState): boolean {
  return existing.length > 0 || pending.length > 0;
}

/**
 * @returns absent where the run was killed before its first line was complete, so that it had sent nothing
 * @throws RunError where the file cannot be read or is not a journal
 */
export async function readJournal(path: string): Promise<JournalState | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new RunError('JOURNAL_UNREADABLE', `Cannot read the journal "${path}": ${fileErrorReason(cause)}.`, {
      cause,
    });
  }
  const state = parseJournal(text);
  if (state === undefined && isTornHeader(text)) return undefined;
  if (state === undefined)
    throw new RunError(
      'JOURNAL_UNREADABLE',
      `"${path}" is not a journal: expected {"kind":"run",…} on its first line; pass the file of verify --journal.`,
    );
  return state;
}

const BEGINNING = '{"kind":"run",';

/** Whether a text is the beginning of a header, or nothing at all. */
function isTornHeader(text: string): boolean {
  return !text.includes('\n') && (text.startsWith(BEGINNING) || BEGINNING.startsWith(text));
}

/**
 * What the text of a journal says; absent where it is not one. A torn line is left out: a creation is sent only after
 * its line is complete, and without any other line a sweep finds out itself.
 */
export function parseJournal(text: string): JournalState | undefined {
  const lines = text.split('\n');
  const header = parseEntry(lines[0] ?? '');
  if (header?.kind !== 'run') return undefined;
  const creations = new Map<number, CreationEntry>();
  const existing = new Map<string, JournaledResource>();
  const pending = new Map<number, CreationEntry>();
  const exists = (n: number, id: string) => {
    const creation = creations.get(n);
    if (creation === undefined) return;
    const { kind: _kind, ...rest } = creation;
    existing.set(`${creation.resource} ${id}`, { ...rest, id });
  };
  for (const line of lines.slice(1)) {
    const entry = parseEntry(line);
    switch (entry?.kind) {
      case 'creating':
        creations.set(entry.n, entry);
        pending.set(entry.n, entry);
        break;
      case 'created':
        pending.delete(entry.n);
        exists(entry.n, entry.id);
        break;
      case 'refused':
        pending.delete(entry.n);
        break;
      case 'searched':
        pending.delete(entry.n);
        for (const id of entry.ids) exists(entry.n, id);
        break;
      case 'removed':
        existing.delete(`${entry.resource} ${entry.id}`);
        break;
      default:
    }
  }
  return {
    header,
    existing: [...existing.values()],
    pending: [...pending.values()],
    last: Math.max(0, ...creations.keys()),
    isTorn: !text.endsWith('\n'),
  };
}
