import { expect, test } from 'vitest';
import type { Contract, Json, JsonObject, ResponseHeader, Schema } from '../contract.js';
import { headerText, valueOfHeader } from './header-value.js';

// What is read of it.
const contract = { resolve: (schema: Schema) => schema } as Contract;
const COLOUR: JsonObject = { type: 'object', properties: { R: { type: 'integer' }, name: { type: 'string' } } };

test.each<{ schema: JsonObject; more?: Partial<ResponseHeader>; text: string; value: Json }>([
  { schema: { type: 'integer' }, text: '7', value: 7 },
  { schema: { type: 'string' }, text: 'a,b', value: 'a,b' },
  { schema: { type: 'array', items: { type: 'integer' } }, text: '1,2', value: [1, 2] },
  { schema: { items: { type: 'string' } }, text: '', value: [] },
  { schema: COLOUR, text: 'R,100,name,red', value: { R: 100, name: 'red' } },
  { schema: COLOUR, more: { explode: true }, text: 'R=100,name=red', value: { R: 100, name: 'red' } },
  { schema: COLOUR, more: { json: true }, text: '{"R":100}', value: { R: 100 } },
])('$text', ({ schema, more = {}, text, value }) => {
  const header = { name: 'x', required: true, description: '', schema, ...more };
  expect(valueOfHeader(contract, header, text)).toEqual(value);
  expect(headerText(header, value)).toBe(text);
});

test.each<[string, JsonObject, Partial<ResponseHeader>, string, Json]>([
  ['a list with blanks', { type: 'array', items: { type: 'string' } }, {}, 'GET, POST', ['GET', 'POST']],
  ['JSON that is none', COLOUR, { json: true }, 'no', 'no'],
  ['a name without a value', COLOUR, {}, 'R,1,name', { R: 1, name: '' }],
])('%s is read', (_, schema, more, text, value) => {
  expect(valueOfHeader(contract, { name: 'x', required: true, description: '', schema, ...more }, text)).toEqual(value);
});
