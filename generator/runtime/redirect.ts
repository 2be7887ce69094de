/**
 * Where a response redirects to; undefined if it does not. Empty in browsers, which hide the target.
 *
 * The client never follows redirects: the next host would receive the token, the body and the headers.
 */
export function redirectOf({ type, redirected, url, status, headers }: Response): string | undefined {
  // A custom `fetch` may have followed one nevertheless.
  if (redirected) return url;
  if (type === 'opaqueredirect') return '';
  return (/^3/.test(`${status}`) && headers.get('location')) || undefined;
}
