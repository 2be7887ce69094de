import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { checkStructure } from './structure.js';

const HEAD = { openapi: '3.1.0', info: { title: 'T', version: '1' } };
const flawsOf = (document: JsonObject, written?: Json): readonly string[] =>
  checkStructure(document, written).map(({ pointer, message }) => `${pointer} ${message}`);
const schemaFlaws = (schema: Json): readonly string[] => flawsOf({ ...HEAD, components: { schemas: { A: schema } } });
const operationFlaws = (operation: JsonObject): readonly string[] =>
  flawsOf({ ...HEAD, paths: { '/x': { get: operation } } });

const A = '/components/schemas/A';
const GET = '/paths/~1x/get';

test('a document of the least fields is fine', () => {
  expect(flawsOf(HEAD)).toEqual([]);
});

test.each<{ openapi: Json; more?: JsonObject; want: string }>([
  { openapi: '2.0', want: '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received "2.0"' },
  { openapi: '3.3.0', want: '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received "3.3.0"' },
  { openapi: '3.1', want: '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received "3.1"' },
  { openapi: 3.1, want: '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received 3.1' },
  { openapi: null, want: '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received null' },
])('version $openapi is refused, and nothing else is checked', ({ openapi, want }) => {
  expect(flawsOf({ openapi, paths: 5 })).toEqual([want]);
});

test('a document without a version is refused, Swagger by its name', () => {
  expect(flawsOf({ info: {} })).toEqual([
    '/openapi "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received nothing',
  ]);
  expect(flawsOf({ swagger: '1.2' })).toEqual([
    '/swagger this is Swagger 1.2; expected a file in OpenAPI 3.0, 3.1 or 3.2, or in Swagger 2.0',
  ]);
});

test('the version that a document was written in decides what is required', () => {
  const document = { ...HEAD, paths: { '/x': { get: {} } } };
  expect(flawsOf(document)).toEqual([]);
  expect(flawsOf(document, '3.0.3')).toEqual([`${GET} missing "responses"; an operation requires it`]);
  expect(flawsOf(HEAD, '3.0.3')).toEqual([' missing "paths"; a document requires it']);
});

