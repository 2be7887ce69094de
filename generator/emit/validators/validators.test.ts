import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import { SchemaValidator } from '../../../contract/schema/schema-validator.js';
import { planClient } from '../../client/plan.js';
import type { ValidatorLibrary } from './library.js';
import { shapeOfSchema } from './shape.js';
import { valibot } from './valibot.js';
import { emitValidators } from './validators.js';
import { zod } from './zod.js';

/** Whether a value fits, by each library, and by the validator that everything else here uses. */
function verdicts(schema: JsonObject, value: Json): Readonly<Record<string, boolean>> {
  const shape = shapeOfSchema(schema);
  const none = () => {
    throw new Error('there are no components');
  };
  // Code that was written here, with the library under its name.
  const zodSchema = new Function('z', `${constantsOf(zod)} return ${zod.write(shape, none)};`)(z) as z.ZodType;
  const valibotCode = `${constantsOf(valibot)} return ${valibot.write(shape, none)};`;
  const valibotSchema = new Function('v', valibotCode)(v) as v.GenericSchema;
  return {
    zod: zodSchema.safeParse(value).success,
    valibot: v.safeParse(valibotSchema, value).success,
    contract:
      new SchemaValidator({ standalone: (one) => one }, { allErrors: false }).compile(schema)(value).length === 0,
  };
}

function constantsOf({ constants }: ValidatorLibrary): string {
  return Object.entries(constants)
    .map(([name, value]) => `const ${name} = ${value};`)
    .join(' ');
}

const object = { type: 'object', properties: { a: { type: 'string' }, 'b-c': { type: 'integer' } }, required: ['a'] };

const cases: readonly { schema: JsonObject; fits: readonly Json[]; others: readonly Json[] }[] = [
  { schema: {}, fits: [null, 1, 'a', [], {}], others: [] },
  { schema: { type: 'string' }, fits: ['', 'a'], others: [1, null] },
  { schema: { type: 'string', minLength: 2, maxLength: 3 }, fits: ['ab'], others: ['a', 'abcd'] },
  { schema: { type: 'string', pattern: "^[a-z']+/\\d$" }, fits: ["it's/1"], others: ['a', '1'] },
  {
    schema: { type: 'string', format: 'email' },
    fits: ['a@example.com', "jane.o'hara@example.com", 'a!b@example.com'],
    others: ['a', 'a@', 'a b@c.d'],
  },
  {
    schema: { type: 'string', format: 'date-time' },
    fits: [
      '2026-01-01T00:00:00Z',
      '2026-01-01t00:00:00.123456789z',
      '2024-02-29T23:59:59-00:00',
      '2016-12-31T23:59:60Z',
    ],
    others: [
      '2026',
      '2026-01-01',
      '2026-01-01 00:00:00Z',
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00+0100',
      '2026-02-29T00:00:00Z',
      '1900-02-29T00:00:00Z',
      '2026-04-31T00:00:00Z',
      '2026-01-01T24:00:00Z',
    ],
  },
  {
    schema: { type: 'string', format: 'date' },
    fits: ['2026-01-01', '2000-02-29'],
    others: ['2026-1-1', '2023-02-29', '2026-01-32'],
  },
  { schema: { type: 'string', format: 'uuid' }, fits: ['00000000-0000-4000-8000-000000000000'], others: ['0'] },
  { schema: { type: 'string', format: 'uri' }, fits: ['https://a.example/b'], others: ['nothing'] },
  { schema: { type: 'string', format: 'ipv4' }, fits: ['192.0.2.1'], others: ['1.2'] },
  { schema: { type: 'string', format: 'ours' }, fits: ['a'], others: [1] },
  { schema: { type: 'integer' }, fits: [0, 2 ** 60], others: [1.5, '1'] },
  { schema: { type: 'number', minimum: 1, maximum: 2 }, fits: [1, 1.5, 2], others: [0.5, 3] },
  { schema: { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 }, fits: [1.5], others: [1, 2] },
  { schema: { type: 'integer', multipleOf: 5 }, fits: [10], others: [11] },
  { schema: { type: 'boolean' }, fits: [true, false], others: ['true'] },
  { schema: { type: ['string', 'null'] }, fits: ['a', null], others: [1] },
  { schema: { enum: ['a', 'b'] }, fits: ['a'], others: ['c', 1] },
  { schema: { enum: ['a', 1, null, true] }, fits: ['a', 1, null, true], others: ['b', 2, false] },
  { schema: { const: "it's" }, fits: ["it's"], others: ['its'] },
  {
    schema: object,
    fits: [{ a: 'x' }, { a: 'x', 'b-c': 1, more: [] }],
    others: [{}, { a: 1 }, { a: 'x', 'b-c': 'y' }],
  },
  { schema: { ...object, additionalProperties: false }, fits: [{ a: 'x' }], others: [{ a: 'x', more: 1 }] },
  {
    schema: { ...object, additionalProperties: { type: 'boolean' } },
    fits: [{ a: 'x', m: true }],
    others: [{ a: 'x', m: 1 }],
  },
  { schema: { type: 'object', additionalProperties: { type: 'integer' } }, fits: [{}, { a: 1 }], others: [{ a: 'b' }] },
  { schema: { type: 'object', required: ['a'] }, fits: [{ a: null }], others: [{}] },
  { schema: { properties: { a: { type: 'string' } } }, fits: [{ a: 'b' }], others: [{ a: 1 }] },
  {
    schema: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
    fits: [[1]],
    others: [[], [1, 2, 3], ['a']],
  },
  {
    schema: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, items: false },
    fits: [['a', 1]],
    others: [['a'], [1, 'a'], ['a', 1, 2]],
  },
  { schema: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, fits: ['a', 1], others: [true] },
  { schema: { oneOf: [{ type: 'null' }, object] }, fits: [null, { a: 'x' }], others: [{}] },
  {
    schema: { allOf: [object, { type: 'object', properties: { d: { type: 'integer' } }, required: ['d'] }] },
    fits: [{ a: 'x', d: 1 }],
    others: [{ a: 'x' }, { d: 1 }],
  },
];

