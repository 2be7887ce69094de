import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { ContractError } from '../errors.js';
import { loadContract } from '../load/load.js';
import { getPointer } from '../pointer.js';
import { writeFiles } from '../test-support/write-files.js';

const HEAD = 'swagger: "2.0"\ninfo: {title: T, version: "1"}\n';
const OK = "responses: {'200': {description: ok}}";

async function load(files: Readonly<Record<string, string>>, overlay: readonly string[] = []) {
  const folder = writeFiles(files);
  return loadContract(join(folder, 'swagger.yaml'), { overlay: overlay.map((name) => join(folder, name)) });
}

/** The document that is read, in the dialect of OpenAPI 3.1. */
async function converted(text: string): Promise<JsonObject> {
  return (await load({ 'swagger.yaml': HEAD + text })).contract.document;
}

/** What is read of the operation `GET /x`, by a pointer in it. */
async function inOperation(operation: string, pointer: string, more = ''): Promise<unknown> {
  const document = await converted(`${more}paths: {/x: {get: {${operation}}}}`);
  return getPointer(document, `/paths/~1x/get${pointer}`);
}

describe('the servers', () => {
  test.each([
    ['host: a.example\nbasePath: /v1\nschemes: [https, http]\n', ['https://a.example/v1', 'http://a.example/v1']],
    ['host: a.example:8080\n', ['https://a.example:8080']],
    ['basePath: /v1\n', ['/v1']],
    ["host: ''\nbasePath: /v1\n", ['/v1']],
  ])('%j', async (text, urls) => {
    const { servers } = await converted(`${text}paths: {}`);
    expect(servers).toEqual(urls.map((url) => ({ url })));
  });

  test('a base path is part of each route', async () => {
    const { contract } = await load({ 'swagger.yaml': `${HEAD}basePath: /v1\npaths: {/x: {get: {${OK}}}}` });
    expect(contract.operations.map(({ route }) => route)).toEqual(['/v1/x']);
  });

  test('a document without host and base path has none', async () => {
    expect((await converted('paths: {}')).servers).toBeUndefined();
  });
});

describe('a parameter', () => {
  const read = (parameter: string, pointer = '/parameters/0') =>
    inOperation(`parameters: [{name: p, ${parameter}}], ${OK}`, pointer);

  test('has a schema with what it says about its value', async () => {
    expect(await read('in: query, type: integer, format: int32, minimum: 1, exclusiveMinimum: true, x-a: 1')).toEqual({
      name: 'p',
      in: 'query',
      'x-a': 1,
      schema: { type: 'integer', format: 'int32', exclusiveMinimum: 1 },
    });
  });

  test.each([
    ['', { style: 'form', explode: false }],
    [', collectionFormat: csv', { style: 'form', explode: false }],
    [', collectionFormat: ssv', { style: 'spaceDelimited', explode: false }],
    [', collectionFormat: pipes', { style: 'pipeDelimited', explode: false }],
    [', collectionFormat: multi', { style: 'form', explode: true }],
  ])('with a list%s', async (format, style) => {
    const schema = { type: 'array', items: { type: 'string' } };
    const list = `type: array, items: {type: string}${format}`;
    expect(await read(`in: query, ${list}`)).toEqual({ name: 'p', in: 'query', ...style, schema });
    // Commas are the only way in a header, in both versions.
    expect(await read(`in: header, ${list}`)).toEqual({ name: 'p', in: 'header', schema });
  });

  test('with tabs between its values is a text', async () => {
    const parameter = await read('in: query, type: array, items: {type: integer}, collectionFormat: tsv');
    expect(parameter).toEqual({ name: 'p', in: 'query', schema: { type: 'string' } });
  });

  test('that may be null says so in an extension', async () => {
    expect(await read('in: query, type: string, x-nullable: true', '/parameters/0/schema/type')).toEqual([
      'string',
      'null',
    ]);
  });

  test('has the example of an extension', async () => {
    expect(await read('in: query, type: string, x-example: a', '/parameters/0/example')).toBe('a');
  });

  test('of a section is referred to, of a path stays there', async () => {
    const document = await converted(`parameters:
  limit: {name: limit, in: query, type: integer}
paths:
  /x/{id}:
    parameters: [{name: id, in: path, required: true, type: string}]
    get: {parameters: [{$ref: '#/parameters/limit'}], ${OK}}`);
    const item = getPointer(document, '/paths/~1x~1{id}');
    expect(item).toMatchObject({
      parameters: [{ name: 'id', schema: { type: 'string' } }],
      get: { parameters: [{ $ref: '#/components/parameters/limit' }] },
    });
    expect(getPointer(document, '/components/parameters/limit/schema')).toEqual({ type: 'integer' });
  });
});

