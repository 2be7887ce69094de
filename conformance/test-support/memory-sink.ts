import type { JournalSink } from '../journal/journal-file.js';

/** A journal in memory, on a disk that holds so many characters. */
export function memorySink(capacity = Number.POSITIVE_INFINITY): JournalSink & {
  readonly text: () => string;
  readonly isDiscarded: () => boolean;
  /** Makes room. */
  grow(by: number): void;
} {
  let text = '';
  let room = capacity;
  let discarded = false;
  return {
    path: '/tmp/journal.jsonl',
    append(line) {
      const written = line.slice(0, room);
      text += written;
      room -= written.length;
      if (written.length < line.length)
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    },
    close: () => undefined,
    discard: () => {
      discarded = true;
    },
    text: () => text,
    isDiscarded: () => discarded,
    grow: (by) => {
      room += by;
    },
  };
}

export const HEADER = {
  kind: 'run',
  version: 1,
  target: 'http://127.0.0.1:4000',
  audience: 'http://127.0.0.1:4000/api/v2/',
  mark: 'rc00000000',
  startedAt: '2026-11-28T10:00:00.000Z',
  process: { pid: 1, host: 'elsewhere', started: '' },
} as const;
