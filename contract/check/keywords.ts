import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { packageRoot } from '../load/package-root.js';
import { isObject, joinPointer } from '../pointer.js';
import { interpretSchema } from '../schema/interpret-schema.js';
import { type SchemaError, SchemaValidator, type Validate } from '../schema/schema-validator.js';
import { shown } from './check-reference.js';
import { closestWord } from './closest-word.js';
import type { Flaw } from './flaw.js';
import { KEYWORDS } from './keyword-table.js';
import { article, type ObjectKind } from './openapi.js';
import { walk } from './walk.js';

/**
 * The problems of our keywords: misspelt, misplaced or malformed ones. A document without a single valid keyword of ours
 * is somebody else's and has its own extensions: there, only a keyword with our name in our place is checked.
 */
export function checkKeywords(document: JsonObject): readonly Flaw[] {
  const malformed: Flaw[] = [];
  const misplaced: Flaw[] = [];
  let ours = false;
  walk(document, (kind, value, at) => {
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (!key.startsWith('x-') || entry === undefined) continue;
      const keyword = KEYWORDS[key];
      if (keyword === undefined) {
        const closest = closestKeyword(key);
        if (closest === undefined) continue;
        misplaced.push({ pointer: at(key), message: `unknown keyword "${key}"; did you mean "${closest}"?` });
      } else if (keyword.at !== 'anywhere' && !keyword.at.includes(kind)) {
        const where = keyword.at.map(article).join(' or ');
        const message = `"${key}" has no meaning on ${article(kind)}; expected it on ${where}`;
        misplaced.push({ pointer: at(key), message });
      } else {
        const flaws = checkValue(key, kind, entry, at(key));
        malformed.push(...flaws);
        ours ||= flaws.length === 0;
      }
    }
  });
  return ours ? [...malformed, ...misplaced] : malformed;
}

const closestKnown = new Map<string, string | undefined>();

/** The keyword that an unknown name probably means. Cached, since documents repeat their extensions thousands of times. */
function closestKeyword(key: string): string | undefined {
  if (!closestKnown.has(key)) closestKnown.set(key, closestWord(key, Object.keys(KEYWORDS)));
  return closestKnown.get(key);
}

function checkValue(key: string, kind: ObjectKind, value: Json, pointer: Pointer): readonly Flaw[] {
  if (key === 'x-problems' && (kind === 'components') === Array.isArray(value)) {
    return [{ pointer, message: `"${key}" expected ${KEYWORDS[key]?.holds}` }];
  }
  const schema = schemaOf(definitionOf(key, kind));
  if (interpretSchema(schema, value, true) === true) return [];
  const errors = validatorOf(schema)(value);
  // A value that fits none of several forms fails in each of them; what it lacks in one says little.
  const precise = errors.filter((error) => !/\/(oneOf|anyOf)\/\d/.test(error.schemaPath));
  const plain = precise.filter((error) => !/oneOf|anyOf|propertyNames/.test(error.keyword));
  const reported = plain.length > 0 ? plain : precise;
  return reported.map((error) => flawOf(key, error, pointer));
}

/** The definition of a keyword in the vocabulary. `x-problems` is a catalogue, or a list of its names. */
function definitionOf(key: string, kind: ObjectKind): string {
  if (key !== 'x-problems') return key;
  return kind === 'components' ? 'problem-catalogue' : 'problem-names';
}

let vocabulary: { readonly $defs: JsonObject } | undefined;
let validator: SchemaValidator | undefined;
const schemas = new Map<string, JsonObject>();
const validators = new Map<JsonObject, Validate>();

function schemaOf(definition: string): JsonObject {
  vocabulary ??= JSON.parse(readFileSync(join(packageRoot(), 'contract/vocabulary.schema.json'), 'utf8'));
  const schema = schemas.get(definition) ?? { $ref: `#/$defs/${definition}`, $defs: vocabulary?.$defs ?? {} };
  schemas.set(definition, schema);
  return schema;
}

function validatorOf(schema: JsonObject): Validate {
  validator ??= new SchemaValidator({ standalone: (schema) => schema }, { allErrors: true, exclusive: true });
  const validate = validators.get(schema) ?? validator.compile(schema);
  validators.set(schema, validate);
  return validate;
}

function flawOf(key: string, error: SchemaError, pointer: Pointer): Flaw {
  const at = `${pointer}${error.instancePath}`;
  const subject = error.instancePath.split('/').at(-1) || key;
  const schema = error.parentSchema;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params.additionalProperty);
      const allowed = isObject(schema?.properties) ? Object.keys(schema.properties) : [];
      const closest = closestWord(name, allowed);
      const hint = closest === undefined ? `expected one of ${allowed.join(', ')}` : `did you mean "${closest}"?`;
      return { pointer: joinPointer(at, name), message: `unknown field "${name}" of ${key}; ${hint}` };
    }
    case 'required':
      return { pointer: at, message: `missing "${String(error.params.missingProperty)}"; ${key} requires it` };
    case 'enum':
      return {
        pointer: at,
        message: `expected one of ${(error.params.allowedValues as readonly unknown[]).join(', ')}`,
      };
    case 'oneOf':
    case 'anyOf': {
      const holds = error.instancePath === '' ? KEYWORDS[key]?.holds : FORMS[subject];
      const expected = holds === undefined ? 'has none of the allowed forms' : `expected ${holds}`;
      return { pointer: at, message: `"${subject}" ${expected}; received ${excerpt(error.data as Json)}` };
    }
    default:
      return { pointer: at, message: `"${subject}" ${expectedBy(error)}` };
  }
}

/** Fields of a keyword that have several forms. */
const FORMS: Readonly<Record<string, string>> = {
  when: 'scope, rate, or {token|invalid|beyond|unknown|duplicate|full|unsupported|hook|never: …}',
};

/** A value in a message: long ones are cut. */
function excerpt(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'a boolean',
};

/** What the other keywords of the vocabulary's schema expect, by keyword. */
const EXPECTATIONS: Readonly<Record<string, (params: SchemaError['params']) => string>> = {
  type: ({ type }) => `expected ${TYPE_NAMES[String(type)] ?? String(type)}`,
  minProperties: ({ limit }) => `expected at least ${limit} ${limit === 1 ? 'field' : 'fields'}`,
  maxProperties: ({ limit }) => `expected at most ${limit} ${limit === 1 ? 'field' : 'fields'}`,
  minItems: ({ limit }) => `expected at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`,
  maxItems: ({ limit }) => `expected at most ${limit} ${limit === 1 ? 'entry' : 'entries'}`,
  uniqueItems: () => 'expected entries that differ',
  minLength: () => 'expected text that is not empty',
  minimum: ({ limit }) => `expected at least ${limit}`,
  exclusiveMinimum: ({ limit }) => `expected more than ${limit}`,
  pattern: ({ pattern }) => `expected text that matches ${pattern}`,
};

function expectedBy({ keyword, params, message, data }: SchemaError): string {
  const expected = EXPECTATIONS[keyword]?.(params) ?? `is invalid: it ${message}`;
  return `${expected}, received ${shown(data as Json)}`; // only JSON is validated here
}
