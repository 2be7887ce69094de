import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorReason } from '../../../contract/file-error.js';
import { RunError } from '../../errors.js';

/** Creates the folder, before there is anything to write. @throws RunError where it is not writable */
export async function prepareFolder(folder: string, option: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite({ option, path: folder, expected: 'a writable folder' }, error);
  }
}

/** Creates the folder of a file, before there is anything to write. @throws RunError where the file is not writable */
export async function prepareFile(file: string, option: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return prepareFolder(dirname(file), option);
  try {
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    await access(file, constants.W_OK);
  } catch (error) {
    throw cannotWrite({ option, path: file, expected: 'a writable file' }, error);
  }
}

interface Output {
  readonly option: string;
  readonly path: string;
  readonly expected: string;
}

function cannotWrite({ option, path, expected }: Output, cause: unknown): RunError {
  const message = `cannot write to ${option} "${path}": ${fileErrorReason(cause)}; expected ${expected}; choose another ${option}.`;
  return new RunError('BAD_OPTION', message, { cause });
}
