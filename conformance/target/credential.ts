import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import type { CredentialPlace } from '../../contract/contract.js';
import type { PlannedRequest } from './request.js';

/** What of a request carries its credential. */
export interface Carrier {
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Where the credential of a request goes; absent: the `Authorization` header, as a bearer token. A key in that header has
 * a word before it, which documents do not tell: servers want `Bearer`, or the one that the user gives. A text with such a
 * word goes into the header wherever one of the alternatives is it, and so does a JSON Web Token: an alternative before it
 * is for keys. A user and a password are sent with HTTP Basic where the first alternative is a bearer token, and another
 * one is HTTP Basic.
 *
 * @param authorization - what is sent. Default: a bearer token
 */
export function placeOf(request: PlannedRequest, authorization = 'Bearer'): CredentialPlace | undefined {
  const accepted = request.operation === undefined ? request.security : acceptedCredentials(request.operation);
  const places = accepted?.map(({ place }) => place) ?? [];
  const [first] = places;
  const basic = first === undefined ? places.find((place) => place?.in === 'basic') : undefined;
  // Tokens are long: only where it matters, it is looked at.
  if (basic !== undefined && isPair(authorization)) return basic;
  if (isAuthorization(first)) return undefined;
  const isForHeader = (hasOtherWord(authorization) || isWebToken(authorization)) && places.some(isAuthorization);
  return isForHeader ? undefined : first;
}

/** Whether what is sent is a user and a password: a bearer token has no colon. @see RFC 6750, section 2.1 */
export function isPair(authorization: string): boolean {
  return /^Bearer [^\s:]+:/.test(authorization);
}

/** The user of a pair, which HTTP Basic sends; undefined for another credential. */
export function userOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !isPair(authorization)) return undefined;
  return authorization.slice('Bearer '.length).split(':', 1)[0];
}

/** Whether what is sent is a JSON Web Token: its header is an object. @see RFC 7519, section 3.1 */
function isWebToken(authorization: string): boolean {
  return /^Bearer eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(authorization);
}

function hasOtherWord(authorization: string): boolean {
  return /^\S+ \S/.test(authorization) && !authorization.startsWith('Bearer ');
}

function isAuthorization(place: CredentialPlace | undefined): boolean {
  return place === undefined || (place.in === 'header' && place.name.toLowerCase() === 'authorization');
}

/**
 * A request with its credential where its operation takes it: an `Authorization` header, or a header, a query parameter
 * or a cookie of its own.
 *
 * @param authorization - `Bearer …`, or another text of the header; absent: no credential is sent
 */
export function withCredential(request: PlannedRequest, authorization?: string): Carrier {
  const { path, headers } = request;
  if (authorization === undefined) return { path, headers };
  const place = placeOf(request, authorization);
  if (place === undefined) return { path, headers: { ...headers, authorization } };
  return withKey({ path, headers }, place, authorization.replace(/^Bearer /, ''));
}

/** The same header with the scheme that the target takes instead of `Bearer`. */
export function withScheme(authorization: string, scheme = 'Bearer'): string {
  // The same text, not an equal one: it is sent with each request, and exchanges keep it.
  return scheme === 'Bearer' ? authorization : authorization.replace(/^Bearer(?= )/, () => scheme);
}

/** A request with a key or a password in this place, instead of a bearer token. */
export function withKey<T extends Carrier>(request: T, place: CredentialPlace, key: string): T {
  const { path, headers } = request;
  switch (place.in) {
    case 'basic': {
      const pair = Buffer.from(basicPair(key)).toString('base64');
      return { ...request, headers: { ...headers, authorization: `Basic ${pair}` } };
    }
    case 'header':
      return { ...request, headers: { ...headers, [place.name.toLowerCase()]: key } };
    case 'cookie': {
      const pair = `${place.name}=${encodeURIComponent(key)}`;
      const cookie = headers.cookie === undefined ? pair : `${headers.cookie}; ${pair}`;
      return { ...request, headers: { ...headers, cookie } };
    }
    case 'query': {
      const pair = `${encodeURIComponent(place.name)}=${encodeURIComponent(key)}`;
      return { ...request, path: `${path}${path.includes('?') ? '&' : '?'}${pair}` };
    }
  }
}

/** What HTTP Basic sends: `user:password` as it is, or a bare password, with `token` as the user. */
export function basicPair(key: string): string {
  return key.includes(':') ? key : `token:${key}`;
}
