import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ReplayError } from '../errors.js';
import type { Recording } from '../recorded/recording.js';
import { isExchangeList, readExchangeList } from './exchange-list.js';
import { type Field, fieldOf, unexpected } from './field.js';
import { isHar, readHar } from './har.js';
import { parseRecordingText } from './recording-text.js';

/** Bytes. A million exchanges of a recording are no test any more; 10,000 take about 10 MB. */
export const LARGEST = 64 * 1024 * 1024;

/**
 * The recordings of a file: one, or a list of them.
 * @param largest - in bytes
 * @throws ReplayError naming file and place, where it is not there, too large, no JSON, or no recording.
 */
export async function readRecordings(file: string, largest = LARGEST): Promise<readonly Recording[]> {
  return parseRecordings(file, await readBytes(file, largest));
}

/** The same of a text that is at hand. */
export function parseRecordings(file: string, bytes: Uint8Array): readonly Recording[] {
  const root: Field = { file, pointer: '#', value: parseRecordingText(file, bytes) };
  const name = basename(file).replace(/\.(json|har)$/i, '');
  if (isHar(root.value)) return [readHar(root, name)];
  if (isExchangeList(root.value)) return [readExchangeList(root, name)];
  const { value } = root;
  if (Array.isArray(value) && value.length > 0 && value.every(isExchangeList)) {
    return value.map((_, index) => readExchangeList(fieldOf(root, index), `${name} ${index}`));
  }
  throw unexpected(root, 'a recording (an object with "exchanges", a list of such, or a HAR with "log")');
}

async function readBytes(file: string, largest: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > largest) {
      throw new ReplayError(
        'RECORDING_UNREADABLE',
        `${file}: ${size} bytes, more than the ${largest} that are read at once; split the recording.`,
      );
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof ReplayError) throw cause;
    const expected = 'expected a recording, a JSON or HAR file';
    throw new ReplayError('RECORDING_UNREADABLE', `${file}: cannot be read: ${reasonOf(cause)}; ${expected}.`, {
      cause,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return ('code' in cause && REASONS[String(cause.code)]) || cause.message;
}
