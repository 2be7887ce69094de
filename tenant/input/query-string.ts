import { decodeSegment } from '../../contract/http/percent-encoding.js';

const NONE: ReadonlyMap<string, readonly string[]> = new Map();

/** The parameters of a query string by name; undefined if its percent-encoding is malformed. */
export function parseQuery(query: string): ReadonlyMap<string, readonly string[]> | undefined {
  if (query === '') return NONE;
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    if (name === undefined || value === undefined) return undefined;
    const values = found.get(name);
    if (values === undefined) found.set(name, [value]);
    else values.push(value);
  }
  return found;
}

/** The last value of a parameter in a well-formed query, still percent-encoded; a space is `%20`. */
export function encodedValueOf(query: string, name: string): string | undefined {
  const pair = query.split('&').findLast((each) => each !== '' && decode(each.split('=', 1)[0] ?? '') === name);
  if (pair === undefined) return undefined;
  const at = pair.indexOf('=');
  return at < 0 ? '' : pair.slice(at + 1).replaceAll('+', '%20');
}

function decode(text: string): string | undefined {
  return decodeSegment(text.includes('+') ? text.replaceAll('+', ' ') : text);
}
