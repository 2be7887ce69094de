import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContractError } from './errors.js';
import { loadContract } from './load/load.js';
import { writeFiles } from './test-support/write-files.js';

/** Documents of other projects: which are read, and which are refused and how. */

const HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
const ok = "responses: {'200': {description: ok}}";
const path = (operation: string): string => `${HEAD}paths: {/x: {get: {${operation}}}}\n`;
const answer = (schema: string): string =>
  `responses: {'200': {description: ok, content: {application/json: {schema: ${schema}}}}}`;
const schemas = (text: string): string => `components: {schemas: {${text}}}\n`;

async function problemsOf(files: Readonly<Record<string, string>>, root = 'openapi.yaml'): Promise<readonly string[]> {
  const error = await loadContract(join(writeFiles(files), root), { strict: true }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return [];
  if (!(error instanceof ContractError)) throw error;
  return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('reads', () => {
  const cases: readonly { given: string; text: string; more?: Readonly<Record<string, string>> }[] = [
    {
      given: 'extensions among paths and among responses',
      text: `${HEAD}paths: {x-more: {get: {a: 1}}, /x: {get: {responses: {x-more: {a: 1}, '200': {description: ok}}}}}`,
    },
    { given: 'an operation of 3.1 without responses', text: path('operationId: a') },
    {
      given: 'scopes of OpenID Connect and roles of other schemes',
      text: `${HEAD}paths:
  /a: {get: {security: [{oidc: [openid]}], ${ok}}}
  /b: {get: {security: [{basic: [admin]}, {key: [admin]}], ${ok}}}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a.example/token, scopes: {'read:x': ''}}}}
    oidc: {type: openIdConnect, openIdConnectUrl: https://a.example/.well-known/openid-configuration}
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: K}
`,
    },
    {
      given: 'a reference with percent signs',
      text: `${HEAD}paths:
  /a/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], ${answer('{type: string}')}}}
  /b: {get: {${answer("{$ref: '#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema'}")}}}
`,
    },
    {
      given: 'schemas that are booleans, and a reference to one',
      text: `${path(answer('true'))}${schemas("Never: false, O: {properties: {a: {$ref: '#/components/schemas/Never'}}}, U: {allOf: [true]}")}`,
    },
    {
      given: 'a $ref in an example or in an extension, which is data',
      text: `${path(`x-codeSamples: [{source: {$ref: ./sample.js}}], ${ok}`)}${schemas("A: {type: object, example: {$ref: 'no.yaml'}, enum: [{$ref: 'no.yaml'}]}")}`,
    },
    {
      given: 'the same beside a reference to another file',
      text: `${path(`x-codeSamples: [{source: {$ref: ./sample.js}}], ${answer('{$ref: b.yaml#/B}')}`)}`,
      more: { 'b.yaml': 'B: {type: object, example: {$ref: no.yaml}, enum: [{$ref: no.yaml}]}' },
    },
    {
      given: 'extensions with names close to ours',
      text: `${HEAD}x-ratelimit: 5\npaths: {/x: {get: {x-query: a, x-rate-limit: {limit: 5}, x-resource: a, x-valid: 1, ${ok}}}}`,
    },
  ];
  test.each(cases)('$given', async ({ text, more = {} }) => {
    expect(await problemsOf({ 'openapi.yaml': text, ...more })).toEqual([]);
  });
});

test('a reference with percent signs is decoded', async () => {
  const folder = writeFiles({
    'openapi.yaml': `${path(answer("{$ref: '#/components/schemas/With%20Space'}"))}${schemas('With Space: {type: string}')}`,
  });
  const { contract } = await loadContract(join(folder, 'openapi.yaml'));
  const [media] = contract.operations[0]?.responses[0]?.content ?? [];
  expect(media?.schema).toEqual({ $ref: '#/components/schemas/With Space' });
});

test('the mapping of a discriminator points to the schemas in the bundle', async () => {
  const folder = writeFiles({
    'openapi.yaml': `${HEAD}paths: {}
components: {schemas: {Pet: {oneOf: [{$ref: 'pets.json#/Cat'}, {$ref: 'pets.json#/Dog'}], discriminator: {propertyName: kind, mapping: {cat: 'pets.json#/Cat', dog: Dog}}}}}
`,
    'pets.json': '{"Cat": {"type": "object"}, "Dog": {"type": "object"}}',
  });
  const { contract } = await loadContract(join(folder, 'openapi.yaml'));
  expect(contract.schemas.get('Pet')).toMatchObject({
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } },
  });
});

