import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { SecurityAlternative } from '../../contract/contract.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';

/** So many other ways are tried. */
const MOST = 4;

/**
 * Another way of the document to send the token, with which a request succeeds that was refused. A document may list a
 * session cookie before the header that takes a key.
 */
export async function otherPlace(
  refusal: Exchange,
  send: (request: PlannedRequest) => Promise<Exchange>,
): Promise<SecurityAlternative | undefined> {
  const { operation, ...request } = refusal.request;
  const ways = operation === undefined ? [] : acceptedCredentials(operation);
  const others = ways.slice(1).filter(({ scheme }) => !scheme.includes('+'));
  for (const other of others.slice(0, MOST)) if (succeeded(await send({ ...request, security: [other] }))) return other;
  return undefined;
}

/** The action of an overlay that leaves one of the ways in `security`. */
export function leavingOnly(way: SecurityAlternative, { request: { operation } }: Exchange): string {
  const ways = operation === undefined ? [] : acceptedCredentials(operation);
  const others = new Set(ways.map(({ scheme }) => scheme).filter((scheme) => scheme !== way.scheme));
  const list = way.pointer.startsWith('/paths/') ? '$.paths.*.*.security' : '$.security';
  const filters = [...others].map((scheme) => `@[${JSON.stringify(scheme)}]`);
  return `{target: '${list}[?${filters.join(' || ')}]', remove: true}`;
}
