import { isObject } from '../pointer.js';

/** Names of properties, form fields and parameters that hold secrets: `secretAccessKey` and `session_token` as well. */
const SECRET =
  /(password|passphrase|secret|secret_?(access_?)?key|(access|refresh|id|session|security)_?token|(client_)?assertion|(private|api)_?key)s?$/i;

/** Names of headers that hold credentials. */
const CREDENTIAL_HEADER =
  /^((proxy-)?authorization|(set-)?cookie2?|x-(api-key|auth-token|csrf-token|amz-security-token))$/i;

/** Whether values of this name are secrets, as far as the name tells. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}

/**
 * Whether a value of this name is a secret. An assertion is one as OAuth has it, a signed text; a list of objects with
 * that name is what a test of permissions expects.
 */
export function isSecret(name: string, value: unknown): boolean {
  const isTest = /assertions$/i.test(name) && Array.isArray(value) && value.every(isObject);
  return isSecretName(name) && !isTest;
}

/** Names of what describes something, and is not the thing itself. */
const DESCRIBES = /^(name|title|label|description|type|kind|status)$/i;

/**
 * Whether a property of an object with the name of a secret only describes it: `{"api_key": {"title": …, "value": …}}`. So
 * does an id, but for that of a token, which may be the token.
 */
export function describesSecret(name: string, secret: string): boolean {
  return DESCRIBES.test(name) || (/^(id|uuid)$/i.test(name) && !/tokens?$/i.test(secret));
}

/** Whether a header of this name holds a credential, among other words. */
export function isCredentialHeader(name: string): boolean {
  return CREDENTIAL_HEADER.test(name);
}

/** Pieces of a credential header: `Basic`, `realm`, a token, the value of a cookie; of Basic credentials also what they say. */
export function credentialPieces(value: string): readonly string[] {
  const pieces = value.split(/[\s;,="]+/);
  const basic = /^basic\s+([\w+/-]+={0,2})$/i.exec(value.trim())?.[1];
  if (basic === undefined) return pieces;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  return [...pieces, pair.slice(pair.indexOf(':') + 1)];
}
