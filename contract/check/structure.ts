import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import { isOfBody } from '../swagger/form.js';
import { referenceCheckOf, shown } from './check-reference.js';
import { checkCircles } from './circular-schemas.js';
import { closestWord } from './closest-word.js';
import { type Flaw, type Mend, type Mendable, READABLE } from './flaw.js';
import { foreignFormat } from './foreign-format.js';
import {
  article,
  type Field,
  fieldOf,
  isUnused,
  type ObjectKind,
  OPTIONAL_IN_32,
  REQUIRED_IN_30,
  SHAPES,
} from './openapi.js';
import { RULES } from './structure-rules.js';
import { type PointerTo, walk } from './walk.js';

/**
 * The deviations of a bundled document from OpenAPI 3.0, 3.1 or 3.2, in the parts that the contract depends on.
 *
 * @param written the original version of a document that has since been converted to another dialect
 */
export function checkStructure(document: JsonObject, written: Json | undefined = document.openapi): readonly Flaw[] {
  if (typeof written !== 'string' || !/^3\.[012]\.\d+(-.+)?$/.test(written)) return [wrongVersion(document, written)];
  const flaws: Flaw[] = [];
  const checkReference = referenceCheckOf(document);
  const required = requiredIn(written);
  const references = new Set<string>();
  walk(document, (kind, value, at) => {
    if (value.$ref !== undefined) {
      const wrong = checkReference(value.$ref, kind, at);
      if (wrong !== undefined)
        flaws.push({
          pointer: at('$ref'),
          message: wrong,
          ...withoutReference(kind, at(), wrong),
        });
      // A schema may have keywords beside its reference.
      if (kind !== 'schema') return;
      if (wrong === undefined) references.add(String(value.$ref));
    }
    for (const name of required(kind)) {
      if (value[name] !== undefined) continue;
      const missing = DEFAULTS[`${kind}.${name}`];
      const place = at(name);
      flaws.push({
        pointer: at(),
        message: `missing "${name}"; ${article(kind)} requires it`,
        ...(missing === undefined ? {} : { mend: (document: Mendable) => document.set(place, missing) }),
      });
    }
    for (const name of Object.keys(value)) {
      const entry = value[name];
      if (entry !== undefined) flaws.push(...checkField({ kind, name, value: entry, at }));
    }
    const rule = RULES[kind];
    if (rule !== undefined) flaws.push(...rule(value, at, document));
  });
  return [...flaws, ...checkCircles(document, references)];
}

/** The fields that a version of OpenAPI requires, by kind. */
function requiredIn(version: string): (kind: ObjectKind) => readonly string[] {
  const also = version.startsWith('3.0') ? REQUIRED_IN_30 : {};
  const optional = version.startsWith('3.2') ? OPTIONAL_IN_32 : {};
  const known = new Map<ObjectKind, readonly string[]>();
  return (kind) => {
    const fields =
      known.get(kind) ??
      [...SHAPES[kind].required, ...(also[kind] ?? [])].filter((name) => !optional[kind]?.includes(name));
    known.set(kind, fields);
    return fields;
  };
}

/** What stands for a field that OpenAPI requires and that says nothing about requests and responses. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  'document.info': { title: '', version: '' },
  'document.paths': {},
  'info.title': '',
  'info.version': '',
  'license.name': '',
  'operation.responses': {},
  'response.description': '',
};

/**
 * A schema without its reference is what stands beside it, or allows anything; another object is left out, unless it is part of a circle, which has no
 * end that could be left out.
 */
function withoutReference(kind: ObjectKind, place: string, wrong: string): Pick<Flaw, 'mend' | 'leavesOut'> {
  if (kind === 'schema') return { mend: (document) => document.remove(`${place}/$ref`), leavesOut: 'the reference' };
  if (wrong.includes(' is circular: ')) return {};
  return { mend: (document) => document.remove(place), leavesOut: `the ${kind.replaceAll('-', ' ')}` };
}

function wrongVersion(document: JsonObject, version: Json | undefined): Flaw {
  const foreign = version === undefined ? foreignFormat(document) : undefined;
  if (foreign !== undefined) return foreign;
  const received = version === undefined ? 'nothing' : JSON.stringify(version);
  return { pointer: '/openapi', message: `"openapi" expected version 3.0.x, 3.1.x or 3.2.x, received ${received}` };
}

/** A field as it was found in an object. */
interface FoundField {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly value: Json;
  /** The pointer of the object, or of something in it. */
  readonly at: PointerTo;
}

/** Most fields are fine: one list for all of them. */
const FINE: readonly Flaw[] = [];

function checkField({ kind, name, value, at }: FoundField): readonly Flaw[] {
  const field = fieldOf(kind, name);
  if (field === undefined) {
    const closest = closestField(kind, name);
    if (closest === undefined) return FINE;
    const message = `unknown field "${name}" of ${article(kind)}; did you mean "${closest}"?`;
    return [{ pointer: at(name), message, mend: READABLE }];
  }
  // A rule of parameters tells what stands for it.
  if (kind === 'parameter' && name === 'in' && isOfBody(value)) return FINE;
  const expected = mismatch(field, value);
  if (expected !== undefined) {
    const advice = field.is === 'string' && typeof value !== 'object' ? '; quote it' : '';
    const message = `"${name}" expected ${expected}, received ${shown(value)}${advice}`;
    return [{ pointer: at(name), message, ...withoutWrong(field, { kind, name, value, at }) }];
  }
  return field.is === 'map-of' || field.is === 'list-of' ? checkEntries(field, { kind, name, value, at }) : FINE;
}

