import { expect, it } from 'vitest';
import type { Schema } from '../../contract/contract.js';
import { namingBodyEdges } from './naming-edges.js';

const source = { resolve: (schema: Schema): Schema => schema };
const schema: Schema = {
  type: 'object',
  properties: {
    owner_id: { type: 'string', minLength: 1, maxLength: 3 },
    name: { type: 'string', minLength: 1 },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 2 },
    kinds: { type: 'array', items: { enum: ['a', 'b'] }, minItems: 1 },
    members: { type: 'array', items: { type: 'string' }, maxItems: 2 },
  },
};
const naming = new Set(['owner_id']);

it('makes texts of what names something, and lists of what may, as short and as long as allowed', () => {
  const edges = namingBodyEdges(source, schema, { pointer: '/s', naming, counted: new Set(['members']) });
  const sizes = edges.map(({ at, keyword, value }) => [at, keyword, Array.isArray(value) ? value.length : value]);
  expect(sizes).toEqual([
    ['/owner_id', 'maxLength', 'aa'],
    ['/owner_id', 'maxLength', 'aaa'],
    ['/owner_id', 'minLength', 'a'],
    ['/owner_id', 'minLength', 'aa'],
    ['/tags', 'minItems', 1],
    ['/tags', 'maxItems', 2],
  ]);
});

it('makes no lists unless it knows which are tried elsewhere', () => {
  const places = namingBodyEdges(source, schema, { pointer: '/s', naming }).map(({ at }) => at);
  expect([...new Set(places)]).toEqual(['/owner_id']);
});
