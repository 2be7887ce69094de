import type { Contract, Json, Schema } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { formsOf, shapeOf, typesOf } from './shape.js';

/** Nested objects are filled down to this level; objects below are empty. */
const DEEPEST = 5;

/** Values for formats. */
const FORMATS: Readonly<Record<string, string>> = {
  uri: 'https://example.com',
  url: 'https://example.com',
  'uri-reference': '/path',
  email: 'jane@example.com',
  'date-time': '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'example.com',
};

/**
 * A value that fits a schema, always the same: the example of the contract if there is one, else only the required
 * properties. Strings are set to `name`.
 */
export function exampleValue(contract: Contract, schema: Json | undefined, name = 'value', depth = 0): Json {
  const shape = shapeOf(contract, schema);
  const given = givenValue(shape);
  if (given !== undefined) return given;
  const [form] = formsOf(shape);
  if (form !== undefined && shape.properties === undefined) return exampleValue(contract, form, name, depth);
  const type = typesOf(shape).find((one) => one !== 'null') ?? (shape.properties === undefined ? 'string' : 'object');
  if (type === 'object') return exampleObject(contract, shape, depth);
  if (type === 'array') {
    const least = typeof shape.minItems === 'number' ? shape.minItems : 1;
    if (depth >= DEEPEST) return [];
    return Array.from({ length: least }, () => exampleValue(contract, shape.items, name, depth + 1));
  }
  return scalar(shape, type, name);
}

function givenValue(shape: Schema): Json | undefined {
  if (shape.example !== undefined) return shape.example;
  for (const list of [shape.examples, shape.enum]) if (Array.isArray(list) && list.length > 0) return list[0];
  return shape.const ?? shape.default;
}

function exampleObject(contract: Contract, shape: Schema, depth: number): Json {
  const properties = isObject(shape.properties) ? shape.properties : {};
  const required = Array.isArray(shape.required) ? shape.required.map(String) : [];
  if (depth >= DEEPEST) return {};
  return Object.fromEntries(
    required
      .filter((property) => shapeOf(contract, properties[property]).readOnly !== true)
      .map((property) => [property, exampleValue(contract, properties[property], property, depth + 1)]),
  );
}

function scalar(shape: Schema, type: string, name: string): Json {
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  if (type === 'integer' || type === 'number') {
    const { minimum, maximum } = shape;
    if (typeof minimum === 'number') return minimum;
    return typeof maximum === 'number' ? Math.min(1, maximum) : 1;
  }
  const text = typeof shape.format === 'string' ? (FORMATS[shape.format] ?? name) : name;
  const least = typeof shape.minLength === 'number' ? shape.minLength : 0;
  const most = typeof shape.maxLength === 'number' ? shape.maxLength : Number.POSITIVE_INFINITY;
  return text.padEnd(least, 'x').slice(0, most);
}
