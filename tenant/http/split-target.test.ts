import { expect, test } from 'vitest';
import { splitTarget, writeDefect } from './server.js';

test.each([
  ['/a', '/a', ''],
  ['/a?b=c?d', '/a', 'b=c?d'],
  ['/a?', '/a', ''],
  ['/a/../b?x=1', '/b', 'x=1'],
  ['/a/%2e%2E/b', '/b', ''],
  ['/a/./b?c=%2e', '/a/b', 'c=%2e'],
  ['/a#part?b', '/a', ''],
  ['/a\\b', '/a/b', ''],
  ['http://other.example/a/b?c=d', '/a/b', 'c=d'],
  ['*', '*', ''],
  ['other.example:443', '443', ''],
])('the target %s has the path %s and the query "%s"', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query });
});

test('a defect is one line of stderr, with its stack', () => {
  const written: string[] = [];
  const { write } = process.stderr;
  process.stderr.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  try {
    writeDefect(new RangeError('oh'));
    writeDefect('text');
  } finally {
    process.stderr.write = write;
  }
  expect(written).toEqual([
    expect.stringMatching(/^defect in the tenant: RangeError: oh\n {4}at /),
    'defect in the tenant: text\n',
  ]);
});
