import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { ContractError } from '../errors.js';
import { entriesOf, objectOr } from '../json/json-value.js';
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
    // OpenAPI 3 has commas there, and nothing else.
    const text = { type: 'string' };
    const inHeader = /ssv|pipes/.test(format) ? text : schema;
    expect(await read(`in: header, ${list}`)).toEqual({ name: 'p', in: 'header', schema: inHeader });
  });

  test.each([
    ['query', 'tsv', 'items: {type: integer}', '^(?:-?\\d+(?:\\t-?\\d+){0,})?$'],
    ['header', 'ssv', 'items: {type: boolean}, minItems: 1', '^(?:true|false)(?: (?:true|false)){0,}$'],
    ['header', 'pipes', 'items: {type: string}, minItems: 2', undefined],
    [
      'path',
      'pipes',
      'items: {type: string, enum: [a.b, c]}, minItems: 2, maxItems: 3',
      '^(?:a\\.b|c)(?:\\|(?:a\\.b|c)){1,2}$',
    ],
  ])('in %s with the format %s is a text', async (place, format, list, pattern) => {
    const parameter = `in: ${place}, required: true, type: array, ${list}, collectionFormat: ${format}`;
    const { schema } = objectOr(
      getPointer(
        await converted(`paths: {'/x/{p}': {get: {parameters: [{name: p, ${parameter}}], ${OK}}}}`),
        '/paths/~1x~1{p}/get/parameters/0',
      ),
    );
    expect(schema).toEqual({ type: 'string', ...(pattern !== undefined && { pattern }) });
  });

  test('with lists in a list has texts in it', async () => {
    const items = 'items: {type: array, items: {type: integer}, collectionFormat: pipes}';
    expect(await read(`in: query, type: array, ${items}, minItems: 1`, '/parameters/0/schema')).toEqual({
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^(?:-?\\d+(?:\\|-?\\d+){0,})?$' },
    });
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

describe('of the parameters of a path and an operation', () => {
  const FIELD = '{name: f, in: formData, type: string}';
  const BODY = '{name: b, in: body, schema: {type: object}}';
  const FORM = 'application/x-www-form-urlencoded';

  test.each([
    ['a form replaces a body', BODY, FIELD, [FORM, ['f']]],
    ['a body replaces a form', FIELD, BODY, ['application/json', undefined]],
    ['fields join', '{name: g, in: formData, type: string}', FIELD, [FORM, ['f', 'g']]],
  ])('%s', async (_, ofPath, own, want) => {
    const document = await converted(`paths: {/x: {parameters: [${ofPath}], post: {parameters: [${own}], ${OK}}}}`);
    const [[type, media] = []] = entriesOf(getPointer(document, '/paths/~1x/post/requestBody/content'));
    const { properties } = objectOr(objectOr(media).schema);
    expect([type, properties && Object.keys(objectOr(properties))]).toEqual(want);
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

test('a schema may list the schemas of items, and types', async () => {
  const document = await converted(`paths: {}
definitions:
  Pair:
    type: [array, 'null']
    items: [{$ref: '#/definitions/Name'}, {type: integer}]
    additionalItems: {type: boolean}
  Name: {type: string}
  Parts:
    properties:
      items: {$ref: '#/definitions/Pair/items/1'}
      more: {$ref: '#/definitions/Pair/additionalItems'}
      same: {$ref: '#/definitions/Parts/properties/items'}
`);
  expect(getPointer(document, '/components/schemas/Parts/properties')).toEqual({
    items: { $ref: '#/components/schemas/Pair/prefixItems/1' },
    more: { $ref: '#/components/schemas/Pair/items' },
    same: { $ref: '#/components/schemas/Parts/properties/items' },
  });
  expect(getPointer(document, '/components/schemas/Pair')).toEqual({
    type: ['array', 'null'],
    prefixItems: [{ $ref: '#/components/schemas/Name' }, { type: 'integer' }],
    items: { type: 'boolean' },
  });
});

test('a schema that is no definition becomes a component where it is referred to, also one that refers to itself', async () => {
  const { contract, warnings } = await load({
    'swagger.yaml': `${HEAD}paths:
  /x:
    post:
      parameters: [{$ref: '#/parameters/B'}]
      responses:
        '200': {$ref: '#/responses/R'}
        '201': {description: D, schema: {$ref: '#/responses/R/schema'}}
        '202': {description: D, schema: {$ref: '#/parameters/B/schema'}}
        '203': {description: D, schema: {$ref: '#/paths/~1x/post/responses/204/schema'}}
        '204': {description: D, schema: {type: integer}}
        '205': {description: D, schema: {$ref: '#/x-more/R'}}
parameters: {B: {name: b, in: body, schema: {type: array, items: {$ref: '#/parameters/B/schema'}}}}
responses: {R: {description: D, schema: {$ref: '#/definitions/R'}}}
definitions: {R: {type: string}}
x-more: {R: {type: object, properties: {r: {$ref: '#/definitions/R'}}}}
`,
  });
  expect(warnings).toEqual([]);
  expect(Object.fromEntries(contract.schemas)).toEqual({
    R: { type: 'string' },
    R2: { $ref: '#/components/schemas/R' },
    B: { type: 'array', items: { $ref: '#/components/schemas/B' } },
    Schema204: { type: 'integer' },
    R3: { type: 'object', properties: { r: { $ref: '#/components/schemas/R' } } },
  });
});

test('names may have any characters', async () => {
  const document = await converted(`paths: {}
definitions:
  Result«User»: {type: object}
  a.b/c: {type: string}
  __proto__: {type: string}
  constructor: {type: string}
  x-a: {type: string}
  All:
    type: object
    properties:
      a: {$ref: '#/definitions/Result«User»'}
      b: {$ref: '#/definitions/a.b~1c'}
      c: {$ref: '#/definitions/Result%C2%ABUser%C2%BB'}
      d: {$ref: '#/definitions/__proto__'}
      e: {$ref: '#/definitions/constructor'}
      f: {$ref: '#/definitions/x-a'}
`);
  const properties = objectOr(getPointer(document, '/components/schemas/All/properties'));
  expect(Object.values(properties).map((schema) => objectOr(schema).$ref)).toEqual(
    ['Result«User»', 'a.b~1c', 'Result«User»', '__proto__', 'constructor', 'x-a'].map(
      (name) => `#/components/schemas/${name}`,
    ),
  );
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

test('what a section takes from other files keeps the name that it has there', async () => {
  const { contract } = await load({
    'swagger.yaml': `${HEAD}paths:
  /x:
    get:
      parameters: [{$ref: 'parts.yaml#/limit'}]
      responses: {'200': {description: D, schema: {$ref: 'Pet.yaml'}}, '404': {$ref: 'parts.yaml#/Missing'}}
definitions: {Animal: {$ref: 'Pet.yaml'}}
parameters: {most: {$ref: 'parts.yaml#/limit'}}
responses: {None: {$ref: 'parts.yaml#/Missing'}}
`,
    'Pet.yaml': "type: object\nproperties: {friend: {$ref: 'Pet.yaml'}}\n",
    'parts.yaml': 'limit: {name: limit, in: query, type: integer}\nMissing: {description: D}\n',
  });
  expect(Object.fromEntries(contract.schemas)).toEqual({
    Animal: { type: 'object', properties: { friend: { $ref: '#/components/schemas/Animal' } } },
  });
  expect(contract.document.components).toMatchObject({
    parameters: { most: { schema: { type: 'integer' } } },
    responses: { None: { description: 'D' } },
  });
  const { get } = objectOr(getPointer(contract.document, '/paths/~1x'));
  expect(get).toEqual({
    parameters: [{ $ref: '#/components/parameters/most' }],
    responses: {
      200: { description: 'D', content: { '*/*': { schema: { $ref: '#/components/schemas/Animal' } } } },
      404: { $ref: '#/components/responses/None' },
    },
  });
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

/** What is wrong with a document: line and column, pointer, and message. */
async function problemsOf(text: string): Promise<readonly string[]> {
  const read = await load({ 'swagger.yaml': HEAD + text }).then(
    ({ warnings }) => warnings,
    (cause: unknown) => {
      if (cause instanceof ContractError) return cause.problems;
      throw cause;
    },
  );
  return read.map(({ line, column, pointer, message }) => `${line}:${column} ${pointer} ${message}`);
}

describe('a problem is told in the words of the document:', () => {
  test.each([
    [
      'an entry of a section',
      'paths: {}\ndefinitions:\n  A: 1\n',
      '5:3 #/definitions/A "A" of "definitions" expected a schema, an object; received 1 (its value is left out)',
    ],
    [
      'a section',
      'paths: {}\ndefinitions: []\n',
      '4:1 #/definitions "definitions" expected an object of objects, received a list (the field is left out)',
    ],
    [
      'an entry of a list',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {}}\n        - 1\n      ${OK}`,
      '8:11 #/paths/~1x/get/parameters/1 entry 0 of "parameters" expected a parameter, an object; received 1 (the entry is left out)',
    ],
    [
      'a list',
      `paths:\n  /x:\n    get:\n      parameters: {}\n      ${OK}`,
      '6:7 #/paths/~1x/get/parameters "parameters" expected a list of objects, received an object (the field is left out)',
    ],
    [
      'responses',
      'paths:\n  /x:\n    get:\n      responses: []\n',
      '6:7 #/paths/~1x/get/responses "responses" expected an object, received a list (its value is left out)',
    ],
    [
      'the schema of an answer',
      'paths: {}\nresponses:\n  R:\n    description: D\n    schema: 1\n',
      '7:5 #/responses/R/schema "schema" expected a schema or a boolean, received 1 (the field is left out)',
    ],
    [
      'the schema of a body',
      `paths:\n  /x:\n    put:\n      parameters:\n        - {name: a, in: body, schema: 1}\n      ${OK}`,
      '7:31 #/paths/~1x/put/parameters/0/schema "schema" expected a schema or a boolean, received 1 (the field is left out)',
    ],
    [
      'the scopes of a flow',
      "paths: {}\nsecurityDefinitions:\n  o: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: [a]}\n",
      '5:68 #/securityDefinitions/o/scopes "scopes" expected an object, received a list',
    ],
    [
      'a reference to a response',
      "paths: {}\nresponses: {R: {description: D}}\ndefinitions:\n  A: {$ref: '#/responses/R'}\n",
      '6:7 #/definitions/A/$ref "$ref: #/responses/R" points to a response; expected a schema (the reference is left out)',
    ],
    [
      'a parameter that is a schema',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {$ref: '#/definitions/A'}\n      ${OK}\ndefinitions: {A: {type: string}}\n`,
      '7:12 #/paths/~1x/get/parameters/0/$ref "$ref: #/definitions/A" points to a schema; expected a parameter (the parameter is left out)',
    ],
    [
      'a response that is a schema, where the media types are others',
      "paths:\n  /x:\n    get:\n      produces: [text/a]\n      responses: {'200': {$ref: '#/definitions/A'}}\ndefinitions: {A: {type: string}}\n",
      '7:27 #/paths/~1x/get/responses/200/$ref "$ref: #/definitions/A" points to a schema; expected a response (the response is left out)',
    ],
    [
      'the place of a parameter',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: form, type: string}\n      ${OK}`,
      '7:21 #/paths/~1x/get/parameters/0/in "in" expected one of path, query, header, formData, body, received "form"',
    ],
    [
      'a circle',
      "paths: {}\ndefinitions:\n  A: {$ref: '#/definitions/A'}\n",
      '5:7 #/definitions/A/$ref "$ref: #/definitions/A" is circular: #/definitions/A; expected a reference that ends at a schema (the reference is left out)',
    ],
  ])('%s', async (_, text, want) => {
    expect(await problemsOf(text)).toEqual([want]);
  });
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
