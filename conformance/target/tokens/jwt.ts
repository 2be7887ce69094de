import { isObject } from '../../../contract/pointer.js';

/** The parts of a JSON Web Token (RFC 7519), unverified. */
export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** In base64url. */
  readonly signature: string;
}

/** Absent where the token is not a JSON Web Token. */
export function decodeToken(token: string): DecodedToken | undefined {
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || header === undefined || claims === undefined || signature === undefined) return undefined;
  try {
    const decoded = { header: decodePart(header), claims: decodePart(claims), signature };
    return isObject(decoded.header) && isObject(decoded.claims) ? (decoded as DecodedToken) : undefined;
  } catch {
    return undefined;
  }
}

/** The scopes in a token (RFC 9068, section 2.2.3). */
export function scopesOf(token: string): readonly string[] | undefined {
  const scope = decodeToken(token)?.claims.scope;
  return typeof scope === 'string' ? scope.split(' ').filter((entry) => entry !== '') : undefined;
}

export function encodePart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decodePart(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}
