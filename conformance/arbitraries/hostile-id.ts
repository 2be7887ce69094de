import fc from 'fast-check';

/** An id that servers mishandle if they build or parse paths carelessly. */
export interface HostileId {
  /** Unencoded; the request encodes it. */
  readonly id: string;
  readonly what: string;
}

/** Ids that are known to break servers, the most likely first. */
export const HOSTILE_IDS: readonly HostileId[] = [
  { id: 'auth0|does-not-exist', what: 'with a vertical bar' },
  { id: 'a%b', what: 'with a percent sign' },
  { id: 'a%2Fb', what: 'that looks percent-encoded' },
  { id: 'a/b', what: 'with a slash' },
  { id: 'a/../b', what: 'with dots between slashes' },
  { id: '...', what: 'of dots' },
  { id: 'a b', what: 'with a space' },
  { id: 'a+b', what: 'with a plus sign' },
  { id: 'a?b=c', what: 'with a question mark' },
  { id: 'a#b', what: 'with a number sign' },
  { id: 'a;b', what: 'with a semicolon' },
  { id: '名前', what: 'of Chinese characters' },
  { id: 'e\u0301', what: 'with a combining accent' },
  { id: '👩‍👩‍👧', what: 'of an emoji of several code points' },
  { id: '__proto__', what: 'that names a built-in property' },
  { id: 'constructor', what: 'that names a built-in property' },
  { id: "' OR 1=1 --", what: 'that looks like SQL' },
  { id: '{"$ne":null}', what: 'that looks like a query' },
  { id: '\u0000', what: 'with a null character' },
  { id: 'a'.repeat(500), what: 'of 500 characters' },
];

/**
 * Random hostile ids. Never `.`, `..` or empty: URL normalization removes them, encoded or not, so the request would go
 * to another path.
 */
export function hostileIds(): fc.Arbitrary<HostileId> {
  const made = fc
    .array(
      fc.constantFrom('|', '%', '/', '..', '%2F', '%00', ' ', 'é', '漢', '\u202e', 'x', '~', ':', '@', '&', '=', '"'),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((parts) => ({
      id: `id${parts.join('')}`,
      what: 'of characters that mean something in a URL',
    }));
  return fc.oneof(fc.constantFrom(...HOSTILE_IDS), made);
}
