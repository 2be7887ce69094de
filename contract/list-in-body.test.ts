import { expect, test } from 'vitest';
import type { Json, JsonObject, Operation } from './contract.js';
import { entryNaming, entrySchema, listInBody } from './list-in-body.js';
import { readContract } from './read/read.js';

const key = { type: 'string' };
const entry = { type: 'object', properties: { isbn: key, on: { type: 'boolean' } } };

/** The operation with this body schema and effect, and its contract. */
function lending(schema: JsonObject, effect: JsonObject) {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Library', version: '1' },
    paths: {
      '/readers/{id}/books': {
        post: {
          operationId: 'lend',
          requestBody: { content: { 'application/json': { schema } } },
          responses: { '204': { description: 'Done' } },
          'x-effect': { add: 'loans', of: { reader: 'id' }, ...effect },
        },
      },
    },
    components: {
      'x-resources': { reader: { key: 'id' }, book: { key: 'isbn' } },
      'x-relations': { loans: { between: ['reader', 'book'] } },
    },
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('no operation');
  return { contract, operation: operation satisfies Operation };
}

const keys: JsonObject = { type: 'object', properties: { books: { type: 'array', items: key } } };
const objects: JsonObject = { allOf: [{ type: 'object', properties: { books: { type: 'array', items: entry } } }] };
const root: JsonObject = { type: 'array', items: entry };

test.each<{ given: string; schema: JsonObject; effect: JsonObject; adds: boolean; want: Json }>([
  { given: 'a list of keys', schema: keys, effect: { each: { book: '/books' } }, adds: true, want: 'b1' },
  {
    given: 'a list of objects',
    schema: objects,
    effect: { each: { book: '/books' } },
    adds: true,
    want: { isbn: 'b1' },
  },
  {
    given: 'a list at the root, whose entries have a flag',
    schema: root,
    effect: { each: { book: '' }, flag: 'on' },
    adds: false,
    want: { isbn: 'b1', on: false },
  },
])('an entry of $given', ({ schema, effect, adds, want }) => {
  const { contract, operation } = lending(schema, effect);
  expect(entryNaming(contract, operation, { side: 'book', name: 'b1', adds })).toEqual(want);
});

test('what a pointer does not lead to is neither a list nor an entry', () => {
  const { contract, operation } = lending(keys, { each: { book: '/books' } });
  expect(listInBody(contract, operation, '/books/none')).toBeUndefined();
  expect(entrySchema(contract, operation, '/none')).toBeUndefined();
  expect(entrySchema(contract, operation, '/books')).toBeUndefined();
});
