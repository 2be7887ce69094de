import { UnexpectedResponseError } from './errors.js';
import { excerpt, rememberOrigin } from './excerpt.js';
import type { Result } from './result.js';

/**
 * Turns a response into a result: the documented one if the body is what the contract says, else `unexpected`.
 *
 * @param what names the request in errors
 * @param documented the responses of the route
 * @param token is masked in errors
 */
export async function readResponse(
  what: string,
  documented: string,
  response: Response,
  token?: string,
): Promise<Result> {
  rememberOrigin(response, { what, token });
  const { ok, status } = response;
  const find = (key: string) => documented.match(`(?<!\\S)(${key})(?::(\\w+))?`);
  const [, key = '', kind = 'json'] =
    find(`${status}`) ??
    find(`${`${status}`[0]}XX`) ??
    // If a success is documented, `default` covers only errors.
    (ok && /\b2/.test(documented) ? undefined : find('default')) ??
    [];
  // The compiler cannot see that `ok` decides the name of the property.
  const result = (body: unknown) =>
    ({ ok, status: Number(key) || key, [ok ? 'data' : 'error']: body, response }) as unknown as Result;

  const type = response.headers.get('content-type') ?? '';
  // The error page of a proxy can have a documented status, too.
  const isHtml = /^text\/html/i.test(type);
  if (key && kind === 'stream' && !isHtml) return result(response.body);
  const text = await response.text();
  if (key) {
    if (kind === 'none') return result(undefined);
    if (kind === 'html' || (kind === 'text' && !isHtml)) return result(text);
    if (kind === 'any' || (kind === 'json' && /[/+]json\b/i.test(type))) {
      try {
        return result(JSON.parse(text));
      } catch {
        if (kind === 'any') return result(text || undefined);
      }
    }
  }
  const expected = key ? (kind === 'json' ? 'JSON' : `${kind}, not HTML`) : documented.replace(/:\w+/g, '');
  const error = new UnexpectedResponseError(what, expected, response, excerpt(text, token));
  return { ok: false, status: 'unexpected', error, response };
}
