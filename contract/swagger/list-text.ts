import type { Json, JsonObject } from '../contract.js';
import { stringOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';

/** What separates the values of a list, by `collectionFormat`; commas by default. */
const SEPARATORS: Readonly<Record<string, string>> = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' };

/** What the text of a value looks like, by `type`. */
const TEXTS: Readonly<Record<string, string>> = {
  integer: '-?\\d+',
  number: '-?\\d+(?:\\.\\d+)?',
  boolean: '(?:true|false)',
};

/**
 * A list as the text in which it is sent, for a list that OpenAPI 3 cannot describe: with spaces or bars in a path or a
 * header, with tabs, or in another list. A pattern says what the text looks like, if its values say so.
 *
 * @see https://spec.openapis.org/oas/v2.0#items-object
 */
export function listAsText(list: JsonObject): JsonObject {
  const separator = SEPARATORS[String(list.collectionFormat)] ?? ',';
  const { minItems, maxItems, items } = list;
  const one = textOfItem(items);
  if (one === undefined) return { type: 'string' };
  const least = typeof minItems === 'number' ? minItems : 0;
  const most = typeof maxItems === 'number' ? String(Math.max(maxItems - 1, 0)) : '';
  const text = `${one}(?:${escaped(separator)}${one}){${Math.max(least - 1, 0)},${most}}`;
  return { type: 'string', pattern: least > 0 ? `^${text}$` : `^(?:${text})?$` };
}

/** The pattern of one value; nothing for values that may have any text. */
function textOfItem(items: Json | undefined): string | undefined {
  if (!isObject(items)) return undefined;
  if (Array.isArray(items.enum) && items.enum.length > 0)
    return `(?:${items.enum.map((value) => escaped(String(value))).join('|')})`;
  const type = stringOr(items.type);
  return Object.hasOwn(TEXTS, type) ? TEXTS[type] : undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\t', '\\t');
}
