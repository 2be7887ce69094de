import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import { referenceCheckOf, shown } from './check-reference.js';
import { closestWord } from './closest-word.js';
import type { Flaw } from './flaw.js';
import { article, type Field, fieldOf, isUnused, type ObjectKind, REQUIRED_IN_30, SHAPES } from './openapi.js';
import { RULES } from './structure-rules.js';
import { type Visit, walk } from './walk.js';

/**
 * Everything in a bundled document that is not as OpenAPI 3.0 or 3.1 has it, as far as the contract depends on it.
 *
 * @param written the version that the document was written in, where it has been brought into another dialect since.
 */
export function checkStructure(document: JsonObject, written: Json | undefined = document.openapi): readonly Flaw[] {
  if (typeof written !== 'string' || !/^3\.[01]\.\d+/.test(written)) return [wrongVersion(document, written)];
  const flaws: Flaw[] = [];
  const checkReference = referenceCheckOf(document);
  const more = written.startsWith('3.0') ? REQUIRED_IN_30 : {};
  walk(document, (kind, value, at) => {
    if (value.$ref !== undefined) {
      const wrong = checkReference(value.$ref, kind, at);
      if (wrong !== undefined) flaws.push({ pointer: at('$ref'), message: wrong });
      return;
    }
    for (const name of [...SHAPES[kind].required, ...(more[kind] ?? NONE)]) {
      if (value[name] !== undefined) continue;
      flaws.push({ pointer: at(), message: `${article(kind)} needs "${name}"; it is missing` });
    }
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (entry !== undefined) checkField(kind, key, entry, at, flaws);
    }
    const rule = RULES[kind];
    if (rule !== undefined) flaws.push(...rule(value, at, document));
  });
  return flaws;
}

type At = Parameters<Visit>[2];

/** Most kinds have none: one list for all of them. */
const NONE: readonly string[] = [];

function wrongVersion(document: JsonObject, version: Json | undefined): Flaw {
  if (version === undefined && document.swagger !== undefined) {
    const message = `this is Swagger ${String(document.swagger)}; convert it to OpenAPI 3 first`;
    return { pointer: '/swagger', message };
  }
  const received = version === undefined ? 'nothing' : JSON.stringify(version);
  return { pointer: '/openapi', message: `"openapi" expected version 3.0.x or 3.1.x, received ${received}` };
}

function checkField(kind: ObjectKind, key: string, value: Json, at: At, flaws: Flaw[]): void {
  const field = fieldOf(kind, key);
  if (field === undefined) {
    const meant = misspelt(kind, key);
    if (meant === undefined) return;
    flaws.push({ pointer: at(key), message: `"${key}" is no field of ${article(kind)}; did you mean "${meant}"?` });
    return;
  }
  const expected = mismatch(field, value);
  if (expected !== undefined) {
    const advice = field.is === 'string' && typeof value !== 'object' ? '; quote it' : '';
    flaws.push({ pointer: at(key), message: `"${key}" expected ${expected}, received ${shown(value)}${advice}` });
  } else if (field.is === 'map-of' || field.is === 'list-of') checkEntries(field, key, value, at, flaws);
}

/** Each entry of a list or a map is an object; a schema may be a boolean. */
function checkEntries(
  { is, kind }: Extract<Field, { readonly kind: ObjectKind }>,
  key: string,
  value: Json,
  at: At,
  flaws: Flaw[],
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, entry] of Object.entries(value)) {
    if (isObject(entry) || (kind === 'schema' && typeof entry === 'boolean')) continue;
    const subject = is === 'list-of' ? `entry ${name} of "${key}"` : `"${name}" of "${key}"`;
    const message = `${subject} expected ${article(kind)}, an object; received ${shown(entry)}`;
    flaws.push({ pointer: at(key, name), message });
  }
}

const closestByKind = new Map<string, string | undefined>();

/** The field that a name of none is probably meant to be. Names that are near to nothing are somebody's own. */
function misspelt(kind: ObjectKind, key: string): string | undefined {
  if (key.startsWith('x-') || isUnused(kind, key)) return undefined;
  const known = `${kind} ${key}`;
  if (!closestByKind.has(known)) {
    const names = Object.keys(SHAPES[kind].fields);
    const sameLetters = names.find((name) => name.toLowerCase() === key.toLowerCase());
    closestByKind.set(known, sameLetters ?? closestWord(key, names));
  }
  return closestByKind.get(known);
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
    case 'word':
      return field.of.some((word) => word === value) ? undefined : `one of ${field.of.join(', ')}`;
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
      return Array.isArray(value) ? undefined : 'a list of objects';
    case 'map-of':
      return isObject(value) ? undefined : 'an object of objects';
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