describe('a field of a schema', () => {
  const expected = (field: string, text: string) => [`${A}/${field} "${field}" expected ${text}`];
  const types = 'one of null, boolean, object, array, number, string, integer';
  test.each<{ given: string; schema: JsonObject; want: readonly string[] }>([
    { given: 'string', schema: { title: 'a' }, want: [] },
    { given: 'not a string', schema: { title: 5 }, want: expected('title', 'a string, received 5; quote it') },
    { given: 'a list for a string', schema: { title: ['a'] }, want: expected('title', 'a string, received a list') },
    { given: 'an object for a string', schema: { title: {} }, want: expected('title', 'a string, received an object') },
    { given: 'boolean', schema: { deprecated: false }, want: [] },
    { given: 'not a boolean', schema: { deprecated: 'no' }, want: expected('deprecated', 'a boolean, received "no"') },
    { given: 'number', schema: { maximum: 1.5 }, want: [] },
    { given: 'not a number', schema: { maximum: '1' }, want: expected('maximum', 'a number, received "1"') },
    { given: 'integer', schema: { maxItems: 3 }, want: [] },
    {
      given: 'not an integer',
      schema: { maxItems: 1.5 },
      want: expected('maxItems', 'a whole number from 0, received 1.5'),
    },
    { given: 'list', schema: { enum: ['a'] }, want: [] },
    { given: 'not a list', schema: { enum: {} }, want: expected('enum', 'a list, received an object') },
    { given: 'strings', schema: { required: ['a'] }, want: [] },
    {
      given: 'not strings',
      schema: { required: ['a', 1] },
      want: expected('required', 'a list of strings, received a list'),
    },
    {
      given: 'true for strings',
      schema: { required: true },
      want: expected('required', 'a list of strings, received true'),
    },
    { given: 'type', schema: { type: 'string' }, want: [] },
    { given: 'types', schema: { type: ['string', 'null'] }, want: [] },
    {
      given: 'an unknown type',
      schema: { type: ['string', 'strin'] },
      want: expected('type', `${types}, received a list`),
    },
    { given: 'null for a type', schema: { type: null }, want: expected('type', `${types}, received null`) },
    { given: 'a boolean schema', schema: { items: false }, want: [] },
    { given: 'not a schema', schema: { items: [] }, want: expected('items', 'a schema or a boolean, received a list') },
    {
      given: 'not a list of schemas',
      schema: { allOf: {} },
      want: expected('allOf', 'a list of objects, received an object'),
    },
    {
      given: 'not a map of schemas',
      schema: { properties: [] },
      want: expected('properties', 'an object of objects, received a list'),
    },
    { given: 'anything', schema: { default: null, const: [1], example: { $ref: 5 } }, want: [] },
    {
      given: 'an unknown field',
      schema: { maxItem: 3 },
      want: [`${A}/maxItem unknown field "maxItem" of a schema; did you mean "maxItems"?`],
    },
    {
      given: 'a field in another case',
      schema: { readonly: true },
      want: [`${A}/readonly unknown field "readonly" of a schema; did you mean "readOnly"?`],
    },
    { given: 'a field that nothing reads', schema: { contentEncoding: 'base64', $anchor: 'a', xml: {} }, want: [] },
    { given: 'an extension', schema: { 'x-maxItems': 1, somebodys: 1 }, want: [] },
  ])('$given', ({ schema, want }) => {
    expect(schemaFlaws(schema)).toEqual(want);
  });

  test('in other schemas is checked too', () => {
    const wrong = { title: 5 };
    const schema = {
      properties: { a: wrong, b: true },
      items: wrong,
      allOf: [{}, wrong],
      not: { anyOf: [wrong] },
      $defs: { d: wrong },
      default: wrong,
    };
    expect(schemaFlaws(schema).map((flaw) => flaw.split(' ')[0])).toEqual([
      `${A}/properties/a/title`,
      `${A}/items/title`,
      `${A}/allOf/1/title`,
      `${A}/not/anyOf/0/title`,
      `${A}/$defs/d/title`,
    ]);
  });
});

describe('entries', () => {
  test.each<{ given: string; flaws: readonly string[]; want: readonly string[] }>([
    {
      given: 'of a list of schemas',
      flaws: schemaFlaws({ anyOf: [true, {}, null, 'a'] }),
      want: [
        `${A}/anyOf/2 entry 2 of "anyOf" expected a schema, an object; received null`,
        `${A}/anyOf/3 entry 3 of "anyOf" expected a schema, an object; received "a"`,
      ],
    },
    {
      given: 'of a map of schemas',
      flaws: schemaFlaws({ properties: { a: true, b: [] } }),
      want: [`${A}/properties/b "b" of "properties" expected a schema, an object; received a list`],
    },
    {
      given: 'of parameters',
      flaws: operationFlaws({ parameters: [true] }),
      want: [`${GET}/parameters/0 entry 0 of "parameters" expected a parameter, an object; received true`],
    },
    {
      given: 'of security',
      flaws: operationFlaws({ security: [{ key: 'a' }] }),
      want: [
        `${GET}/security "security" expected a list of requirements, each an object of lists of scopes, received a list`,
      ],
    },
    { given: 'of security, right', flaws: operationFlaws({ security: [{}, { key: [] }] }), want: [] },
    {
      given: 'of security, one object',
      flaws: operationFlaws({ security: { key: [] } }),
      want: [
        `${GET}/security "security" expected a list of requirements, each an object of lists of scopes, received an object`,
      ],
    },
  ])('$given', ({ flaws, want }) => {
    expect(flaws).toEqual(want);
  });
});

