import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, Schema } from '../contract.js';
import { DocumentChanges } from '../load/mendable.js';
import { readContract } from '../read/read.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { checkStructure } from './structure.js';

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const TEXT: Schema = { type: 'string' };

interface Mended {
  /** Each problem: its place, what leads where, and what is left out. */
  readonly flaws: readonly string[];
  readonly document: JsonObject;
}

function mended(document: JsonObject): Mended {
  const flaws = checkStructure(document);
  const changes = new DocumentChanges();
  for (const { mend } of flaws) mend?.(changes);
  return {
    flaws: flaws.map(({ pointer, message, leavesOut }) => {
      const [what] = /^.*(leads back to itself through "#[^"]*"|has this schema among its own forms)/.exec(message) ?? [
        message,
      ];
      return `${pointer.replace('/components/schemas/', '')} ${what.replaceAll('#/components/schemas/', '')}, without ${leavesOut}`;
    }),
    document: changes.applyTo(document, () => {}),
  };
}

function documentOf(schemas: JsonObject, more: JsonObject = {}): JsonObject {
  return { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, ...more, components: { schemas } };
}

describe('a schema leads back to itself', () => {
  test.each<{ given: string; schemas: JsonObject; flaws: readonly string[]; want: JsonObject }>([
    {
      given: 'as a form',
      schemas: { X: { anyOf: [to('X'), TEXT] } },
      flaws: ['X/anyOf/0 "anyOf" leads back to itself through "X", without the form'],
      want: { X: { anyOf: [TEXT] } },
    },
    {
      given: 'as its only forms',
      schemas: { X: { type: 'object', oneOf: [to('X'), to('X')] } },
      flaws: [
        'X/oneOf/0 "oneOf" leads back to itself through "X", without the form',
        'X/oneOf/1 "oneOf" leads back to itself through "X", without the form',
      ],
      want: { X: { type: 'object' } },
    },
    {
      given: 'as a base, beside which more applies',
      schemas: { X: { allOf: [to('X'), { ...to('X'), required: ['a'] }] } },
      flaws: [
        'X/allOf/0 "allOf" leads back to itself through "X", without the base',
        'X/allOf/1 "allOf" leads back to itself through "X", without the base',
      ],
      want: { X: { allOf: [{ required: ['a'] }] } },
    },
    {
      given: 'by each keyword for one schema',
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      schemas: { X: { type: 'object', not: to('X'), if: to('X'), then: to('X'), else: to('X') } },
      flaws: [
        'X/not "not" leads back to itself through "X", without the keyword',
        'X/if "if" leads back to itself through "X", without the condition',
        'X/then "then" leads back to itself through "X", without the keyword',
        'X/else "else" leads back to itself through "X", without the keyword',
      ],
      want: { X: { type: 'object' } },
    },
    {
      given: 'where it has a property',
      schemas: { X: { dependentSchemas: { a: to('X'), b: TEXT } } },
      flaws: ['X/dependentSchemas/a "dependentSchemas" leads back to itself through "X", without the entry'],
      want: { X: { dependentSchemas: { b: TEXT } } },
    },
    {
      given: 'through other schemas and references',
      schemas: { X: { anyOf: [to('Y'), TEXT] }, Y: to('Z'), Z: { ...to('X'), description: 'Z' } },
      flaws: ['X/anyOf/0 "anyOf" leads back to itself through "Y", without the form'],
      want: { X: { anyOf: [TEXT] }, Y: to('Z'), Z: { ...to('X'), description: 'Z' } },
    },
    {
      given: 'inside of a property',
      schemas: { X: { properties: { a: { oneOf: [TEXT, to('X/properties/a')] } } } },
      flaws: ['X/properties/a/oneOf/1 "oneOf" leads back to itself through "X/properties/a", without the form'],
      want: { X: { properties: { a: { oneOf: [TEXT] } } } },
    },
    {
      given: 'beside a form that has a reference of its own',
      schemas: { X: { anyOf: [to('X'), TEXT] }, Y: to('X/anyOf/1') },
      flaws: ['X/anyOf/0 "anyOf" leads back to itself through "X", without the form'],
      want: { X: { anyOf: [false, TEXT] }, Y: to('X/anyOf/1') },
    },
    {
      given: 'in a form that extends it in place',
      schemas: { X: { type: 'object', oneOf: [{ allOf: [to('X'), TEXT] }] } },
      flaws: ['X/oneOf/0/allOf/0 "X" has this schema among its own forms, without the list of forms'],
      want: { X: { type: 'object', oneOf: [{ allOf: [{ type: 'object' }, TEXT] }] } },
    },
    {
      given: 'in heirs of heirs',
      schemas: {
        Base: { type: 'object', oneOf: [to('Mid')] },
        Mid: { allOf: [to('Base'), { maxProperties: 2 }], anyOf: [to('Leaf'), {}] },
        Leaf: { allOf: [to('Mid'), { minProperties: 1 }] },
      },
      flaws: [
        'Mid/allOf/0 "Base" has this schema among its own forms, without the list of forms',
        'Leaf/allOf/0 "Mid" has this schema among its own forms, without the list of forms',
      ],
      want: {
        Base: { type: 'object', oneOf: [to('Mid')] },
        Mid: { allOf: [{ type: 'object' }, { maxProperties: 2 }], anyOf: [to('Leaf'), {}] },
        Leaf: { allOf: [{ allOf: [{ type: 'object' }, { maxProperties: 2 }] }, { minProperties: 1 }] },
      },
    },
  ])('$given', ({ schemas, flaws, want }) => {
    const result = mended(documentOf(schemas));
    expect({ flaws: result.flaws, schemas: result.document.components }).toEqual({ flaws, schemas: { schemas: want } });
  });

  const circular = (place: string) => ({ oneOf: [{ $ref: `#${place}` }, TEXT] });
  const json = (place: string) => ({ content: { json: { schema: circular(`${place}/content/json/schema`) } } });
  const GET = '/paths/~1x/get';
  test.each<{ given: string; paths: JsonObject; at: string }>([
    {
      given: 'a parameter',
      paths: {
        get: {
          parameters: [{ name: 'a', in: 'query', schema: circular(`${GET}/parameters/0/schema`) }],
          responses: {},
        },
      },
      at: `${GET}/parameters/0/schema`,
    },
    {
      given: 'a request body',
      paths: { get: { requestBody: json(`${GET}/requestBody`), responses: {} } },
      at: `${GET}/requestBody/content/json/schema`,
    },
    {
      given: 'a response',
      paths: { get: { responses: { 200: { description: '', ...json(`${GET}/responses/200`) } } } },
      at: `${GET}/responses/200/content/json/schema`,
    },
    {
      given: 'a header',
      paths: {
        get: {
          responses: {
            200: { description: '', headers: { A: { schema: circular(`${GET}/responses/200/headers/A/schema`) } } },
          },
        },
      },
      at: `${GET}/responses/200/headers/A/schema`,
    },
    {
      given: 'a callback',
      paths: {
        get: {
          responses: {},
          callbacks: {
            c: { u: { post: { responses: {}, requestBody: json(`${GET}/callbacks/c/u/post/requestBody`) } } },
          },
        },
      },
      at: `${GET}/callbacks/c/u/post/requestBody/content/json/schema`,
    },
  ])('in $given', ({ paths, at }) => {
    expect(mended(documentOf({}, { paths: { '/x': paths } })).flaws).toEqual([
      `${at}/oneOf/0 "oneOf" leads back to itself through "#${at}", without the form`,
    ]);
  });

  test('in a webhook', () => {
    const at = '/webhooks/w/post/requestBody';
    const webhooks = { w: { post: { requestBody: json(at), responses: {} } } };
    expect(mended(documentOf({}, { webhooks })).flaws).toHaveLength(1);
  });
});

