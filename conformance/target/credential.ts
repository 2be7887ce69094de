import type { PlannedRequest } from './request.js';

/** What of a request carries its credential. */
export interface Carrier {
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A request with its credential where its operation takes it: an `Authorization` header, or a header, a query parameter
 * or a cookie of its own.
 *
 * @param authorization - `Bearer …`, or another text of the header; absent: no credential is sent
 */
export function withCredential({ operation, path, headers }: PlannedRequest, authorization?: string): Carrier {
  if (authorization === undefined) return { path, headers };
  const place = operation?.security[0]?.place;
  const value = authorization.replace(/^Bearer /, '');
  switch (place?.in) {
    case undefined:
      return { path, headers: { ...headers, authorization } };
    case 'basic': {
      const pair = Buffer.from(`token:${value}`).toString('base64');
      return { path, headers: { ...headers, authorization: `Basic ${pair}` } };
    }
    case 'header':
      return { path, headers: { ...headers, [place.name.toLowerCase()]: value } };
    case 'cookie': {
      const pair = `${place.name}=${encodeURIComponent(value)}`;
      return {
        path,
        headers: { ...headers, cookie: headers.cookie === undefined ? pair : `${headers.cookie}; ${pair}` },
      };
    }
    case 'query': {
      const pair = `${encodeURIComponent(place.name)}=${encodeURIComponent(value)}`;
      return { path: `${path}${path.includes('?') ? '&' : '?'}${pair}`, headers };
    }
  }
}
