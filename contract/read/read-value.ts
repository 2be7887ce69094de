import type { Schema, ValueRole } from '../contract.js';
import { isObject } from '../pointer.js';

const WORDS = ['created-at', 'updated-at', 'deleted-at', 'status', 'reason', 'message', 'error-code'] as const;

/** The role that `x-value` gives a property, or nothing. Its form has already been checked. */
export function readValueRole(schema: Schema): ValueRole | undefined {
  const value = schema['x-value'];
  const word = WORDS.find((name) => name === value);
  if (word !== undefined) return { kind: word };
  if (!isObject(value)) return undefined;
  if (typeof value.id === 'string') {
    const kinds = isObject(value.kinds) ? Object.entries(value.kinds) : [];
    return {
      kind: 'id',
      template: value.id,
      ofKind: new Map(kinds.map(([kind, template]) => [kind, String(template)])),
    };
  }
  if (typeof value.default === 'string') return { kind: 'default', properties: [value.default] };
  if (Array.isArray(value.default)) return { kind: 'default', properties: value.default.map(String) };
  if (typeof value.hook === 'string') return { kind: 'hook', name: value.hook };
  if (typeof value.of === 'string') {
    const [resource, property] = splitOnce(value.of, '.');
    return { kind: 'of', resource, ...(property === undefined ? {} : { property }) };
  }
  if (typeof value.relation === 'string') {
    const scopes = Array.isArray(value.scopes) ? value.scopes.map(String) : [];
    return { kind: 'relation', relation: value.relation, asked: value.when === 'asked', scopes };
  }
  return undefined;
}

/** `splitOnce('a.b.c', '.')` is `['a', 'b.c']`. */
export function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}