describe('zod, valibot and the contract agree', () => {
  test.each(cases)('$schema', ({ schema, fits, others }) => {
    for (const value of fits) {
      expect(verdicts(schema, value), JSON.stringify(value)).toEqual({ zod: true, valibot: true, contract: true });
    }
    for (const value of others) {
      expect(verdicts(schema, value), JSON.stringify(value)).toEqual({ zod: false, valibot: false, contract: false });
    }
  });
});

test('names of properties are data, whatever they are', () => {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(['__proto__', "it's", '1', 'a`$'].map((name) => [name, { type: 'string' }])),
    required: ['__proto__'],
  };
  expect(verdicts(schema, JSON.parse('{"__proto__": "a"}'))).toEqual({ zod: true, valibot: true, contract: true });
});

test('a component comes after those that it needs, and a circle is broken', () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/nodes': {
        post: {
          operationId: 'addNode',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/tree-node' } } } },
          responses: {
            '200': { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/B' } } } },
          },
        },
      },
    },
    components: {
      schemas: {
        B: { type: 'array', items: { $ref: '#/components/schemas/C' } },
        C: { type: 'string' },
        'tree-node': {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/components/schemas/tree-node' } } },
        },
      },
    },
  });
  const { text } = emitValidators(contract, planClient(contract), 'zod');
  expect(text.slice(text.indexOf('export const'))).toMatchInlineSnapshot(`
    "export const C = z.string();
    export type C = z.infer<typeof C>;

    export const B = z.array(C);
    export type B = z.infer<typeof B>;

    export const TreeNode = z.lazy((): z.ZodType => z.looseObject({ children: z.optional(z.array(TreeNode)) })) as unknown as z.ZodType<components['schemas']['tree-node']>;
    export type TreeNode = z.infer<typeof TreeNode>;

    export const AddNodeBody = TreeNode;

    export const AddNodeResponses = { '200': B } as const;
    "
  `);
});
