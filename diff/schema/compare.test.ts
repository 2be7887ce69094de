import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { changeText } from '../test-support/change-lines.js';
import { type SchemaComparison, schemaComparison } from './compare.js';
import type { Direction } from './pair.js';

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });
const text = { type: 'string' };

/** Kinds without the direction: each case runs in both. */
const cases: readonly { given: string; before: Json; after: Json; request: string[]; response: string[] }[] = [
  both('the same', text, text, []),
  both('a type narrowed', { type: ['string', 'null'] }, text, ['type-narrowed']),
  both('a type widened', text, { type: ['string', 'null'] }, ['type-widened']),
  both('an integer that became a number', { type: 'integer' }, { type: 'number' }, ['type-widened']),
  both('a number that became an integer', { type: 'number' }, { type: 'integer' }, ['type-narrowed']),
  both('another type', text, { type: 'boolean' }, ['type-changed']),
  both('a type added', {}, text, ['type-narrowed']),
  both('a type that the keywords imply', { properties: {} }, object({}), []),
  both('enum values added', { enum: ['a'] }, { enum: ['a', 'b'] }, ['enum-values-added']),
  both('enum values removed', { enum: ['a', 'b'] }, { enum: ['a'] }, ['enum-values-removed']),
  both('enum values replaced', { enum: ['a'] }, { enum: ['b'] }, ['enum-values-removed', 'enum-values-added']),
  both('enum values in another order', { enum: ['a', 'b'] }, { enum: ['b', 'a'] }, []),
  both('an enum of one written as const', { enum: ['a'] }, { const: 'a' }, []),
  both('an enum added', text, { ...text, enum: ['a'] }, ['constraint-tightened']),
  both('an enum dropped', { ...text, enum: ['a'] }, text, ['constraint-loosened']),
  both('maxItems lowered', { maxItems: 10 }, { maxItems: 5 }, ['constraint-tightened']),
  both('maxItems raised', { maxItems: 5 }, { maxItems: 10 }, ['constraint-loosened']),
  both('maxItems added', {}, { maxItems: 5 }, ['constraint-tightened']),
  both('maxItems dropped', { maxItems: 5 }, {}, ['constraint-loosened']),
  both('minLength raised', { minLength: 1 }, { minLength: 2 }, ['constraint-tightened']),
  both('a minLength of 0, the default', {}, { minLength: 0 }, []),
  both('a bound made exclusive', { minimum: 1 }, { exclusiveMinimum: 1 }, ['constraint-tightened']),
  both('a bound written in another way but tighter', { minimum: 1 }, { exclusiveMinimum: 3 }, ['constraint-tightened']),
  both('a maximum lowered', { maximum: 100 }, { maximum: 50 }, ['constraint-tightened']),
  both('a pattern added', text, { ...text, pattern: '^a' }, ['constraint-tightened']),
  both('another pattern', { pattern: '^a' }, { pattern: '^b' }, ['constraint-changed']),
  both('a format dropped', { format: 'uri' }, {}, ['constraint-loosened']),
  both('a narrower format', { format: 'int64' }, { format: 'int32' }, ['constraint-tightened']),
  both('a coarser multiple', { multipleOf: 2 }, { multipleOf: 4 }, ['constraint-tightened']),
  both('a finer multiple', { multipleOf: 4 }, { multipleOf: 2 }, ['constraint-loosened']),
  inRequests('kinds added', text, { ...text, 'x-kinds': { a: {} } }, ['constraint-tightened']),
  inRequests('a kind added', withKinds({ a: {} }), withKinds({ a: {}, b: {} }), ['constraint-loosened']),
  inRequests('a kind dropped', withKinds({ a: {}, b: {} }), withKinds({ a: {} }), ['constraint-tightened']),
  inRequests('a rule of a kind added', withKinds({ a: {} }), withKinds({ a: { required: ['b'] } }), [
    'constraint-tightened',
  ]),
  inRequests('a rule of a kind dropped', withKinds({ a: { refused: ['b'] } }), withKinds({ a: {} }), [
    'constraint-loosened',
  ]),
  inRequests('another rule of a kind', withKinds({ a: { refused: ['b'] } }), withKinds({ a: { required: ['b'] } }), [
    'constraint-changed',
  ]),
  both('an unrelated multiple', { multipleOf: 4 }, { multipleOf: 6 }, ['constraint-changed']),
  both('a wider format of numbers', { format: 'float' }, { format: 'double' }, ['constraint-loosened']),
  both('another format', { format: 'uri' }, { format: 'email' }, ['constraint-changed']),
  both(
    'the same patterns in another order',
    { allOf: [{ pattern: 'a' }, { pattern: 'b' }] },
    { allOf: [{ pattern: 'b' }, { pattern: 'a' }] },
    [],
  ),
  both('a second pattern', { pattern: 'a' }, { allOf: [{ pattern: 'a' }, { pattern: 'b' }] }, ['constraint-tightened']),
  both('an if added', text, { ...text, if: { minLength: 3 }, else: { pattern: 'a' } }, [
    'constraint-tightened',
    'constraint-tightened',
  ]),
  both('a not of a renamed component', { not: { type: 'null' } }, { not: { type: 'null' } }, []),
  both('an equal bound, exclusive', { exclusiveMaximum: 5 }, { exclusiveMaximum: 5 }, []),
  both('an exclusive bound dropped', { exclusiveMinimum: 1 }, {}, ['constraint-loosened']),
  both('an exclusive bound made inclusive', { exclusiveMaximum: 5 }, { maximum: 5 }, ['constraint-loosened']),
  both('the tighter of two bounds', { maximum: 5, exclusiveMaximum: 9 }, { maximum: 5 }, []),
  both('minItems raised', { minItems: 1 }, { minItems: 2 }, ['constraint-tightened']),
  both('maxLength raised', { maxLength: 1 }, { maxLength: 2 }, ['constraint-loosened']),
  both('minProperties added', {}, { minProperties: 1 }, ['constraint-tightened']),
  both('maxProperties lowered', { maxProperties: 3 }, { maxProperties: 2 }, ['constraint-tightened']),
  both('minContains of 1, the default', { contains: text }, { contains: text, minContains: 1 }, []),
  both('minContains of 0', { contains: text }, { contains: text, minContains: 0 }, ['constraint-loosened']),
  both('maxContains added', { contains: text }, { contains: text, maxContains: 2 }, ['constraint-tightened']),
  both('contains added', { items: text }, { items: text, contains: { const: 'a' } }, ['constraint-tightened']),
  both('names of properties', { propertyNames: { maxLength: 5 } }, { propertyNames: { maxLength: 3 } }, [
    'constraint-tightened',
  ]),
  both(
    'a pattern of properties',
    { patternProperties: { '^a': text } },
    { patternProperties: { '^a': { ...text, maxLength: 3 } } },
    ['constraint-tightened'],
  ),
  both('another pattern of properties', { patternProperties: { '^a': text } }, { patternProperties: { '^b': text } }, [
    'constraint-loosened',
    'constraint-tightened',
  ]),
  both('a dependent schema', {}, { dependentSchemas: { a: { required: ['b'] } } }, ['constraint-tightened']),
  both('a longer tuple', { prefixItems: [text] }, { prefixItems: [text, text] }, ['constraint-tightened']),
  both('a required property without a schema', { type: 'object' }, { type: 'object', required: ['a'] }, [
    'property-became-required',
  ]),
  both('a schema of unknown properties', object({}), object({}, { additionalProperties: text }), [
    'constraint-tightened',
  ]),
  both(
    'another schema of unknown properties',
    object({}, { additionalProperties: text }),
    object({}, { additionalProperties: { type: 'boolean' } }),
    ['type-changed'],
  ),
  both('a const added to an enum', { enum: ['a', 'b'] }, { enum: ['a', 'b'], const: 'a' }, ['enum-values-removed']),
  both('objects in an enum', { enum: [{ a: 1 }] }, { enum: [{ a: 1 }, { a: 2 }] }, ['enum-values-added']),
  both('a type that an enum implies', { enum: ['a'] }, { enum: ['a'], type: 'string' }, []),
  both('a number in place of integers in an enum', { enum: [1] }, { enum: [1.5] }, [
    'enum-values-removed',
    'enum-values-added',
  ]),
  both(
    'a discriminator property',
    { oneOf: [text], discriminator: { propertyName: 'a' } },
    { oneOf: [text], discriminator: { propertyName: 'b' } },
    ['discriminator-changed'],
  ),
  both('uniqueItems', {}, { uniqueItems: true }, ['constraint-tightened']),
  both('uniqueItems: false, the default', {}, { uniqueItems: false }, []),
  both('not', { not: { type: 'null' } }, { not: { type: 'string' } }, ['constraint-changed']),
  both('a property added', object({}), object({ a: text }), ['property-added']),
  both('a property removed', object({ a: text }), object({}), ['property-removed']),
  both('a property that became required', object({ a: text }), object({ a: text }, { required: ['a'] }), [
    'property-became-required',
  ]),
  both('a property that became optional', object({ a: text }, { required: ['a'] }), object({ a: text }), [
    'property-became-optional',
  ]),
  {
    given: 'a required property added',
    before: object({}),
    after: object({ a: text }, { required: ['a'] }),
    request: ['required-property-added'],
    response: ['property-added'],
  },
  {
    given: 'a property only in answers',
    before: object({}),
    after: object({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    request: [],
    response: ['property-added'],
  },
  {
    given: 'a property only in requests',
    before: object({ a: { ...text, writeOnly: true } }),
    after: object({}),
    request: ['property-removed'],
    response: [],
  },
  both('unknown properties forbidden', object({}), object({}, { additionalProperties: false }), ['closed']),
  both('unknown properties allowed', object({}, { additionalProperties: false }), object({}), ['opened']),
  both('values of a map', { additionalProperties: text }, { additionalProperties: { ...text, maxLength: 3 } }, [
    'constraint-tightened',
  ]),
  both('items', { items: text }, { items: { ...text, maxLength: 3 } }, ['constraint-tightened']),
  both('deep inside', object({ a: { items: object({ b: text }) } }), object({ a: { items: object({}) } }), [
    'property-removed',
  ]),
  both('a tuple', { prefixItems: [text] }, { prefixItems: [{ type: 'boolean' }] }, ['type-changed']),
  both('a form added', { oneOf: [text] }, { oneOf: [text, { type: 'boolean' }] }, ['alternative-added']),
  both('a form removed', { anyOf: [text, { type: 'null' }] }, { anyOf: [text] }, ['alternative-removed']),
  both('forms in another order', { anyOf: [text, { type: 'null' }] }, { anyOf: [{ type: 'null' }, text] }, []),
  both('a form changed', { oneOf: [object({ a: text }), text] }, { oneOf: [object({ a: text, b: text }), text] }, [
    'property-added',
  ]),
  both('one form that became two', text, { anyOf: [text, { type: 'boolean' }] }, ['alternative-added']),
  both('two forms that became one', { oneOf: [text, { type: 'boolean' }] }, text, ['alternative-removed']),
  both(
    'allOf replaced by the merged schema',
    { allOf: [object({ a: text }), { required: ['a'] }] },
    object({ a: text }, { required: ['a'] }),
    [],
  ),
  both('a bound added by allOf', { maxLength: 5 }, { allOf: [{ maxLength: 5 }, { maxLength: 3 }] }, [
    'constraint-tightened',
  ]),
  both('a schema that became false', { items: true }, { items: false }, ['constraint-tightened']),
  {
    given: 'a default changed',
    before: { default: 50 },
    after: { default: 20 },
    request: ['default-changed'],
    response: ['schema-described'],
  },
  {
    given: 'a default added',
    before: text,
    after: { ...text, default: 'a' },
    request: ['default-added'],
    response: ['schema-described'],
  },
  {
    given: 'a default removed',
    before: { ...text, default: 'a' },
    after: text,
    request: ['default-removed'],
    response: ['schema-described'],
  },
  {
    given: 'another source of a value',
    before: { 'x-value': 'id' },
    after: { 'x-value': 'created-at' },
    request: [],
    response: ['value-role-changed'],
  },
  plain('deprecation lifted', { ...text, deprecated: true }, text, 'schema-undeprecated'),
  plain('a title', { title: 'old' }, { title: 'new' }, 'schema-described'),
  plain('an example', { example: 1 }, { example: 2 }, 'schema-described'),
  plain('a description', { description: 'old' }, { description: 'new' }, 'schema-described'),
  plain('deprecation', text, { ...text, deprecated: true }, 'schema-deprecated'),
  {
    given: 'a scope for a property',
    before: { 'x-value': { relation: 'user-roles' } },
    after: { 'x-value': { relation: 'user-roles', scopes: ['read:roles'] } },
    request: [],
    response: ['value-needs-scope'],
  },
];

function both(given: string, before: Json, after: Json, kinds: string[]) {
  return { given, before, after, request: kinds, response: kinds };
}

/** Only the bodies of requests have kinds. */
function inRequests(given: string, before: Json, after: Json, request: string[]) {
  return { given, before, after, request, response: [] };
}

function withKinds(value: JsonObject): JsonObject {
  return { ...text, 'x-kinds': value };
}

function plain(given: string, before: Json, after: Json, kind: string) {
  return both(given, before, after, [kind]);
}

const UNDIRECTED = /^(schema|value)-/;

function changes(direction: Direction, before: Json, after: Json, schemas?: [JsonObject, JsonObject]) {
  const place = '/components/schemas/Root';
  const [old, now] = schemas ?? [{}, {}];
  const comparison: SchemaComparison = schemaComparison(
    { components: { schemas: { ...old, Root: before } } },
    { components: { schemas: { ...now, Root: after } } },
  );
  return comparison.compare(
    direction,
    'the body',
    [{ value: before, pointer: place }],
    [{ value: after, pointer: place }],
  );
}

function kinds(direction: Direction, before: Json, after: Json, schemas?: [JsonObject, JsonObject]): readonly string[] {
  return changes(direction, before, after, schemas).map(({ kind }) => kind);
}

test('each case in words, with its place and its values', async () => {
  const texts = cases.flatMap(({ given, before, after }) => [
    [given, changes('request', before, after)] as const,
    [`${given}, undone, in a response`, changes('response', after, before)] as const,
  ]);
  await expect(changeText(texts)).toMatchFileSnapshot('../test-support/schema-changes.txt');
});

describe.each(['request', 'response'] as const)('in a %s', (direction) => {
  test.each(cases)('$given', ({ before, after, [direction]: want }) => {
    const directed = want.map((kind) => (UNDIRECTED.test(kind) ? kind : `${direction}-${kind}`));
    expect(kinds(direction, before, after)).toEqual(directed);
  });
});

describe('references', () => {
  const reference = { $ref: '#/components/schemas/Node' };

  test('a change inside a reference cycle is reported once', () => {
    const before = object({ next: reference, name: text });
    const after = object({ next: reference });
    expect(kinds('response', reference, reference, [{ Node: before }, { Node: after }])).toEqual([
      'response-property-removed',
    ]);
  });

  test('a renamed component is the same component', () => {
    expect(
      kinds('request', { $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }, [
        { A: text },
        { B: text },
      ]),
    ).toEqual([]);
  });

  test('a change behind two references is reported for both', () => {
    const holder = object({ a: reference });
    const schemas: [JsonObject, JsonObject] = [
      { Node: text, Holder: holder },
      { Node: { ...text, maxLength: 3 }, Holder: holder },
    ];
    const comparison = schemaComparison(
      { components: { schemas: schemas[0] } },
      { components: { schemas: schemas[1] } },
    );
    const compare = (value: JsonObject) =>
      comparison.compare('request', 'the body', [{ value, pointer: '/a' }], [{ value, pointer: '/a' }]);
    const want = [expect.objectContaining({ pointer: '/components/schemas/Node/maxLength', to: 3 })];
    expect(compare({ $ref: '#/components/schemas/Holder' })).toEqual(want);
    expect(compare(reference)).toEqual(want);
  });

  test('a reference to itself ends the comparison', () => {
    const circle = { $ref: '#/components/schemas/Node' };
    expect(kinds('request', circle, text, [{ Node: circle }, { Node: text }])).toEqual(['request-type-narrowed']);
  });
});
