import type { Json, JsonObject } from '../../../contract/contract.js';
import type { Mode } from '../attack.js';
import { placesIn, replacedAt } from '../edits.js';

/** A document that no contract can be. */
export interface MalformedDocument extends Mode {
  /** `contract.json` or `contract.yaml`: the end decides how it is read. */
  readonly file: string;
  readonly text: string | Uint8Array;
}

/** A sound contract of every kind of object; each document differs from it in one place. */
const SOUND: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Shelves', version: '1', contact: { name: 'a' }, license: { name: 'MIT' } },
  servers: [{ url: '/v1', variables: {} }],
  tags: [{ name: 'shelves' }],
  security: [{ token: ['read'] }],
  paths: {
    '/shelves/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } }],
      get: {
        operationId: 'showShelf',
        tags: ['shelves'],
        parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', minimum: 0 } }],
        responses: { '200': { $ref: '#/components/responses/Shelf' }, '404': { $ref: '#/components/responses/Fault' } },
      },
      put: {
        operationId: 'saveShelf',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Shelf' } } },
        },
        responses: { '204': { description: 'Saved.', headers: { 'x-count': { schema: { type: 'integer' } } } } },
      },
    },
  },
  components: {
    securitySchemes: {
      token: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes: { read: 'reads' } } } },
    },
    responses: {
      Shelf: {
        description: 'A shelf.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Shelf' } } },
      },
      Fault: { description: 'No shelf.' },
    },
    schemas: {
      Shelf: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', pattern: '^[a-z]+$' },
          books: { type: 'array', maxItems: 9, items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        },
        additionalProperties: false,
      },
    },
  },
};

const sound = JSON.stringify(SOUND, null, 1);

const json = (name: string, text: string | Uint8Array): MalformedDocument => ({ name, file: 'contract.json', text });
const yaml = (name: string, text: string): MalformedDocument => ({ name, file: 'contract.yaml', text });
const edited = (path: string, by: Json): MalformedDocument =>
  json(`${path} is ${JSON.stringify(by)}`, JSON.stringify(replacedAt(SOUND, path.split('.'), by), null, 1));

const LONG = 70;
const TRUNCATED = Array.from({ length: LONG }, (_, index) => {
  const end = 1 + Math.floor((index * (sound.length - 2)) / LONG);
  return json(`cut after ${end} characters`, sound.slice(0, end));
});

/** Parts that nothing reads, so that nothing checks them. */
const UNREAD: ReadonlySet<string> = new Set(['info.contact', 'info.license', 'servers.0.variables']);

/** No object or list of the document may be a number, and no list or object may be the other. */
const WRONG_TYPES = placesIn(SOUND)
  .filter(({ path, value }) => typeof value === 'object' && !UNREAD.has(path.join('.')))
  .flatMap(({ path }) => {
    const at = path.join('.').replaceAll('/', '~');
    const change = (by: Json): MalformedDocument =>
      json(`${at} is ${JSON.stringify(by)}`, JSON.stringify(replacedAt(SOUND, path, by), null, 1));
    return [change(7), change('text'), change(null)];
  });

const EDITS: readonly MalformedDocument[] = [
  ...[3.1, '2.0', '4.0.0', '', null, [], '3.1.0.0', 'three'].map((version) => edited('openapi', version)),
  ...[7, null, true, []].flatMap((by) => [edited('info.title', by), edited('info.version', by)]),
  ...['cookies', 'body', '', 7, null].map((by) => edited('components.schemas.Shelf.properties.name.type', by)),
  ...[-1, 1.5, '9', null, {}].map((by) => edited('components.schemas.Shelf.properties.books.maxItems', by)),
  ...['[', '(', '*', '\\', '(?<a>x)(?<a>y)', 7, null, ['a']].map((by) =>
    edited('components.schemas.Shelf.properties.name.pattern', by),
  ),
  ...['name', [7], [null], {}, null].map((by) => edited('components.schemas.Shelf.required', by)),
  ...[
    '#/components/schemas/None',
    '#/nowhere',
    '#components',
    'none.json',
    7,
    null,
    [],
    '#/components/schemas/Shelf/%zz',
  ].map((by) => edited('components.schemas.Other', { $ref: by })),
  edited('components.schemas.Other', { $ref: '#/components/schemas/Other' }),
  edited('components.x-resources', { shelf: { kee: 'id' } }),
  edited('paths', { 'no-slash': {} }),
  edited('paths', { '/a/{': { get: { responses: {} } } }),
  edited('paths', { '/a/{b}': { get: { operationId: 'a', responses: { '200': { description: 'a' } } } } }),
  edited('paths', {
    '/a': { get: { operationId: 'x', responses: { '200': { description: 'a' } } } },
    '/b': { get: { operationId: 'x', responses: { '200': { description: 'a' } } } },
  }),
];

const TEXTS: readonly MalformedDocument[] = [
  json('nothing', ''),
  json('spaces', '   \n\n'),
  ...['null', '[]', '7', '"text"', 'true', '{}', '[{}]'].map((text) => json(text, text)),
  json('a comma too many', `${sound.slice(0, -2)},}`),
  json('a comment', `// a\n${sound}`),
  json('single quotes', sound.replaceAll('"', "'")),
  json('a name twice', sound.replace('"info"', '"openapi": "3.1.0", "info"')),
  json('a second document', `${sound}${sound}`),
  json('text behind it', `${sound} x`),
  json('NaN', sound.replace('9', 'NaN')),
  json('Infinity', sound.replace('9', 'Infinity')),
  json('1e999', sound.replace('9', '1e999')),
  json('a line break in a text', sound.replace('Shelves', 'Shel\nves')),
  json('a null byte', sound.replace('{', '{\u0000')),
  json(
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('{"openapi": "'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}')]),
  ),
  json('UTF-16', Buffer.from(sound, 'utf16le')),
  json(
    'an image',
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  ),
  json('600 lists', `{"openapi": ${'['.repeat(600)}${']'.repeat(600)}}`),
  json('HTML', '<!doctype html><title>Not found</title>'),
  yaml('a tab', 'openapi: 3.1.0\ninfo:\n\ttitle: x\n'),
  yaml('an unknown alias', 'openapi: *none\n'),
  yaml('an alias inside itself', 'openapi: 3.1.0\ninfo: &a [*a]\n'),
  yaml('a tag of code', 'openapi: !!js/function "x"\n'),
  yaml('an unknown tag', 'openapi: !thing x\n'),
  yaml('a merge of a text', 'openapi: 3.1.0\n<<: text\n'),
  yaml('a name twice', 'openapi: 3.1.0\nopenapi: 3.1.0\n'),
  yaml('two documents', 'openapi: 3.1.0\n---\nopenapi: 3.1.0\n'),
  yaml('an open quote', 'openapi: "3.1.0\n'),
  yaml('an open bracket', 'openapi: [3.1.0\n'),
  yaml('wrong indentation', 'openapi: 3.1.0\n info: x\n'),
  yaml('a list and a mapping', '- a\nb: c\n'),
  yaml('a complex key', '? [a, b]\n: c\n'),
  yaml('a date', '2026-01-01\n'),
  ...Array.from({ length: 20 }, (_, index) =>
    yaml(`flow YAML cut after ${40 + index * 30} characters`, sound.slice(0, 40 + index * 30)),
  ),
];

/** More than 300. */
export const MALFORMED: readonly MalformedDocument[] = [...TEXTS, ...EDITS, ...TRUNCATED, ...WRONG_TYPES];

export const soundContract = sound;
