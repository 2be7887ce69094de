import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { getPointer, isObject } from '../pointer.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { changedLibrary, LIBRARY } from '../test-support/library.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

const load = async (files: Readonly<Record<string, string>>) => loadContract(join(writeFiles(files), 'openapi.yaml'));

test('a contract of several files becomes operations with their scopes, effects, answers and evidence', async () => {
  const { contract, files } = await load(LIBRARY);
  expect(files.map((file) => file.split('/').at(-1))).toEqual(['openapi.yaml', 'loans.yaml', 'parts.yaml']);
  expect(contract.operations.map(({ id, method, route }) => [id, method, route])).toEqual([
    ['members.loans.list', 'GET', '/lib/v1/members/{id}/loans'],
    ['members.loans.add', 'POST', '/lib/v1/members/{id}/loans'],
    ['status.get', 'GET', '/status'],
  ]);
  const [list, add, status] = contract.operations;
  expect(list?.effect).toMatchObject({
    kind: 'list',
    on: 'relation',
    target: 'loans',
    of: { member: 'id' },
    as: 'loans',
  });
  expect(list?.security.map(({ scopes, disputed }) => [scopes, disputed])).toEqual([
    [['read:loans'], false],
    [['lend:books'], true],
  ]);
  expect(list?.responses.map(({ status, evidence }) => [status, evidence.grade, evidence.seen])).toEqual([
    ['200', 'recorded', 7],
    ['401', 'inferred', undefined],
    ['403', 'documented', undefined],
    ['404', 'documented', undefined],
  ]);
  expect(add?.effect).toMatchObject({ kind: 'add', each: { book: '/books' } });
  expect(add?.requestBody?.content[0]?.example).toEqual({ books: ['1'] });
  expect(add?.responses.flatMap(({ problems }) => problems.map(({ name }) => name))).toEqual([
    'bad-body',
    'no-token',
    'no-scope',
    'no-member',
    'no-book',
    'loans-full',
  ]);
  expect(status?.security).toEqual([]);
  expect(contract.scopes).toEqual(['lend:books', 'read:loans']);
  expect(contract.problems.get('no-token')).toMatchObject({
    when: { kind: 'token', fault: 'missing' },
    headers: { 'www-authenticate': 'Bearer' },
  });
  expect(contract.relations.get('loans')?.limits).toMatchObject([
    { per: ['member'], max: 3, disputed: 5, evidence: { grade: 'documented', source: 'the leaflet' } },
  ]);
});

test('the evidence of a problem is that of the problem at the operation', async () => {
  const files = changedLibrary(
    'paths/loans.yaml',
    "responses:\n    '204'",
    "x-evidence:\n    /responses/404: {grade: inferred, source: a guess}\n    /responses/404/x-problems/1: {grade: recorded, source: the desk}\n  responses:\n    '204'",
  );
  const { contract } = await load(files);
  const add = contract.operations.find(({ id }) => id === 'members.loans.add');
  const grades = add?.responses.flatMap(({ problems }) => problems.map(({ name, evidence }) => [name, evidence.grade]));
  expect(Object.fromEntries(grades ?? [])).toMatchObject({
    'no-member': 'inferred',
    'no-book': 'recorded',
    'loans-full': 'reported',
    'no-token': 'inferred',
  });
});

test('targets of references in other files become components, and a schema can be made standalone', async () => {
  const { contract } = await load(LIBRARY);
  expect([...contract.schemas.keys()].sort()).toEqual(['Book', 'Fault']);
  const standalone = contract.standalone({ $ref: '#/components/schemas/Book' });
  expect(standalone).toMatchObject({
    $ref: '#/$defs/Book',
    $defs: { Book: { properties: { next: { $ref: '#/$defs/Book' } } } },
  });
  const isbn = getPointer(contract.document, '/components/schemas/Book/properties/isbn');
  expect(isObject(isbn) && contract.valueOf(isbn)).toEqual({ kind: 'id', template: 'b{digit:4}', ofKind: new Map() });
});

