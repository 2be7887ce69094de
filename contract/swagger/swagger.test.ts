import { describe, expect, test } from 'vitest';
import { objectOr } from '../json/json-value.js';
import { getPointer } from '../pointer.js';
import { converted, HEAD, load, OK } from './test-support/read-swagger.js';

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
