import type { Json, Parameter } from '../../contract/contract.js';
import { listSeparator } from '../../contract/list-separator.js';
import { isObject } from '../../contract/pointer.js';

/** A path value, percent-encoded, in the style of its parameter: `.blue`, `;color=blue`, `1,2`. */
export function pathText(parameter: Parameter | undefined, value: Json): string {
  const { name = '', style = 'simple', explode = false, json } = parameter ?? {};
  if (json === true) return encodeURIComponent(JSON.stringify(value));
  const prefix = style === 'label' ? '.' : style === 'matrix' ? `;${name}=` : '';
  if (!Array.isArray(value) && !isObject(value)) return prefix + encodeURIComponent(textOf(value));
  const separator = !explode ? ',' : style === 'label' ? '.' : style === 'matrix' ? `;${name}=` : ',';
  return prefix + wordsOf(value, explode).map(encodeURIComponent).join(separator);
}

function deepPairs(name: string, value: Json): readonly [string, string][] {
  if (!isObject(value)) return repeatedPairs(name, value);
  return Object.entries(value).flatMap(([key, part]) => deepPairs(`${name}[${key}]`, part));
}

function repeatedPairs(name: string, value: Json): readonly [string, string][] {
  return Array.isArray(value) ? value.map((entry: Json) => [name, textOf(entry)]) : [[name, textOf(value)]];
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
  const { style = 'form', json } = parameter ?? {};
  const explode = parameter?.explode ?? style === 'form';
  if (json === true) return [[name, JSON.stringify(value)]];
  if (isObject(value)) {
    if (style === 'deepObject')
      return Object.entries(value).flatMap(([key, part]) => deepPairs(`${name}[${key}]`, part));
    if (style === 'form' && explode) return Object.entries(value).flatMap(([key, part]) => repeatedPairs(key, part));
    return [[name, wordsOf(value, false).join(listSeparator(style))]];
  }
  if (!Array.isArray(value)) return [[name, textOf(value)]];
  if (explode) return value.map((entry: Json) => [name, textOf(entry)]);
  return [[name, value.map(textOf).join(listSeparator(style))]];
}

/** A text as it is, null as nothing; other values as JSON. */
export function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The words of a list or an object: `key,value`, or `key=value` if it explodes. */
function wordsOf(value: Json, explode: boolean): readonly string[] {
  if (Array.isArray(value)) return value.map(textOf);
  if (!isObject(value)) return [textOf(value)];
  return Object.entries(value).flatMap(([key, part]) => (explode ? [`${key}=${textOf(part)}`] : [key, textOf(part)]));
}
