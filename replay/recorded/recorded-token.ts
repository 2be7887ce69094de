import { decodeToken } from '../../conformance/target/tokens/jwt.js';

/** What the access token of a request says, unverified. The token itself is not kept. */
export interface RecordedToken {
  /** The client that it was issued to. */
  readonly client?: string;
  readonly audience?: string;
  readonly scopes: readonly string[];
}

/**
 * Reads the claims of a token (RFC 9068) in an Authorization header; undefined if there is none, or it is not a JSON Web
 * Token.
 */
export function recordedToken(authorization: string | undefined): RecordedToken | undefined {
  const [, token = ''] = /^Bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '') ?? [];
  const claims = decodeToken(token)?.claims;
  if (claims === undefined) return undefined;
  const { scope, aud } = claims;
  const client = clientOf(claims);
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  return {
    ...(client === undefined ? {} : { client }),
    ...(typeof audience === 'string' ? { audience } : {}),
    scopes: typeof scope === 'string' ? scopeList(scope) : [],
  };
}

/** The scopes of a scope parameter (RFC 6749, section 3.3). */
export function scopeList(text: string): readonly string[] {
  return text.split(' ').filter((scope) => scope !== '');
}

/** `azp` (OpenID Connect) or `client_id` (RFC 9068); of a token for a client itself, its subject. */
function clientOf({ azp, client_id: id, sub }: Readonly<Record<string, unknown>>): string | undefined {
  const client = [azp, id, sub].find((value) => typeof value === 'string');
  return typeof client === 'string' ? client.replace(/@clients$/, '') : undefined;
}
