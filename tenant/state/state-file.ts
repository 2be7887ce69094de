import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../contract/file-error.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { parseYamlText } from '../../contract/load/yaml-text.js';
import { printable } from '../../contract/printable.js';
import { StateError, TenantError } from '../errors.js';
import { ownState } from './state.js';

/**
 * The content of a state file in JSON or YAML, not validated yet.
 *
 * @throws TenantError if the file cannot be read, is empty, or is neither JSON nor YAML, with line and column
 */
export async function readStateFile(file: string): Promise<unknown> {
  const text = await textOf(file);
  if (text.trim() === '') {
    const message = `state file ${file} is empty; expected an object with lists of items, or {} for none`;
    throw new TenantError('TENANT_STATE_INVALID', message);
  }
  // JSON is YAML, but JSON.parse is faster.
  const json = parseJsonText(text, { repeatedNames: 'refuse' });
  const parsed = 'problem' in json && json.problem.kind === 'syntax' ? await parseYamlText(text) : json;
  // An alias of YAML may lead back to itself; what JSON.parse returns cannot.
  if ('value' in parsed) return parsed === json ? ownState(parsed.value) : parsed.value;
  const { line, column, message } = parsed.problem;
  const reason = message.replace(/^is not YAML/, 'is neither JSON nor YAML');
  throw new TenantError('TENANT_STATE_INVALID', `${file}:${line}:${column} ${printable(reason)}.`);
}

/** Adds file, line and column to the problems of a state. */
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
    const reason = fileErrorReason(error);
    throw new TenantError('TENANT_STATE_INVALID', `cannot read state file ${file}: ${reason}; check --state`, {
      cause: error,
    });
  });
}
