import type { Json, Schema } from '../contract.js';
import { listOr } from '../json/json-value.js';
import { lazy } from '../lazy.js';
import type { Source } from '../load/source.js';
import { isObject } from '../pointer.js';
import { ANY, type XmlShape } from './shape.js';

type Follow = Pick<Source, 'follow'>;

export function xmlShape(source: Follow, schema: Schema): XmlShape {
  const { $ref } = schema;
  const component = typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
  return shapeOf(source, source.follow(schema, '').value, component);
}

/** What is inside is made when it is read: schemas may contain themselves. @param fallback - the name if it has no other */
function shapeOf(source: Follow, schema: Schema, fallback?: string): XmlShape {
  const xml = isObject(schema.xml) ? schema.xml : {};
  const prefix = typeof xml.prefix === 'string' ? `${xml.prefix}:` : '';
  const name = typeof xml.name === 'string' ? `${prefix}${xml.name}` : fallback;
  const items = lazy(() => (isObject(schema.items) ? nested(source, schema.items) : ANY));
  const properties = lazy(() => new Map(propertiesOf(source, schema)));
  const required = lazy(() => new Set(requiredOf(source, schema)));
  return {
    ...(name === undefined ? {} : { name }),
    ...(typeof xml.namespace === 'string' ? { namespace: xml.namespace } : {}),
    attribute: xml.attribute === true || xml.nodeType === 'attribute',
    wrapped: xml.wrapped === true || xml.nodeType === 'element',
    types: typesOf(schema),
    get items() {
      return items();
    },
    get properties() {
      return properties();
    },
    get required() {
      return required();
    },
  };
}

/** @param seen - forms and bases may contain themselves */
function* propertiesOf(
  source: Follow,
  schema: Schema,
  seen = new Set<Schema>(),
): Generator<readonly [string, XmlShape]> {
  if (seen.has(schema)) return;
  seen.add(schema);
  for (const part of ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => partsOf(source, schema[keyword])))
    yield* propertiesOf(source, part, seen);
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {}))
    if (isObject(property)) yield [name, nested(source, property)];
}

function* requiredOf(source: Follow, schema: Schema, seen = new Set<Schema>()): Generator<string> {
  if (seen.has(schema)) return;
  seen.add(schema);
  for (const part of partsOf(source, schema.allOf)) yield* requiredOf(source, part, seen);
  yield* listOr(schema.required).filter((name) => typeof name === 'string');
}

/** A property or an entry: the name of a component does not count there. */
function nested(source: Follow, schema: Schema): XmlShape {
  return shapeOf(source, { ...source.follow(schema, '').value, ...xmlBeside(schema) });
}

function xmlBeside({ xml }: Schema): Schema {
  return xml === undefined ? {} : { xml };
}

function partsOf(source: Follow, parts: Json | undefined): readonly Schema[] {
  return listOr(parts)
    .filter(isObject)
    .map((part) => source.follow(part, '').value);
}

function typesOf(schema: Schema): readonly string[] {
  const named = [schema.type ?? []].flat().filter((type) => typeof type === 'string');
  if (named.length > 0) return named;
  if (schema.items !== undefined) return ['array'];
  return schema.properties === undefined ? [] : ['object'];
}