describe('an object', () => {
  test.each<{ given: string; flaws: readonly string[]; want: readonly string[] }>([
    { given: 'without info', flaws: flawsOf({ openapi: '3.1.0' }), want: [' missing "info"; a document requires it'] },
    {
      given: 'parameter',
      flaws: operationFlaws({ parameters: [{ in: 'nowhere' }] }),
      want: [
        `${GET}/parameters/0 missing "name"; a parameter requires it`,
        `${GET}/parameters/0/in "in" expected one of path, query, header, cookie, querystring, received "nowhere"`,
      ],
    },
    {
      given: 'path item',
      flaws: flawsOf({ ...HEAD, paths: { '/x': { Get: {} } } }),
      want: ['/paths/~1x/Get unknown field "Get" of a path item; did you mean "get"?'],
    },
    {
      given: 'path item that is null',
      flaws: flawsOf({ ...HEAD, paths: { '/x': null } }),
      want: ['/paths/~1x "/x" expected an object, received null'],
    },
    {
      given: 'callback',
      flaws: operationFlaws({ callbacks: { done: { '{$request.body#/url}': { post: { operationID: 'a' } } } } }),
      want: [
        `${GET}/callbacks/done/{$request.body#~1url}/post/operationID unknown field "operationID" of an operation; did you mean "operationId"?`,
      ],
    },
    {
      given: 'response',
      flaws: operationFlaws({ responses: { '200': {}, '6XX': { description: '' }, default: { description: '' } } }),
      want: [
        `${GET}/responses/6XX "6XX" is not a status; expected a status like 200, a range like 4XX, or default`,
        `${GET}/responses/200 missing "description"; a response requires it`,
      ],
    },
    {
      given: 'parameters that repeat',
      flaws: operationFlaws({
        parameters: [
          { name: 'a', in: 'query' },
          { name: 'a', in: 'header' },
          { name: 'A', in: 'query' },
          { name: 'A', in: 'header' },
          { $ref: '#/components/parameters/a' },
        ],
      }),
      want: [
        `${GET}/parameters/3 header parameter "A" is listed twice; expected once`,
        `${GET}/parameters/4/$ref "$ref: #/components/parameters/a" points to nothing; expected a component`,
      ],
    },
    {
      given: 'parameters that repeat by a reference',
      flaws: flawsOf({
        ...HEAD,
        paths: {
          '/x': {
            parameters: [{ name: 'a', in: 'query' }, { $ref: '#/components/parameters/a' }],
            get: { parameters: [{ name: 'a', in: 'query' }] },
          },
        },
        components: { parameters: { a: { $ref: '#/components/parameters/b' }, b: { name: 'a', in: 'query' } } },
      }),
      want: ['/paths/~1x/parameters/1 query parameter "a" is listed twice; expected once'],
    },
    {
      given: 'parameters behind references that lead back to themselves',
      flaws: flawsOf({
        ...HEAD,
        paths: { '/x': { parameters: [{ $ref: '#/components/parameters/a' }, { name: 'a', in: 'query' }] } },
        components: {
          parameters: { a: { $ref: '#/components/parameters/b' }, b: { $ref: '#/components/parameters/a' } },
        },
      }).filter((flaw) => flaw.includes('twice')),
      want: [],
    },
    {
      given: 'schema with a pattern that is no text',
      flaws: schemaFlaws({ pattern: ['['] }),
      want: [`${A}/pattern "pattern" expected a string, received a list`],
    },
    {
      given: 'schema with patterns',
      flaws: schemaFlaws({ pattern: '[', patternProperties: { '^a': {}, '(': {} } }),
      want: [
        `${A}/pattern "[" is not a regular expression: unterminated character class; expected the syntax of JavaScript`,
        `${A}/patternProperties/( "(" is not a regular expression: unterminated group; expected the syntax of JavaScript`,
      ],
    },
    {
      given: 'server',
      flaws: flawsOf({ ...HEAD, servers: [{ url: 'https://{a}' }, { url: '/v1' }] }),
      want: ['/servers/0/url "https://{a}" has "{a}"; expected a default for "a" under "variables"'],
    },
  ])('$given', ({ flaws, want }) => {
    expect(flaws).toEqual(want);
  });
});

