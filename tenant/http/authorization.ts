import { Refusal } from '../answer/refusal.js';

/** The token of an Authorization header, which as a JSON Web Token has three parts; it is not verified here. */
export function bearerToken(authorization: string | undefined, isJwt = true): string | Refusal {
  if (authorization === undefined) return missing('no Authorization header');
  const header = authorization.trim();
  const at = header.indexOf(' ');
  const scheme = at < 0 ? header : header.slice(0, at);
  if (scheme.toLowerCase() !== 'bearer') return missing('the authorization scheme is not Bearer');
  const token = at < 0 ? '' : header.slice(at + 1).trimStart();
  return !isJwt || hasThreeParts(token)
    ? token
    : new Refusal({ kind: 'token', fault: 'malformed' }, {}, 'the token does not have three parts');
}

function missing(detail: string): Refusal {
  return new Refusal({ kind: 'token', fault: 'missing' }, {}, detail);
}

function hasThreeParts(token: string): boolean {
  const first = token.indexOf('.');
  const second = first < 0 ? -1 : token.indexOf('.', first + 1);
  return second >= 0 && !token.includes('.', second + 1) && !token.includes(' ');
}
