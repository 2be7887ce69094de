import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ContractError, type ContractProblem } from '../errors.js';
import type { JsonObject } from '../json/json.js';
import { getPointer } from '../pointer.js';
import { writeFiles } from '../test-support/write-files.js';
import { bundle } from './bundle.js';
import { readFiles } from './files.js';
import { loadContract } from './load.js';

const HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

async function bundled(files: Readonly<Record<string, string>>) {
  const entry = join(writeFiles(files), 'api.yaml');
  return bundle(entry, await readFiles(entry, { read: (path) => readFile(path, 'utf8'), allowRef: [], overlays: [] }));
}

const documentOf = async (files: Readonly<Record<string, string>>): Promise<JsonObject> =>
  (await bundled(files)).document;

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const error = await bundled(files).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ContractError)) throw new Error(`expected a ContractError, received ${String(error)}`);
  expect(error.code).toBe('CONTRACT_INVALID');
  return error.problems.map(textOf);
}

function textOf({ file, line, message }: ContractProblem): string {
  return `${file.split('/').at(-1)}:${line} ${message}`;
}

const using = (reference: string): string =>
  `${HEAD}paths: {}\ncomponents: {schemas: {Use: {properties: {part: {$ref: '${reference}'}}}, Part: {const: own}}}\n`;

test('a single file is not copied', async () => {
  const { document, origins } = await bundled({ 'api.yaml': `${HEAD}paths: {}` });
  expect(document).toEqual({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {} });
  expect(origins.get(document)?.pointer).toBe('');
});

test.each([
  { given: 'the last segment of the pointer', reference: 'parts.yaml#/Other', name: 'Other' },
  { given: 'the name of the file', reference: 'whole.part.yaml', name: 'whole.part' },
  { given: 'the name of the file, with an empty pointer', reference: 'whole.part.yaml#/', name: 'whole.part' },
  { given: 'a number, if the document has a component of that name', reference: 'parts.yaml#/Part', name: 'Part2' },
])('a component from another file is named by $given', async ({ reference, name }) => {
  const document = await documentOf({
    'api.yaml': using(reference),
    'parts.yaml': 'Part: {const: other}\nOther: {const: other}\n',
    'whole.part.yaml': 'const: other',
  });
  expect(getPointer(document, '/components/schemas/Use/properties/part')).toEqual({
    $ref: `#/components/schemas/${name}`,
  });
  expect(getPointer(document, `/components/schemas/${name}`)).toEqual({ const: 'other' });
  expect(getPointer(document, '/components/schemas/Part')).toEqual({ const: 'own' });
});

test('components of one name in several files get different names, and each is hoisted once', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {A: {allOf: [{$ref: 'b.yaml#/X'}, {$ref: 'c.yaml#/X'}, {$ref: 'b.yaml#/X'}]}}}\n`,
    'b.yaml': 'X: {const: b}\n',
    'c.yaml': 'X: {const: c, not: {$ref: b.yaml#/X}}\n',
  });
  expect(document.components).toEqual({
    schemas: {
      A: { allOf: ['X', 'X2', 'X'].map((name) => ({ $ref: `#/components/schemas/${name}` })) },
      X: { const: 'b' },
      X2: { const: 'c', not: { $ref: '#/components/schemas/X' } },
    },
  });
});

test('components keep the names that the root document gives them', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}
components:
  schemas:
    Role: {$ref: 'parts.yaml#/RoleSchema'}
    Holder: {properties: {role: {$ref: 'parts.yaml#/RoleSchema'}}}
  parameters: {$ref: 'parameters.yaml'}
`,
    'parts.yaml': 'RoleSchema: {properties: {parent: {$ref: "#/RoleSchema"}}}\n',
    'parameters.yaml': 'page: {name: page, in: query, schema: {$ref: parts.yaml#/RoleSchema}}\n',
  });
  const role = { $ref: '#/components/schemas/Role' };
  expect(document.components).toEqual({
    schemas: { Role: { properties: { parent: role } }, Holder: { properties: { role } } },
    parameters: { page: { name: 'page', in: 'query', schema: role } },
  });
});

test('parameters from a file that is a section are referred to by their names there', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {/x: {parameters: [{$ref: 'parameters.yaml#/page'}]}}\ncomponents: {parameters: {$ref: parameters.yaml}}\n`,
    'parameters.yaml': 'page: {name: page, in: query}\n',
  });
  expect(getPointer(document, '/paths/~1x/parameters/0')).toEqual({ $ref: '#/components/parameters/page' });
  expect(document.components).toEqual({ parameters: { page: { name: 'page', in: 'query' } } });
});