describe('a body', () => {
  const SCHEMA = { type: 'object' };

  test('has the media types of its operation, or of the document, or JSON', async () => {
    const types = async (own: string, more = '') => {
      const body = 'parameters: [{name: b, in: body, required: true, description: B, schema: {type: object}}]';
      return inOperation(`${own}${body}, ${OK}`, '/requestBody', more);
    };
    const media = { schema: SCHEMA };
    const known = { description: 'B', required: true };
    expect(await types('')).toEqual({ ...known, content: { 'application/json': media } });
    expect(await types('', 'consumes: [application/a+json]\n')).toEqual({
      ...known,
      content: { 'application/a+json': media },
    });
    expect(await types('consumes: [text/b, text/c], ', 'consumes: [application/a+json]\n')).toEqual({
      ...known,
      content: { 'text/b': media, 'text/c': media },
    });
  });

  test('of fields is a form, with the lists in it as they are written', async () => {
    const fields = [
      '{name: a, in: formData, required: true, type: string, description: A}',
      '{name: b, in: formData, type: array, items: {type: string}, collectionFormat: multi}',
    ];
    const read = (consumes: string) =>
      inOperation(`${consumes}parameters: [${fields.join(', ')}], ${OK}`, '/requestBody');
    const media = {
      schema: {
        type: 'object',
        properties: {
          a: { type: 'string', description: 'A' },
          b: { type: 'array', items: { type: 'string' } },
        },
        required: ['a'],
      },
      encoding: { b: { style: 'form', explode: true } },
    };
    const form = 'application/x-www-form-urlencoded';
    expect(await read('')).toEqual({ required: true, content: { [form]: media } });
    expect(await read('consumes: [multipart/form-data], ')).toEqual({
      required: true,
      content: { 'multipart/form-data': media },
    });
  });

  test('with a file has parts', async () => {
    expect(
      await inOperation(`parameters: [{name: a, in: formData, type: file}], ${OK}`, '/requestBody/content'),
    ).toEqual({
      'multipart/form-data': {
        schema: { type: 'object', properties: { a: { type: 'string', format: 'binary' } } },
      },
    });
  });

  test('of a section, or of a path, is part of each operation', async () => {
    const document = await converted(`parameters:
  pet: {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
definitions:
  Pet: {type: object}
paths:
  /x:
    parameters: [{$ref: '#/parameters/pet'}]
    put: {${OK}}
    post: {parameters: [{name: other, in: body, schema: {type: array, items: {}}}], ${OK}}`);
    const schemaOf = (method: string) =>
      getPointer(document, `/paths/~1x/${method}/requestBody/content/application~1json/schema`);
    expect(schemaOf('put')).toEqual({ $ref: '#/components/schemas/Pet' });
    expect(schemaOf('post')).toEqual({ type: 'array', items: {} });
    expect(getPointer(document, '/paths/~1x/parameters')).toBeUndefined();
    expect(getPointer(document, '/components/parameters')).toEqual({});
  });
});

