import { join } from 'node:path';
import { counted } from '../../conformance/report/last-line.js';
import { printable } from '../../contract/text/printable.js';
import { ReplayError } from '../errors.js';
import type { Recording } from '../recorded/recording.js';
import { ENDINGS, filesBelow } from './files-below.js';
import { type ReadOptions, readRecordings } from './read-recordings.js';

/**
 * Reads files and folders, one file after the other, so that the texts of large ones are not in memory at the same time.
 * Of a folder these are the files of `filesBelow`.
 * @param options - `onOther` receives each such file that is neither a recording nor attached to one
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
      throw new ReplayError(
        'RECORDING_UNREADABLE',
        `${path}: found no recordings in this folder or below; ${endings}.`,
      );
    }
  }
}

/** A line that names skipped files. */
export function othersNote(files: readonly string[]): string {
  const names = files.slice(0, MOST_NAMED).map(printable).join(', ');
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
  return `Skipped ${counted(files.length, 'file')} that ${files.length === 1 ? 'is not a recording' : 'are not recordings'}: ${names}${more}\n`;
}

const MOST_NAMED = 3;
