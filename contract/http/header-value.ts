import type { Contract, Json, ResponseHeader, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { valueOfText } from './text-value.js';

/**
 * The value of a header of a response, in the one style that headers have: `1,2` is a list, `R,100,G,200` an object, or
 * `R=100,G=200` if it explodes.
 *
 * @see OpenAPI 3.1, section 4.8.21
 */
export function valueOfHeader(contract: Contract, { schema, explode, json }: ResponseHeader, text: string): Json {
  if (json === true) return jsonIn(text);
  const shape = mergedSchema(contract, schema);
  const words = text === '' ? [] : text.split(',').map((word) => word.trim());
  const entry = isObject(shape.items) ? shape.items : {};
  if (isOf(shape, 'array')) return words.map((word) => valueOfText(contract, entry, [word]));
  if (!isOf(shape, 'object')) return valueOfText(contract, schema, [text]);
  const pairs = explode === true ? words.map(pairIn) : pairsOf(words);
  const properties = isObject(shape.properties) ? shape.properties : {};
  return Object.fromEntries(
    pairs.map(([name, word]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : shape.additionalProperties;
      return [name, valueOfText(contract, isObject(property) ? property : {}, [word])];
    }),
  );
}

/** The text of a header with a value. */
export function headerText({ explode, json }: Pick<ResponseHeader, 'explode' | 'json'>, value: Json): string {
  const word = (part: Json) => (typeof part === 'string' ? part : JSON.stringify(part));
  if (json === true) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(word).join(',');
  if (!isObject(value)) return word(value);
  const between = explode === true ? '=' : ',';
  return Object.entries(value)
    .map(([name, part]) => `${name}${between}${word(part)}`)
    .join(',');
}

function isOf({ type, items, properties }: Schema, wanted: 'array' | 'object'): boolean {
  if (type !== undefined) return [type].flat().includes(wanted);
  return (wanted === 'array' ? items : properties) !== undefined;
}

function pairIn(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
}

function pairsOf(words: readonly string[]): readonly (readonly [string, string])[] {
  return words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : []));
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
