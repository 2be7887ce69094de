import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ContractError, type ContractProblem } from '../errors.js';
import { changedLibrary, LIBRARY } from '../test-support/library.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

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

test.each([
  {
    given: 'a misspelt keyword',
    files: changedLibrary('paths/loans.yaml', 'x-effect: {list', 'x-efect: {list'),
    want: [['paths/loans.yaml', 7, 3, 'unknown keyword "x-efect"; did you mean "x-effect"?']],
  },
  {
    given: 'a misspelt field of OpenAPI',
    files: changedLibrary('paths/loans.yaml', 'operationId: members.loans.add', 'operationID: members.loans.add'),
    want: [['paths/loans.yaml', 19, 3, 'unknown field "operationID" of an operation; did you mean "operationId"?']],
  },
  {
    given: 'an alias that contains itself',
    files: changedLibrary('paths/loans.yaml', 'get:', 'x-round: &round [*round]\nget:'),
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
    files: changedLibrary('paths/loans.yaml', 'x-effect: {add: loans, of', 'x-effect: {add: loans, off'),
    want: [['paths/loans.yaml', 21, 26, 'unknown field "off" of x-effect; did you mean "of"?']],
  },
  {
    given: 'a keyword in the wrong place',
    files: changedLibrary('parts.yaml', 'Book:\n  type: object', 'Book:\n  type: object\n  x-query: page'),
    want: [['parts.yaml', 4, 3, '"x-query" has no meaning on a schema; expected it on a parameter']],
  },
  {
    given: 'a reference to nothing',
    files: changedLibrary('paths/loans.yaml', '$ref: ../parts.yaml#/Book', '$ref: ../parts.yaml#/Boook'),
    want: [
      ['paths/loans.yaml', 14, 66, '"$ref: ../parts.yaml#/Boook" points to nothing; check the file and the pointer'],
    ],
  },
  {
    given: 'a missing file',
    files: changedLibrary('openapi.yaml', './paths/loans.yaml', './paths/lones.yaml'),
    want: [
      ['openapi.yaml', 5, 25, expect.stringContaining('there is no such file; expected the file that $ref names')],
    ],
  },
  {
    given: 'broken YAML',
    files: changedLibrary('parts.yaml', 'Book:\n', 'Book: [\n'),
    want: [['parts.yaml', 4, 13, expect.stringContaining('is not YAML: ')]],
  },
  {
    given: 'an unknown type',
    files: changedLibrary('parts.yaml', 'schema: {type: string}}\nBook', 'schema: {type: strin}}\nBook'),
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
    files: changedLibrary('parts.yaml', 'isbn: {type: string,', "isbn: {type: string, pattern: '^[0-9',"),
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
    files: changedLibrary(
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
      ...changedLibrary(
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
      ...changedLibrary('paths/loans.yaml', /^ +'400'.*\n/m, ''),
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
    files: changedLibrary(
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
    files: changedLibrary('paths/loans.yaml', '{list: loans', '{list: lones'),
    want: [['paths/loans.yaml', 7, 14, 'unknown relation "lones"; expected one of loans']],
  },
  {
    given: 'a problem that no response lists',
    files: changedLibrary('openapi.yaml', '    no-token:', '    spare: {when: rate}\n    no-token:'),
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
    files: changedLibrary(
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
    files: changedLibrary('paths/loans.yaml', 'x-problems: [no-member, no-book]', 'x-problems: [no-member]'),
    want: [
      ['openapi.yaml', 25, 5, expect.stringContaining('no response lists the problem "no-book"')],
      ['paths/loans.yaml', 21, 3, expect.stringContaining('no response is defined for an unknown "book"')],
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
    '7: unknown field "liste" of x-effect; did you mean "list"?',
    '19: "operationId" expected a string, received 5; quote it',
    '32: missing "description"; a response requires it',
    '32: unknown field "descripton" of a response; did you mean "description"?',
  ]);
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
  responses: {'200': {descripton: ok}}
paths:
  /a:
    get:
      <<: *common
      operationId: a
components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}
`;

test('a problem in merged properties is located where they were written', async () => {
  const problems = await problemsOf({ 'openapi.yaml': MERGED });
  expect(problems.map(({ line, column, pointer }) => [line, column, pointer])).toContainEqual([
    5,
    23,
    '#/paths/~1a/get/responses/200/descripton',
  ]);
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

test('missing files are listed in the order of the document, whichever is found missing first', async () => {
  const names = ['a', 'b', 'c'];
  const paths = Object.fromEntries(names.map((name) => [`/${name}`, { $ref: `${name}.yaml` }]));
  const document = JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }, null, 1);
  const entry = join(writeFiles({ 'openapi.yaml': document }), 'openapi.yaml');
  const read = async (path: string): Promise<string> => {
    if (path === entry) return document;
    await setTimeout(20 * (names.length - names.indexOf(path.at(-6) ?? '')));
    throw Object.assign(new Error('missing'), { code: 'ENOENT' });
  };
  const error = await loadContract(entry, { read }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ContractError)) throw new Error('a missing file was read');
  expect(error.problems.map(({ pointer }) => pointer)).toEqual(names.map((name) => `#/paths/~1${name}/$ref`));
});
