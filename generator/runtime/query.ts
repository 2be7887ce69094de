import type { Part, QueryStyle } from './route.js';

/** The styles of parameters that do not have the default one. */
type QueryStyles = { readonly [parameter: string]: QueryStyle };

/** The argument with the query parameters: plain values, and lists of them. */
export const inQuery: Part = ({ query }, value) => {
  query.push(...pairsOf(value as object));
};

/** The argument with the query parameters, some of them in other styles, or objects. */
export function inStyledQuery(styles: QueryStyles = {}): Part {
  return ({ query }, value) => {
    const text = writeQuery(value as object, styles);
    if (text) query.push(text);
  };
}

/** `name=value`, once for each entry of a list. Parameters without a value are omitted. */
export function pairsOf(values: object): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((entry) => entry !== undefined && entry !== null)
      .map((entry) => `${encodeURIComponent(name)}=${encodeURIComponent(entry)}`),
  );
}

/**
 * A parameter in `querystring`: the whole query, as a string or as what a form would contain.
 *
 * @see OpenAPI 3.2, section 4.12.2
 */
export function asQuery(styles: QueryStyles = {}): Part {
  return ({ query }, value) => {
    const text = typeof value === 'object' ? writeQuery(value as object, styles) : String(value);
    if (text) query.push(text);
  };
}

/** Serializes query parameters by their OpenAPI styles. Parameters without a value are omitted. */
export function writeQuery(query: object, styles: QueryStyles): string {
  const pairs: string[] = [];
  const write = (name: string, value: unknown, style?: string, unsafe?: RegExp): void => {
    if (value === undefined || value === null) return;
    const encode = (text: unknown) => encodeValue(text, unsafe);
    if (typeof value !== 'object' || style === 'json' || style === 'plain') {
      pairs.push(`${encodeValue(name)}=${encode(style === 'json' ? JSON.stringify(value) : value)}`);
      return;
    }
    const list = Array.isArray(value);
    const entries = Object.entries(value);
    if (!style || style === 'deepObject') {
      // OpenAPI does not define an object within an object in the default style: it is sent as JSON.
      for (const [key, entry] of entries) {
        write(list ? name : style ? `${name}[${key}]` : key, entry, style || 'plain', unsafe);
      }
    } else if (entries.length > 0) {
      pairs.push(`${encodeValue(name)}=${(list ? value : entries.flat()).map(encode).join(style)}`);
    }
  };
  for (const [name, value] of Object.entries(query)) {
    const style = styles[name] ?? '';
    write(name, value, style.replace('+', ''), style.includes('+') ? /[#&+]/g : undefined);
  }
  return pairs.join('&');
}

/**
 * Percent-encodes a value; objects inside are JSON.
 *
 * @param unsafe if given, reserved characters stay, but for these, which would end the value
 */
export function encodeValue(value: unknown, unsafe?: RegExp): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return unsafe ? encodeURI(text).replace(unsafe, encodeURIComponent) : encodeURIComponent(text);
}

/** The argument with the header parameters, in the style `simple`: lists and objects are separated by commas. */
export const inHeaders: Part = ({ headers }, value) => {
  for (const [name, entry] of Object.entries(value as object)) headers[name] = simple(entry);
};

/** The argument with the cookie parameters, in the style `form`. */
export const inCookies: Part = ({ headers }, value) => {
  const pairs = Object.entries(value as object).flatMap(([name, entry]) => {
    const text = simple(entry);
    return text === undefined ? [] : [`${name}=${encodeURIComponent(text)}`];
  });
  // A credential may be a cookie, too.
  headers.cookie = [...(headers.cookie ? [headers.cookie] : []), ...pairs].join('; ') || undefined;
};

function simple(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return String(typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).flat() : value);
}
