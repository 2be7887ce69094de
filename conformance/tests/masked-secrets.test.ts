import { expect, test } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Servers that take a secret and answer with something in its place, which no document says. */

const text = '{"anyOf":[{"type":"string"},{"type":"null"}]}';
const plain = readContract(
  JSON.parse(JSON.stringify(orchard).replaceAll('"note":{"type":"string"}', `$&,"password":${text},"motto":${text}`)),
);
type Change = (name: string, value: unknown) => unknown;

async function causesAt(change: Change, ...only: readonly string[]): Promise<readonly string[]> {
  const target = await embeddedTarget(plain);
  const masking: Target = {
    ...target,
    async send(request, limits) {
      const answer = await target.send(request, limits);
      if (!isObject(answer.json) || !('kind' in answer.json)) return answer;
      const json = Object.fromEntries(Object.entries(answer.json).map(([name, value]) => [name, change(name, value)]));
      return { ...answer, json: JSON.parse(JSON.stringify(json)), text: JSON.stringify(json) };
    },
  };
  const { findings } = await verifyTarget(withDerivedState(plain).contract, masking, { only });
  return findings.map(({ cause }) => cause);
}

/** Shows a text in place of any that a property has. */
function instead(of: string, text: string | null): Change {
  return (name, value) => (name === of && typeof value === 'string' ? text : value);
}

test.each([['***'], ['••••••34'], ['xxxxxxxx'], [''], [null]])('a password may be shown as %j', async (mask) => {
  const only = ['plantTree/created-is-read', 'pruneTree/updated-is-read'];
  expect(await causesAt(instead('password', mask), ...only)).toEqual([]);
});

test.each([
  ['password', 'sesame'],
  ['motto', '***'],
])('a %s is not shown as %j', async (name, shown) => {
  expect(await causesAt(instead(name, shown), 'plantTree/created-is-read')).toEqual([
    `property ${name} is not what was sent`,
  ]);
});
