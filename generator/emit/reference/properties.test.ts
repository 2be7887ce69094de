import { expect, test } from 'vitest';
import { contractOf } from '../test-support/contract.js';
import { propertiesTable } from './properties.js';

const ANY = { description: 'What fits' };

test.each([
  ['a body', (schema: object) => schema, 'A body of type any.', 'A body of type Anything.'],
  ['a property', (schema: object) => ({ type: 'object', properties: { of: schema } }), '| any |', '| Anything |'],
])('%s without a type has the name of its reference, whatever was written before', (_, around, plain, named) => {
  const contract = contractOf({}, { schemas: { Anything: ANY } });
  const own = contract.resolve({ $ref: '#/components/schemas/Anything' });
  const tables = [own, { $ref: '#/components/schemas/Anything' }, own].map((schema) =>
    propertiesTable(contract, around(schema) as typeof own, 'request'),
  );
  expect(tables.map((table) => [table.includes(plain), table.includes(named)])).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ]);
});

test('a list that contains itself is followed down to a level', () => {
  const nested = { type: 'array', items: { $ref: '#/components/schemas/Nested' } };
  const contract = contractOf({}, { schemas: { Nested: nested } });
  const table = propertiesTable(contract, contract.resolve({ $ref: '#/components/schemas/Nested' }), 'response');
  expect(table).toMatch(/^A body of type list of list of /);
});
