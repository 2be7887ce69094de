import type { Json } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';

/**
 * Placeholders inside values: a name between two characters of the private use area, which no text of a contract has.
 * So a request with placeholders is a plain value, until a language writes it.
 */
const OPEN = '\u{E000}';
const CLOSE = '\u{E001}';
const MARK = new RegExp(`${OPEN}([A-Z0-9_]+)${CLOSE}`);

/** A part of a text: fixed, or the value of a placeholder. */
export type Piece = string | { readonly name: string };

/** The name as it stands in a value. */
export function marked(name: string): string {
  return `${OPEN}${name}${CLOSE}`;
}

/** The parts of a text, without empty ones. */
export function piecesOf(text: string): readonly Piece[] {
  return text
    .split(MARK)
    .map((piece, index): Piece => (index % 2 === 1 ? { name: piece } : piece))
    .filter((piece) => piece !== '');
}

/** A text without marks: placeholders are written as their names. */
export function withNames(text: string): string {
  return text.replaceAll(new RegExp(MARK, 'g'), '$1');
}

/** A copy of a value in which each text is replaced. */
export function mapTexts(value: Json, change: (text: string, property?: string) => string, property?: string): Json {
  if (typeof value === 'string') return change(value, property);
  if (Array.isArray(value)) return value.map((entry: Json) => mapTexts(entry, change, property));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapTexts(entry, change, name)]));
}
