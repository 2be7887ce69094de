import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ContractError, type ContractProblem } from '../errors.js';
import { getPointer, isObject } from '../pointer.js';
import { LIBRARY } from '../test-support/library.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

const load = async (files: Readonly<Record<string, string>>) => loadContract(join(writeFiles(files), 'openapi.yaml'));

/** The problems of a contract, the folder taken off their files. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly ContractProblem[]> {
  const folder = writeFiles(files);
  const error = await loadContract(join(folder, 'openapi.yaml')).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ContractError)) throw new Error(`expected a ContractError, received ${String(error)}`);
  return error.problems.map((problem) => ({ ...problem, file: problem.file.replace(`${folder}/`, '') }));
}

const changed = (file: string, from: string, to: string): Readonly<Record<string, string>> => {
  const text = LIBRARY[file] ?? '';
  if (!text.includes(from)) throw new Error(`"${from}" is not in ${file}`);
  return { ...LIBRARY, [file]: text.replace(from, to) };
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

test('a cause is as sure as it is at its operation', async () => {
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

test('what references name in other files becomes components, and a schema can be made to stand alone', async () => {
  const { contract } = await load(LIBRARY);
  expect([...contract.schemas.keys()].sort()).toEqual(['Book', 'Fault']);
  const standalone = contract.standalone({ $ref: '#/components/schemas/Book' });
  expect(standalone).toMatchObject({
    $ref: '#/$defs/Book',
    $defs: { Book: { properties: { next: { $ref: '#/$defs/Book' } } } },
  });
  const isbn = getPointer(contract.document, '/components/schemas/Book/properties/isbn');
  expect(isObject(isbn) && contract.valueOf(isbn)).toEqual({ kind: 'id', template: 'b{digit:4}' });
});

test.each([
  {
    given: 'a misspelt keyword',
    files: changed('paths/loans.yaml', 'x-effect: {list', 'x-efect: {list'),
    want: [['paths/loans.yaml', 7, 3, '"x-efect" is no keyword; did you mean "x-effect"?']],
  },
  {
    given: 'a misspelt field of OpenAPI',
    files: changed('paths/loans.yaml', 'operationId: members.loans.add', 'operationID: members.loans.add'),
    want: [['paths/loans.yaml', 18, 3, '"operationID" is no field of an operation; did you mean "operationId"?']],
  },
  {
    given: 'an alias that leads back to itself',
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
    want: [['paths/loans.yaml', 20, 26, '"off" is no field of x-effect; did you mean "of"?']],
  },
  {
    given: 'a keyword that means nothing where it stands',
    files: changed('parts.yaml', 'Book:\n  type: object', 'Book:\n  type: object\n  x-query: page'),
    want: [['parts.yaml', 4, 3, '"x-query" means nothing on a schema; expected it on: parameter']],
  },
  {
    given: 'references to nothing',
    files: changed('paths/loans.yaml', '$ref: ../parts.yaml#/Book', '$ref: ../parts.yaml#/Boook'),
    want: [
      [
        'paths/loans.yaml',
        14,
        66,
        '"$ref: ../parts.yaml#/Boook" leads to nothing; expected a reference to something that exists',
      ],
    ],
  },
  {
    given: 'a file that is not there',
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
    given: 'a type that there is not',
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
    given: 'an effect on a relation that does not exist',
    files: changed('paths/loans.yaml', '{list: loans', '{list: lones'),
    want: [['paths/loans.yaml', 7, 14, '"lones" is no relation; expected one of loans']],
  },
  {
    given: 'a problem that no answer lists',
    files: changed('openapi.yaml', '    no-token:', '    spare: {when: rate}\n    no-token:'),
    want: [['openapi.yaml', 21, 5, '"spare" is a problem that no answer lists; list it or take it out']],
  },
  {
    given: 'a cause that no request can reach',
    files: changed(
      'paths/loans.yaml',
      'x-problems: [no-member], content',
      'x-problems: [no-member, loans-full], content',
    ),
    want: [
      [
        'paths/loans.yaml',
        16,
        37,
        expect.stringContaining('"loans-full" has a cause that no request to "members.loans.list" can reach'),
      ],
    ],
  },
  {
    given: 'an unknown thing that nothing answers for',
    files: changed('paths/loans.yaml', 'x-problems: [no-member, no-book]', 'x-problems: [no-member]'),
    want: [
      ['openapi.yaml', 25, 5, expect.stringContaining('"no-book" is a problem that no answer lists')],
      ['paths/loans.yaml', 20, 3, expect.stringContaining('nothing says what an unknown "book" gets')],
    ],
  },
])('$given is an error with its place', async ({ files, want }) => {
  const problems = await problemsOf(files);
  expect(problems.map(({ file, line, column, message }) => [file, line, column, message])).toEqual(want);
});

test('all problems of a contract are reported together', async () => {
  const text = (LIBRARY['paths/loans.yaml'] ?? '')
    .replace('{list: loans, of', '{liste: loans, of')
    .replace("'204': {description: Lent}", "'204': {descripton: Lent}")
    .replace('operationId: members.loans.add', 'operationId: 5');
  const problems = await problemsOf({ ...LIBRARY, 'paths/loans.yaml': text });
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '7: "liste" is no field of x-effect; did you mean "list"?',
    '18: "operationId" expected a string, received 5; quote it',
    '31: a response needs "description"; it is missing',
    '31: "descripton" is no field of a response; did you mean "description"?',
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

test('what a merge key brings in counts, and what stands beside it goes first', async () => {
  const { contract } = await load({ 'openapi.yaml': MERGED });
  expect(
    contract.operations.map(({ id, deprecated, security }) => [id, deprecated, security.map(({ scheme }) => scheme)]),
  ).toEqual([
    ['a', false, ['key']],
    ['b', true, ['key']],
  ]);
});

test('a problem in what a merge key brings in stands where it was written', async () => {
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
