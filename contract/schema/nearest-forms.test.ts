import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../contract.js';
import { readContract } from '../read/read.js';
import { SchemaValidator } from './schema-validator.js';

const kind = (name: string, properties: JsonObject): JsonObject => ({
  type: 'object',
  required: ['kind', ...Object.keys(properties)],
  properties: { kind: { const: name }, ...properties },
});
const text = { type: 'string' };

const schemas = {
  Tree: kind('tree', { height: { type: 'number' } }),
  Bush: kind('bush', { berries: text, color: text }),
  Plant: { oneOf: ['Tree', 'Bush'].map((name) => ({ $ref: `#/components/schemas/${name}` })) },
  Bed: kind('bed', { plants: { type: 'array', items: { $ref: '#/components/schemas/Plant' } } }),
};
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Garden', version: '1' },
  paths: {},
  components: { schemas },
});
const validator = SchemaValidator.of(contract, { allErrors: true });

function explain(forms: readonly JsonObject[], value: Json): readonly string[] {
  const schema = { type: 'object', properties: { list: { type: 'array', items: { oneOf: forms } } } };
  return validator
    .explain(schema, { list: [value] })
    .filter(({ keyword }) => keyword !== 'oneOf')
    .map(({ instancePath, message }) => `${instancePath.slice('/list/0'.length)} ${message}`);
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const PLANTS = [ref('Tree'), ref('Bush'), { type: 'null' }];

test.each<[why: string, value: Json, errors: readonly string[]]>([
  [
    'the form of its kind',
    { kind: 'bush', berries: 1 },
    [" must have required property 'color'", '/berries must be string'],
  ],
  ['the kinds, if it is of none', { kind: 'moss', height: 1 }, ['/kind must be one of "tree", "bush"']],
  [
    'the form that it violates least, if it names no kind',
    { berries: 'red', color: 'x' },
    [" must have required property 'kind'"],
  ],
  ['its type', 'moss', [' must be object', ' must be object', ' must be null']],
])('of a value that fits no form, what is wrong is said of %s', (_why, value, errors) => {
  expect(explain(PLANTS, value)).toEqual(errors);
});

test('forms of forms are looked into, and what fits elsewhere is left alone', () => {
  const plants = [{ kind: 'tree', height: 2 }, { kind: 'tree', height: 'high' }, { kind: 'moss' }];
  expect(explain([ref('Bed'), ref('Tree')], { kind: 'bed', plants })).toEqual([
    '/plants/1/height must be number',
    '/plants/2/kind must be one of "tree", "bush"',
  ]);
});

test('what other keywords say of the same value stays', () => {
  const schema = { required: ['name'], anyOf: PLANTS, properties: { age: { type: 'integer' } } };
  const errors = validator.explain(schema, { kind: 'tree', age: 0.5 });
  expect(errors.map(({ instancePath, keyword, params }) => [instancePath, keyword, params.missingProperty])).toEqual([
    ['', 'required', 'height'],
    ['', 'anyOf', undefined],
    ['', 'required', 'name'],
    ['/age', 'type', undefined],
  ]);
});

test('a form that is for no value is not what the value is meant for', () => {
  const union = { oneOf: [false, { type: 'string' }, { const: ['a', 'b'] }] };
  const [error] = validator.explain({ properties: { name: union } }, { name: 1 });
  expect(error?.message).toBe('must be equal to constant');
});

test('a list of many values of no form is explained within a moment', () => {
  const { Plant } = schemas;
  const count = 3000;
  const list = Array.from({ length: count }, (_, at) => ({ kind: 'moss', at }));
  const start = performance.now();
  const errors = validator.explain({ type: 'array', items: Plant }, list);
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(errors).toHaveLength(2 * count);
});

test('forms that refer to each other are compiled with the schema once', () => {
  const count = 80;
  const name = (at: number) => `Kind${at % count}`;
  const forms = Array.from({ length: count }, (_, at) => name(at));
  const linked = readContract({
    openapi: '3.1.0',
    info: { title: 'Kinds', version: '1' },
    paths: {},
    components: {
      schemas: Object.fromEntries(
        forms.map((each, at): [string, JsonObject] => [each, kind(each, { next: ref(name(at + 1)) })]),
      ),
    },
  });
  const own = SchemaValidator.of(linked, { allErrors: true });
  const schema = { oneOf: forms.map(ref) };
  const value = { kind: 'Kind7', next: { kind: 'Kind8', next: {} } };
  own.compile(schema);
  const before = performance.now();
  const [error] = own.explain(schema, value);
  expect(error?.instancePath).toBe('/next/next');
  expect(performance.now() - before).toBeLessThan(5000);
});