describe('an answer', () => {
  const read = (response: string, more = '', own = '') =>
    inOperation(`${own}responses: {'200': {description: D, ${response}}}`, '/responses/200', more);
  const schema = { type: 'string' };

  test('has the media types of its operation, or of the document, or any', async () => {
    expect(await read('schema: {type: string}')).toEqual({
      description: 'D',
      content: { '*/*': { schema } },
    });
    expect(await read('schema: {type: string}', 'produces: [text/a]\n', 'produces: [text/b], ')).toEqual({
      description: 'D',
      content: { 'text/b': { schema } },
    });
    expect(await read('schema: {type: file}')).toEqual({
      description: 'D',
      content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
    });
    expect(await read('headers: {x-a: {type: integer, description: A}}', 'produces: [text/a]\n')).toEqual({
      description: 'D',
      headers: { 'x-a': { description: 'A', schema: { type: 'integer' } } },
    });
  });

  test('has its examples where their media types are', async () => {
    expect(
      await read(
        'schema: {type: string}, examples: {application/json: a, text/plain: b}',
        'produces: [application/json]\n',
      ),
    ).toEqual({
      description: 'D',
      content: { 'application/json': { schema, example: 'a' }, 'text/plain': { schema, example: 'b' } },
    });
  });

  test('of a section is a copy where the operation answers in other media types', async () => {
    const shared = 'produces: [application/json]\nresponses: {Text: {description: D, schema: {type: string}}}\n';
    const of = (own: string) =>
      inOperation(`${own}responses: {'200': {$ref: '#/responses/Text'}}`, '/responses/200', shared);
    expect(await of('')).toEqual({ $ref: '#/components/responses/Text' });
    expect(await of('produces: [text/html], ')).toEqual({ description: 'D', content: { 'text/html': { schema } } });
  });
});

test('a schema: references, the property that names its children, and what may be null', async () => {
  const document = await converted(`paths: {}
definitions:
  Pet:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: {type: string}
      owner: {$ref: '#/definitions/Owner', x-nullable: true}
      $ref: {type: string, example: {$ref: '#/definitions/Owner'}}
  Owner: {type: object, x-nullable: true}
`);
  expect(getPointer(document, '/components/schemas')).toMatchObject({
    Pet: {
      discriminator: { propertyName: 'kind' },
      properties: {
        owner: { anyOf: [{ $ref: '#/components/schemas/Owner' }, { type: 'null' }] },
        $ref: { type: 'string', examples: [{ $ref: '#/definitions/Owner' }] },
      },
    },
    Owner: { type: ['object', 'null'] },
  });
});

test('the ways to sign in', async () => {
  const flow = (name: string) =>
    `{type: oauth2, flow: ${name}, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {s: S}}`;
  const document = await converted(`paths: {}
securityDefinitions:
  basic: {type: basic, description: B}
  key: {type: apiKey, in: header, name: X-Key}
  later: {type: http, scheme: bearer}
  code: ${flow('accessCode')}
  client: ${flow('application')}
  implicit: ${flow('implicit')}
  unknown: {type: oauth2}
`);
  const urls = { authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: { s: 'S' } };
  expect(getPointer(document, '/components/securitySchemes')).toEqual({
    basic: { type: 'http', scheme: 'basic', description: 'B' },
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    later: { type: 'http', scheme: 'bearer' },
    code: { type: 'oauth2', flows: { authorizationCode: urls } },
    client: { type: 'oauth2', flows: { clientCredentials: urls } },
    implicit: { type: 'oauth2', flows: { implicit: urls } },
    unknown: { type: 'oauth2', flows: {} },
  });
});

test('a version without quotes is read', async () => {
  const { contract } = await load({ 'swagger.yaml': 'swagger: 2.0\ninfo: {title: T, version: "1"}\npaths: {}' });
  expect(contract.title).toBe('T');
});

