import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReplayError } from '../errors.js';
import type { Recording } from '../recorded/recording.js';
import { type ReadOptions, readRecordings } from './read-recordings.js';

/**
 * Reads files and folders, one file after the other, so that the texts of large ones are not in memory at the same time.
 * Of a folder these are all files in it and below that are named as recordings are, by name; hidden ones are left out.
 * @param options - `onOther` receives each such file that is no recording
 * @throws ReplayError if a file cannot be read or is invalid, or a folder has no recording
 */
export async function* recordingsOf(
  paths: readonly string[],
  { onOther = () => undefined, ...options }: ReadOptions = {},
): AsyncGenerator<readonly Recording[]> {
  for (const path of paths) {
    const files = await filesBelow(path);
    if (files === undefined) {
      yield readRecordings(path, options);
      continue;
    }
    const others = new Set<string>();
    const noted = { ...options, onOther: (file: string) => others.add(file) };
    for (const name of files) yield readRecordings(join(path, name), { ...noted, name });
    for (const file of others) onOther(file);
    if (others.size === files.length) {
      const endings = `expected files that end in ${ENDINGS.join(', ')}`;
      throw new ReplayError('RECORDING_UNREADABLE', `${path}: no recording is in this folder or below; ${endings}.`);
    }
  }
}

/** A line about files of folders that are no recordings. */
export function othersNote(files: readonly string[]): string {
  const names = files.length > MOST_NAMED ? `${files.slice(0, MOST_NAMED).join(', ')} and others` : files.join(', ');
  return `Passed over, since ${files.length === 1 ? 'it is no recording' : 'they are no recordings'}: ${names}\n`;
}

const MOST_NAMED = 3;
const ENDINGS = ['.har', '.json', '.yaml', '.yml'];

/** Their names from the folder on; undefined if it is no folder, or cannot be read as one. */
async function filesBelow(path: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(path, { recursive: true });
    return entries
      .filter((name) => ENDINGS.some((ending) => name.toLowerCase().endsWith(ending)) && !/(^|[/\\])\./.test(name))
      .sort();
  } catch {
    return undefined; // reading it as a file says what is wrong
  }
}