describe('a reference', () => {
  const referring = (reference: Json, more: JsonObject = {}) =>
    flawsOf({ ...HEAD, components: { schemas: { A: { $ref: reference }, B: {}, C: true, ...more } } });
  const subject = (reference: string) => `${A}/$ref "$ref: ${reference}"`;
  test.each<{ given: string; flaws: readonly string[]; want: readonly string[] }>([
    { given: 'to a schema', flaws: referring('#/components/schemas/B'), want: [] },
    { given: 'to a boolean schema', flaws: referring('#/components/schemas/C'), want: [] },
    {
      given: 'to a part of a schema',
      flaws: referring('#/components/schemas/D/properties/e', { D: { properties: { e: {} } } }),
      want: [],
    },
    {
      given: 'to something that the table lacks',
      flaws: referring('#/components/x-parts/e'),
      want: [`${subject('#/components/x-parts/e')} points to nothing; expected a component`],
    },
    { given: 'that is not text', flaws: referring(5), want: [`${A}/$ref "$ref" expected a string, received 5`] },
    {
      given: 'to a URL',
      flaws: referring('https://a.example/b'),
      want: [`${subject('https://a.example/b')} is a URL, which is not fetched; expected a local file`],
    },
    {
      given: 'to another file, in a bundle',
      flaws: referring('b.yaml'),
      want: [`${subject('b.yaml')} points to nothing; check the file and the pointer`],
    },
    {
      given: 'to an info',
      flaws: referring('#/info'),
      want: [`${subject('#/info')} points to an info; expected a schema`],
    },
    {
      given: 'to a list',
      flaws: referring('#/components/schemas/D/enum', { D: { enum: ['a'] } }),
      want: [`${subject('#/components/schemas/D/enum')} points to a list; expected a schema`],
    },
    {
      given: 'to a number',
      flaws: referring('#/components/schemas/D/maximum', { D: { maximum: 1 } }),
      want: [`${subject('#/components/schemas/D/maximum')} points to a number; expected a schema`],
    },
    {
      given: 'to null',
      flaws: referring('#/components/schemas/D/default', { D: { default: null } }),
      want: [`${subject('#/components/schemas/D/default')} points to null; expected a schema`],
    },
    {
      given: 'to data that is an object',
      flaws: referring('#/components/schemas/D/default', { D: { default: {} } }),
      want: [],
    },
    {
      given: 'to itself',
      flaws: referring('#/components/schemas/A'),
      want: [
        `${subject('#/components/schemas/A')} is circular: #/components/schemas/A; expected a reference that ends at a schema`,
      ],
    },
    {
      given: 'into a circle is not part of it',
      flaws: referring('#/components/schemas/D', {
        D: { $ref: '#/components/schemas/E' },
        E: { $ref: '#/components/schemas/D' },
      }),
      want: [
        '/components/schemas/D/$ref "$ref: #/components/schemas/E" is circular: #/components/schemas/E → #/components/schemas/D; expected a reference that ends at a schema',
        '/components/schemas/E/$ref "$ref: #/components/schemas/D" is circular: #/components/schemas/D → #/components/schemas/E; expected a reference that ends at a schema',
      ],
    },
    {
      given: 'of a schema that contains itself is fine',
      flaws: referring('#/components/schemas/D', { D: { items: { $ref: '#/components/schemas/D' } } }),
      want: [],
    },
  ])('$given', ({ flaws, want }) => {
    expect(flaws).toEqual(want);
  });

  test('hides the fields beside it, but for keywords of a schema', () => {
    const document = (section: string) => {
      const wrong = { $ref: `#/components/${section}/B`, description: 5 };
      return flawsOf({ ...HEAD, components: { [section]: { A: wrong, B: {} } } });
    };
    expect(document('examples')).toEqual([]);
    expect(document('schemas')).toEqual([
      '/components/schemas/A/description "description" expected a string, received 5; quote it',
    ]);
  });
});