describe('the path of a server', () => {
  const variables = (...pairs: readonly string[]): string => `, variables: {${pairs.join(', ')}}`;
  const cases = [
    {
      given: "'https://{r}.a.example/api/{version}/'",
      more: variables('r: {default: eu}', 'version: {default: v2}'),
      want: '/api/v2/x',
    },
    { given: "'{base}/v1'", more: variables("base: {default: 'https://a.example'}"), want: '/v1/x' },
    { given: 'v1', want: '/v1/x' },
    { given: '//cdn.example.com/v1', want: '/v1/x' },
    { given: "'https://a.example/v1?x=1'", want: '/v1/x' },
    { given: "'https://a.example:{port}'", more: variables("port: {default: '8443'}"), want: '/x' },
  ];
  test.each(cases)('$given', async ({ given, more = '', want }) => {
    const text = `${HEAD}servers: [{url: ${given}${more}}]\npaths: {/x: {get: {${ok}}}}`;
    const { contract } = await loadContract(join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml'));
    expect(contract.operations[0]?.route).toBe(want);
  });

  test('needs a default for each variable, and must be a URL', async () => {
    const text = `${HEAD}servers: [{url: 'https://a.example:{port}'}, {url: 'localhost:80/v1'}]\npaths: {}`;
    expect(await problemsOf({ 'openapi.yaml': text })).toEqual([
      '3:12 "https://a.example:{port}" has "{port}"; expected a default for "port" under "variables"',
      '3:47 "localhost:80/v1" is not a URL; expected a URL like https://api.example.com/v1, or a path',
    ]);
  });
});

describe('refuses, with the place,', () => {
  const parameters = (list: string): string => path(`parameters: [${list}], ${ok}`);
  const cases: readonly { given: string; text: string; want: readonly string[] }[] = [
    {
      given: 'Swagger 1.2',
      text: 'swagger: "1.2"\n',
      want: ['1:1 this is Swagger 1.2; expected a file in OpenAPI 3.0, 3.1 or 3.2, or in Swagger 2.0'],
    },
    {
      given: 'Arazzo',
      text: 'arazzo: 1.0.1\nsourceDescriptions: [{name: a, url: ./pets.yaml, type: openapi}]\nworkflows: []\n',
      want: [
        '1:1 this is Arazzo 1.0.1, which describes workflows; pass the OpenAPI document that it is about: ./pets.yaml',
      ],
    },
    {
      given: 'an overlay',
      text: 'overlay: 1.0.0\ninfo: {title: T, version: "1"}\nactions: []\n',
      want: [
        '1:1 this is an overlay (version 1.0.0), which changes an OpenAPI document; pass it with --overlay, and the document with --spec',
      ],
    },
    {
      given: 'AsyncAPI',
      text: 'asyncapi: 3.0.0\n',
      want: ['1:1 this is AsyncAPI 3.0.0, which describes messages; expected an OpenAPI document'],
    },
    {
      given: 'no version',
      text: 'title: A\n',
      want: ['1:1 "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received nothing'],
    },
    {
      given: 'a version without quotes',
      text: 'openapi: 3.1.0\ninfo: {title: T, version: 1.0}\npaths: {}',
      want: ['2:18 "version" expected a string, received 1; quote it'],
    },
    {
      given: 'an operation of 3.0 without responses',
      text: path('operationId: a').replace('3.1.0', '3.0.3'),
      want: ['3:14 missing "responses"; an operation requires it'],
    },
    {
      given: 'a percent sign that is not an escape',
      text: path(answer("{$ref: 'a%zz.yaml'}")),
      want: [
        '3:95 "$ref: a%zz.yaml" is malformed: expected two hexadecimal digits after "%"; write a percent sign as "%25"',
      ],
    },
    {
      given: 'circular references',
      text: `${path(answer("{$ref: '#/components/schemas/A'}"))}${schemas("A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}")}`,
      want: [
        '4:28 "$ref: #/components/schemas/B" is circular: #/components/schemas/B → #/components/schemas/A; expected a reference that ends at a schema',
        '4:65 "$ref: #/components/schemas/A" is circular: #/components/schemas/A → #/components/schemas/B; expected a reference that ends at a schema',
      ],
    },
    {
      given: 'a reference to the whole document',
      text: path(answer("{$ref: '#'}")),
      want: ['3:95 "$ref: #" points to the whole document; expected a schema'],
    },
    {
      given: 'references of the wrong kind',
      text: `${path("parameters: [{$ref: '#/components/schemas/S'}], responses: {'200': {$ref: '#/info/title'}}")}${schemas('S: {type: string}')}`,
      want: [
        '3:34 "$ref: #/components/schemas/S" points to a schema; expected a parameter',
        '3:88 "$ref: #/info/title" points to a string; expected a response',
      ],
    },
    {
      given: 'a reference to a URL',
      text: path(answer("{$ref: 'https://a.example/s.yaml#/X'}")),
      want: ['3:95 "$ref: https://a.example/s.yaml#/X" is a URL, which is not fetched; expected a local file'],
    },
    {
      given: 'entries that are not objects',
      text: `${HEAD}paths: {/x: {get: {parameters: [5], responses: {'200': true}}}, /y: null}`,
      want: [
        '3:33 entry 0 of "parameters" expected a parameter, an object; received 5',
        '3:49 "200" expected an object, received true',
        '3:65 "/y" expected an object, received null',
      ],
    },
    {
      given: 'a path without a slash',
      text: `${HEAD}paths: {x: {get: {${ok}}}}`,
      want: ['3:9 "x" is not a path; expected it to begin with "/"'],
    },
    ...['/a/{', '/a/}', '/{a/b', '/{}', '/{{a}}'].map((name) => ({
      given: `a path ${name}`,
      text: `${HEAD}paths: {"${name}": {get: {${ok}}}}`,
      want: [`3:9 "${name}" has a brace without its other half; expected {name} for each parameter`],
    })),
    {
      given: 'a version with a part too many',
      text: HEAD.replace('3.1.0', '3.1.0.0'),
      want: ['1:1 "openapi" expected version 3.0.x, 3.1.x or 3.2.x, received "3.1.0.0"'],
    },
    {
      given: 'a negative limit',
      text: `${HEAD}${schemas('A: {type: array, maxItems: -1}')}`,
      want: ['3:41 "maxItems" expected a whole number from 0, received -1'],
    },
    {
      given: 'a path that differs only in the names of its parameters',
      text: `${HEAD}paths: {'/x/{a}': {}, '/x/{b}': {}}`,
      want: ['3:23 "/x/{b}" is the same path as "/x/{a}"; put all operations under one of them'],
    },
    {
      given: 'an uppercase method',
      text: `${HEAD}paths: {/x: {GET: {${ok}}}}`,
      want: ['3:14 unknown field "GET" of a path item; did you mean "get"?'],
    },
    {
      given: 'an unknown place of a parameter',
      text: parameters('{name: q, in: nowhere, schema: {}}'),
      want: ['3:43 "in" expected one of path, query, header, cookie, querystring, received "nowhere"'],
    },
    {
      given: 'a parameter that is listed twice',
      text: parameters('{name: q, in: query, schema: {}}, {name: q, in: query, schema: {}}'),
      want: ['3:67 query parameter "q" is listed twice; expected once'],
    },
    {
      given: 'invalid statuses',
      text: path("responses: {abc: {description: a}, true: {description: b}, '99': {description: c}}"),
      want: [
        '3:32 "abc" is not a status; expected a status like 200, a range like 4XX, or default',
        '3:55 "true" is not a status; expected a status like 200, a range like 4XX, or default',
        '3:79 "99" is not a status; expected a status like 200, a range like 4XX, or default',
      ],
    },
    {
      given: 'a misspelt keyword of ours beside a valid one',
      text: `${HEAD}x-evidence: {'': {grade: documented, source: us}}\npaths: {/x: {get: {x-query: page, x-efect: {}, ${ok}}}}`,
      want: [
        '4:20 "x-query" has no meaning on an operation; expected it on a parameter',
        '4:35 unknown keyword "x-efect"; did you mean "x-effect"?',
      ],
    },
  ];
  test.each(cases)('$given', async ({ text, want }) => {
    expect(await problemsOf({ 'openapi.yaml': text })).toEqual(want);
  });

  const json = [
    {
      given: 'a repeated name',
      text: '{"a": {"b": 1,\n "b": 2}}',
      want: '2:2 has "b" twice in one object; expected it once',
    },
    {
      given: 'deep nesting',
      text: `{"a": ${'['.repeat(9000)}${']'.repeat(9000)}}`,
      want: '1:506 is nested deeper than 500 levels',
    },
    {
      given: 'a number that is too large',
      text: '{"info": "1e999",\n "a": -1e999}',
      want: '2:7 has the number -1e999, which is too large; expected a finite number',
    },
    {
      given: 'YAML, which is not JSON',
      text: '{"openapi": "3.1.0",\n"paths": nope}',
      want: '2:10 is not JSON: expected a value, received "nope"; it is read as YAML',
    },
    {
      given: 'a truncated text',
      text: '{"a": [1',
      want: '1:9 is not JSON: expected "]", received the end of the text',
    },
  ];
  test.each(json)('$given in JSON', async ({ text, want }) => {
    expect(await problemsOf({ 'openapi.json': text }, 'openapi.json')).toEqual([want]);
  });
});

describe('a load that is not strict reads, with a warning,', () => {
  const param = '{name: id, in: path, required: true, schema: {type: string}}';
  test.each([
    ['a response without description', path("responses: {'200': {}}"), 'missing "description"'],
    ['no version', 'openapi: 3.1.0\ninfo: {title: T}\npaths: {}\n', 'missing "version"'],
    ['no paths', 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\n', 'missing "paths"'],
    ['a scheme that is not declared', path(`security: [{none: []}], ${ok}`), 'unknown security scheme "none"'],
    ['a path parameter that is not declared', `${HEAD}paths: {'/x/{id}': {get: {${ok}}}}\n`, 'the path has "{id}"'],
    ['a path parameter of another path', path(`parameters: [${param}], ${ok}`), '"id" is a path parameter'],
    [
      'two templates of one path',
      `${HEAD}paths: {'/x/{id}': {parameters: [${param}]}, '/x/{no}': {parameters: [${param.replace('id', 'no')}]}}\n`,
      'is the same path as',
    ],
    [
      'a parameter that is listed twice',
      path(`parameters: [{name: a, in: query, schema: {}}, {name: a, in: query, schema: {}}], ${ok}`),
      'is listed twice',
    ],
  ])('%s', async (_, text, message) => {
    const root = join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml');
    const { warnings } = await loadContract(root, { strict: false });
    expect(warnings.map((warning) => warning.message)).toEqual([expect.stringContaining(message)]);
    expect(warnings[0]?.line).toBeGreaterThan(0);
    await expect(loadContract(root, { strict: true })).rejects.toMatchObject({ code: 'CONTRACT_INVALID' });
  });
});
