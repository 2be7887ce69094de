import type { Json } from '../../contract/contract.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { type RecordedToken, recordedToken } from '../recorded/recorded-token.js';
import { type Field, fieldOf, listIn, stringIn, unexpected } from './field.js';

/** Headers by lower-case name; repeated ones are joined by a comma. */
export type Headers = Readonly<Record<string, string>>;

/** Headers of a recording: an object of texts or lists, a list of names and values in turn, or of `{name, value}`. */
export function headersIn(field: Field): Headers | undefined {
  const { value } = field;
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return joined(Object.keys(value).map((name) => [name, textsIn(fieldOf(field, name))]));
  if (!Array.isArray(value)) throw unexpected(field, 'headers');
  const entries = listIn(field);
  if (value.every((entry: Json) => typeof entry === 'string')) return joined(alternating(entries));
  return joined(entries.map((entry) => [stringIn(fieldOf(entry, 'name')), textsIn(fieldOf(entry, 'value'))]));
}

/** The media type of headers, without parameters; undefined if there is none. */
export function contentTypeIn(headers: Headers | undefined): string | undefined {
  const type = headers?.['content-type'];
  return type === undefined || type === '' ? undefined : bareMediaType(type);
}

/** The claims of the access token in headers. */
export function tokenIn(headers: Headers | undefined): { readonly token?: RecordedToken } {
  const token = recordedToken(headers?.authorization);
  return token === undefined ? {} : { token };
}

/** Recorders write some values as numbers, such as the content length, and empty ones as null. */
function textsIn(field: Field): readonly string[] {
  const fields = Array.isArray(field.value) ? listIn(field) : [field];
  return fields.map((each) => {
    if (each.value === null) return '';
    return typeof each.value === 'number' ? String(each.value) : stringIn(each);
  });
}

function alternating(entries: readonly Field[]): readonly [string, readonly string[]][] {
  return entries.flatMap((name, at): [string, readonly string[]][] => {
    const value = entries[at + 1];
    return at % 2 === 0 && value !== undefined ? [[stringIn(name), [stringIn(value)]]] : [];
  });
}

function joined(pairs: readonly (readonly [string, readonly string[]])[]): Headers {
  const found = new Map<string, string[]>();
  for (const [name, values] of pairs) {
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), ...values]);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, values.join(', ')]));
}
