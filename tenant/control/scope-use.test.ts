import { beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import type { Caller } from '../provider.js';
import { ScopeUse } from './scope-use.js';

const caller = (client: string, ...scopes: readonly string[]): Caller => ({
  subject: client,
  client,
  scopes: new Set(scopes),
});
const operation = (id: string, ...scopes: readonly string[]) =>
  ({ id, security: [{ scopes }] }) as unknown as Operation; // all that it uses

let use: ScopeUse;
const [list, change] = [operation('list', 'read'), operation('change', 'write')];
const used = () =>
  use.list().map(({ client, requests, used: all, unused, lacked }) => ({
    client,
    requests,
    used: [...all],
    unused: [...unused],
    lacked: lacked.map((each) => [each.operation, each.scopes.map((scopes) => [...scopes])]),
  }));

beforeEach(() => {
  use = new ScopeUse();
});

test('the use of each client is that of all its tokens', () => {
  const [first, second] = [caller('one', 'read', 'write'), caller('one', 'read', 'more')];
  use.add(first, list, false, undefined);
  use.add(first, list, false, undefined);
  use.add(caller('two', 'read'), list, false, undefined);
  use.add(second, list, false, undefined);
  expect(used()).toEqual([
    { client: 'one', requests: 3, used: ['read'], unused: ['more', 'write'], lacked: [] },
    { client: 'two', requests: 1, used: ['read'], unused: [], lacked: [] },
  ]);
});

test('what a request needs besides its operation counts, whichever request it was', () => {
  const one = caller('one', 'read', 'extra', 'other');
  for (const more of [undefined, ['extra'], undefined, ['other']]) use.add(one, list, false, more);
  expect(used()[0]).toMatchObject({ used: ['extra', 'other', 'read'], unused: [] });
});

test('what a refused request lacked is apart from what others used', () => {
  const one = caller('one', 'read');
  use.add(one, change, true, undefined);
  use.add(one, list, false, undefined);
  expect(used()).toEqual([
    { client: 'one', requests: 2, used: ['read'], unused: [], lacked: [['change', [['write']]]] },
  ]);
});

test('nothing is known after it is cleared', () => {
  const one = caller('one', 'read');
  use.add(one, list, false, undefined);
  use.clear();
  expect(used()).toEqual([]);
  use.add(one, list, false, undefined);
  expect(used()).toMatchObject([{ client: 'one', requests: 1 }]);
});
