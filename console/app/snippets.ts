import { shellWord } from '../../contract/text/shell-word.js';
import type { Exchange } from './client.js';

/** A request as code that people can copy. The token stays out of it. */
export const SNIPPETS: Readonly<Record<string, (exchange: Exchange) => string>> = {
  cURL: ({ method, url, body }) =>
    [
      `curl -X ${method} ${shellWord(url)} \\`,
      `  -H "Authorization: Bearer $TOKEN"${body === '' ? '' : ' \\'}`,
      ...(body === '' ? [] : [`  -H 'Content-Type: application/json' \\`, `  -d ${shellWord(body)}`]),
    ].join('\n'),
  fetch: ({ method, url, body }) =>
    `await fetch(${literal(url)}, {
  method: ${literal(method)},
  headers: {
    authorization: \`Bearer \${process.env.TOKEN}\`,${body === '' ? '' : "\n    'content-type': 'application/json',"}
  },${body === '' ? '' : `\n  body: JSON.stringify(${body}),`}
});`,
  client: ({ call, given }) =>
    `await client.${call.join('.')}(${given
      .filter((value) => value !== undefined)
      .map((value) => literal(value))
      .join(', ')});`,
};

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : literal(name)}: ${literal(member)}`,
    );
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`
    : String(value);
}
