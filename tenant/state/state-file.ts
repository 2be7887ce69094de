import { readFile } from 'node:fs/promises';
import { flawOfJson } from '../../contract/load/json-text.js';
import { StateError, TenantError } from '../errors.js';

/**
 * What a state file holds, JSON or YAML, not yet held against a contract.
 *
 * @throws TenantError where it cannot be read, is empty, or is neither, with line and column
 */
export async function readStateFile(file: string): Promise<unknown> {
  const text = await textOf(file);
  if (text.trim() === '') {
    const message = `${file} is empty; expected an object with lists of what is there, or {} for nothing.`;
    throw new TenantError('TENANT_STATE_INVALID', message);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // JSON is YAML: the reader of YAML says where it breaks.
    return parseYaml(file, text);
  }
  const flaw = flawOfJson(text);
  if (flaw === undefined) return value;
  const before = text.slice(0, flaw.offset).split('\n');
  const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  throw new TenantError('TENANT_STATE_INVALID', `${place} ${flaw.message}.`);
}

/** The same problems, each with the file and the line and column in it. */
export async function locatedIn(file: string, error: StateError): Promise<StateError> {
  const { locate } = await import('../../contract/load/locate.js');
  const text = await textOf(file);
  return new StateError(error.problems, (pointer) => {
    const { line, column } = locate(text, pointer.slice(1));
    return `${file}:${line}:${column} ${pointer}`;
  });
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new TenantError('TENANT_STATE_INVALID', `Cannot read the state file ${file}: ${reason}; check --state.`, {
      cause: error,
    });
  });
}

async function parseYaml(file: string, text: string): Promise<unknown> {
  const { JSON_SCHEMA, load, YAMLException } = await import('js-yaml');
  try {
    return load(text, { schema: JSON_SCHEMA }) ?? null; // nothing but comments is nothing
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const message = `${file}:${line + 1}:${column + 1} is neither JSON nor YAML: ${error.reason}.`;
    throw new TenantError('TENANT_STATE_INVALID', message, { cause: error });
  }
}
