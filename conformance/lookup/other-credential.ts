import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { Contract, Operation } from '../../contract/contract.js';
import { isPair, placeOf } from '../target/credential.js';
import type { Exchange } from '../target/exchange.js';

/** Whose tokens servers tell apart. */
const OWNER =
  '(user|admin(istrator)?|service|system|root|master|machine|client|app(lication)?|bot|account|organi[sz]ation|tenant|project|personal|refresh)';
const TOKEN = '([\\w-]+ )?(token|key)';
/** What servers say of a token that is valid, and not for what was asked. That a token lacks or is wrong says less. */
const OTHER_KIND = new RegExp(
  [
    '\\baudience\\b.{0,20}\\b(not|invalid|wrong|incorrect|mismatch)',
    '\\b(invalid|wrong|incorrect|unexpected) (token )?audience\\b',
    '\\b(wrong|unexpected|incorrect) (type|kind) of token\\b|\\b(wrong|unexpected|incorrect) token (type|kind)\\b',
    `\\b(requires?|needs?|expects?|use) an? ${OWNER} ${TOKEN}\\b|\\bnot an? ${OWNER} ${TOKEN}\\b`,
    `\\b${OWNER} ${TOKEN} (is |are )?(required|needed|expected)\\b`,
    '\\b(token|key) (is not|can ?not be|may not be) (used|valid|allowed|accepted|intended) (for|at|on|by|with) (this|that|these)\\b',
  ].join('|'),
  'i',
);

/**
 * Whether a refusal may be about the kind of the token, which a run has one of: the target says that it takes another one
 * here, or the document wants another way to authenticate than most operations do, as where `GET /token` takes a password
 * and gives a token for the others.
 *
 * @param exchange - of a request with a token, of an operation whose errors have no causes in the contract
 */
export function wantsOtherCredential(contract: Contract, operation: Operation, exchange: Exchange): boolean {
  const { authorization, chosen = false, response } = exchange;
  if (authorization === undefined || chosen || operation.security.length === 0) return false;
  if (response.status !== 401 && response.status !== 403) return false;
  if (OTHER_KIND.test(response.text)) return true;
  const isOwnPair = isPair(authorization) && placeOf(exchange.request, authorization)?.in === 'basic';
  return response.status === 401 && !isOwnPair && isOfOtherScheme(contract, operation);
}

const usual = new WeakMap<Contract, ReadonlySet<string>>();

/** Whether an operation takes none of the schemes that the most operations take. */
function isOfOtherScheme(contract: Contract, operation: Operation): boolean {
  const known = usual.get(contract) ?? usualSchemes(contract);
  usual.set(contract, known);
  return !schemesOf(operation).some((scheme) => known.has(scheme));
}

function usualSchemes({ operations }: Contract): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const scheme of operations.flatMap(schemesOf)) counts.set(scheme, (counts.get(scheme) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return new Set([...counts].flatMap(([scheme, count]) => (count === most ? [scheme] : [])));
}

/** The names of the schemes that an operation takes, each one of those that it wants at once. */
function schemesOf(operation: Operation): readonly string[] {
  return [...new Set(acceptedCredentials(operation).flatMap(({ scheme }) => scheme.split('+')))];
}