test.each<{ given: string; schema: JsonObject }>([
  { given: 'properties', schema: { properties: { a: to('X') } } },
  { given: 'properties by pattern', schema: { patternProperties: { a: to('X') } } },
  { given: 'other properties', schema: { additionalProperties: { anyOf: [to('X'), TEXT] } } },
  { given: 'names of properties', schema: { propertyNames: to('X') } },
  { given: 'items', schema: { items: to('X') } },
  { given: 'first items', schema: { prefixItems: [to('X')] } },
  { given: 'some item', schema: { contains: to('X') } },
  { given: 'what else it has', schema: { unevaluatedProperties: to('X'), unevaluatedItems: to('X') } },
  { given: 'its own definitions', schema: { $defs: { a: { anyOf: [to('X'), TEXT] } } } },
  { given: 'a property of a form', schema: { oneOf: [{ properties: { a: to('X') } }, TEXT] } },
  { given: 'a branch without a condition', schema: { else: to('X') } },
])('a schema may contain itself in $given', ({ schema }) => {
  expect(mended(documentOf({ X: schema })).flaws).toEqual([]);
});

test('a long way from schema to schema is searched to its end', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `S${index}`);
  const schemas = names.map((name, index) => [name, { allOf: [to(names[index + 1] ?? 'S0')] }]);
  expect(mended(documentOf(Object.fromEntries(schemas))).flaws).toHaveLength(1);
});

test('a base takes no longer where many schemas have it', () => {
  const names = Array.from({ length: 1500 }, (_, index) => `S${index}`);
  const heirs = names.map((name) => [name, { allOf: [to('Base'), { type: 'object' }] }]);
  const schemas = { Base: { type: 'object', oneOf: names.map(to) }, ...Object.fromEntries(heirs) };
  expect(mended(documentOf(schemas)).flaws).toHaveLength(names.length);
}, 5_000);

/** Any schemas whose references lead anywhere among four components and what applies in them. */
const reference = fc
  .tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.constantFrom('', '', '', '/allOf/0', '/anyOf/0', '/not'))
  .map(([name, below]) => to(name + below));
const { schema: anySchema } = fc.letrec<{ schema: Json }>((tie) => {
  const list = fc.array(tie('schema'), { minLength: 1, maxLength: 2 });
  return {
    schema: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      reference,
      reference.map((other) => ({ ...other, minProperties: 1 })),
      fc.constantFrom<Json>({ type: 'object' }, { minProperties: 1 }, true),
      fc.record(
        {
          allOf: list,
          anyOf: list,
          oneOf: list,
          not: tie('schema'),
          if: tie('schema'),
          // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
          then: tie('schema'),
          dependentSchemas: fc.record({ a: tie('schema') }),
          properties: fc.record({ a: tie('schema') }),
        },
        { requiredKeys: [] },
      ),
    ),
  };
});

test('after what is left out, every value can be checked, and nothing more has to be', () => {
  const documents = fc.record({ A: anySchema, B: anySchema, C: anySchema, D: anySchema });
  fc.assert(
    fc.property(documents, (schemas) => {
      const { document } = mended(documentOf(schemas as JsonObject));
      expect(mended(document).flaws).toEqual([]);
      const contract = readContract(mended(document).document);
      for (const exclusive of [false, true]) {
        const validator = new SchemaValidator(contract, { allErrors: true, exclusive });
        for (const schema of contract.schemas.values()) {
          const validate = validator.compile(schema);
          for (const value of [1, {}, { a: { a: 1 } }]) validate(value);
        }
      }
    }),
    { seed: 1, numRuns: 100 },
  );
}, 60_000);
