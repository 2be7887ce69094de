import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';
import { type CreationEntry, formatEntry, type JournalEntry, type JournalHeader } from './entry.js';
import type { JournalSink } from './journal-file.js';

/**
 * What a run creates at its target, on disk before the request is sent. A run that is killed leaves it behind, and
 * `rolecall sweep` removes what it lists.
 */
export class Journal {
  readonly header: JournalHeader;
  readonly #sink: JournalSink;
  #last: number;
  /** The last line may lack its end: the next one must not continue it. */
  #isTorn: boolean;

  /** @param from - an existing journal to continue: its last number, and whether it ends within a line */
  constructor(header: JournalHeader, sink: JournalSink, from?: { readonly last: number; readonly isTorn: boolean }) {
    this.header = header;
    this.#sink = sink;
    this.#last = from?.last ?? 0;
    this.#isTorn = from?.isTorn ?? false;
    if (from === undefined) this.#require(header);
  }

  get path(): string {
    return this.#sink.path;
  }

  /** Call before a creation is sent. @returns its number. @throws RunError where it cannot be written: do not send it */
  creating(entry: Omit<CreationEntry, 'kind' | 'n'>): number {
    const n = this.#last + 1;
    this.#require({ kind: 'creating', n, ...entry });
    this.#last = n;
    return n;
  }

  created(n: number, id: string): void {
    this.#try({ kind: 'created', n, id });
  }

  refused(n: number): void {
    this.#try({ kind: 'refused', n });
  }

  searched(n: number, ids: readonly string[]): void {
    this.#try({ kind: 'searched', n, ids });
  }

  removed(resource: string, id: string): void {
    this.#try({ kind: 'removed', resource, id });
  }

  /** The run is over. @param keep - the file stays although nothing is left */
  end(left: number, keep: boolean): void {
    if (left === 0 && !keep) {
      this.#sink.discard();
      return;
    }
    this.#try({ kind: 'ended', left });
    this.#sink.close();
  }

  #require(entry: JournalEntry): void {
    try {
      this.#append(entry);
    } catch (cause) {
      throw new RunError(
        'JOURNAL_NOT_WRITTEN',
        `Cannot write the journal "${this.path}": ${fileErrorReason(cause)}; nothing more is created. Free space, or pass another file with --journal.`,
        { cause },
      );
    }
  }

  /** A line that only spares a sweep some work: without it, the sweep finds out itself. */
  #try(entry: JournalEntry): void {
    try {
      this.#append(entry);
    } catch {
      // The disk is full: the next creation says so.
    }
  }

  #append(entry: JournalEntry): void {
    const text = `${this.#isTorn ? '\n' : ''}${formatEntry(entry)}`;
    this.#isTorn = true;
    this.#sink.append(text);
    this.#isTorn = false;
  }
}
