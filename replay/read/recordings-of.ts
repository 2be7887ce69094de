import { join } from 'node:path';
import { printable } from '../../contract/text/printable.js';
import { ReplayError } from '../errors.js';
import type { Recording } from '../recorded/recording.js';
import { ENDINGS, filesBelow } from './files-below.js';
import { type ReadOptions, readRecordings } from './read-recordings.js';

/**
 * Reads files and folders, one file after the other, so that the texts of large ones are not in memory at the same time.
 * Of a folder these are the files of `filesBelow`.
 * @param options - `onOther` receives each such file that is no recording, nor attached to one
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
    const [others, attached] = [new Set<string>(), new Set<string>()];
    const noted: ReadOptions = {
      ...options,
      onOther: (file) => others.add(file),
      onAttached: (file) => attached.add(file),
    };
    for (const name of files) yield readRecordings(join(path, name), { ...noted, name });
    for (const file of others) if (!attached.has(file)) onOther(file);
    if (others.size === files.length) {
      const endings = `expected files that end in ${ENDINGS.join(', ')}`;
      throw new ReplayError('RECORDING_UNREADABLE', `${path}: no recording is in this folder or below; ${endings}.`);
    }
  }
}

/** A line about files of folders that are no recordings. */
export function othersNote(files: readonly string[]): string {
  const names = files.slice(0, MOST_NAMED).map(printable).join(', ');
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
  return `Passed over, since ${files.length === 1 ? 'it is no recording' : 'they are no recordings'}: ${names}${more}\n`;
}

const MOST_NAMED = 3;
