import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { Json } from '../../contract/contract.js';
import { fileErrorReason } from '../../contract/file-error.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { parseYamlText } from '../../contract/load/yaml-text.js';
import { printable } from '../../contract/text/printable.js';
import { StateError, TenantError } from '../errors.js';
import { ownState } from './state.js';
import { StateText } from './text/state-text.js';

/** Shorter files are parsed at once. */
const SHORTEST_TEXT = 1_048_576;

/**
 * The content of a state file for a tenant to load. A large file stays text, of which the tenant parses what it needs.
 *
 * @param longest - the most bytes that a file may have: what can be a text at all
 * @throws TenantError if the file cannot be read, is too long or empty, or is neither JSON nor YAML, with line and column
 */
export async function openStateFile(file: string, longest = constants.MAX_STRING_LENGTH): Promise<unknown> {
  await checkLength(file, longest);
  const bytes = await bytesOf(file);
  if (bytes.length < SHORTEST_TEXT) return parsed(file, bytes.toString());
  return new StateText(bytes, () => parsed(file, bytes.toString()));
}

/**
 * The content of a state file in JSON or YAML, not validated yet.
 *
 * @throws TenantError if the file cannot be read, is empty, or is neither JSON nor YAML, with line and column
 */
export async function readStateFile(file: string): Promise<unknown> {
  return parsed(file, (await bytesOf(file)).toString());
}

async function parsed(file: string, text: string): Promise<Json> {
  if (text.trim() === '') {
    const message = `state file ${file} is empty; expected an object with lists of items, or {} for none`;
    throw new TenantError('TENANT_STATE_INVALID', message);
  }
  // JSON is YAML, but JSON.parse is faster.
  const json = parseJsonText(text, { repeatedNames: 'refuse' });
  const read = 'problem' in json && json.problem.kind === 'syntax' ? await parseYamlText(text) : json;
  // An alias of YAML may lead back to itself; what JSON.parse returns cannot.
  if ('value' in read) return read === json ? ownState(read.value) : read.value;
  const { line, column, message } = read.problem;
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

async function textOf(file: string): Promise<string> {
  return (await bytesOf(file)).toString();
}

function bytesOf(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
}

/** A longer file cannot be parsed, and readFile refuses it in its own words. */
async function checkLength(file: string, longest: number): Promise<void> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  if (size <= longest) return;
  const [has, most] = [size, longest].map((bytes) => bytes.toLocaleString('en'));
  const advice = 'leave items out, or start with a part of them and add the others through the control API';
  const message = `state file ${file} has ${has} bytes; expected at most ${most}: ${advice}`;
  throw new TenantError('TENANT_STATE_INVALID', message);
}

function unreadable(file: string, error: NodeJS.ErrnoException): TenantError {
  const message = `cannot read state file ${file}: ${fileErrorReason(error)}; check --state`;
  return new TenantError('TENANT_STATE_INVALID', message, { cause: error });
}
