import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Contract } from '../contract.js';
import { ContractError } from '../errors.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

/** What makes no document unreadable is a warning with its place, and the document is read without it. */

const HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
const OK = "responses: {'200': {description: ok}}";
const get = (operation: string, path = '/x') => `${HEAD}paths: {${path}: {get: {${operation}}}}\n`;
const names = ({ operations }: Contract) => operations[0]?.parameters.map(({ in: place, name }) => `${place} ${name}`);

const bodyOf = (contract: Contract) => {
  const { required = false, content } = contract.operations[0]?.requestBody ?? {};
  return [names(contract), required, content?.[0]?.type, content?.[0]?.schema];
};

const cases: readonly {
  readonly given: string;
  readonly text: string;
  readonly warning: string;
  readonly read?: (contract: Contract) => unknown;
  readonly want?: unknown;
}[] = [
  {
    given: 'a path parameter that nobody declares',
    text: get(OK, "'/x/{id}/{n}'"),
    warning: 'the path has "{id}"; expected a path parameter with that name',
    read: names,
    want: ['path id', 'path n'],
  },
  {
    given: 'a path parameter that the path lacks',
    text: get(
      `parameters: [{name: id, in: path, required: true, schema: {}}, {name: a, in: query, schema: {}}], ${OK}`,
    ),
    warning: '"id" is a path parameter; expected {id} in "/x"',
    read: names,
    want: ['query a'],
  },
  {
    given: 'a parameter that is listed three times',
    text: get(
      `parameters: [{name: a, in: query, schema: {type: integer}}, {name: a, in: query}, {name: b, in: query}, {name: a, in: query}], ${OK}`,
    ),
    warning: 'query parameter "a" is listed twice; expected once',
    read: names,
    want: ['query a', 'query b'],
  },
  {
    given: 'a response without a description',
    text: get("responses: {'200': {}}"),
    warning: 'missing "description"; a response requires it',
    read: ({ operations }) => operations[0]?.responses[0]?.description,
    want: '',
  },
  {
    given: 'a pattern of another language',
    text: `${get(OK)}components: {schemas: {A: {type: string, pattern: '(?i)^a$'}}}\n`,
    warning: '"(?i)^a$" is in the syntax of another language; expected that of JavaScript: "^[aA]$"',
    read: ({ schemas }) => schemas.get('A'),
    want: { type: 'string', pattern: '^[aA]$' },
  },
  {
    given: 'names by a pattern of another language',
    text: `${get(OK)}components: {schemas: {A: {patternProperties: {'\\Aa\\z': {}}, additionalProperties: false}}}\n`,
    warning: '"\\Aa\\z" is in the syntax of another language; expected that of JavaScript: "^a$"',
    read: ({ schemas }) => schemas.get('A'),
    want: { patternProperties: { '^a$': {} }, additionalProperties: false },
  },
  {
    given: 'a pattern that is none',
    text: `${get(OK)}components: {schemas: {A: {type: string, pattern: '(?i)^(a$'}}}\n`,
    warning:
      '"(?i)^(a$" is not a regular expression: invalid group; expected the syntax of JavaScript (the pattern is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: { type: 'string' },
  },
  {
    given: 'names by a pattern that is none, of which no other may exist',
    text: `${get(OK)}components: {schemas: {A: {patternProperties: {'(?i)^(a$': {}}, additionalProperties: false}}}\n`,
    warning:
      '"(?i)^(a$" is not a regular expression: invalid group; expected the syntax of JavaScript (the pattern is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: { patternProperties: {} },
  },
  {
    given: 'a type that does not exist',
    text: `${get(OK)}components: {schemas: {A: {type: file, maxLength: 3}}}\n`,
    warning:
      '"type" expected one of null, boolean, object, array, number, string, integer, received "file" (the keyword is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: { maxLength: 3 },
  },
  {
    given: 'a property that says itself that it is required',
    text: `${get(OK)}components: {schemas: {A: {properties: {a: {type: string, required: true}}}}}\n`,
    warning: '"required" expected a list of strings, received true (the keyword is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: { properties: { a: { type: 'string' } } },
  },
  {
    given: 'a property without a schema',
    text: `${get(OK)}components: {schemas: {A: {properties: {a: }}}}\n`,
    warning: '"a" of "properties" expected a schema, an object; received null (its value is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: { properties: { a: {} } },
  },
  {
    given: 'nullable without a type, of OpenAPI 3.0,',
    text: `${get(OK)}components: {schemas: {A: {nullable: true, oneOf: [{type: string}]}}}\n`,
    warning: '"nullable" is a keyword of OpenAPI 3.0; expected "null" in "type"',
    read: ({ schemas }) => schemas.get('A'),
    want: { anyOf: [{ oneOf: [{ type: 'string' }] }, { type: 'null' }] },
  },
  {
    given: 'nullable beside several types',
    text: `${get(OK)}components: {schemas: {A: {nullable: true, type: [string, integer]}}}\n`,
    warning: '"nullable" is a keyword of OpenAPI 3.0; expected "null" in "type"',
    read: ({ schemas, document }) => [schemas.get('A'), document.openapi],
    want: [{ type: ['string', 'integer', 'null'] }, '3.1.0'],
  },
  {
    given: 'an exclusive bound of OpenAPI 3.0',
    text: `${get(OK)}components: {schemas: {A: {maximum: 5, exclusiveMaximum: true}}}\n`,
    warning: '"exclusiveMaximum" expected a number, the bound itself; received true, as in OpenAPI 3.0',
    read: ({ schemas }) => schemas.get('A'),
    want: { exclusiveMaximum: 5 },
  },
  {
    given: 'a schema that is only a circle of references',
    text: `${get(OK)}components: {schemas: {A: {$ref: '#/components/schemas/A'}}}\n`,
    warning:
      '"$ref: #/components/schemas/A" is circular: #/components/schemas/A; expected a reference that ends at a schema (the reference is left out)',
    read: ({ schemas }) => schemas.get('A'),
    want: {},
  },
  {
    given: 'a base that has its heirs among its own forms, one through another heir,',
    text: `${get(OK)}components:
  schemas:
    Key: {type: object, oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Flat'}]}
    Round: {allOf: [{$ref: '#/components/schemas/Key'}, {required: [radius]}]}
    Small: {allOf: [{$ref: '#/components/schemas/Round'}]}
    Flat: {type: object}
    Other: {allOf: [{$ref: '#/components/schemas/Key'}]}
`,
    warning:
      '"#/components/schemas/Key" has this schema among its own forms, so that no value can be checked; expected a base without them (the list of forms is left out)',
    read: ({ schemas }) => [schemas.get('Round'), schemas.get('Other')],
    want: [
      { allOf: [{ type: 'object' }, { required: ['radius'] }] },
      { allOf: [{ $ref: '#/components/schemas/Key' }] },
    ],
  },
  {
    given: 'a description that is an object',
    text: get(`description: {en: x}, ${OK}`),
    warning: '"description" expected a string, received an object (the text is left out)',
    read: ({ operations }) => operations[0]?.description,
    want: '',
  },
  {
    given: 'a status range in lower case',
    text: get('responses: {2xx: {description: ok}}'),
    warning: '"2xx" is not a status; expected a status like 200, a range like 4XX, or default',
    read: ({ operations }) => operations[0]?.responses.map(({ status }) => status),
    want: ['2XX'],
  },
  {
    given: 'an invalid status',
    text: get("responses: {ok: {description: ok}, '200': {description: ok}}"),
    warning:
      '"ok" is not a status; expected a status like 200, a range like 4XX, or default (the response is left out)',
    read: ({ operations }) => operations[0]?.responses.map(({ status }) => status),
    want: ['200'],
  },
  {
    given: 'a path without a slash that contains another problem',
    text: `openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {x: {get: {deprecated: 'no', ${OK}}}}\n`,
    warning: '"x" is not a path; expected it to begin with "/"',
    read: ({ operations }) => operations.map(({ path, deprecated }) => ({ path, deprecated })),
    want: [{ path: '/x', deprecated: false }],
  },
  {
    given: 'a path that would be another one with a slash',
    text: `openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {/x: {get: {deprecated: true, ${OK}}}, x: {get: {${OK}}}}\n`,
    warning: '"x" is not a path; expected it to begin with "/" (the path is left out)',
    read: ({ operations }) => operations.map(({ path, deprecated }) => ({ path, deprecated })),
    want: [{ path: '/x', deprecated: true }],
  },
  {
    given: 'a path with half a pair of braces',
    text: `openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {'/x/{id': {get: {${OK}}}, /y: {get: {${OK}}}}\n`,
    warning: '"/x/{id" has a brace without its other half; expected {name} for each parameter (the path is left out)',
    read: ({ operations }) => operations.map(({ path }) => path),
    want: ['/y'],
  },
  {
    given: 'a field of another type',
    text: get(`tags: pets, ${OK}`),
    warning: '"tags" expected a list of strings, received "pets" (the field is left out)',
    read: ({ operations }) => operations[0]?.tags,
    want: [],
  },
  {
    given: 'a text among media types',
    text: get("responses: {'200': {description: ok, content: {description: ok, text/plain: {schema: {}}}}}"),
    warning: '"description" of "content" expected a media type, an object; received "ok" (the entry is left out)',
    read: ({ operations }) => operations[0]?.responses[0]?.content.map(({ type }) => type),
    want: ['text/plain'],
  },
  {
    given: 'an enum of numbers for texts',
    text: `${get(OK)}components: {schemas: {V: {type: string, enum: [1, 2.5]}}}\n`,
    warning: '"enum" has no value of type string; expected values of that type, received 1',
    read: ({ schemas }) => schemas.get('V')?.enum,
    want: ['1', '2.5'],
  },
  {
    given: 'an enum of texts for a boolean that may be null',
    text: `${get(OK)}components: {schemas: {V: {type: boolean, nullable: true, enum: ['true', 'false']}}}\n`,
    warning: '"enum" has no value of type boolean; expected values of that type, received "true"',
    read: ({ schemas }) => schemas.get('V')?.enum,
    want: [true, false, null],
  },
  {
    given: 'an enum of words for a number',
    text: `${get(OK)}components: {schemas: {V: {type: integer, enum: [low, high]}}}\n`,
    warning:
      '"enum" has no value of type integer; expected values of that type, received "low" (the keyword is left out)',
    read: ({ schemas }) => schemas.get('V'),
    want: { type: 'integer' },
  },
  {
    given: 'a keyword of a wrong type beside a reference',
    text: `${get(OK)}components: {schemas: {V: {$ref: '#/components/schemas/W', required: true}, W: {}}}\n`,
    warning: '"required" expected a list of strings, received true (the keyword is left out)',
    read: ({ schemas }) => schemas.get('V'),
    want: { $ref: '#/components/schemas/W' },
  },
  {
    given: 'an enum of words for an object',
    text: `${get(OK)}components: {schemas: {V: {type: object, enum: ['none, all']}}}\n`,
    warning:
      '"enum" has no value of type object; expected values of that type, received "none, all" (the keyword is left out)',
    read: ({ schemas }) => schemas.get('V'),
    want: { type: 'object' },
  },
  {
    given: 'no info',
    text: `openapi: 3.0.0\npaths: {/x: {get: {${OK}}}}\n`,
    warning: 'missing "info"; a document requires it',
    read: ({ title, version }) => ({ title, version }),
    want: { title: '', version: '' },
  },
  {
    given: 'no paths',
    text: "openapi: 3.0.0\ninfo: {title: T, version: '1'}\ncomponents: {}\n",
    warning: 'missing "paths"; a document requires it',
    read: ({ operations }) => operations,
    want: [],
  },
  {
    given: 'an unquoted version',
    text: `openapi: 3.0.0\ninfo: {title: T, version: 1.5}\npaths: {/x: {get: {${OK}}}}\n`,
    warning: '"version" expected a string, received 1.5; quote it',
    read: ({ version }) => version,
    want: '1.5',
  },
  {
    given: 'a field that looks like a typo',
    text: get(`sumary: s, ${OK}`),
    warning: 'unknown field "sumary" of an operation; did you mean "summary"?',
  },
  {
    given: 'a reference to nothing',
    text: get(
      "responses: {'200': {description: ok, content: {application/json: {schema: {properties: {a: {$ref: '#/components/schemas/No'}}}}}}}",
    ),
    warning: '"$ref: #/components/schemas/No" points to nothing; expected a component',
    read: ({ operations }) => operations[0]?.responses[0]?.content[0]?.schema,
    want: { properties: { a: {} } },
  },
  {
    given: 'a reference to a component of another kind',
    text: `${get("parameters: [{$ref: '#/components/responses/R'}], responses: {'200': {$ref: '#/components/responses/R'}}")}components: {responses: {R: {description: ok}}}\n`,
    warning: '"$ref: #/components/responses/R" points to a response; expected a parameter',
    read: names,
    want: [],
  },
  {
    given: 'an enum that allows nothing',
    text: get(`parameters: [{name: a, in: query, schema: {type: string, enum: []}}], ${OK}`),
    warning: '"enum" is empty; expected at least one value, or no "enum"',
    read: ({ operations }) => operations[0]?.parameters[0]?.schema,
    want: { type: 'string' },
  },
  {
    given: 'a reference to nothing beside a path parameter that nobody declares',
    text: get(`parameters: [{$ref: '#/nowhere'}], ${OK}`, "'/x/{id}'"),
    warning: 'the path has "{id}"',
    read: names,
    want: ['path id'],
  },
  {
    given: 'a body in the words of Swagger 2.0',
    text: get(
      `parameters: [{name: body, in: body, required: true, schema: {type: object, required: true, properties: {a: {type: string}}}}, {name: b, in: query}], ${OK}`,
    ),
    warning: '"in: body" is of Swagger 2.0; expected a requestBody',
    read: bodyOf,
    want: [['query b'], true, 'application/json', { type: 'object', properties: { a: { type: 'string' } } }],
  },
  {
    given: 'a form in the words of Swagger 2.0',
    text: get(
      `parameters: [{name: id, in: formData, type: string, format: uuid, description: The id}, {name: n, in: formData, required: true, schema: {type: integer}}], ${OK}`,
    ),
    warning: '"in: formData" is of Swagger 2.0; expected a requestBody',
    read: bodyOf,
    want: [
      [],
      true,
      'application/x-www-form-urlencoded',
      {
        type: 'object',
        properties: { id: { type: 'string', format: 'uuid' }, n: { type: 'integer' } },
        required: ['n'],
      },
    ],
  },
  {
    given: 'a file in the words of Swagger 2.0',
    text: get(`consumes: [image/png], parameters: [{name: file, in: formData, type: file}], ${OK}`),
    warning: '"in: formData" is of Swagger 2.0; expected a requestBody',
    read: bodyOf,
    want: [
      [],
      false,
      'multipart/form-data',
      { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
    ],
  },
  {
    given: 'a body in the words of Swagger 2.0 beside a request body',
    text: get(
      `parameters: [{name: body, in: body, schema: {type: string}}], requestBody: {content: {text/plain: {schema: {type: integer}}}}, ${OK}`,
    ),
    warning: '"in: body" is of Swagger 2.0; expected a requestBody (the parameter is left out)',
    read: bodyOf,
    want: [[], false, 'text/plain', { type: 'integer' }],
  },
  {
    given: 'two templates of one shape',
    text: `${HEAD}paths: {'/x/{a}': {get: {parameters: [{name: a, in: path, required: true}], ${OK}}}, '/x/{b}': {put: {parameters: [{name: b, in: path, required: true}], ${OK}}}}\n`,
    warning: '"/x/{b}" is the same path as "/x/{a}"; put all operations under one of them',
    read: ({ operations }) => operations.length,
    want: 2,
  },
  {
    given: 'an operationId that is used twice',
    text: `${HEAD}paths: {/a: {get: {operationId: x, ${OK}}}, /b: {get: {operationId: x, ${OK}}}}\n`,
    warning: 'operationId "x" is also used at /paths/~1a/get; expected a unique one',
    read: ({ operations }) => operations.map(({ id }) => id),
    want: ['x', 'x2'],
  },
  {
    given: 'an unknown security scheme',
    text: get(`security: [{none: []}], ${OK}`),
    warning: 'unknown security scheme "none"',
    read: ({ operations }) => operations[0]?.security.length,
    want: 1,
  },
  {
    given: 'a server whose URL is none',
    text: `${HEAD}servers: [{url: 'https://'}]\npaths: {/x: {get: {${OK}}}}\n`,
    warning: '"https://" is not a URL; expected a URL like https://api.example.com/v1, or a path (the URL is left out)',
    read: ({ operations }) => operations[0]?.route,
    want: '/x',
  },
  {
    given: 'a server variable without a default',
    text: `${HEAD}servers: [{url: 'https://{region}.example/v1'}]\npaths: {/x: {get: {${OK}}}}\n`,
    warning: 'expected a default for "region" under "variables"',
    read: ({ operations }) => operations[0]?.route,
    want: '/x',
  },
];

describe('a warning', () => {
  test.each(cases)('$given', async ({ text, warning, read, want }) => {
    const file = join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml');
    const { contract, warnings } = await loadContract(file);
    expect(warnings.map(({ message }) => message).join('\n')).toContain(warning);
    expect(warnings.every(({ line, column }) => line > 0 && column > 0)).toBe(true);
    if (read !== undefined) expect(read(contract)).toEqual(want);
    const refused = loadContract(file, { strict: true });
    await expect(refused).rejects.toThrow(ContractError);
    // What an error refuses is not left out.
    await expect(refused).rejects.toThrow(warning.replace(/ \([A-Za-z ]+ is left out\)$/, ''));
  });

  test('about bases takes no longer where many schemas share them', async () => {
    const schemas = Array.from({ length: 60 }, (_, level) => {
      const base = `{$ref: '#/components/schemas/S${level + 1}'}`;
      return `    S${level}: {allOf: [${base}, ${base}]}`;
    });
    const text = `${get(OK)}components:
  schemas:
    Key: {oneOf: [{$ref: '#/components/schemas/S0'}]}
    Heir: {allOf: [{$ref: '#/components/schemas/Key'}]}
${schemas.join('\n')}
    S60: {type: object}
`;
    const file = join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml');
    expect((await loadContract(file)).warnings).toEqual([]);
  });

  test('names the file and the line of a schema in another file that leads back to itself', async () => {
    const text = `${get(OK)}components: {schemas: {A: {$ref: 'parts.yaml#/A'}}}\n`;
    const parts = "A:\n  oneOf:\n    - type: string\n    - $ref: '#/B'\nB: {anyOf: [{$ref: '#/A'}, {type: integer}]}\n";
    const file = join(writeFiles({ 'openapi.yaml': text, 'parts.yaml': parts }), 'openapi.yaml');
    const { contract, warnings } = await loadContract(file);
    expect(warnings).toMatchObject([
      { line: 4, message: expect.stringContaining('"oneOf" leads back to itself through "#/components/schemas/B"') },
    ]);
    expect(warnings[0]?.file).toMatch(/parts\.yaml$/);
    expect(contract.schemas.get('A')).toEqual({ oneOf: [{ type: 'string' }] });
  });

  test('is an error in a document with our keywords', async () => {
    const text = `${get(`sumary: s, ${OK}`)}components: {x-resources: {}}\n`;
    const file = join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml');
    await expect(loadContract(file)).rejects.toThrow('did you mean "summary"?');
    expect((await loadContract(file, { strict: false })).warnings).toHaveLength(1);
  });

  test('is counted beside an error, and both are listed where warnings are errors', async () => {
    const text = get(`sumary: s, parameters: [{in: query}], ${OK}`);
    const file = join(writeFiles({ 'openapi.yaml': text }), 'openapi.yaml');
    await expect(loadContract(file)).rejects.toThrow(/missing "name"[^\n]*\nand 1 warning; --strict lists all$/);
    await expect(loadContract(file, { strict: true })).rejects.toThrow(/"summary"[\s\S]*missing "name"/);
  });
});

test('JSON with a comma at the end of a list is read as YAML, with a warning', async () => {
  const text = `{"openapi": "3.1.0", "info": {"title": "T", "version": "1"},\n"paths": {}, "tags": [{"name": "a"},]}`;
  const file = join(writeFiles({ 'openapi.json': text }), 'openapi.json');
  const { contract, warnings } = await loadContract(file, { strict: false });
  expect(contract.document.tags).toEqual([{ name: 'a' }]);
  expect(warnings).toMatchObject([
    { line: 2, column: 37, message: 'is not JSON: expected a value, received "]"; it is read as YAML' },
  ]);
  await expect(loadContract(file, { strict: true })).rejects.toBeInstanceOf(ContractError);
});
