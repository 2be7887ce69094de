import type { Json, JsonObject, Pointer } from './contract.js';
import { meantBy } from './misspelt.js';
import { type Field, fieldOf, isUnused, type ObjectKind, SHAPES } from './openapi.js';
import { getPointer, isObject } from './pointer.js';
import { type Visit, walk } from './walk.js';

/** Something wrong at a place of the bundled document; `loadContract` finds the file, line and column. */
export interface Flaw {
  readonly pointer: Pointer;
  readonly message: string;
}

/** Everything in a bundled document that is not as OpenAPI 3.0 or 3.1 has it, as far as the contract depends on it. */
export function checkStructure(document: JsonObject): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const version = document.openapi;
  if (typeof version !== 'string' || !/^3\.[01]\.\d+/.test(version)) {
    const received = version === undefined ? 'nothing' : JSON.stringify(version);
    return [{ pointer: '/openapi', message: `"openapi" expected version 3.0.x or 3.1.x, received ${received}` }];
  }
  walk(document, (kind, value, at) => {
    flaws.push(...checkObject(document, kind, value, at));
  });
  return flaws;
}

type At = Parameters<Visit>[2];

function checkObject(document: JsonObject, kind: ObjectKind, value: JsonObject, at: At): readonly Flaw[] {
  if (value.$ref !== undefined) return checkReference(document, value.$ref, at);
  let flaws: Flaw[] = NONE;
  for (const name of SHAPES[kind].required) {
    if (value[name] !== undefined) continue;
    flaws = [...flaws, { pointer: at(), message: `${article(kind)} needs "${name}"; it is missing` }];
  }
  for (const key of Object.keys(value)) {
    const field = fieldOf(kind, key);
    const entry = value[key];
    if (entry === undefined) continue;
    if (field === undefined) {
      const meant = misspelt(kind, key);
      if (meant === undefined) continue;
      const message = `"${key}" is no field of ${article(kind)}; did you mean "${meant}"?`;
      flaws = [...flaws, { pointer: at(key), message }];
      continue;
    }
    const expected = mismatch(field, entry);
    if (expected === undefined) continue;
    flaws = [...flaws, { pointer: at(key), message: `"${key}" expected ${expected}, received ${shown(entry)}` }];
  }
  return flaws;
}

/** Most objects have none: one list for all of them. */
const NONE: Flaw[] = [];

const meantByKind = new Map<string, string | undefined>();

/** The field that a name of none is probably meant to be. Names that are near to nothing are somebody's own. */
function misspelt(kind: ObjectKind, key: string): string | undefined {
  if (key.startsWith('x-') || isUnused(kind, key)) return undefined;
  const known = `${kind} ${key}`;
  if (!meantByKind.has(known)) meantByKind.set(known, meantBy(key, Object.keys(SHAPES[kind].fields)));
  return meantByKind.get(known);
}

function checkReference(document: JsonObject, reference: Json, at: At): readonly Flaw[] {
  const found = typeof reference === 'string' && reference.startsWith('#') && getPointer(document, reference.slice(1));
  if (found !== undefined && found !== false) return NONE;
  const message = `"$ref: ${String(reference)}" leads to nothing; expected a component`;
  return [{ pointer: at('$ref'), message }];
}

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** What was expected, where the value is something else. */
function mismatch(field: Field, value: Json): string | undefined {
  switch (field.is) {
    case 'any':
      return undefined;
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === field.is ? undefined : `a ${field.is}`;
    case 'integer':
      return Number.isInteger(value) ? undefined : 'a whole number';
    case 'list':
      return Array.isArray(value) ? undefined : 'a list';
    case 'strings':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
        ? undefined
        : 'a list of strings';
    case 'object':
    case 'one':
      return isObject(value) ? undefined : 'an object';
    case 'list-of':
      return Array.isArray(value) && value.every(isObject) ? undefined : 'a list of objects';
    case 'map-of':
      return isObject(value) && Object.values(value).every((entry) => isObject(entry) || typeof entry === 'boolean')
        ? undefined
        : 'an object of objects';
    case 'schema-or-boolean':
      return isObject(value) || typeof value === 'boolean' ? undefined : 'a schema or a boolean';
    case 'schema-type': {
      const types = Array.isArray(value) ? value : [value];
      return types.every((type) => typeof type === 'string' && TYPES.includes(type))
        ? undefined
        : `one of ${TYPES.join(', ')}`;
    }
    case 'security':
      return Array.isArray(value) &&
        value.every((entry) => isObject(entry) && Object.values(entry).every(Array.isArray))
        ? undefined
        : 'a list of requirements, each an object of lists of scopes';
  }
}

function shown(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return JSON.stringify(value);
}

function article(kind: ObjectKind): string {
  const words = kind.replaceAll('-', ' ');
  return /^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`;
}