test('path items are inlined, and siblings of a reference take precedence', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {/x: {$ref: x.yaml, summary: Own}}\n`,
    'x.yaml': 'summary: Other\nget: {operationId: x, responses: {"200": {$ref: "y.yaml#/ok"}}}\n',
    'y.yaml': 'ok: {description: ok, headers: {}}\n',
  });
  expect(document.paths).toEqual({
    '/x': { summary: 'Own', get: { operationId: 'x', responses: { '200': { $ref: '#/components/responses/ok' } } } },
  });
  expect(document.components).toEqual({ responses: { ok: { description: 'ok', headers: {} } } });
});

test('siblings of a reference to another file are kept', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {A: {properties: {b: {$ref: 'b.yaml', description: Here}}}}}\n`,
    'b.yaml': 'type: string',
  });
  const reference = { $ref: '#/components/schemas/b', description: 'Here' };
  expect(getPointer(document, '/components/schemas/A/properties/b')).toEqual(reference);
});

test('a reference in place of a map stands for its entries', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}
components:
  responses: {Pet: {description: ok, content: {$ref: '#/components/x-contents/pet'}}}
  x-contents: {pet: {application/json: {schema: {type: string}}}}
  schemas:
    Pet: {properties: {$ref: '#/components/schemas/Named/properties'}}
    Named: {properties: {name: {type: string}}}
    Ring: {properties: {$ref: '#/components/schemas/Ring/properties'}}
`,
  });
  expect(getPointer(document, '/components/responses/Pet/content')).toEqual({
    'application/json': { schema: { type: 'string' } },
  });
  expect(getPointer(document, '/components/schemas/Pet')).toEqual({ properties: { name: { type: 'string' } } });
  expect(getPointer(document, '/components/schemas/Ring/properties')).toHaveProperty('$ref');
});

test('a description may be the text of another file, which is not YAML', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}\ntags: [{name: pets, description: {$ref: docs/pets.md}}]\n`,
    'docs/pets.md': '---\ntitle: Pets\n---\n* One: `{`\n',
  });
  expect(document.tags).toEqual([{ name: 'pets', description: '---\ntitle: Pets\n---\n* One: `{`\n' }]);
});

test('data is not rewritten', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {A: {$ref: b.yaml}}}\nx-other: {$ref: nowhere.yaml}\n`,
    'b.yaml': 'default: {$ref: nowhere.yaml}\nexamples: [{$ref: nowhere.yaml}]\nenum: [{$ref: nowhere.yaml}]\n',
  });
  const data = { $ref: 'nowhere.yaml' };
  expect(getPointer(document, '/components/schemas/A')).toEqual({ default: data, examples: [data], enum: [data] });
  expect(document['x-other']).toEqual(data);
});

test('references in other files are relative to these', async () => {
  const document = await documentOf({
    'api.yaml': `${HEAD}paths: {/x: {$ref: paths/x.yaml}}\ncomponents: {schemas: {Own: {}}}\n`,
    'paths/x.yaml': 'get: {responses: {default: {$ref: ../parts/r.yaml#/no}}}\n',
    'parts/r.yaml': 'no: {description: no, content: {a/b: {schema: {$ref: ../api.yaml#/components/schemas/Own}}}}\n',
  });
  expect(getPointer(document, '/components/responses/no/content/a~1b/schema')).toEqual({
    $ref: '#/components/schemas/Own',
  });
});

test('objects have the places where they were written', async () => {
  const { document, origins } = await bundled({
    'api.yaml': `${HEAD}paths: {/x: {$ref: x.yaml}}\n`,
    'x.yaml': 'get: {parameters: [{name: a, in: query, example: {b: 1}}]}\n',
  });
  const place = (pointer: string) => {
    const origin = origins.get(getPointer(document, pointer) as object);
    return origin && `${origin.file.path.split('/').at(-1)}#${origin.pointer}`;
  };
  expect(place('')).toBe('api.yaml#');
  expect(place('/info')).toBe('api.yaml#/info');
  expect(place('/paths/~1x/get')).toBe('x.yaml#/get');
  expect(place('/paths/~1x/get/parameters')).toBe('x.yaml#/get/parameters');
  expect(place('/paths/~1x/get/parameters/0/example')).toBe('x.yaml#/get/parameters/0/example');
});

