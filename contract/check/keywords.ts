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
 * What is wrong with our keywords: misspelt ones, ones that stand where they mean nothing, ones of another form. A
 * document that uses none of them as it should is somebody else's, with extensions of its own: only their form is judged
 * there, where one of our names stands in our place.
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
        const meant = nearest(key);
        if (meant !== undefined)
          misplaced.push({ pointer: at(key), message: `"${key}" is no keyword; did you mean "${meant}"?` });
      } else if (keyword.at !== 'anywhere' && !keyword.at.includes(kind)) {
        const where = keyword.at.join(' or ');
        const message = `"${key}" means nothing on ${article(kind)}; expected it on: ${where}`;
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

const nearestKnown = new Map<string, string | undefined>();

/** The keyword that a name is probably meant to be; other people's `x-` names come by the thousand. */
function nearest(key: string): string | undefined {
  if (!nearestKnown.has(key)) {
    nearestKnown.set(key, closestWord(key, Object.keys(KEYWORDS)));
  }
  return nearestKnown.get(key);
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
      const meant = closestWord(name, allowed);
      const hint = meant === undefined ? `expected one of ${allowed.join(', ')}` : `did you mean "${meant}"?`;
      return { pointer: joinPointer(at, name), message: `"${name}" is no field of ${key}; ${hint}` };
    }
    case 'required':
      return { pointer: at, message: `${key} needs "${String(error.params.missingProperty)}"; it is missing` };
    case 'enum':
      return {
        pointer: at,
        message: `expected one of ${(error.params.allowedValues as readonly unknown[]).join(', ')}`,
      };
    case 'oneOf':
    case 'anyOf':
      return { pointer: at, message: `"${key}" expected ${KEYWORDS[key]?.holds}; received ${JSON.stringify(value)}` };
    default:
      return { pointer: at, message: `${key} ${error.message ?? 'has another form'}` };
  }
}
