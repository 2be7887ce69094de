import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/**
 * How an id that is a number is written as a text: between private characters, after the resource, `crew` and 7. It
 * survives in JSON, in paths and in forms, and becomes the number again there.
 */

/** A private character, which no text of an API has. */
const MARK = '\u{e000}';
const NAME = new RegExp(`${MARK}[^${MARK}]*${MARK}(-?\\d+)${MARK}`, 'g');
const QUOTED = new RegExp(`"${NAME.source}"`, 'g');
const WHOLE = new RegExp(`^${NAME.source}$`);
const INSIDE = new RegExp(`^${MARK}([^/${MARK}]*)/[^${MARK}]*${MARK}(-?\\d+)${MARK}$`);
/** The same in a path or a form: `%EE%80%80crew%EE%80%807%EE%80%80`. */
const ENCODED = /%EE%80%80(?:(?!%EE%80%80).)*%EE%80%80(-?\d+)%EE%80%80/g;

/** The text of an id. @param names - of the resource, then the keys of the parents of the item, the nearest first */
export function textFor(names: readonly string[], id: number | string): string {
  return `${MARK}${names.map(plain).join('/')}${MARK}${digitsOf(id)}${MARK}`;
}

/** The digits of an id. A JSON number may have lost some; a path names the same item with all of them. */
export function digitsOf(id: number | string): string {
  const number = Number(id);
  return Number.isSafeInteger(number) || !Number.isFinite(number) ? String(id) : String(BigInt(number));
}

/** A key of any characters as a part of a text that can be sent. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}`);
}

/** The text of the same id without the parents of its item: what names it elsewhere does not know them. */
export function withoutParents(text: string): string | undefined {
  const [, name, number] = INSIDE.exec(text) ?? [];
  return name === undefined || number === undefined ? undefined : `${MARK}${name}${MARK}${number}${MARK}`;
}

/** A value with its numbers again. */
export function withNumbers(value: Json): Json {
  if (typeof value === 'string') {
    if (!value.includes(MARK)) return value;
    const [, number] = WHOLE.exec(value) ?? [];
    return number === undefined ? textWithNumbers(value) : Number(number);
  }
  if (Array.isArray(value)) return value.map((entry: Json) => withNumbers(entry));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withNumbers(inner)]));
}

/** A text, or an encoded path, with its numbers again. */
export function textWithNumbers(text: string): string {
  return text.replaceAll(NAME, '$1').replaceAll(ENCODED, '$1');
}

/** The text of a body, JSON or a form, with its numbers again. */
export function bodyWithNumbers(text: string): string {
  return textWithNumbers(text.replaceAll(QUOTED, '$1'));
}
