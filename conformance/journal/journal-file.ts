import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';

/** Where a journal writes its lines. */
export interface JournalSink {
  /** Where it is, for messages. */
  readonly path: string;
  /**
   * Appends a line and waits until the disk has it. Synchronous, so that nothing else of the run happens meanwhile.
   * @throws the system's error, after which a part of the line may be there
   */
  append(line: string): void;
  close(): void;
  /** Closes and deletes it. */
  discard(): void;
}

/** A new journal file. @param existing - whether to append to one. @throws RunError where it cannot be opened */
export function openJournalFile(path: string, existing: 'append' | 'replace'): JournalSink {
  let descriptor: number;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    descriptor = openSync(path, existing === 'append' ? 'a' : 'w', 0o600);
    // The directory entry must last as well.
    if (existing === 'replace') syncFolder(dirname(path));
  } catch (cause) {
    throw new RunError('JOURNAL_NOT_WRITTEN', `Cannot write the journal "${path}": ${fileErrorReason(cause)}.`, {
      cause,
    });
  }
  return {
    path,
    append(line) {
      const bytes = Buffer.from(line);
      for (let at = 0; at < bytes.byteLength; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
    discard() {
      closeSync(descriptor);
      unlinkSync(path);
    },
  };
}

function syncFolder(path: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
