import { expect, test } from 'vitest';
import { standaloneSchema } from './standalone.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const document = {
  components: {
    schemas: {
      Leaf: { type: 'string' },
      Tree: { properties: { children: { items: ref('Tree') }, leaf: ref('Leaf') } },
      'a/b~c': { const: 1 },
    },
  },
};

test.each([
  {
    given: 'a schema without references',
    schema: { type: 'string', enum: ['a'] },
    want: { type: 'string', enum: ['a'] },
  },
  { given: 'a reference', schema: ref('Leaf'), want: { $ref: '#/$defs/Leaf', $defs: { Leaf: { type: 'string' } } } },
  {
    given: 'references to references, and to itself',
    schema: { allOf: [ref('Tree'), ref('Tree')] },
    want: {
      allOf: [{ $ref: '#/$defs/Tree' }, { $ref: '#/$defs/Tree' }],
      $defs: {
        Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } }, leaf: { $ref: '#/$defs/Leaf' } } },
        Leaf: { type: 'string' },
      },
    },
  },
  {
    given: 'a name with special characters',
    schema: ref('a~1b~0c'),
    want: { $ref: '#/$defs/a~1b~0c', $defs: { 'a/b~c': { const: 1 } } },
  },
  {
    given: 'a reference to another place',
    schema: { $ref: '#/components/schemas/Tree/properties/leaf' },
    want: {
      $ref: '#/$defs/Tree~1properties~1leaf',
      $defs: { 'Tree/properties/leaf': { $ref: '#/$defs/Leaf' }, Leaf: { type: 'string' } },
    },
  },
  { given: 'a reference to nothing', schema: ref('Gone'), want: { $ref: '#/$defs/Gone', $defs: { Gone: true } } },
  {
    given: 'data',
    schema: {
      default: ref('Leaf'),
      examples: [ref('Leaf')],
      example: ref('Leaf'),
      enum: [ref('Leaf')],
      const: ref('Leaf'),
      'x-a': ref('Leaf'),
    },
    want: {
      default: ref('Leaf'),
      examples: [ref('Leaf')],
      example: ref('Leaf'),
      enum: [ref('Leaf')],
      const: ref('Leaf'),
      'x-a': ref('Leaf'),
    },
  },
  {
    given: 'properties named like keywords',
    schema: { properties: { default: ref('Leaf'), $ref: ref('Leaf') } },
    want: {
      properties: { default: { $ref: '#/$defs/Leaf' }, $ref: { $ref: '#/$defs/Leaf' } },
      $defs: { Leaf: { type: 'string' } },
    },
  },
  {
    given: 'keywords that the table lacks',
    schema: { dependencies: { a: ref('Leaf') } },
    want: { dependencies: { a: { $ref: '#/$defs/Leaf' } }, $defs: { Leaf: { type: 'string' } } },
  },
])('$given', ({ schema, want }) => {
  expect(standaloneSchema(schema, document)).toEqual(want);
});
