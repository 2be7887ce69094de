import { UnexpectedResponseError } from './errors.js';
import type { Result } from './result.js';

/**
 * The result that an answer is: the documented one if its body is what the contract says, else `unexpected`. `what`
 * names the request, `answers` are the route's; the excerpt in the error never shows the token.
 */
export async function readAnswer(what: string, answers: string, response: Response, token = ''): Promise<Result> {
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

  if (key && kind === 'stream') return documented(response.body);
  const text = await response.text();
  if (key) {
    if (kind === 'none') return documented(undefined);
    if (kind === 'text') return documented(text);
    if (kind === 'any' || /[/+]json\b/i.test(response.headers.get('content-type') ?? '')) {
      try {
        return documented(JSON.parse(text));
      } catch {
        if (kind === 'any') return documented(text || undefined);
      }
    }
  }
  const expected = key ? 'JSON' : answers.replace(/:\w+/g, '');
  const excerpt = (token ? text.replaceAll(token, '***') : text)
    // What looks like a JSON Web Token: the body may be that of a token endpoint.
    .replace(/[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '***')
    // Enough to recognise the page of a proxy.
    .slice(0, 200);
  const error = new UnexpectedResponseError(what, expected, response, excerpt);
  return { ok: false, status: 'unexpected', error, response };
}
