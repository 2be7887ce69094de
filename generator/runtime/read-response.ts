import { parseJson, readBody } from './body.js';
import { RedirectError, UnexpectedResponseError } from './errors.js';
import { excerpt, rememberOrigin, type Secrets } from './excerpt.js';
import { redirectOf } from './redirect.js';
import type { Result } from './result.js';

/**
 * Turns a response into a result: the documented one if the body is what the contract says, else `unexpected`.
 *
 * @param what names the request in errors
 * @param documented the responses of the route
 * @param secrets are masked in errors
 */
export async function readResponse(
  what: string,
  documented: string,
  response: Response,
  secrets: Secrets,
): Promise<Result> {
  rememberOrigin(response, { what, secrets });
  const { ok, status, redirected } = response;
  const find = (key: string) => documented.match(`(?<!\\S)(${key})(?::(\\w+))?`);
  const [, key = '', kind = 'json'] =
    find(`${status}`) ??
    find(`${`${status}`[0]}XX`) ??
    // If a success is documented, `default` covers only errors.
    (ok && /\b2/.test(documented) ? undefined : find('default')) ??
    [];
  const location = redirectOf(response);
  if (location !== undefined && (redirected || !/^3/.test(key))) {
    await response.body?.cancel();
    const error = new RedirectError(what, documented.replace(/:\w+/g, ''), response, excerpt(location, ...secrets));
    return { ok: false, status: 'unexpected', error, response };
  }
  // The compiler cannot see that `ok` decides the name of the property.
  const result = (body: unknown) =>
    ({ ok, status: Number(key) || key, [ok ? 'data' : 'error']: body, response }) as unknown as Result;

  const type = response.headers.get('content-type') ?? '';
  // The error page of a proxy can have a documented status, too.
  const isHtml = /^text\/html/i.test(type);
  if (key && kind === 'stream' && !isHtml) return result(response.body);
  const { text, complete } = await readBody(response);
  if (key && complete) {
    if (kind === 'none') return result(undefined);
    if (kind === 'html' || (kind === 'text' && !isHtml)) return result(text);
    if (kind === 'any' || (kind === 'json' && /[/+]json\b/i.test(type))) {
      try {
        return result(parseJson(text));
      } catch {
        if (kind === 'any') return result(text || undefined);
      }
    }
  }
  const body = kind === 'json' ? 'JSON, nested at most 500 levels' : `${kind}, not HTML`;
  const expected = complete ? (key ? body : documented.replace(/:\w+/g, '')) : 'a body of at most 16 MiB';
  const error = new UnexpectedResponseError(what, expected, response, excerpt(text, ...secrets));
  return { ok: false, status: 'unexpected', error, response };
}
