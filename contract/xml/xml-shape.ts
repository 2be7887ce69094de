import type { Json, Schema } from '../contract.js';
import type { Source } from '../load/source.js';
import { isObject } from '../pointer.js';
import type { XmlShape } from './shape.js';

/** Deeper values are written by the names of their properties: schemas may contain themselves. */
const DEEPEST = 6;

const ANY: XmlShape = { attribute: false, wrapped: false, types: [], properties: new Map() };

export function xmlShape(source: Pick<Source, 'follow'>, schema: Schema, depth = 0): XmlShape {
  const { $ref } = schema;
  const { value } = source.follow(schema, '');
  const component = typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
  const own = shapeOf(source, value, depth);
  return own.name === undefined && component !== undefined ? { ...own, name: component } : own;
}

function shapeOf(source: Pick<Source, 'follow'>, schema: Schema, depth: number): XmlShape {
  if (depth > DEEPEST) return ANY;
  const xml = isObject(schema.xml) ? schema.xml : {};
  const items = isObject(schema.items) ? { items: nested(source, schema.items, depth) } : {};
  const properties = new Map<string, XmlShape>();
  for (const part of ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => listOf(schema[keyword]))) {
    if (!isObject(part)) continue;
    for (const [name, shape] of xmlShape(source, part, depth + 1).properties) properties.set(name, shape);
  }
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    if (isObject(property)) properties.set(name, nested(source, property, depth));
  }
  const prefix = typeof xml.prefix === 'string' ? `${xml.prefix}:` : '';
  return {
    ...(typeof xml.name === 'string' ? { name: `${prefix}${xml.name}` } : {}),
    ...(typeof xml.namespace === 'string' ? { namespace: xml.namespace } : {}),
    attribute: xml.attribute === true || xml.nodeType === 'attribute',
    wrapped: xml.wrapped === true || xml.nodeType === 'element',
    types: typesOf(schema),
    ...items,
    properties,
  };
}

/** A property or an entry: the name of a component does not count there. */
function nested(source: Pick<Source, 'follow'>, schema: Schema, depth: number): XmlShape {
  return shapeOf(source, { ...source.follow(schema, '').value, ...xmlBeside(schema) }, depth + 1);
}

function xmlBeside({ xml }: Schema): Schema {
  return xml === undefined ? {} : { xml };
}

function typesOf(schema: Schema): readonly string[] {
  const named = [schema.type ?? []].flat().filter((type) => typeof type === 'string');
  if (named.length > 0) return named;
  if (schema.items !== undefined) return ['array'];
  return schema.properties === undefined ? [] : ['object'];
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
