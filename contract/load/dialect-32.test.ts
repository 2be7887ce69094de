import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Contract, Operation } from '../contract.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';
import { packageRoot } from './package-root.js';

const SHAPE = join(packageRoot(), 'test-support', 'shapes', 'openapi-3.2.yaml');
const HEAD = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n";

/** A document in which one operation has these fields. */
const withOperation = (fields: string, more = ''): string => `${HEAD}paths: {/x: {get: {${fields}}}}\n${more}`;

async function load(text: string, more: Readonly<Record<string, string>> = {}) {
  return loadContract(join(writeFiles({ 'openapi.yaml': text, ...more }), 'openapi.yaml'), { strict: false });
}

async function warningsOf(text: string): Promise<readonly string[]> {
  const { warnings } = await load(text);
  return warnings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

function operationOf(contract: Contract, id: string): Operation {
  const found = contract.operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
}

describe('a document of 3.2', () => {
  const loaded = loadContract(SHAPE, { strict: false });

  test('has no warnings', async () => {
    expect((await loaded).warnings).toEqual([]);
  });

  test('has an operation for each method', async () => {
    const { operations } = (await loaded).contract;
    expect(operations.map(({ id, method, pointer }) => [id, method, pointer.split('/').slice(3).join('/')])).toEqual([
      ['listBooks', 'GET', 'get'],
      ['findBooks', 'QUERY', 'query'],
      ['getBooksId', 'GET', 'get'],
      ['copyBooksId', 'COPY', 'additionalOperations/COPY'],
      ['search', 'GET', 'get'],
      ['news', 'GET', 'get'],
      ['log', 'GET', 'get'],
    ]);
  });

  test('has media types by reference, with the data of an example', async () => {
    const [response] = operationOf((await loaded).contract, 'listBooks').responses;
    expect(response).toMatchObject({
      description: 'All books',
      content: [
        {
          type: 'application/json',
          schema: { type: 'array', items: { $ref: '#/components/schemas/Book' } },
          example: [{ id: 'a', title: 'Emma' }],
        },
      ],
    });
  });

  test('has references by its own URL', async () => {
    const [response] = operationOf((await loaded).contract, 'getBooksId').responses;
    expect(response?.content[0]?.schema).toEqual({ $ref: '#/components/schemas/Book' });
  });

  test('has the query as one exploded object', async () => {
    const { parameters, queryText } = operationOf((await loaded).contract, 'search');
    expect(parameters).toMatchObject([
      { name: 'criteria', in: 'query', style: 'form', explode: true, isWholeQuery: true, required: true },
    ]);
    expect(queryText).toBeUndefined();
  });

  test('has the schema of the items of streams, and security schemes by reference', async () => {
    const { responses, security } = operationOf((await loaded).contract, 'log');
    expect(responses[0]?.content[0]?.itemSchema).toMatchObject({ required: ['line'] });
    expect(security).toMatchObject([{ scheme: 'staff', place: { in: 'header', name: 'X-Staff' } }]);
  });

  test('has tags with parents and kinds', async () => {
    const { tags } = (await loaded).contract;
    expect([...tags.values()]).toMatchObject([
      { name: 'library', summary: 'The library', kind: 'nav' },
      { name: 'books', parent: 'library' },
      { name: 'beta', kind: 'badge' },
    ]);
  });
});

test.each(['3.0.4', '3.1.1'])('under version %s, it is read in the same way', async (version) => {
  const { readFile } = await import('node:fs/promises');
  const text = (await readFile(SHAPE, 'utf8')).replace('openapi: 3.2.0', `openapi: ${version}`);
  const [{ contract }, { contract: current }] = await Promise.all([load(text), loadContract(SHAPE)]);
  expect(contract.operations).toEqual(current.operations);
});

test('a serialized example is parsed if it is JSON, and text otherwise', async () => {
  const { contract } = await load(
    withOperation(
      `responses: {'200': {description: ok, content: {application/json: {examples: {a: {serializedValue: '{"a":1}'}}}, text/plain: {examples: {a: {serializedValue: '42'}}}, text/csv: {examples: {a: {externalValue: ./a.csv}, b: {value: 'x,y'}}}}}}`,
    ),
  );
  expect(contract.operations[0]?.responses[0]?.content).toMatchObject([
    { type: 'application/json', example: { a: 1 } },
    { type: 'text/plain', example: '42' },
    { type: 'text/csv', example: 'x,y' },
  ]);
});

test('media types and security schemes come from other files', async () => {
  const { contract, warnings } = await load(
    withOperation(
      "security: [{'shared.yaml#/schemes/Key': []}], responses: {'200': {description: ok, content: {application/json: {$ref: 'shared.yaml#/media/A'}}}}",
    ),
    {
      'shared.yaml':
        'media: {A: {schema: {type: object, title: A}}}\nschemes: {Key: {type: apiKey, in: query, name: k}}\n',
    },
  );
  expect(warnings).toEqual([]);
  expect(contract.operations[0]).toMatchObject({
    security: [{ scheme: 'Key', place: { in: 'query', name: 'k' } }],
    responses: [{ content: [{ schema: { title: 'A' } }] }],
  });
});

test('files lie to each other as their URLs do', async () => {
  const { contract } = await load(
    `${HEAD}$self: https://a.example/api/openapi.yaml\npaths: {/x: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'https://a.example/api/parts/s.yaml#/S'}}}}}}}}\n`,
    { 'parts/s.yaml': 'S: {type: integer}\n' },
  );
  expect(contract.schemas.get('S')).toEqual({ type: 'integer' });
});

test('a body of parts without names is a list', async () => {
  const media =
    'itemSchema: {type: object}, prefixEncoding: [{contentType: application/json}], itemEncoding: {contentType: image/*}';
  const { contract } = await load(
    withOperation(`requestBody: {content: {multipart/mixed: {${media}}}}, responses: {'200': {description: ok}}`),
  );
  expect(contract.operations[0]?.requestBody?.content[0]).toEqual({
    type: 'multipart/mixed',
    schema: { type: 'array', items: { type: 'object' } },
    parts: {
      prefix: [{ contentType: 'application/json', headers: [] }],
      items: { contentType: 'image/*', headers: [] },
    },
  });
});

describe('what is not used is a warning at its place', () => {
  const ok = "responses: {'200': {description: ok}}";
  const answer = (media: string): string => withOperation(`responses: {'200': {description: ok, content: {${media}}}}`);
  test.each([
    {
      given: 'a base URL that is a path',
      text: `${HEAD}$self: /api/openapi.yaml\npaths: {}\n`,
      want: '3:1 "$self" expected a whole URL, received "/api/openapi.yaml"; references are resolved from the file',
    },
    {
      given: 'the encoding of parts by position in an answer',
      text: answer('multipart/mixed: {schema: {type: array}, prefixEncoding: [{contentType: text/plain}]}'),
      want: '3:108 "prefixEncoding" of an answer is not read: the client gives the bytes of the body as a stream',
    },
    {
      given: 'the encoding of parts by position where they have names',
      text: withOperation(`requestBody: {content: {multipart/form-data: {itemEncoding: {}}}}, ${ok}`),
      want: '3:66 "itemEncoding" is not used for "multipart/form-data"; expected it for parts without names, such as multipart/mixed',
    },
    {
      given: 'headers of a part',
      text: withOperation(`requestBody: {content: {multipart/mixed: {prefixEncoding: [{headers: {}}]}}}, ${ok}`),
      want: '3:80 "headers" of a part is not used: a part is sent with its content type alone',
    },
    {
      given: 'items beside the schema of a list of parts',
      text: withOperation(
        `requestBody: {content: {multipart/mixed: {schema: {type: array}, itemSchema: {type: string}}}}, ${ok}`,
      ),
      want: '3:85 "itemSchema" is not used beside "schema", which describes the list of parts',
    },
    {
      given: 'items of a body that is not a stream',
      text: answer('application/json: {itemSchema: {type: string}}'),
      want: '3:86 "itemSchema" is not used for "application/json"; expected it for a stream of values such as application/jsonl',
    },
    {
      given: 'a query in JSON',
      text: withOperation(`parameters: [{name: q, in: querystring, content: {application/json: {schema: {}}}}], ${ok}`),
      want: '3:43 "querystring" expected application/x-www-form-urlencoded, received "application/json"; the client takes the encoded query as a string, and the tenant does not read it',
    },
    {
      given: 'the style of cookies',
      text: withOperation(`parameters: [{name: q, in: cookie, style: cookie, schema: {type: string}}], ${ok}`),
      want: '3:55 "style: cookie" is sent as "form": special characters in the value are percent-encoded',
    },
    {
      given: 'a serialized parameter',
      text: withOperation(
        `parameters: [{name: q, in: query, schema: {type: string}, examples: {a: {serializedValue: q=1}}}], ${ok}`,
      ),
      want: '3:93 "serializedValue" of a parameter is not read; expected "dataValue" beside it',
    },
    {
      given: 'the metadata of an authorization server alone',
      text: withOperation(
        ok,
        'components: {securitySchemes: {o: {type: oauth2, flows: {}, oauth2MetadataUrl: https://a.example/m}}}\n',
      ),
      want: '4:61 "oauth2MetadataUrl" is not fetched: the client takes a token; with "flows.clientCredentials.tokenUrl" it gets its own',
    },
    {
      given: 'a tag below a tag that does not exist',
      text: withOperation(ok, 'tags: [{name: a, parent: b}]\n'),
      want: '4:18 unknown tag "b"; expected the name of a tag in "tags"',
    },
    {
      given: 'a method with a field of its own',
      text: `${HEAD}paths: {/x: {additionalOperations: {POST: {${ok}}}}}\n`,
      want: '3:37 "POST" has a field of its own; expected the operation under "post"',
    },
    {
      given: 'a method that is not a token',
      text: `${HEAD}paths: {/x: {additionalOperations: {'A B': {${ok}}}}}\n`,
      want: '3:37 "A B" is not a method; expected a name such as COPY',
    },
    {
      given: 'a method that fetch refuses',
      text: `${HEAD}paths: {/x: {additionalOperations: {CONNECT: {${ok}}}}}\n`,
      want: '3:37 "CONNECT" cannot be sent: fetch refuses it; the client has the method nevertheless',
    },
  ])('$given', async ({ text, want }) => {
    expect(await warningsOf(text)).toEqual([want]);
  });
});
