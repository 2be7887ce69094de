import type { Contract, Json, JsonObject, Schema } from '../contract.js';
import { listOr, objectOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from './merged-schema.js';

/**
 * What extends a schema with a discriminator but without `oneOf` and `anyOf`, as `withChildSchemas` finds it: a list of
 * schemas. A value of the parent is meant to be one of them, though it need not be: a discriminator validates nothing.
 *
 * @see OpenAPI 3.1.1, section 4.8.25
 */
export const CHILDREN = 'x-rolecall-children';

/** The schemas that a value is meant to fit as well, one of them. Empty: nothing is known. */
export function childrenOf(schema: Schema): readonly JsonObject[] {
  return listOr(schema[CHILDREN]).filter(isObject);
}

/** One child in place of its parent, which keeps the rest of what it says. */
export function asChild(parent: Schema, child: JsonObject): Schema {
  return { allOf: [parent, child], [CHILDREN]: [] };
}

/** A schema with the first of its children, if there are any: the same one each time. */
export function withFirstChild(contract: Pick<Contract, 'resolve'>, schema: Schema): Schema {
  const known = firstChildren.get(schema);
  if (known !== undefined) return known;
  const [child] = childrenOf(mergedSchema(contract, schema));
  const found = child === undefined ? schema : asChild(schema, child);
  firstChildren.set(schema, found);
  return found;
}

const firstChildren = new WeakMap<Schema, Schema>();

/** The property of a discriminator with these values. */
export function tagWith(property: string, values: readonly Json[]): JsonObject {
  const [only, ...others] = values;
  const value: JsonObject = others.length === 0 && only !== undefined ? { const: only } : { enum: values };
  return { required: [property], properties: { [property]: value } };
}

/** The values of a discriminator that lead to a schema of this reference: by the mapping, else its name. */
export function valuesOf(discriminator: JsonObject, $ref: string): readonly string[] {
  const name = $ref.split('/').at(-1) ?? '';
  const mapped = Object.entries(objectOr(discriminator.mapping)).flatMap(([value, to]) =>
    to === $ref || to === name ? [value] : [],
  );
  return mapped.length > 0 ? mapped : [name];
}

/** The property that names a form by the discriminator, as a schema; undefined if there is no discriminator. */
export function tagOf(form: Json, discriminator: Json | undefined): JsonObject | undefined {
  if (!isObject(discriminator) || !isObject(form) || typeof form.$ref !== 'string') return undefined;
  const { propertyName } = discriminator;
  if (typeof propertyName !== 'string') return undefined;
  return tagWith(propertyName, valuesOf(discriminator, form.$ref).slice(0, 1));
}

/** The name of the property by which a discriminator tells values apart; undefined if there is none. */
export function discriminatorOf({ discriminator }: Schema): string | undefined {
  const { propertyName } = objectOr(discriminator);
  return typeof propertyName === 'string' ? propertyName : undefined;
}
