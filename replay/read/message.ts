import type { Json } from '../../contract/contract.js';
import { parseJsonText } from '../../contract/load/json-text.js';
import { type Field, unexpected } from './field.js';

/** Parts of HTTP messages as recordings write them, whatever the format. */

export interface Address {
  readonly path: string;
  readonly query: string;
}

/**
 * Path and query of a recorded address. A host in it is dropped: where requests go is for the target to say, never for
 * a recording.
 * @throws ReplayError where it is no address.
 */
export function addressOf(field: Field, text: string): Address {
  const afterHost = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(text)?.[0].length ?? 0;
  const local = (text.slice(afterHost).split('#')[0] ?? '') || '/';
  const mark = local.indexOf('?');
  const path = mark === -1 ? local : local.slice(0, mark);
  if (!path.startsWith('/')) throw unexpected(field, 'a path that begins with "/", or a URL');
  return { path, query: mark === -1 ? '' : local.slice(mark + 1) };
}

/** The value of a body's text: JSON or form as its type says, JSON where it looks like it, else the text. */
export function bodyOf(text: string, type: string | undefined): Json | undefined {
  if (text === '') return undefined;
  if (type === 'application/x-www-form-urlencoded') return formOf(text);
  const parsed = parseJsonText(text, { repeatedNames: 'keep-last' });
  return 'value' in parsed ? parsed.value : text;
}

/** The pairs of a form or of a query; several of one name make a list. */
export function formOf(text: string): { readonly [name: string]: string | readonly string[] } {
  const pairs = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(pairs.keys())].map((name) => {
      const values = pairs.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
