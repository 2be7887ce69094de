import type { Json, KindOfBody, MediaType, Schema } from './contract.js';
import { isObject } from './pointer.js';

/** The kinds of items that a body may create (`x-kinds`), each with the schema of such bodies. @param schema - resolved */
export function readKinds(schema: Schema): ReadonlyMap<string, KindOfBody> {
  const { 'x-kinds': kinds, ...own } = schema;
  return new Map(
    Object.entries(isObject(kinds) ? kinds : {}).map(([kind, written]) => {
      const rules = isObject(written) ? written : {};
      const [required, refused] = [namesIn(rules.required), namesIn(rules.refused)];
      return [kind, { required, refused, schema: schemaWith(own, required, refused) }];
    }),
  );
}

function schemaWith(schema: Schema, required: readonly string[], refused: readonly string[]): Schema {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return {
    ...schema,
    required: [...new Set([...namesIn(schema.required), ...required])],
    properties: Object.fromEntries(properties.filter(([name]) => !refused.includes(name))),
  };
}

/** The schema of bodies of the usual kind: the first one. Without kinds, the schema itself. */
export function usualSchema({ schema, kinds }: MediaType): Schema {
  const [usual] = kinds?.values() ?? [];
  return usual?.schema ?? schema;
}

function namesIn(names: Json | undefined): readonly string[] {
  return Array.isArray(names) ? names.map(String) : [];
}
