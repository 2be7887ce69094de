import type { CredentialPlace, SecurityAlternative } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';
import { parseQuery } from '../input/query-string.js';
import { bearerToken } from './authorization.js';
import { cookiesOf } from './cookies.js';

/**
 * The credential of a request, from the first place of its operation's alternatives that has one; it is not verified here.
 *
 * @param isJwt - whether a bearer token must have the form of a JSON Web Token
 */
export function credentialFor(
  request: PlainRequest,
  alternatives: readonly Pick<SecurityAlternative, 'place'>[],
  isJwt = true,
): string | Refusal {
  let first: Refusal | undefined;
  for (const { place } of alternatives) {
    const credential = credentialOf(request, place, isJwt);
    if (!(credential instanceof Refusal)) return credential;
    // A credential with a fault says more than a place without one.
    if (first === undefined || (isMissing(first) && !isMissing(credential))) first = credential;
  }
  return first ?? credentialOf(request, undefined, isJwt);
}

/** The first of these keys that a request has; it is not verified here. */
export function keyFor(request: PlainRequest, places: readonly CredentialPlace[]): string | undefined {
  return places.map((place) => credentialOf(request, place)).find((key) => typeof key === 'string');
}

function isMissing({ cause }: Refusal): boolean {
  return cause.kind === 'token' && cause.fault === 'missing';
}

/**
 * The credential of a request, from one place.
 *
 * @param isJwt - whether a bearer token must have the form of a JSON Web Token
 */
function credentialOf(request: PlainRequest, place: CredentialPlace | undefined, isJwt = true): string | Refusal {
  if (place === undefined) return bearerToken(request.headers.authorization, isJwt);
  const value = place.in === 'basic' ? passwordOf(request.headers.authorization) : keyOf(request, place);
  if (value !== undefined && value !== '') return value;
  const where = place.in === 'basic' ? 'no Basic credentials' : `no ${place.in} "${place.name}"`;
  return new Refusal({ kind: 'token', fault: 'missing' }, {}, where);
}

function keyOf(
  { headers, query }: PlainRequest,
  { in: place, name }: Exclude<CredentialPlace, { in: 'basic' }>,
): string | undefined {
  switch (place) {
    case 'header': {
      const value = Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined;
      // Servers choose the word before a key in this header: `Token`, `ApiKey`, `Bearer` or none.
      return name.toLowerCase() === 'authorization' ? value?.trim().replace(/^[\w-]+ +/, '') : value;
    }
    case 'query':
      return parseQuery(query)?.get(name)?.at(-1);
    case 'cookie':
      return cookiesOf(headers.cookie ?? '').get(name)?.[0];
  }
}

/** The password of Basic credentials (RFC 7617). */
function passwordOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(authorization ?? '') ?? [];
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}
