import { describe, expect, test } from 'vitest';
import type { Schema } from '../contract.js';
import { schemaFor } from './direction.js';

const ID = { type: 'integer', readOnly: true };
const SECRET = { type: 'string', writeOnly: true };
const Thing = { type: 'object', required: ['id', 'secret'], properties: { id: ID, secret: SECRET } };

/** The names that are still required, wherever they are. */
function requiredIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'required' && Array.isArray(part) ? part.map(String) : requiredIn(part),
  );
}

describe('what is still required', () => {
  test.each<[string, Schema, readonly string[], readonly string[]]>([
    ['in an object', Thing, ['secret'], ['id']],
    ['in a list', { items: Thing }, ['secret'], ['id']],
    ['beside a base', { allOf: [{ properties: { id: ID } }, { required: ['id'] }] }, [], ['id']],
    ['of a component', { $ref: '#/$defs/Thing', $defs: { Thing } }, ['secret'], ['id']],
    [
      'where a property is a component',
      { required: ['id'], properties: { id: { $ref: '#/$defs/Id' } }, $defs: { Id: ID } },
      [],
      ['id'],
    ],
    [
      'of a closed object that lacks the property',
      { required: ['Id', 'id'], properties: { id: {} }, additionalProperties: false },
      ['id'],
      ['id'],
    ],
    [
      'of a closed object with patterned properties',
      { required: ['Id'], patternProperties: { I: {} }, additionalProperties: false },
      ['Id'],
      ['Id'],
    ],
  ])('%s', (_, schema, inRequest, inAnswer) => {
    expect(requiredIn(schemaFor('request', schema))).toEqual(inRequest);
    expect(requiredIn(schemaFor('answer', schema))).toEqual(inAnswer);
  });
});

test('a schema without such properties is the same', () => {
  const schema = { type: 'object', required: ['a'], properties: { a: {} } };
  expect(schemaFor('request', schema)).toBe(schema);
});
