import type { Contract, Evidence, Json, Response } from '../../contract/contract.js';
import { includesJson } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import type { Violation } from '../finding.js';

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
  const { properties, additionalProperties } = mergedSchema(contract, schema);
  // The values of a map may have any properties.
  if (!isObject(properties) || isObject(additionalProperties)) return undefined;
  const names = Object.keys(properties);
  const shown = (value: Json) => names.filter((name) => isObject(value) && (value[name] ?? null) !== null);
  if (names.length === 0 || shown(json).length > 0) return undefined;
  const inside = Object.entries(json).find(([, value]) => isObject(value) && 2 * shown(value).length >= names.length);
  if (inside === undefined) return undefined;
  const [wrapper, value] = inside;
  const named = shown(value).slice(0, MOST_NAMED).join(', ');
  return {
    code: 'BODY_SCHEMA',
    cause: `the documented body is in its property ${wrapper}`,
    expected: `the documented properties in the body itself, not inside /${wrapper}: ${named}`,
    evidence: fits ? NONE_SHOWN : evidence,
  };
}
