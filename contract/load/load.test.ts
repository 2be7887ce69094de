import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { getPointer, isObject } from '../pointer.js';
import { SchemaValidator } from '../schema-validator.js';
import { LIBRARY } from '../test-support/library.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

const load = async (files: Readonly<Record<string, string>>) => loadContract(join(writeFiles(files), 'openapi.yaml'));

/** The problems of a contract, the folder taken off their files. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly ContractProblem[]> {
  const folder = writeFiles(files);
  const error = await loadContract(join(folder, 'openapi.yaml'), { strict: true }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ContractError)) throw new Error(`expected a ContractError, received ${String(error)}`);
  return error.problems.map((problem) => ({ ...problem, file: problem.file.replace(`${folder}/`, '') }));
}

const changed = (file: string, from: string | RegExp, to: string): Readonly<Record<string, string>> => {
  const text = LIBRARY[file] ?? '';
  const replaced = text.replace(from, to);
  if (replaced === text) throw new Error(`"${from}" is not in ${file}`);
  return { ...LIBRARY, [file]: replaced };
};

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
  const files = changed(
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
  {
    given: 'a misspelt keyword',
    files: changed('paths/loans.yaml', 'x-effect: {list', 'x-efect: {list'),
    want: [['paths/loans.yaml', 7, 3, 'unknown keyword "x-efect"; did you mean "x-effect"?']],
  },
  {
    given: 'a misspelt field of OpenAPI',
    files: changed('paths/loans.yaml', 'operationId: members.loans.add', 'operationID: members.loans.add'),
    want: [['paths/loans.yaml', 19, 3, 'unknown field "operationID" of an operation; did you mean "operationId"?']],
  },
  {
    given: 'an alias that contains itself',
    files: changed('paths/loans.yaml', 'get:', 'x-round: &round [*round]\nget:'),
    want: [
      [
        'paths/loans.yaml',
        3,
        18,
        'has an alias inside the value that it stands for; use $ref for a schema that contains itself',
      ],
    ],
  },
  {
    given: 'a misspelt field of a keyword',
    files: changed('paths/loans.yaml', 'x-effect: {add: loans, of', 'x-effect: {add: loans, off'),
    want: [['paths/loans.yaml', 21, 26, 'unknown field "off" of x-effect; did you mean "of"?']],
  },
  {
    given: 'a keyword in the wrong place',
    files: changed('parts.yaml', 'Book:\n  type: object', 'Book:\n  type: object\n  x-query: page'),
    want: [['parts.yaml', 4, 3, '"x-query" has no meaning on a schema; expected it on a parameter']],
  },
  {
    given: 'a reference to nothing',
    files: changed('paths/loans.yaml', '$ref: ../parts.yaml#/Book', '$ref: ../parts.yaml#/Boook'),
    want: [
      ['paths/loans.yaml', 14, 66, '"$ref: ../parts.yaml#/Boook" points to nothing; check the file and the pointer'],
    ],
  },
  {
    given: 'a missing file',
    files: changed('openapi.yaml', './paths/loans.yaml', './paths/lones.yaml'),
    want: [
      ['openapi.yaml', 5, 25, expect.stringContaining('there is no such file; expected the file that $ref names')],
    ],
  },
  {
    given: 'broken YAML',
    files: changed('parts.yaml', 'Book:\n', 'Book: [\n'),
    want: [['parts.yaml', 4, 13, expect.stringContaining('is not YAML: ')]],
  },
  {
    given: 'an unknown type',
    files: changed('parts.yaml', 'schema: {type: string}}\nBook', 'schema: {type: strin}}\nBook'),
    want: [
      [
        'parts.yaml',
        1,
        57,
        '"type" expected one of null, boolean, object, array, number, string, integer, received "strin"',
      ],
    ],
  },
  {
    given: 'a pattern that is not a regular expression',
    files: changed('parts.yaml', 'isbn: {type: string,', "isbn: {type: string, pattern: '^[0-9',"),
    want: [
      [
        'parts.yaml',
        4,
        37,
        '"^[0-9" is not a regular expression: unterminated character class; expected the syntax of JavaScript',
      ],
    ],
  },
  {
    given: 'a name under patternProperties that is not a regular expression',
    files: changed(
      'parts.yaml',
      'Book:\n  type: object',
      "Book:\n  type: object\n  patternProperties: {'(x': {}, '^y': {}}",
    ),
    want: [
      ['parts.yaml', 4, 23, '"(x" is not a regular expression: unterminated group; expected the syntax of JavaScript'],
    ],
  },
  {
    given: 'no response without a valid token, and none without the required scopes',
    files: {
      ...changed(
        'paths/loans.yaml',
        "    '401': {$ref: ../parts.yaml#/Unauthorized}\n    '403': {$ref: ../parts.yaml#/Forbidden}\n    '404': {description: No member",
        "    '404': {description: No member",
      ),
    },
    want: [
      [
        'paths/loans.yaml',
        11,
        3,
        'no response is defined for a request without a valid token: add a response 401 whose x-problems list a problem with when: {token: other}',
      ],
      [
        'paths/loans.yaml',
        11,
        3,
        'no response is defined for a token without the required scopes: add a response 403 whose x-problems list a problem with when: scope',
      ],
    ],
  },
  {
    given: 'no response for an invalid body',
    files: {
      ...changed('paths/loans.yaml', /^ +'400'.*\n/m, ''),
      'openapi.yaml': (LIBRARY['openapi.yaml'] ?? '').replace(/^ +bad-body.*\n/m, ''),
    },
    want: [
      [
        'paths/loans.yaml',
        31,
        3,
        'no response is defined for an invalid body: add a response 400 whose x-problems list a problem with when: {invalid: body}',
      ],
    ],
  },
  {
    given: 'no response for an invalid query',
    files: changed(
      'paths/loans.yaml',
      '  - $ref: ../parts.yaml#/memberId',
      '  - $ref: ../parts.yaml#/memberId\n  - {name: due, in: query, schema: {type: string, format: date}}',
    ),
    want: [
      [
        'paths/loans.yaml',
        12,
        3,
        'no response is defined for an invalid query: add a response 400 whose x-problems list a problem with when: {invalid: query}',
      ],
    ],
  },
  {
    given: 'an effect on a relation that does not exist',
    files: changed('paths/loans.yaml', '{list: loans', '{list: lones'),
    want: [['paths/loans.yaml', 7, 14, 'unknown relation "lones"; expected one of loans']],
  },
  {
    given: 'a problem that no response lists',
    files: changed('openapi.yaml', '    no-token:', '    spare: {when: rate}\n    no-token:'),
    want: [
      [
        'openapi.yaml',
        21,
        5,
        'no response lists the problem "spare"; list it under x-problems of a response, or remove it',
      ],
    ],
  },
  {
    given: 'a problem that cannot occur',
    files: changed(
      'paths/loans.yaml',
      'x-problems: [no-member], content',
      'x-problems: [no-member, loans-full], content',
    ),
    want: [
      [
        'paths/loans.yaml',
        17,
        37,
        expect.stringContaining('"loans-full" cannot occur at "members.loans.list": no request causes it'),
      ],
    ],
  },
  {
    given: 'no response for an unknown item',
    files: changed('paths/loans.yaml', 'x-problems: [no-member, no-book]', 'x-problems: [no-member]'),
    want: [
      ['openapi.yaml', 25, 5, expect.stringContaining('no response lists the problem "no-book"')],
      ['paths/loans.yaml', 21, 3, expect.stringContaining('no response is defined for an unknown "book"')],
    ],
  },
])('$given is an error with its place', async ({ files, want }) => {
  const problems = await problemsOf(files);
  expect(problems.map(({ file, line, column, message }) => [file, line, column, message])).toEqual(want);
});

test.each([
  { given: 'a default response', text: "'404': {description: No member", more: 'default: {description: No}\n    ' },
  { given: 'a range of statuses', text: "'404': {description: No member", more: '4XX: {description: No}\n    ' },
])('$given is enough for refusals without a status of their own', async ({ text, more }) => {
  const files = changed(
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

test('all problems of a contract are reported together', async () => {
  const text = (LIBRARY['paths/loans.yaml'] ?? '')
    .replace('{list: loans, of', '{liste: loans, of')
    .replace("'204': {description: Lent}", "'204': {descripton: Lent}")
    .replace('operationId: members.loans.add', 'operationId: 5');
  const problems = await problemsOf({ ...LIBRARY, 'paths/loans.yaml': text });
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '7: unknown field "liste" of x-effect; did you mean "list"?',
    '19: "operationId" expected a string, received 5; quote it',
    '32: missing "description"; a response requires it',
    '32: unknown field "descripton" of a response; did you mean "description"?',
  ]);
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

test('a problem of a single file of OpenAPI 3.0 has its line', async () => {
  const problems = await problemsOf({
    'openapi.yaml': `openapi: 3.0.3
info: {title: Old, version: '1'}
paths:
  /a:
    get:
      operationId: 5
      responses: {'200': {description: ok}}
`,
  });
  expect(problems.map(({ file, line, column, pointer }) => [file, line, column, pointer])).toEqual([
    ['openapi.yaml', 6, 7, '#/paths/~1a/get/operationId'],
  ]);
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

test('a problem in merged properties is located where they were written', async () => {
  const problems = await problemsOf({ 'openapi.yaml': MERGED.replace('{description: ok}', '{descripton: ok}') });
  expect(problems.map(({ line, column, pointer }) => [line, column, pointer])).toContainEqual([
    5,
    23,
    '#/paths/~1a/get/responses/200/descripton',
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

test('control characters in the names of a contract are escaped in messages', async () => {
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { 'x\u001b[31m\n::error::': {} },
  });
  const loading = loadContract(join(writeFiles({ 'openapi.json': text }), 'openapi.json'), { strict: true });
  await expect(loading).rejects.toThrow('"x\\u{1b}[31m\\n::error::" is not a path');
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
