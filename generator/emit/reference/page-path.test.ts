import { expect, test } from 'vitest';
import { contractOf } from '../test-support/contract.js';
import { pagePath } from './page-path.js';

function pathsOf(...ids: readonly string[]): readonly string[] {
  const paths = Object.fromEntries(
    ids.map((operationId, index) => [`/${index}`, { get: { operationId, responses: {} } }]),
  );
  const contract = contractOf(paths);
  return contract.operations.map((operation) => pagePath(contract, operation));
}
const marked = expect.stringMatching(/-[0-9a-f]{8}\.md$/);

test.each([
  ['users.roles.assign', 'docs/users.roles.assign.md'],
  ['a/b', expect.stringMatching(/^docs\/a-b-[0-9a-f]{8}\.md$/)],
  ['README', expect.stringMatching(/^docs\/README-[0-9a-f]{8}\.md$/)],
  ['con', expect.stringMatching(/^docs\/_con-[0-9a-f]{8}\.md$/)],
  ['aux.list', expect.stringMatching(/^docs\/_aux\.list-[0-9a-f]{8}\.md$/)],
  ['NUL.get', expect.stringMatching(/^docs\/_NUL\.get-[0-9a-f]{8}\.md$/)],
  ['Com1.ports.open', expect.stringMatching(/^docs\/_Com1\.ports\.open-[0-9a-f]{8}\.md$/)],
  ['auxiliary.list', 'docs/auxiliary.list.md'],
  ['readme.get', 'docs/readme.get.md'],
])('the page of %j is %j', (id, want) => expect(pathsOf(id)).toEqual([want]));

test('ids that differ only in case have different page names in any case', () => {
  expect(pathsOf('getUser', 'getuser', 'other')).toEqual([marked, marked, 'docs/other.md']);
  expect(new Set(pathsOf('getUser', 'getuser').map((path) => path.toLowerCase())).size).toBe(2);
});

test('long ids have short, different names', () => {
  const paths = pathsOf(`${'x'.repeat(300)}1`, `${'x'.repeat(300)}2`);
  expect(new Set(paths).size).toBe(2);
  for (const path of paths) expect(path.length - 'docs/'.length).toBeLessThanOrEqual(100);
});
