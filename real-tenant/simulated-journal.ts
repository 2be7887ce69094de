import type { JournalHeader } from '../conformance/journal/entry.js';
import { Journal } from '../conformance/journal/journal.js';
import type { JournalSink } from '../conformance/journal/journal-file.js';
import { parseJournal } from '../conformance/journal/read-journal.js';
import { Redactor } from '../conformance/redaction/redact.js';
import { Sweeper, type Swept } from '../conformance/sweep/sweeper.js';
import type { Clock } from '../conformance/target/clock.js';
import type { Target } from '../conformance/target/target.js';
import type { Contract } from '../contract/contract.js';

/** What a killed process may have written of its last line. */
const TORN = '{"kind":"creating","n":999999,"at":"2026-11-28T10:00:01.000Z","resou';

/** A journal in memory, on a disk that holds so many characters. */
export class SimulatedJournal {
  readonly journal: Journal;
  #text = '';

  constructor(target: Target, room = Number.POSITIVE_INFINITY) {
    const header: JournalHeader = {
      kind: 'run',
      version: 1,
      target: target.url,
      audience: target.audience,
      mark: 'rc00000000',
      startedAt: '2026-11-28T10:00:00.000Z',
      process: { pid: 1, host: 'elsewhere', started: '' },
    };
    const sink: JournalSink = {
      path: '/simulated/journal.jsonl',
      append: (line) => {
        const written = line.slice(0, Math.max(0, room - this.#text.length));
        this.#text += written;
        if (written.length < line.length)
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      },
      close: () => undefined,
      discard: () => undefined,
    };
    this.journal = new Journal(header, sink);
  }

  /** Sweeps what the journal lists, after a line that the killed process did not finish. */
  async sweepTorn(contract: Contract, target: Target, clock: Clock): Promise<Swept> {
    const state = parseJournal(this.#text + TORN);
    if (state === undefined) throw new Error(`not a journal: ${this.#text.slice(0, 100)}`);
    const { signal } = new AbortController();
    const sweeper = new Sweeper({ contract, target, redactor: new Redactor(), clock, signal, journal: this.journal });
    await sweeper.begin();
    const existing = state.existing.map(({ resource, id, text, parent }) => ({
      resource,
      id,
      label: text,
      ...(parent === undefined ? {} : { parent }),
    }));
    return sweeper.sweep({ existing, pending: state.pending });
  }
}