test.each([
  { given: 'a default response', text: "'404': {description: No member", more: 'default: {description: No}\n    ' },
  { given: 'a range of statuses', text: "'404': {description: No member", more: '4XX: {description: No}\n    ' },
])('$given is enough for refusals without a status of their own', async ({ text, more }) => {
  const files = changedLibrary(
    'paths/loans.yaml',
    / {4}'401'.*\n {4}'403'.*\n {4}(?='404': {description: No member)/,
    `    ${more}`,
  );
  expect(files['paths/loans.yaml']).toContain(text);
  expect((await load(files)).contract.operations).toHaveLength(3);
});

test('a schema of another file does not replace the component of that name in the root document', async () => {
  const { contract } = await load({
    'openapi.yaml': `openapi: 3.1.0
info: {title: Things, version: '1'}
components:
  schemas:
    Thing: {type: string, description: of the root document}
    Thing2: {type: boolean}
paths:
  /things:
    get:
      responses:
        '200':
          description: Things
          content:
            application/json:
              schema:
                anyOf:
                  - $ref: '#/components/schemas/Thing'
                  - $ref: './parts.yaml#/Thing'
`,
    'parts.yaml': 'Thing: {type: integer}\n',
  });
  expect(getPointer(contract.document, '/components/schemas')).toEqual({
    Thing: { type: 'string', description: 'of the root document' },
    Thing2: { type: 'boolean' },
    Thing3: { type: 'integer' },
  });
  const media = getPointer(contract.document, '/paths/~1things/get/responses/200/content/application~1json/schema');
  expect(media).toEqual({
    anyOf: [{ $ref: '#/components/schemas/Thing' }, { $ref: '#/components/schemas/Thing3' }],
  });
});

test('a contract without our keywords needs no refusals', async () => {
  const { contract } = await load({
    'openapi.yaml': `openapi: 3.1.0
info: {title: Plain, version: '1'}
paths:
  /a:
    post:
      security: [{key: [write]}]
      parameters: [{name: n, in: query, schema: {type: integer}}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: ok}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
`,
  });
  expect(contract.operations).toHaveLength(1);
});

test('a document of OpenAPI 3.0 is read in the dialect of 3.1', async () => {
  const { contract } = await load({
    'openapi.yaml': `openapi: 3.0.3
info: {title: Old, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
components: {schemas: {A: {type: string, nullable: true, enum: [x], example: x}, B: {type: integer, minimum: 1, exclusiveMinimum: true}}}
`,
  });
  expect(contract.schemas.get('A')).toEqual({ type: ['string', 'null'], enum: ['x', null], examples: ['x'] });
  expect(contract.schemas.get('B')).toEqual({ type: 'integer', exclusiveMinimum: 1 });
  expect(contract.operations[0]?.id).toBe('getA');
});

const MERGED = `openapi: 3.1.0
info: {title: Merged, version: '1'}
x-common: &common
  security: [{key: []}]
  responses: {'200': {description: ok}}
paths:
  /a:
    get:
      <<: *common
      operationId: a
    post:
      <<: [*common, {operationId: b, deprecated: false}]
      deprecated: true
components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}
`;

test('merge keys are applied, and own properties take precedence', async () => {
  const { contract } = await load({ 'openapi.yaml': MERGED });
  expect(
    contract.operations.map(({ id, deprecated, security }) => [id, deprecated, security.map(({ scheme }) => scheme)]),
  ).toEqual([
    ['a', false, ['key']],
    ['b', true, ['key']],
  ]);
});

test.each([
  { given: 'a type', schema: '{type: string, nullable: true}', want: { type: ['string', 'null'] } },
  { given: 'an enum alone', schema: '{nullable: true, enum: [a]}', want: { enum: ['a', null] } },
  {
    given: 'a reference',
    schema: "{nullable: true, $ref: '#/components/schemas/B'}",
    want: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
  },
  {
    given: 'alternatives, described',
    schema: '{nullable: true, description: One or none, readOnly: true, oneOf: [{type: string}, {type: integer}]}',
    want: {
      description: 'One or none',
      readOnly: true,
      anyOf: [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, { type: 'null' }],
    },
  },
  {
    given: 'parts, with a type',
    schema: "{nullable: true, type: object, allOf: [{$ref: '#/components/schemas/B'}]}",
    want: { anyOf: [{ type: 'object', allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }] },
  },
])('"nullable" of 3.0 beside $given takes null', async ({ schema, want }) => {
  const { contract } = await load({
    'openapi.yaml': `openapi: 3.0.3
info: {title: Old, version: '1'}
paths: {}
components: {schemas: {A: ${schema}, B: {type: object}}}
`,
  });
  expect(contract.schemas.get('A')).toEqual(want);
});

test('properties named __proto__ and constructor survive bundling, dialects and standalone schemas', async () => {
  for (const version of ['3.0.3', '3.1.0']) {
    const { contract } = await load({
      'openapi.yaml': `openapi: ${version}
info: {title: T, version: '1'}
paths: {}
components: {schemas: {A: {$ref: 'parts.yaml#/A'}, __proto__: {type: string}}}
`,
      'parts.yaml': `A:
  type: object
  required: [__proto__]
  properties: {__proto__: {$ref: '#/__proto__'}, constructor: {type: string}}
__proto__: {type: integer}
`,
    });
    const A = contract.schemas.get('A') ?? {};
    expect(Object.keys(isObject(A.properties) ? A.properties : {})).toEqual(['__proto__', 'constructor']);
    expect([...contract.schemas.keys()].sort()).toEqual(['A', '__proto__', '__proto__2']);
    // ajv skips a property of this name.
    const validate = new SchemaValidator(contract, { allErrors: true }).compile(A);
    const errors = validate(JSON.parse('{"__proto__": "x", "constructor": 1}'));
    expect(errors.map(({ instancePath }) => instancePath)).toEqual(['/constructor']);
    expect(validate({}).map(({ keyword }) => keyword)).toEqual(['required']);
    expect(Object.keys(contract.standalone(A).$defs ?? {})).toEqual(['__proto__2']);
  }
});

test('a text may be in another file', async () => {
  const folder = writeFiles({
    'openapi.yaml': `openapi: 3.1.0
info: {title: T, version: '1', description: {$ref: 'texts.yaml#/intro'}}
paths: {}
`,
    'texts.yaml': 'intro: Welcome.',
  });
  const { contract, warnings } = await loadContract(join(folder, 'openapi.yaml'));
  expect(warnings).toEqual([]);
  expect(contract.document.info).toEqual({ title: 'T', version: '1', description: 'Welcome.' });
});

test.each([
  { given: 'a document without problems', description: 'A text', isSame: true },
  { given: 'a document that is read without a text', description: '{ text: A text }', isSame: false },
])('$given is passed on before it is checked', async ({ description, isSame }) => {
  const folder = writeFiles({
    'openapi.yaml': `openapi: 3.1.0\ninfo: { title: A, version: '1', description: ${description} }\npaths: {}\n`,
  });
  const read: JsonObject[] = [];
  const { contract } = await loadContract(join(folder, 'openapi.yaml'), { onRead: (document) => read.push(document) });
  expect(read.map((document) => document === contract.document)).toEqual([isSame]);
});
