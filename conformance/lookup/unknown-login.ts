import type { Contract, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { isSecretName } from '../../contract/secrets/secret-name.js';
import { nameWords } from '../../contract/text/name-words.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import type { Exchange } from '../target/exchange.js';
import { bodyMedia } from '../target/request-body.js';

/** Statuses of a request with a value that cannot be right. */
const UNFIT: ReadonlySet<number> = new Set([400, 422]);

/** What servers say of credentials that they do not know; what they say of a password that is too short is something else. */
const WRONG_LOGIN =
  /\b(wrong|incorrect|bad|invalid) (or expired )?(credentials|login|(e-?mail|user(name)?|login) (address )?(or|and|\/) password)\b|\b(wrong|incorrect) (or expired )?(password|token|code|otp)\b|\b(password|credentials|token|code) (is|was|are|were) (wrong|incorrect)\b|\b(authentication|login|verification|otp) failed\b/i;

/** What servers say of the password that is to be changed. */
const CURRENT_SECRET = /\b(current|old|previous|existing) (\w+ ){0,2}(password|passphrase|secret|key|pin)\b/;

/**
 * Whether a refusal is about invented credentials: the token of the run is not among them.
 *
 * @param operation - of whose errors the contract does not give the causes
 */
export function isUnknownLogin(contract: Contract, operation: Operation, { request, response }: Exchange): boolean {
  const { status, text } = response;
  const body = request.values?.body;
  if (!isObject(body) || operation.effect !== undefined) return false;
  // A code that was sent by mail has no name of a secret.
  if ((UNFIT.has(status) || status === 403) && WRONG_LOGIN.test(text)) return true;
  if ([401, 403, ...UNFIT].includes(status) && asksCurrentSecret(body) && saysCurrentSecret(text)) return true;
  const declared = propertiesOf(shapeOf(contract, bodyMedia(operation)?.schema ?? {}));
  // A login may list its credentials without requiring any.
  const names = [...Object.keys(body), ...(operation.security.length === 0 ? Object.keys(declared) : [])];
  return status === 401 && names.some(isSecretName);
}

/** Whether a body has the secret that it replaces: `{"current_password": …, "new_password": …}`. */
function asksCurrentSecret(body: JsonObject): boolean {
  return Object.keys(body).some((name) => CURRENT_SECRET.test(nameWords(name).join(' ')));
}

function saysCurrentSecret(text: string): boolean {
  return CURRENT_SECRET.test(nameWords(text).join(' '));
}
