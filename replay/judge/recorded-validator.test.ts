import { describe, expect, test } from 'vitest';
import type { Json, Schema } from '../../contract/contract.js';
import { recordedValidator, schemaDifferences } from './recorded-validator.js';

const validate = recordedValidator({ standalone: (schema) => schema }, 'answer');
const places = (schema: Schema, value: Json): readonly string[] =>
  schemaDifferences(validate(schema, value), value, 'body').map(({ place }) => place);

const user: Schema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', pattern: '^u' },
    metadata: { type: 'object', properties: { level: { type: 'integer' } } },
    kind: { enum: ['a', 'b'] },
    tags: { type: 'array', uniqueItems: true, items: { type: 'string', maxLength: 3 } },
  },
};
const page: Schema = { type: 'object', required: ['users'], properties: { users: { type: 'array', items: user } } };
const listing: Schema = { oneOf: [{ type: 'array', items: user }, page] };

describe('redacted values fit any schema', () => {
  test.each<{ given: string; schema: Schema; value: Json }>([
    { given: 'a whole body', schema: user, value: '[REDACTED]' },
    { given: 'an object', schema: user, value: { id: 'u1', metadata: '[REDACTED]' } },
    { given: 'a value of an enum', schema: user, value: { id: 'u1', kind: '<redacted>' } },
    { given: 'a text with a pattern', schema: user, value: { id: '(hidden)' } },
    { given: 'a number inside an object', schema: user, value: { id: 'u1', metadata: { level: '*****' } } },
    { given: 'entries of a set', schema: user, value: { id: 'u1', tags: ['[REDACTED]', '[REDACTED]'] } },
    { given: 'inside a union', schema: listing, value: [{ id: 'u1', metadata: '[REDACTED]' }] },
    { given: 'inside the other branch', schema: listing, value: { users: [{ id: 'u1', kind: '[Redacted]' }] } },
    {
      given: 'the discriminating property of a union',
      schema: { oneOf: [{ properties: { kind: { const: 'a' } } }, { properties: { kind: { const: 'b' } } }] },
      value: { kind: '[REDACTED]' },
    },
    {
      given: 'behind a reference',
      schema: { $ref: '#/$defs/User', $defs: { User: user } },
      value: { id: 'u1', metadata: '[REDACTED]' },
    },
  ])('$given', ({ schema, value }) => {
    expect(places(schema, value)).toEqual([]);
  });
});

describe('values beside a redacted value are judged', () => {
  test.each<{ given: string; schema: Schema; value: Json; want: readonly string[] }>([
    { given: 'a required property', schema: user, value: { metadata: '[REDACTED]' }, want: ['body/id'] },
    {
      given: 'another type',
      schema: user,
      value: { id: 'u1', metadata: 1, kind: '[REDACTED]' },
      want: ['body/metadata'],
    },
    { given: 'inside a union', schema: listing, value: [{ id: 7, kind: '[REDACTED]' }], want: ['body/0/id'] },
    { given: 'a text that only contains the word', schema: user, value: { id: 'not redacted' }, want: ['body/id'] },
  ])('$given', ({ schema, value, want }) => {
    expect(places(schema, value)).toEqual(want);
  });
});

test('equal entries of a set are a difference if nothing is redacted', () => {
  expect(places(user, { id: 'u1', tags: ['a', 'a'] })).toEqual(['body/tags']);
});

test('a request need not have what only answers have, nor an answer what only requests have', () => {
  const schema = {
    type: 'object',
    required: ['id', 'password', 'name'],
    properties: { id: { readOnly: true }, password: { writeOnly: true }, name: {} },
  };
  const missing = (direction: 'request' | 'answer', value: Json) =>
    recordedValidator({ standalone: (each) => each }, direction)(schema, value).map(
      ({ params }) => params.missingProperty,
    );
  expect(missing('request', {})).toEqual(['password', 'name']);
  expect(missing('answer', {})).toEqual(['id', 'name']);
  // The same beside a redacted value.
  expect(missing('request', { name: '[redacted]' })).toEqual(['password']);
});