/** How to read a document in spite of a field of a wrong type. */
function withoutWrong(field: Field, { kind, name, value, at }: FoundField): Pick<Flaw, 'mend' | 'leavesOut'> {
  const place = at(name);
  // Versions, titles and codes are numbers in YAML without quotes.
  if (field.is === 'string' && typeof value !== 'object')
    return { mend: (document) => document.set(place, String(value)) };
  const missing = DEFAULTS[`${kind}.${name}`];
  if (missing !== undefined) return { mend: (document) => document.set(place, missing), leavesOut: 'its value' };
  // There is no default for the name of a parameter, or for its place.
  if (SHAPES[kind].required.includes(name)) return {};
  const isText = name === 'description' || name === 'summary';
  // Each keyword of a schema allows fewer values; texts mean nothing to requests and responses.
  const left = kind === 'schema' ? 'the keyword' : isText ? 'the text' : 'the field';
  return { mend: (document) => document.remove(place), leavesOut: left };
}

/** Each entry of a list or a map is an object; a schema may be a boolean. */
function checkEntries(
  { is, kind }: Extract<Field, { readonly kind: ObjectKind }>,
  { name, value, at }: FoundField,
): readonly Flaw[] {
  if (typeof value !== 'object' || value === null) return FINE;
  const flaws: Flaw[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (isObject(entry) || (kind === 'schema' && typeof entry === 'boolean')) continue;
    const subject = is === 'list-of' ? `entry ${key} of "${name}"` : `"${key}" of "${name}"`;
    // The loader has put the maps that references lead to in their places.
    const isReference = is === 'map-of' && key === '$ref' && typeof entry === 'string';
    const message = isReference
      ? `"$ref: ${entry}" points to nothing; expected ${name}`
      : `${subject} expected ${article(kind)}, an object; received ${shown(entry)}`;
    const place = at(name, key);
    // An invalid schema becomes one that allows anything; other invalid entries are left out.
    const isKept = kind === 'schema' && !isReference;
    const mend: Mend = (document) => (isKept ? document.set(place, {}) : document.remove(place));
    const leavesOut = isReference ? 'the reference' : isKept ? 'its value' : 'the entry';
    flaws.push({ pointer: place, message, mend, leavesOut });
  }
  return flaws;
}

const closestByKind = new Map<string, string | undefined>();

/** The field that an unknown name probably means. Names that are close to no field are somebody's extensions. */
function closestField(kind: ObjectKind, name: string): string | undefined {
  if (name.startsWith('x-') || isUnused(kind, name)) return undefined;
  const key = `${kind} ${name}`;
  if (!closestByKind.has(key)) {
    const names = Object.keys(SHAPES[kind].fields);
    const sameLetters = names.find((each) => each.toLowerCase() === name.toLowerCase());
    closestByKind.set(key, sameLetters ?? closestWord(name, names));
  }
  return closestByKind.get(key);
}

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** Each kind of field that is not simply a JavaScript type: what fits it, and how a message names it. */
const FORMS: {
  readonly [is in Field['is']]: {
    readonly fits: (value: Json, field: Field) => boolean;
    readonly expected: string | ((field: Field) => string);
  };
} = {
  any: { fits: () => true, expected: '' },
  string: { fits: (value) => typeof value === 'string', expected: 'a string' },
  boolean: { fits: (value) => typeof value === 'boolean', expected: 'a boolean' },
  number: { fits: (value) => typeof value === 'number', expected: 'a number' },
  count: { fits: (value) => Number.isInteger(value) && Number(value) >= 0, expected: 'a whole number from 0' },
  word: {
    fits: (value, field) => field.is === 'word' && field.of.some((word) => word === value),
    expected: (field) => `one of ${field.is === 'word' ? field.of.join(', ') : ''}`,
  },
  list: { fits: Array.isArray, expected: 'a list' },
  strings: {
    fits: (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string'),
    expected: 'a list of strings',
  },
  object: { fits: isObject, expected: 'an object' },
  one: { fits: isObject, expected: 'an object' },
  'list-of': { fits: Array.isArray, expected: 'a list of objects' },
  'map-of': { fits: isObject, expected: 'an object of objects' },
  'schema-or-boolean': {
    fits: (value) => isObject(value) || typeof value === 'boolean',
    expected: 'a schema or a boolean',
  },
  'schema-type': {
    fits: (value) =>
      (Array.isArray(value) ? value : [value]).every((type) => typeof type === 'string' && TYPES.includes(type)),
    expected: `one of ${TYPES.join(', ')}`,
  },
  security: {
    fits: (value) =>
      Array.isArray(value) && value.every((entry) => isObject(entry) && Object.values(entry).every(Array.isArray)),
    expected: 'a list of requirements, each an object of lists of scopes',
  },
};

/** What was expected, if the value is something else. */
function mismatch(field: Field, value: Json): string | undefined {
  const { fits, expected } = FORMS[field.is];
  if (fits(value, field)) return undefined;
  return typeof expected === 'string' ? expected : expected(field);
}
