import type { QueryStyle, Traits } from './route.js';

/** Serializes query parameters by their OpenAPI styles. Parameters without a value are omitted. */
export function writeQuery(query: object, styles: Traits['query']): string {
  const pairs: string[] = [];
  const write = (name: string, value: unknown, style?: QueryStyle | 'plain'): void => {
    if (value === undefined || value === null) return;
    if (typeof value !== 'object' || style === 'json' || style === 'plain') {
      pairs.push(`${encode(name)}=${encode(style === 'json' ? JSON.stringify(value) : value)}`);
      return;
    }
    const list = Array.isArray(value);
    const entries = Object.entries(value);
    if (!style || style === 'deepObject') {
      // OpenAPI does not define an object within an object in the default style: it is sent as JSON.
      for (const [key, entry] of entries) {
        write(list ? name : style ? `${name}[${key}]` : key, entry, style ?? 'plain');
      }
    } else if (entries.length > 0) {
      pairs.push(`${encode(name)}=${(list ? value : entries.flat()).map(encode).join(style)}`);
    }
  };
  for (const [name, value] of Object.entries(query)) write(name, value, (styles as Record<string, QueryStyle>)[name]);
  return pairs.join('&');
}

function encode(value: unknown): string {
  return encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
