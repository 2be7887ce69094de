import { UnexpectedResponseError } from './errors.js';
import { excerpt, rememberOrigin } from './excerpt.js';
import type { Result } from './result.js';

/**
 * The result that an answer is: the documented one if its body is what the contract says, else `unexpected`. `what`
 * names the request, `answers` are the route's; the excerpt in the error never shows the token.
 */
export async function readAnswer(what: string, answers: string, response: Response, token?: string): Promise<Result> {
  rememberOrigin(response, { what, token });
  const { ok, status } = response;
  const find = (key: string) => answers.match(`(?<!\\S)(${key})(?::(\\w+))?`);
  const [, key = '', kind = 'json'] =
    find(`${status}`) ??
    find(`${`${status}`[0]}XX`) ??
    // Beside a documented success, `default` means the failures.
    (ok && /\b2/.test(answers) ? undefined : find('default')) ??
    [];
  // The compiler cannot see that `ok` decides the property's name.
  const documented = (body: unknown) =>
    ({ ok, status: Number(key) || key, [ok ? 'data' : 'error']: body, response }) as unknown as Result;

  const type = response.headers.get('content-type') ?? '';
  // A page of a proxy has a status that the contract knows, too.
  const page = /^text\/html/i.test(type);
  if (key && kind === 'stream' && !page) return documented(response.body);
  const text = await response.text();
  if (key) {
    if (kind === 'none') return documented(undefined);
    if (kind === 'html' || (kind === 'text' && !page)) return documented(text);
    if (kind === 'any' || (kind === 'json' && /[/+]json\b/i.test(type))) {
      try {
        return documented(JSON.parse(text));
      } catch {
        if (kind === 'any') return documented(text || undefined);
      }
    }
  }
  const expected = key ? (kind === 'json' ? 'JSON' : `${kind}, no HTML`) : answers.replace(/:\w+/g, '');
  const error = new UnexpectedResponseError(what, expected, response, excerpt(text, token));
  return { ok: false, status: 'unexpected', error, response };
}
