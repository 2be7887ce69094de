import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { differences } from '../test-support/differences.js';
import { documentOf } from '../test-support/document.js';

const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** An operation with two parameters in its path, under these names, and this effect. */
function acting(effect: JsonObject, [first, second]: readonly [string, string] = ['user_id', 'badge_id']): JsonObject {
  return documentOf(
    {
      [`/users/{${first}}/badges/{${second}}`]: {
        delete: {
          operationId: 'take',
          parameters: [path(first), path(second)],
          'x-effect': effect,
          responses: { '204': { description: 'x' } },
        },
      },
    },
    {
      components: {
        'x-resources': { user: { key: 'id' }, badge: { key: 'id' } },
        'x-relations': { worn: { between: ['user', 'badge'] } },
      },
    },
  );
}

const worn = (of: JsonObject): JsonObject => ({ remove: 'worn', of });

test('sides are compared by the position of their parameters, not by their names', () => {
  const before = acting(worn({ user: 'user_id', badge: 'badge_id' }));
  const renamed = acting(worn({ user: 'u', badge: 'b' }), ['u', 'b']);
  expect(differences(before, renamed).map((line) => line.split(' ')[0])).toEqual(['path-parameter-renamed']);
  expect(differences(before, acting(worn({ user: 'badge_id', badge: 'user_id' })))).toEqual([
    'effect-changed at /paths/~1users~1{user_id}~1badges~1{badge_id}/delete/x-effect/of: of of x-effect went from {"user":1,"badge":2} to {"user":2,"badge":1} [{"user":1,"badge":2} → {"user":2,"badge":1}]',
  ]);
});

test('another kind of effect, and another target', () => {
  const sides = { user: 'user_id', badge: 'badge_id' };
  expect(
    differences(acting(worn(sides)), acting({ add: 'worn', of: sides })).map((line) => line.split(': ')[1]),
  ).toEqual(['verb of x-effect went from "remove worn" to "add worn" ["remove worn" → "add worn"]']);
});
