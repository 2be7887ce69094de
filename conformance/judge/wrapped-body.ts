import type { Contract, Evidence, Json, JsonObject, Response, Schema } from '../../contract/contract.js';
import { includesJson } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import type { Violation } from '../finding/finding.js';

/** No property is required, so that an answer without any fits. */
const NONE_SHOWN: Evidence = { grade: 'inferred', source: 'the answer itself has none of the documented properties' };

/** So many properties are named. */
const MOST_NAMED = 5;

/**
 * What is wrong with an answer that has a documented body in one of its properties: `{"data": {"name": …}}` where the
 * document says `{"name": …}`. Its schema may require nothing.
 *
 * @param fits - whether the answer fits its schema
 */
export function wrappedBody(
  contract: Contract,
  { content, evidence }: Response,
  json: Json | undefined,
  fits: boolean,
): Pick<Violation, 'code' | 'cause' | 'expected' | 'evidence'> | undefined {
  const schema = content.find(({ type }) => includesJson(type))?.schema;
  if (schema === undefined || !isObject(json)) return undefined;
  const wrapped =
    mergedSchema(contract, schema).type === 'array' ? listInside(json) : objectInside(contract, schema, { json, fits });
  if (wrapped === undefined) return undefined;
  const { name, shows } = wrapped;
  return {
    code: 'BODY_SCHEMA',
    cause: `the documented body is in its property ${name}`,
    expected: `${shows} in the body itself, not inside /${name}`,
    evidence: fits ? NONE_SHOWN : evidence,
  };
}

/** The property of an answer that has the documented body, and what is documented. */
interface Wrapped {
  readonly name: string;
  readonly shows: string;
}

function listInside(json: JsonObject): Wrapped | undefined {
  const [inside, ...others] = Object.entries(json).filter(([, value]) => Array.isArray(value));
  return inside === undefined || others.length > 0 ? undefined : { name: inside[0], shows: 'the documented list' };
}

/** What items show of others that they refer to. */
const REFERENCE: ReadonlySet<string> = new Set(['id', 'uuid', 'key', 'name', 'type', 'href', 'url', 'self']);

/** Whether an answer without any of its properties may show another item, such as its owner. */
function mayRefer(json: JsonObject, shown: readonly string[]): boolean {
  return Object.keys(json).length > 1 && shown.every((name) => REFERENCE.has(name));
}

function objectInside(
  contract: Contract,
  schema: Schema,
  { json, fits }: { readonly json: JsonObject; readonly fits: boolean },
): Wrapped | undefined {
  const { properties, additionalProperties } = mergedSchema(contract, schema);
  // The values of a map may have any properties.
  if (!isObject(properties) || isObject(additionalProperties)) return undefined;
  const names = Object.keys(properties);
  const shown = (value: Json) => names.filter((name) => isObject(value) && (value[name] ?? null) !== null);
  if (names.length === 0 || shown(json).length > 0) return undefined;
  const isBody = (value: Json) => 2 * shown(value).length >= names.length && (!fits || !mayRefer(json, shown(value)));
  const inside = Object.entries(json).find(([, value]) => isBody(value));
  if (inside === undefined) return undefined;
  const [name, value] = inside;
  return { name, shows: `the documented properties (${shown(value).slice(0, MOST_NAMED).join(', ')})` };
}