test.each([
  {
    given: 'in one file',
    files: {
      'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {Use: {$ref: '#/components/schemas/Pet/properties/owner/properties/name'}, Pet: {properties: {owner: {$ref: '#/components/schemas/Owner'}}}, Owner: {properties: {name: {type: string}}}}}\n`,
    },
    want: { $ref: '#/components/schemas/Owner/properties/name' },
  },
  {
    given: 'into another file',
    files: {
      'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {Use: {$ref: '#/components/schemas/Pet/properties/name'}, Pet: {$ref: pet.yaml}}}\n`,
      'pet.yaml': 'properties: {name: {type: string}}\n',
    },
    want: { $ref: '#/components/schemas/name' },
  },
  {
    given: 'through a section that is a reference',
    files: {
      'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {$ref: schemas.yaml}}\n`,
      'schemas.yaml': "Use: {$ref: 'api.yaml#/components/schemas/Name'}\nName: {type: string}\n",
    },
    want: { $ref: '#/components/schemas/Name' },
  },
  {
    given: 'in a circle, which leads to nothing',
    files: {
      'api.yaml': `${HEAD}paths: {}\ncomponents: {schemas: {Use: {$ref: '#/components/schemas/A/b'}, A: {$ref: '#/components/schemas/A'}}}\n`,
    },
    want: { $ref: '#/components/schemas/A/b' },
  },
])('a pointer may lead through references, $given', async ({ files, want }) => {
  expect(getPointer(await documentOf(files), '/components/schemas/Use')).toEqual(want);
});

test.each([
  {
    given: 'references to nothing, all of them',
    files: {
      'api.yaml': `${HEAD}paths: {/x: {$ref: 'x.yaml#/gone'}}\ncomponents:\n  schemas:\n    A: {$ref: 'x.yaml#/Gone'}\n    B: {$ref: '#/components/schemas/C'}\n`,
      'x.yaml': 'a: 1\n',
    },
    want: [
      'api.yaml:3 "$ref: x.yaml#/gone" points to nothing; check the file and the pointer',
      'api.yaml:6 "$ref: x.yaml#/Gone" points to nothing; check the file and the pointer',
      'api.yaml:7 "$ref: #/components/schemas/C" points to nothing; expected a component',
    ],
  },
  {
    given: 'a reference to a URL beside other files',
    files: {
      'api.yaml': `${HEAD}paths: {/x: {$ref: 'x.yaml'}}\n`,
      'x.yaml': 'get:\n  requestBody: {$ref: "https://a.example/b.yaml"}\n',
    },
    want: ['x.yaml:2 "$ref: https://a.example/b.yaml" is a URL, which is not fetched; expected a local file'],
  },
  {
    given: 'a path item that is text',
    files: { 'api.yaml': `${HEAD}paths: {/x: {$ref: 'x.yaml'}}\n`, 'x.yaml': 'text\n' },
    want: ['api.yaml:3 "$ref: x.yaml" points to nothing; check the file and the pointer'],
  },
  {
    given: 'a section that is missing',
    files: {
      'api.yaml': `${HEAD}paths: {/x: {$ref: x.yaml}}\ncomponents: {schemas: {$ref: 'x.yaml#/gone'}}\n`,
      'x.yaml': '{}',
    },
    want: ['api.yaml:4 "$ref: x.yaml#/gone" points to nothing; expected schemas'],
  },
])('$given are problems of a strict document, and warnings otherwise', async ({ files, want }) => {
  const entry = join(writeFiles(files), 'api.yaml');
  const problems = await loadContract(entry, { strict: true }).catch((error: unknown) => error);
  if (!(problems instanceof ContractError)) throw new Error(`expected a ContractError, received ${String(problems)}`);
  expect(problems.problems.map(textOf)).toEqual(want);
  const { warnings } = await loadContract(entry, { strict: false });
  expect(warnings.map(textOf).map((text) => text.replace(/ \(the [a-z ]+ is left out\)$/, ''))).toEqual(want);
});

test.each([
  {
    given: 'path items in a circle',
    files: {
      'api.yaml': `${HEAD}paths: {/x: {$ref: 'x.yaml'}}\n`,
      'x.yaml': '$ref: y.yaml\n',
      'y.yaml': '$ref: x.yaml\n',
    },
    want: ['y.yaml:1 "$ref: x.yaml" is circular; expected a reference that does not lead back to itself'],
  },
  {
    given: 'a document that is a list',
    files: { 'api.yaml': '- 1\n' },
    want: ['api.yaml:1 expected an OpenAPI document, an object; received a list'],
  },
  {
    given: 'an empty document',
    files: { 'api.yaml': '' },
    want: ['api.yaml:1 expected an OpenAPI document, an object; received nothing'],
  },
  {
    given: 'a document that is text',
    files: { 'api.yaml': 'hello' },
    want: ['api.yaml:1 expected an OpenAPI document, an object; received a string'],
  },
])('$given', async ({ files, want }) => {
  expect(await problemsOf(files)).toEqual(want);
});
