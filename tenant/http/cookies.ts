import { decodeSegment } from '../../contract/http/percent-encoding.js';

/** The decoded values of a `Cookie` header by name, in the order in which they were sent. */
export function cookiesOf(header: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const sent of header.split(';')) {
    const pair = sent.trim();
    const at = pair.indexOf('=');
    const value = at < 1 ? undefined : decodeSegment(pair.slice(at + 1).trim());
    if (value === undefined) continue;
    const name = pair.slice(0, at).trim();
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}
