import { readFile } from 'node:fs/promises';
import { fileErrorReason } from '../../../contract/file-error.js';
import { isObject } from '../../../contract/pointer.js';
import { RunError } from '../../errors.js';
import { scopesOf } from './jwt.js';
import type { Token } from './token.js';

const SHAPE = 'expected a list of {"token": "…", "scopes": ["read:roles"]}; scopes may be left out of a JSON Web Token';

/** Reads `--tokens FILE`: a token for each set of scopes. @throws RunError */
export async function readTokens(file: string): Promise<readonly Token[]> {
  const fault = (what: string, cause?: unknown) =>
    new RunError('BAD_OPTION', `--tokens "${file}": ${what}; ${SHAPE}.`, cause === undefined ? {} : { cause });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    // The reason of a syntax error quotes the file, which holds secrets.
    throw fault(error instanceof SyntaxError ? 'not valid JSON' : fileErrorReason(error), error);
  }
  if (!Array.isArray(value) || value.length === 0) throw fault('not a list with entries');
  return value.map((entry: unknown, index) => {
    const token = isObject(entry) ? entry.token : undefined;
    if (!isObject(entry) || typeof token !== 'string' || token === '') throw fault(`entry ${index} has no token`);
    const { scopes } = entry;
    const given = Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string') ? scopes : undefined;
    const known = given ?? (scopes === undefined ? scopesOf(token) : undefined);
    if (known === undefined) throw fault(`entry ${index} does not say its scopes`);
    return { value: token, scopes: [...known].sort() };
  });
}
