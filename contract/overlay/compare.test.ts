import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../json/json.js';
import { Origins } from '../load/origins.js';
import { applyActions } from './apply.js';
import { actionsBetween } from './compare.js';
import { readOverlay } from './overlay.js';

const FILE = { path: '/overlay.yaml', text: '', value: null, isForeign: false };

async function applied(document: JsonObject, actions: readonly Json[]): Promise<JsonObject> {
  if (actions.length === 0) return document;
  const overlay = await readOverlay({ overlay: '1.1.0', info: { title: 'T', version: '1' }, actions });
  const sourced = overlay.actions.map((action) => ({ action, file: FILE }));
  const { document: result, problems, unmatched } = applyActions(document, sourced, new Origins());
  expect([overlay.problems, problems, unmatched]).toEqual([[], [], []]);
  return result;
}

test('removals, then updates of the closest objects', () => {
  const from = {
    info: { title: 'A', x: 1 },
    tags: [1],
    servers: [1, 2],
    paths: { '/a': { get: {} } },
    l: [0, { a: 1 }],
  };
  const to = {
    info: { title: 'B' },
    tags: [1, 2],
    servers: [2],
    paths: { '/a': { get: { a: 1 } }, "/it's": {} },
    l: [0, { a: 2 }],
  };
  expect(actionsBetween(from, to)).toEqual([
    { target: '$.servers', remove: true },
    { target: '$.info.x', remove: true },
    { target: '$', update: { tags: [2], servers: [2] } },
    { target: '$.info', update: { title: 'B' } },
    { target: '$.paths', update: { "/it's": {} } },
    { target: "$.paths['/a'].get", update: { a: 1 } },
    { target: '$.l[1]', update: { a: 2 } },
  ]);
});

test('an overlay between two documents turns the first into the second', async () => {
  const names = fc.oneof(
    fc.constantFrom('a', 'b', "it's", 'a"b', '/x/{id}', '__proto__', '\\', '\n', '$ref'),
    fc.string(),
  );
  const { object } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>(null, true, 0, 1, 'a', ''),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<JsonObject>,
  }));
  await fc.assert(
    fc.asyncProperty(object, object, async (from, to) => {
      expect(await applied(from, actionsBetween(from, to))).toEqual(to);
    }),
    { numRuns: 300 },
  );
});
