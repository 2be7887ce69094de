import { expect, test } from 'vitest';
import type { Schema } from '../../contract/contract.js';
import { CHILDREN } from '../../contract/schema/child-schemas.js';
import { school } from '../test-support/school.js';
import { admitsArray, isSchema, itemSchemaOf, propertiesOf } from './properties.js';

const A = { type: 'string' };
const B = { type: 'integer' };
const STUDENT = { $ref: '#/components/schemas/Student' };

test.each<{ schema: Schema; want: object }>([
  { schema: {}, want: {} },
  { schema: { properties: { a: A, b: true } }, want: { a: A } },
  { schema: { allOf: [{ properties: { a: A } }, { properties: { b: B } }] }, want: { a: A, b: B } },
  { schema: { oneOf: [{ properties: { a: A } }], anyOf: [{ properties: { b: B } }] }, want: { a: A, b: B } },
  { schema: { allOf: [{ properties: { a: A } }], properties: { a: B } }, want: { a: B } },
  { schema: { allOf: [null, { allOf: [{ properties: { a: A } }] }] }, want: { a: A } },
  { schema: { allOf: { properties: { a: A } } }, want: {} },
])('the properties of $schema', ({ schema, want }) => {
  expect(Object.fromEntries(propertiesOf(school, schema))).toEqual(want);
});

test('the properties of a reference are those of its target', () => {
  expect([...propertiesOf(school, STUDENT).keys()]).toContain('nick');
});

test('of many schemas that extend one, each is read once', () => {
  const names = Array.from({ length: 20 }, (_, at) => `Kind${at}`);
  const children = names.map((name) => ({ allOf: [{ $ref: name }, { properties: { kind: { const: name } } }] }));
  const base: Schema = { properties: { id: A }, [CHILDREN]: children };
  let reads = 0;
  const resolve = (schema: Schema): Schema => {
    reads += 1;
    if (schema.$ref === 'Base') return base;
    if (!names.includes(String(schema.$ref))) return schema;
    return { allOf: [{ $ref: 'Base' }, { properties: { [`of${schema.$ref}`]: B } }], [CHILDREN]: [] };
  };
  const found = propertiesOf({ ...school, resolve }, { $ref: 'Base' });
  expect([...found.keys()]).toEqual(expect.arrayContaining(['id', 'kind', 'ofKind0', 'ofKind19']));
  expect(reads).toBeLessThan(1000);
});

test.each<{ schema: Schema; as: string | undefined; want: Schema | undefined }>([
  { schema: { items: A }, as: undefined, want: A },
  { schema: { properties: { list: { items: A } } }, as: 'list', want: A },
  { schema: { properties: { list: { items: A } } }, as: 'other', want: undefined },
  { schema: { properties: { list: { items: A } } }, as: undefined, want: undefined },
  { schema: { properties: { list: A } }, as: 'list', want: undefined },
  { schema: { oneOf: [A, { items: B }] }, as: undefined, want: B },
  { schema: { anyOf: [{ properties: { list: { items: B } } }] }, as: 'list', want: B },
  { schema: {}, as: 'list', want: undefined },
])('the items of $schema as $as', ({ schema, as, want }) => {
  expect(itemSchemaOf(school, schema, as)).toEqual(want);
});

test.each<{ schema: Schema; want: boolean }>([
  { schema: { type: 'array' }, want: true },
  { schema: { type: 'object' }, want: false },
  { schema: { oneOf: [{ type: 'object' }, { type: 'array' }] }, want: true },
  { schema: { anyOf: [{ oneOf: [{ type: 'array' }] }] }, want: true },
  { schema: { anyOf: [{ type: 'object' }] }, want: false },
  { schema: {}, want: false },
])('$schema admits an array: $want', ({ schema, want }) => {
  expect(admitsArray(school, schema)).toBe(want);
});

test.each([
  { value: {}, want: true },
  { value: [], want: false },
  { value: null, want: false },
  { value: true, want: false },
  { value: undefined, want: false },
])('$value is a schema: $want', ({ value, want }) => {
  expect(isSchema(value)).toBe(want);
});
