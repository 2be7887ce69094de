import { expect, test } from 'vitest';
import type { Operation, Parameter, Schema } from '../../contract/contract.js';
import { school } from '../test-support/school.js';
import { ParameterReader, parametersOf } from './parameters.js';
import { Validators } from './validator.js';

const validators = new Validators({ ...school, standalone: (schema) => schema });

function parameter(name: string, schema: Schema, more: Partial<Parameter> = {}): Parameter {
  return { name, in: 'query', required: false, schema, description: '', pointer: '/none', ...more } as Parameter; // all that a reader uses
}

const PAGE = parameter('page', { type: 'integer', minimum: 0, default: 3 });
const NAME = parameter('name', { type: 'string' });

function parse(parameters: readonly Parameter[], texts: Readonly<Record<string, readonly string[]>>, closed = false) {
  const parsed = new ParameterReader(school, validators, { parameters, closed }).parse(new Map(Object.entries(texts)));
  return 'errors' in parsed ? { errors: parsed.errors.map(({ keyword }) => keyword) } : parsed.values;
}

test.each([
  { given: 'nothing', parameters: [PAGE, NAME], texts: {}, want: { page: 3 } },
  { given: 'a value', parameters: [PAGE, NAME], texts: { page: ['1'] }, want: { page: 1 } },
  { given: 'another value', parameters: [PAGE, NAME], texts: { name: ['x'] }, want: { page: 3, name: 'x' } },
  { given: 'an invalid value', parameters: [PAGE], texts: { page: ['-1'] }, want: { errors: ['minimum'] } },
  { given: 'an undeclared one', parameters: [PAGE], texts: { other: ['1', '2'] }, want: { page: 3, other: '2' } },
  {
    given: 'nothing for a required one',
    parameters: [parameter('id', { type: 'string' }, { required: true })],
    texts: {},
    want: { errors: ['required'] },
  },
])('given $given', ({ parameters, texts, want }) => {
  expect(parse(parameters, texts)).toEqual(want);
});

test('a closed reader refuses undeclared parameters, whatever their names', () => {
  expect(parse([PAGE], { other: ['1'] }, true)).toEqual({ errors: ['additionalProperties'] });
  expect(parse([PAGE], { ['__proto__']: ['1'] }, true)).toEqual({ errors: ['additionalProperties'] });
  expect(parse([PAGE], { page: ['1'] }, true)).toEqual({ page: 1 });
});

test('a parameter may have any name', () => {
  const parameters = ['__proto__', 'constructor'].map((name) =>
    parameter(name, { type: 'integer' }, { required: true }),
  );
  expect(parse(parameters, { ['__proto__']: ['1'], constructor: ['2'] }, true)).toEqual({
    ['__proto__']: 1,
    constructor: 2,
  });
  expect(parse(parameters, { ['__proto__']: ['x'], constructor: ['2'] }, true)).toEqual({ errors: ['type'] });
  expect(parse(parameters, { constructor: ['2'] }, true)).toEqual({ errors: ['required'] });
});

test('a description is part of the error, an empty one is not', () => {
  const described = parameter('page', { type: 'integer' }, { description: 'From 0.' });
  const reader = new ParameterReader(school, validators, { parameters: [described], closed: false });
  const parsed = reader.parse(new Map([['page', ['x']]]));
  expect('errors' in parsed && parsed.errors[0]?.parentSchema).toEqual({ type: 'integer', description: 'From 0.' });
  expect([...reader.names]).toEqual(['page']);
});

test('header names are lower-cased, and reserved headers are ignored', () => {
  const parameters = [
    parameter('X-Reader', {}, { in: 'header' }),
    ...['Accept', 'Content-Type', 'AUTHORIZATION'].map((name) => parameter(name, {}, { in: 'header' })),
    NAME,
  ];
  const operation = { parameters } as unknown as Operation; // all that the function uses
  expect(parametersOf(operation, 'header').map(({ name }) => name)).toEqual(['x-reader']);
  expect(parametersOf(operation, 'query').map(({ name }) => name)).toEqual(['name']);
});
