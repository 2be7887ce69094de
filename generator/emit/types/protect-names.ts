import type { Json, JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';

/** A document whose names are safe in references. */
export interface ProtectedDocument {
  readonly document: JsonObject;
  /** Restores the names of the document in the emitted text. */
  restore(text: string): string;
}

/**
 * Whether a name contains characters with a meaning in JSON references. openapi-typescript builds references from names
 * without escaping them: `%` throws, and `#` leads to another name.
 */
export function hasReferenceCharacters(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasReferenceCharacters);
  if (!isObject(value)) return false;
  return Object.keys(value).some((key) => {
    if (key.includes('%') || key.includes('#/')) return true;
    const entry = value[key];
    if (typeof entry === 'string') return (key === 'operationId' || key === 'name') && /[%#]/.test(entry);
    return typeof entry === 'object' && hasReferenceCharacters(entry);
  });
}

/** Copies a document with `%` and `#` replaced by characters that do not occur in it. */
export function protectNames(document: JsonObject): ProtectedDocument {
  const [percent, hash] = unusedCharacters(JSON.stringify(document));
  const protect = (text: string) => text.replaceAll('%', percent).replaceAll('#', hash);

  function copy(value: Json, key = ''): Json {
    if (typeof value === 'string') return key === '$ref' ? protectReference(value, protect) : protect(value);
    if (Array.isArray(value)) return value.map((entry) => copy(entry));
    return isObject(value) ? copyObject(value) : value;
  }
  function copyObject(object: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [protect(key), copy(value, key)]));
  }

  return {
    document: copyObject(document),
    restore: (text) => restored(restored(text, percent, '%'), hash, '#'),
  };
}

/** A reference within the document, percent-decoded, with its names protected. */
function protectReference(reference: string, protect: (text: string) => string): string {
  if (!reference.startsWith('#')) return reference;
  try {
    return `#${protect(decodeURIComponent(reference.slice(1)))}`;
  } catch {
    return `#${protect(reference.slice(1))}`;
  }
}

/** The compiler writes such a character as itself or as an escape sequence. */
function restored(text: string, character: string, original: string): string {
  const escaped = `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return text.replaceAll(character, original).replaceAll(escaped, original);
}

/** Two characters for private use that do not occur in a text. */
function unusedCharacters(text: string): readonly [string, string] {
  const unused: string[] = [];
  for (let code = 0xe000; unused.length < 2; code += 1) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) unused.push(character);
  }
  const [first = '', second = ''] = unused;
  return [first, second];
}
