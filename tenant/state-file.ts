import { readFile } from 'node:fs/promises';
import { TenantError } from './errors.js';

/**
 * What a state file holds, not yet held against a contract.
 *
 * @throws TenantError where it cannot be read, or is no JSON, with the place
 */
export async function readStateFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new TenantError('TENANT_STATE_INVALID', `Cannot read the state file ${file}: ${reason}; check --state.`, {
      cause: error,
    });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TenantError('TENANT_STATE_INVALID', `${file}:${placeIn(text, message)} is no JSON: ${message}.`, {
      cause: error,
    });
  }
}

/** Line and column, from 1, of the position that JSON.parse names; of the end of the text where it names none. */
function placeIn(text: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const lines = text.slice(0, position).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
