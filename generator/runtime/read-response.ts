import { parseJson, readBody } from './body.js';
import { RedirectError, UnexpectedResponseError } from './errors.js';
import { excerpt, origins, type Secrets } from './excerpt.js';
import type { Result } from './result.js';
import type { Accepted, Traits } from './route.js';

/** How to read a response. */
interface Reading {
  readonly traits: Traits;
  /** Masked in errors. */
  readonly secrets: Secrets;
  readonly accepted: Accepted | undefined;
}

/**
 * Turns a response into a result: the documented one if the body is what the contract says, else `unexpected`.
 *
 * @param what names the request in errors
 * @param documented the responses of the route
 */
export async function readResponse(
  what: string,
  documented: string,
  response: Response,
  { traits: { read, parse }, secrets, accepted }: Reading,
): Promise<Result> {
  origins.set(response, { what, secrets });
  const { ok, status, redirected } = response;
  const find = (key: string) => documented.match(`(?<!\\S)(${key})(?::(\\w+))?`);
  const [, key = '', declared = 'json'] =
    find(`${status}`) ??
    find(`${`${status}`[0]}XX`) ??
    // If a success is documented, `default` covers only errors.
    (ok && /\b2/.test(documented) ? undefined : find('default')) ??
    [];
  // The compiler cannot see that `ok` decides the name of the property.
  const result = (body: unknown) =>
    ({ ok, status: Number(key) || key, [ok ? 'data' : 'error']: body, response }) as unknown as Result;
  const unexpected = (error: UnexpectedResponseError | RedirectError): Result => ({
    ok: false,
    status: 'unexpected',
    error,
    response,
  });
  const statuses = documented.replace(/:\w+/g, '');
  const location = redirectOf(response);
  if (location !== undefined && (redirected || !/^3/.test(key))) {
    await response.body?.cancel();
    return unexpected(new RedirectError(what, statuses, response, excerpt(location, ...secrets)));
  }
  const type = response.headers.get('content-type') ?? '';
  // The error page of a proxy can have a documented status, too.
  const isHtml = /^text\/html/i.test(type);
  const kind = (declared === 'as' && accepted?.kindOf(type)) || declared;
  const stream = read?.[kind];
  if (key && stream && !isHtml) return result(stream(response));
  const { text, complete } = await readBody(response);
  if (key && complete) {
    const parser = parse?.[kind] ?? (kind === 'json' && /[/+]json\b/i.test(type) ? parseJson : undefined);
    try {
      if (kind === 'none' || parser) return result(parser?.(text, isHtml));
    } catch {
      // Not what the contract documents.
    }
  }
  const body = kind === 'json' ? 'JSON of at most 500 levels' : `${kind}, not HTML`;
  const expected = complete ? (key ? body : statuses) : 'at most 16 MiB';
  return unexpected(new UnexpectedResponseError(what, expected, response, excerpt(text, ...secrets)));
}

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