test('other files may hold path items, parameters, answers and schemas, also of the same names', async () => {
  const { contract } = await load({
    'swagger.yaml': `${HEAD}paths:
  /x: {$ref: 'paths/x.yaml'}
  /y:
    get:
      parameters: [{$ref: 'parts.yaml#/limit'}]
      responses: {'200': {$ref: 'parts.yaml#/Pets'}, '404': {$ref: 'parts.yaml#/Pets'}}
parameters: {limit: {name: most, in: query, type: string}}
definitions: {Pet: {type: string}}
`,
    'paths/x.yaml': `post:
  parameters: [{$ref: '../parts.yaml#/limit'}, {name: b, in: body, schema: {$ref: '../parts.yaml#/Pet'}}]
  ${OK}
`,
    'parts.yaml': `limit: {name: limit, in: query, type: integer}
Pet: {type: object, properties: {friend: {$ref: '#/Pet'}}}
Pets: {description: D, schema: {type: array, items: {$ref: '#/Pet'}}}
`,
  });
  const [post, get] = contract.operations;
  const parametersOf = (operation = post) => operation?.parameters.map(({ name, schema }) => [name, schema]);
  expect(parametersOf(post)).toEqual([['limit', { type: 'integer' }]]);
  expect(parametersOf(get)).toEqual([['limit', { type: 'integer' }]]);
  expect(contract.resolve(post?.requestBody?.content[0]?.schema ?? {})).toMatchObject({ type: 'object' });
  expect(contract.schemas.get('Pet')).toEqual({ type: 'string' });
  const list = get?.responses[0]?.content[0]?.schema;
  expect(list).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Pet2' } });
});

test('an overlay finds the document as it is written, and may add our keywords', async () => {
  const { contract } = await load(
    {
      'swagger.yaml': `${HEAD}paths: {/x: {get: {${OK}}}}\ndefinitions: {Pet: {type: object}}`,
      'overlay.yaml': `overlay: 1.0.0
info: {title: O, version: "1"}
actions:
  - {target: $.definitions.Pet, update: {description: added}}
  - {target: $, update: {components: {schemas: {Other: {type: string}}}}}
`,
    },
    ['overlay.yaml'],
  );
  expect(Object.fromEntries(contract.schemas)).toEqual({
    Pet: { type: 'object', description: 'added' },
    Other: { type: 'string' },
  });
});

test('a problem quotes a reference to nothing as it is written', async () => {
  const { warnings } = await load({
    'swagger.yaml': `${HEAD}paths: {}\ndefinitions: {Pet: {properties: {owner: {$ref: '#/definitions/Owner'}}}}`,
  });
  expect(warnings.map(({ message }) => message)).toEqual([
    '"$ref: #/definitions/Owner" points to nothing; expected a component (the reference is left out)',
  ]);
});

describe('a problem has the place where it was written:', () => {
  test.each([
    [
      'a schema',
      'paths: {}\ndefinitions:\n  Pet:\n    properties:\n      name: {type: text}\n',
      ':7:14 #/definitions/Pet/properties/name/type',
    ],
    [
      'a parameter',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {}}\n        - {name: b, in: query, type: text}\n      ${OK}`,
      ':8:32 #/paths/~1x/get/parameters/1/type',
    ],
    [
      'a body',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {type: text}}\n      ${OK}`,
      ':7:40 #/paths/~1x/get/parameters/0/schema/type',
    ],
    [
      'a field',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: formData, type: text}\n      ${OK}`,
      ':7:35 #/paths/~1x/get/parameters/0/type',
    ],
    [
      'an answer',
      "paths:\n  /x:\n    get:\n      responses:\n        '200':\n          description: D\n          schema: {type: text}\n",
      ':9:20 #/paths/~1x/get/responses/200/schema/type',
    ],
    [
      'a shared answer',
      'paths: {}\nresponses:\n  R:\n    description: D\n    schema: {type: text}\n',
      ':7:14 #/responses/R/schema/type',
    ],
  ])('%s', async (_, text, place) => {
    const error = await load({ 'swagger.yaml': HEAD + text }).then(
      ({ warnings }) => new ContractError('CONTRACT_INVALID', warnings),
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(ContractError);
    const problems = error instanceof ContractError ? error.problems : [];
    expect(problems.map(({ line, column, pointer }) => `:${line}:${column} ${pointer}`)).toEqual([place]);
  });
});
