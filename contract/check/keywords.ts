import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { packageRoot } from '../load/package-root.js';
import { isObject, joinPointer } from '../pointer.js';
import { type SchemaError, SchemaValidator, type Validate } from '../schema-validator.js';
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
  const errors = validatorOf(key)(value);
  const precise = errors.filter((error) => !/\/(oneOf|anyOf)\/\d/.test(error.schemaPath));
  const plain = precise.filter((error) => !/oneOf|anyOf/.test(error.keyword));
  const reported = plain.length > 0 ? plain : precise;
  return reported.map((error) => flawOf(key, error, value, pointer));
}

let vocabulary: { readonly $defs: JsonObject } | undefined;
let validator: SchemaValidator | undefined;
const validators = new Map<string, Validate>();

function validatorOf(key: string): Validate {
  vocabulary ??= JSON.parse(readFileSync(join(packageRoot(), 'contract/vocabulary.schema.json'), 'utf8'));
  validator ??= new SchemaValidator({ standalone: (schema) => schema }, { allErrors: true });
  const validate = validators.get(key) ?? validator.compile({ $ref: `#/$defs/${key}`, $defs: vocabulary?.$defs ?? {} });
  validators.set(key, validate);
  return validate;
}

function flawOf(key: string, error: SchemaError, value: Json, pointer: Pointer): Flaw {
  const at = `${pointer}${error.instancePath}`;
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
    case 'anyOf':
      return { pointer: at, message: `"${key}" expected ${KEYWORDS[key]?.holds}; received ${JSON.stringify(value)}` };
    default:
      return { pointer: at, message: `${key} ${error.message ?? 'has the wrong form'}` };
  }
}
