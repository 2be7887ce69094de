import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { keywords, type Located, partsOf, sitesByName } from './site.js';

/**
 * A schema with an enum as one schema per value, where forms distinguish these values by `const`: `{kind: {enum: ["a",
 * "b"]}}` beside forms with `kind: {const: "a"}` and `kind: {const: "b"}`. Other schemas stay as they are.
 */
export function splitByConstant(
  document: JsonObject,
  whole: Located,
  forms: readonly (readonly Json[])[],
): readonly Located[] {
  const [part, ...others] = partsOf(document, [whole]).parts;
  if (part === undefined || others.length > 0) return [whole];
  const { schema, pointer } = part;
  for (const [name, site] of sitesByName({ parts: [part], never: false }, 'properties')) {
    const values = keywords(partsOf(document, site), 'enum')[0]?.value;
    const constants = forms.flatMap((constant) => (constant[0] === name ? [constant[1]] : []));
    const isSplit =
      Array.isArray(values) && constants.length > 1 && constants.every((each) => values.includes(each ?? null));
    if (isSplit) return values.map((value) => ({ value: withConstant(schema, name, value), pointer }));
  }
  return [whole];
}

function withConstant(schema: JsonObject, name: string, value: Json): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const property = properties[name];
  const { enum: _, ...rest } = isObject(property) ? property : {};
  return { ...schema, properties: { ...properties, [name]: { ...rest, const: value } } };
}
