import type { Json, Parameter } from '../../contract/contract.js';
import { listSeparator } from '../../contract/http/list-separator.js';
import { isObject } from '../../contract/pointer.js';

/** A path value, percent-encoded, in the style of its parameter: `.blue`, `;color=blue`, `1,2`. */
export function pathText(parameter: Parameter | undefined, value: Json): string {
  const { name = '', style = 'simple', explode = false, json } = parameter ?? {};
  if (json === true) return encodeURIComponent(JSON.stringify(value));
  const prefix = style === 'label' ? '.' : style === 'matrix' ? `;${name}=` : '';
  if (!Array.isArray(value) && !isObject(value)) return prefix + encodeURIComponent(textOf(value));
  const words = wordsOf(value, explode, encodeURIComponent);
  // The pairs of an object have names of their own.
  if (style === 'matrix' && explode && isObject(value)) return words.map((word) => `;${word}`).join('');
  const separator = !explode ? ',' : style === 'label' ? '.' : style === 'matrix' ? `;${name}=` : ',';
  return prefix + words.join(separator);
}

/** The text of a header: `1,2`, or `key=value` if it explodes. */
export function headerText(parameter: Parameter | undefined, value: Json): string {
  if (parameter?.json === true) return JSON.stringify(value);
  return wordsOf(value, parameter?.explode ?? false).join(',');
}

/** How a value is written as pairs of name and text. */
export interface PairStyle {
  readonly style?: string | undefined;
  readonly explode?: boolean | undefined;
  readonly json?: true;
}

/** The pairs of a query parameter, not encoded. By default, a list is one pair for each entry. */
export function queryPairs(parameter: PairStyle | undefined, name: string, value: Json): readonly [string, string][] {
  const separator = listSeparator(parameter?.style ?? 'form');
  return queryWords(parameter, name, value).map(([key, words]) => [key, words.join(separator)]);
}

/**
 * The pairs of a query parameter, percent-encoded. A comma between entries stays, so that it differs from one in an entry.
 * @see RFC 6570, section 3.2.8
 */
export function encodedQueryPairs(parameter: PairStyle | undefined, name: string, value: Json): readonly string[] {
  const separator = listSeparator(parameter?.style ?? 'form');
  const between = separator === ',' ? separator : encodeURIComponent(separator);
  return queryWords(parameter, name, value).map(
    ([key, words]) => `${encodeURIComponent(key)}=${words.map(encodeURIComponent).join(between)}`,
  );
}

/** The pairs of a query parameter: names, and what their texts are made of. */
type WordPair = readonly [name: string, words: readonly string[]];

function queryWords(parameter: PairStyle | undefined, name: string, value: Json): readonly WordPair[] {
  const { style = 'form', json } = parameter ?? {};
  const explode = parameter?.explode ?? style === 'form';
  if (json === true) return [[name, [JSON.stringify(value)]]];
  if (isObject(value)) {
    if (style === 'deepObject')
      return Object.entries(value).flatMap(([key, part]) => deepWords(`${name}[${key}]`, part));
    if (style === 'form' && explode) return Object.entries(value).flatMap(([key, part]) => repeatedWords(key, part));
    return [[name, wordsOf(value, false)]];
  }
  return explode ? repeatedWords(name, value) : [[name, wordsOf(value, false)]];
}

function deepWords(name: string, value: Json): readonly WordPair[] {
  if (!isObject(value)) return repeatedWords(name, value);
  return Object.entries(value).flatMap(([key, part]) => deepWords(`${name}[${key}]`, part));
}

function repeatedWords(name: string, value: Json): readonly WordPair[] {
  return Array.isArray(value) ? value.map((entry: Json) => [name, [textOf(entry)]]) : [[name, [textOf(value)]]];
}

/** A text as it is, null as nothing; other values as JSON. */
export function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The words of a list or an object: `key,value`, or `key=value` if it explodes. */
function wordsOf(value: Json, explode: boolean, encode: (text: string) => string = (text) => text): readonly string[] {
  const word = (part: Json): string => encode(textOf(part));
  if (Array.isArray(value)) return value.map(word);
  if (!isObject(value)) return [word(value)];
  return Object.entries(value).flatMap(([key, part]) =>
    explode ? [`${encode(key)}=${word(part)}`] : [encode(key), word(part)],
  );
}
