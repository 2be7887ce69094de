import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContractError, formatProblem } from '../errors.js';
import { writeFiles } from '../test-support/write-files.js';
import { loadContract } from './load.js';

const PETS = `openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: ok } }
`;
const OVERLAY = `overlay: 1.0.0
info: { title: Ours, version: '1' }
actions:
`;

/** Loads a document with overlays, from files in a folder. */
async function load(files: Readonly<Record<string, string>>, ...overlay: readonly string[]) {
  const folder = writeFiles({ 'openapi.yaml': PETS, ...files });
  return loadContract(join(folder, 'openapi.yaml'), { overlay: overlay.map((name) => join(folder, name)) });
}

/** `overlay.yaml:5:3 …` */
async function problemsOf(
  files: Readonly<Record<string, string>>,
  ...overlay: readonly string[]
): Promise<readonly string[]> {
  const shorten = (line: string) => line.replace(/^\S*\//, '');
  try {
    return (await load(files, ...overlay)).warnings.map((problem) => `warning: ${shorten(formatProblem(problem))}`);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return error.problems.map((problem) => shorten(formatProblem(problem)));
  }
}

test('overlays are applied in their order', async () => {
  const { contract, files } = await load(
    {
      'a.yaml': `${OVERLAY}  - { target: $.info, update: { title: Dogs } }\n`,
      'b.json': JSON.stringify({
        overlay: '1.1.0',
        info: { title: 'T', version: '1' },
        actions: [{ target: "$.info[?@ == 'Dogs']", update: 'Cats' }],
      }),
    },
    'a.yaml',
    'b.json',
  );
  expect(contract.title).toBe('Cats');
  expect(files.map((file) => file.split('/').at(-1))).toEqual(['openapi.yaml', 'a.yaml', 'b.json']);
});

test('an overlay may refer to other files, from the folder of the document', async () => {
  const { contract } = await load(
    {
      'overlays/ours.yaml': `${OVERLAY}  - target: $
    update: { components: { schemas: { Pet: { $ref: './pet.yaml' } } } }
`,
      'pet.yaml': 'type: object\n',
    },
    'overlays/ours.yaml',
  );
  expect(contract.schemas.get('Pet')).toEqual({ type: 'object' });
});

describe('a document of several files', () => {
  const files = {
    'openapi.yaml': PETS.replace(/ {2}\/pets:.*$/s, '  /pets: { $ref: ./pets.yaml }\n'),
    'pets.yaml': "get:\n  operationId: listPets\n  responses: { '200': { description: ok } }\n",
  };

  test('has the operations of all', async () => {
    const { contract, warnings } = await load(
      { ...files, 'ours.yaml': `${OVERLAY}  - { target: "$.paths['/pets'].get", update: { summary: All } }\n` },
      'ours.yaml',
    );
    expect([contract.operations[0]?.summary, warnings]).toEqual(['All', []]);
  });

  test('a problem of what an overlay has put into another file is in the overlay', async () => {
    expect(
      await problemsOf(
        { ...files, 'ours.yaml': `${OVERLAY}  - target: "$.paths['/pets'].get"\n    update:\n      tags: 5\n` },
        'ours.yaml',
      ),
    ).toEqual([
      'warning: ours.yaml:6:7 #/actions/0/update/tags: "tags" expected a list of strings, received 5 (the field is left out)',
    ]);
  });
});

describe('problems have their place in the overlay', () => {
  test.each<{ given: string; action: string; want: string }>([
    {
      given: 'a value that an object got',
      action: '- target: $.info\n  update:\n    title: [a]',
      want: 'ours.yaml:6:5 #/actions/0/update/title: "update" expected a value to replace "title", a string; remove it first; received a list',
    },
    {
      given: 'a value that a document must not have',
      action: "- target: $.paths['/pets'].get\n  update:\n    deprecated: 'yes'",
      want: 'warning: ours.yaml:6:5 #/actions/0/update/deprecated: "deprecated" expected a boolean, received "yes" (the field is left out)',
    },
    {
      given: 'an object that a document must not have',
      action: "- target: $.paths['/pets'].get\n  update:\n    parameters:\n      - { name: a, in: nowhere }",
      want: 'ours.yaml:7:20 #/actions/0/update/parameters/0/in: "in" expected one of path, query, header, cookie, querystring, received "nowhere"',
    },
    {
      given: 'a plain value',
      action: '- target: $.info.title\n  update: 5',
      want: 'warning: ours.yaml:5:3 #/actions/0/update: "title" expected a string, received 5; quote it',
    },
    {
      given: 'a target that matches nothing',
      action: "- target: $.paths['/dogs']\n  update: {}",
      want: 'warning: ours.yaml:4:3 #/actions/0/target: "$.paths[\'/dogs\']" matches nothing in the document',
    },
    {
      given: 'a query that is wrong',
      action: '- target: $.paths[\n  update: {}'.replace('$.paths[', "'$.paths['"),
      want: 'ours.yaml:4:3 #/actions/0/target: "$.paths[" is not JSONPath (RFC 9535): unclosed bracketed selection at character 8',
    },
  ])('$given', async ({ action, want }) => {
    expect(await problemsOf({ 'ours.yaml': OVERLAY + action }, 'ours.yaml')).toEqual([want]);
  });

  test('an overlay may name its document from the working folder, as diff prints it', async () => {
    const folder = writeFiles({ 'openapi.yaml': PETS });
    const document = join(folder, 'openapi.yaml');
    const named = relative(process.cwd(), document);
    const elsewhere = writeFiles({
      'o.yaml': `${OVERLAY.replace('actions', `extends: ${named}\nactions`)}  - { target: $.info, update: {} }\n`,
    });
    expect((await loadContract(document, { overlay: [join(elsewhere, 'o.yaml')] })).warnings).toEqual([]);
  });

  describe('the document that an overlay names', () => {
    const applied = async (reference: string, self = '') =>
      problemsOf(
        {
          'openapi.yaml': self === '' ? PETS : PETS.replace('3.1.0', `3.2.0\n$self: ${self}`),
          'overlays/ours.yaml': `${OVERLAY.replace('actions', `extends: ${reference}\nactions`)}  - { target: $.info, update: {} }\n`,
        },
        'overlays/ours.yaml',
      );
    const SELF = 'https://a.example/openapi.yaml';

    test.each([
      ['../openapi.yaml', ''],
      ['../openapi.yaml#/', SELF],
      [SELF, SELF],
      [SELF, ''],
    ])('may be %s', async (reference, self) => {
      expect(await applied(reference, self)).toEqual([]);
    });

    test.each([
      ['other.yaml', '', '"extends" names "other.yaml", but the overlay is applied to "../openapi.yaml"'],
      ['openapi.yaml', '', '"extends" names "openapi.yaml", but the overlay is applied to "../openapi.yaml"'],
      [
        'file:///openapi.yaml',
        SELF,
        '"extends" names "file:///openapi.yaml", but the overlay is applied to "../openapi.yaml"',
      ],
      ['https://b.example/o', SELF, `"extends" names "https://b.example/o", but the overlay is applied to "${SELF}"`],
      ['[a]', '', '"extends" expected the URL or path of the document, received a list'],
    ])('is another: %s', async (reference, self, message) => {
      expect(await applied(reference, self)).toEqual([`warning: ours.yaml:3:1 #/extends: ${message}`]);
    });
  });

  test('what is beside a removed entry keeps its place in the document', async () => {
    const document = PETS.replace(
      '      responses',
      '      parameters:\n        - { name: a, in: query, schema: {} }\n        - { name: b, in: query, schema: { type: text } }\n      responses',
    );
    const action = "- target: $.paths['/pets'].get.parameters[0]\n  remove: true";
    expect(await problemsOf({ 'openapi.yaml': document, 'ours.yaml': OVERLAY + action }, 'ours.yaml')).toEqual([
      expect.stringMatching(/^warning: openapi\.yaml:9:43 #\/paths\/~1pets\/get\/parameters\/1\/schema\/type: /),
    ]);
  });
});

test('a missing overlay is a problem', async () => {
  expect(await problemsOf({}, 'none.yaml')).toEqual([
    'none.yaml:1:1 #: cannot be read: there is no such file; expected an overlay, in YAML or JSON',
  ]);
});

test('keywords of ours in an overlay do not make the document strict', async () => {
  const loose = PETS.replace('{ description: ok }', '{}');
  const overlay = `${OVERLAY}  - { target: $, update: { components: { x-resources: { pet: { key: id } } } } }\n`;
  expect(await problemsOf({ 'openapi.yaml': loose, 'ours.yaml': overlay }, 'ours.yaml')).toEqual([
    expect.stringMatching(/^warning: openapi\.yaml:7:20 .* missing "description"/),
  ]);
  const strict = loose.replace('paths:', 'components: { x-resources: {} }\npaths:');
  expect(await problemsOf({ 'openapi.yaml': strict, 'ours.yaml': overlay }, 'ours.yaml')).toEqual([
    expect.stringMatching(/^openapi\.yaml:8:20 .* missing "description"/),
  ]);
});
