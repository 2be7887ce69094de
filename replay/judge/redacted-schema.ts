import type { Json, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { REDACTED_PATTERN } from './redacted.js';

/** Keywords whose value is a schema for a part of the value. `not` is missing: relaxing it would accept less. */
const SINGLE = ['items', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'contains'];
const LISTS = ['allOf', 'anyOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

const isRedactedSchema: Schema = { type: 'string', pattern: REDACTED_PATTERN };

/**
 * A schema that accepts a redacted value wherever the given one describes a value. Because redacted values can no longer
 * distinguish forms or entries, `oneOf` becomes `anyOf` and `uniqueItems` is dropped.
 *
 * @param schema - standalone, with its components under `$defs`
 */
export function redactedSchema(schema: Schema): Schema {
  const relaxed: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (SINGLE.includes(keyword)) relaxed[keyword] = orRedacted(value);
    else if (LISTS.includes(keyword)) relaxed[keyword] = listOf(value);
    else if (MAPS.includes(keyword)) relaxed[keyword] = mapOf(value);
    else if (keyword !== 'oneOf' && keyword !== 'uniqueItems') relaxed[keyword] = value;
  }
  if (schema.oneOf === undefined) return relaxed;
  const choice = { anyOf: listOf(schema.oneOf) };
  return { ...relaxed, allOf: [...(Array.isArray(relaxed.allOf) ? relaxed.allOf : []), choice] };
}

/** `if` rather than `anyOf`, so that a failed value is reported by the errors of its own schema. */
function orRedacted(schema: Json): Json {
  return { if: isRedactedSchema, else: isObject(schema) ? redactedSchema(schema) : schema };
}

function listOf(schemas: Json): Json {
  return Array.isArray(schemas) ? schemas.map(orRedacted) : schemas;
}

function mapOf(schemas: Json): Json {
  if (!isObject(schemas)) return schemas;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, orRedacted(schema)]));
}
