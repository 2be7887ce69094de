import type { Json, JsonObject } from '../../../contract/contract.js';
import { MOST_NESTED, parseJsonText } from '../../../contract/load/json-text.js';
import type { ItemShape } from './item-shape.js';
import type { ItemTexts } from './item-texts.js';
import { CLOSE, COLON, COMMA, endOfString, endOfValue, OPEN, OPEN_LIST, QUOTE, skipSpace } from './json-bytes.js';
import { readItems } from './read-items.js';

/** Shorter lists are parsed at once. */
const SHORTEST_LIST = 65_536;

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** The lists of a state: those that stay text, and the values of all others. */
export class TextLists {
  readonly values: JsonObject;
  readonly texts: ReadonlyMap<string, ItemTexts>;

  private constructor(values: JsonObject, texts: ReadonlyMap<string, ItemTexts>) {
    this.values = values;
    this.texts = texts;
  }

  /**
   * @param shapeOf - the shape of the items of a list; undefined if the list has to be parsed
   * @param shortest - the least length of a text, in bytes, that is worth it
   * @returns undefined if the text is not JSON, or has something that JSON from outside may not have
   */
  static read(
    bytes: Buffer,
    shapeOf: (list: string) => ItemShape | undefined,
    shortest = SHORTEST_LIST,
  ): TextLists | undefined {
    const values = new Map<string, Json>();
    const texts = new Map<string, ItemTexts>();
    let at = skipSpace(bytes, bytes.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0);
    if (bytes[at] !== OPEN) return undefined;
    at = skipSpace(bytes, at + 1);
    while (bytes[at] !== CLOSE) {
      if (bytes[at] !== QUOTE) return undefined;
      const nameEnd = endOfString(bytes, at);
      const name = valueIn(bytes, at, nameEnd);
      if (typeof name !== 'string' || values.has(name) || texts.has(name)) return undefined;
      at = skipSpace(bytes, nameEnd);
      if (bytes[at] !== COLON) return undefined;
      at = skipSpace(bytes, at + 1);
      const isLong = bytes[at] === OPEN_LIST && bytes.length - at > shortest;
      const shape = isLong ? shapeOf(name) : undefined;
      const read = shape === undefined ? undefined : readItems(bytes, at + 1, shape, MOST_NESTED);
      if (read !== undefined) texts.set(name, read.items);
      const end = read?.end ?? endOfValue(bytes, at);
      const value = read === undefined ? valueIn(bytes, at, end) : undefined;
      if (value !== undefined) values.set(name, value);
      else if (read === undefined) return undefined;
      at = skipSpace(bytes, end);
      if (bytes[at] === COMMA) {
        at = skipSpace(bytes, at + 1);
        if (bytes[at] === CLOSE) return undefined;
      } else if (bytes[at] !== CLOSE) return undefined;
    }
    const isWhole = skipSpace(bytes, at + 1) === bytes.length;
    return isWhole ? new TextLists(Object.fromEntries(values), texts) : undefined;
  }
}

/** The JSON between two positions; undefined if it is not valid. */
function valueIn(bytes: Buffer, start: number, end: number): Json | undefined {
  const parsed = parseJsonText(bytes.toString('utf8', start, end), {
    repeatedNames: 'refuse',
    mostNested: MOST_NESTED - 1,
  });
  return 'value' in parsed ? parsed.value : undefined;
}
