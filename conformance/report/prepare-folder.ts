import { access, constants, mkdir } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { RunError } from '../errors.js';

/** Creates the folder, before there is anything to write. @throws RunError where it is not writable */
export async function prepareFolder(folder: string, option: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new RunError(
      'BAD_OPTION',
      `cannot write to ${option} "${folder}": ${fileErrorReason(error)}; expected a writable folder; choose another ${option}.`,
      { cause: error },
    );
  }
}
