import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { asking, documentOf } from '../test-support/document.js';

const list = { type: 'array', items: { type: 'string' } };
const AT = '/paths/~1a/get/parameters/0';

function document(parameter: JsonObject, path = '/a'): JsonObject {
  return documentOf({ [path]: { get: { ...asking(parameter), operationId: 'read' } } });
}

const serialized = (keyword: string, from: unknown, to: unknown, subject = 'query parameter "q"'): string =>
  `parameter-serialization-changed at ${AT}/${keyword}: ${keyword} of ${subject} went from ${JSON.stringify(from)} to ${JSON.stringify(to)} [${JSON.stringify(from)} → ${JSON.stringify(to)}]`;

test.each<{ given: string; before: JsonObject; after: JsonObject; want: readonly string[] }>([
  {
    given: 'the default style written down',
    before: { schema: list },
    after: { schema: list, style: 'form' },
    want: [],
  },
  {
    given: 'the default style of a header written down',
    before: { in: 'header', name: 'X-List', schema: list },
    after: { in: 'header', name: 'x-list', schema: list, style: 'simple', explode: false },
    want: [],
  },
  {
    given: 'the default style of a cookie written down',
    before: { in: 'cookie', schema: list },
    after: { in: 'cookie', schema: list, style: 'form', explode: true },
    want: [],
  },
  {
    given: 'another style, with another default of explode',
    before: { schema: list },
    after: { schema: list, style: 'pipeDelimited' },
    want: [serialized('style', 'form', 'pipeDelimited'), serialized('explode', true, false).replace('/explode:', ':')],
  },
  {
    given: 'another style that explodes as before',
    before: { schema: list, style: 'spaceDelimited', explode: true },
    after: { schema: list, explode: true },
    want: [serialized('style', 'spaceDelimited', 'form')],
  },
  {
    given: 'reserved characters allowed',
    before: {},
    after: { allowReserved: true },
    want: [serialized('allowReserved', false, true)],
  },
  {
    given: 'a required query parameter added in place of an optional header',
    before: { in: 'header', name: 'X-Old' },
    after: { name: 'new', required: true },
    want: [
      `parameter-removed at ${AT}: header parameter "X-Old" was removed ["X-Old" → -]`,
      `required-parameter-added at ${AT}: query parameter "new" was added as required [- → "new"]`,
    ],
  },
  {
    given: 'deprecation, and another description',
    before: { description: 'Old' },
    after: { description: 'New', deprecated: true },
    want: [
      `parameter-deprecated at ${AT}: query parameter "q" is deprecated [false → true]`,
      `parameter-described at ${AT}/description: description of query parameter "q" changed ["Old" → "New"]`,
    ],
  },
  {
    given: 'query parameters whose names differ in capitals',
    before: { name: 'q' },
    after: { name: 'Q' },
    want: [
      `parameter-removed at ${AT}: query parameter "q" was removed ["q" → -]`,
      `parameter-added at ${AT}: query parameter "Q" was added [- → "Q"]`,
    ],
  },
  {
    given: 'a filter that matches in another way',
    before: { 'x-query': { filter: 'name', match: 'equals' } },
    after: { 'x-query': { filter: 'name', match: 'contains' } },
    want: [
      `parameter-role-changed at ${AT}/x-query: x-query of query parameter "q" went from "filter name equals" to "filter name contains" ["filter name equals" → "filter name contains"]`,
    ],
  },
])('$given', ({ before, after, want }) => {
  expect(differences(document(before), document(after))).toEqual(want);
});

test('a parameter with a media type is compared by the schema of that type', () => {
  const content = (schema: JsonObject, type = 'application/json'): JsonObject =>
    documentOf({
      '/a': {
        get: { ...asking({}), parameters: [{ name: 'q', in: 'query', content: { [type]: { schema } } }] },
      },
    });
  expect(differences(content({ type: 'object' }), content({ type: 'object', maxProperties: 2 }))).toEqual([
    `request-constraint-tightened at ${AT}/content/application~1json/schema/maxProperties: maxProperties of query parameter "q" was added: 2 [- → 2]`,
  ]);
  expect(differences(content({}), content({}, 'text/plain'))).toEqual([
    serialized('content', 'application/json', 'text/plain'),
  ]);
});

test('path parameters are compared by position, and belong to the path', () => {
  const path = (template: string, ...names: readonly string[]): JsonObject =>
    documentOf({
      [template]: {
        get: {
          ...asking({}),
          operationId: 'read',
          parameters: names.map((name) => ({
            name,
            in: 'path',
            required: true,
            schema: { type: name === 'number' ? 'integer' : 'string' },
          })),
        },
      },
    });
  // The order of the list does not matter, that of the path does.
  expect(differences(path('/a/{x}/{number}', 'x', 'number'), path('/a/{y}/{number}', 'number', 'y'))).toEqual([
    'path-parameter-renamed at /paths/~1a~1{y}~1{number}/get: path parameters were renamed: /a/{x}/{number} became /a/{y}/{number} ["/a/{x}/{number}" → "/a/{y}/{number}"]',
  ]);
  expect(differences(path('/a/{x}', 'x'), path('/a', ...[]))).toEqual([
    'operation-moved at /paths/~1a/get: GET /a/{x} moved to GET /a ["GET /a/{x}" → "GET /a"]',
  ]);
});
