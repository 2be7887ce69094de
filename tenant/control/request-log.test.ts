import { expect, test } from 'vitest';
import { RequestLog } from './request-log.js';

/** Logs requests with these paths. */
function add(log: RequestLog, paths: readonly string[]): void {
  for (const path of paths)
    log.add({
      at: 0,
      duration: 0,
      method: 'GET',
      path,
      query: '',
      status: 200,
      operation: undefined,
      client: undefined,
      reason: undefined,
      fault: undefined,
    });
}

const all = (): boolean => true;
const paths = (count: number, prefix = ''): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${at + 1}`);

test.each([
  { count: 3, first: 1 },
  { count: 1000, first: 1 },
  { count: 2345, first: 1346 },
])('of $count requests, those from number $first are remembered, the oldest first', ({ count, first }) => {
  const log = new RequestLog();
  add(log, paths(count));
  const numbers = Array.from({ length: count - first + 1 }, (_, at) => first + at);
  expect(log.list(0, all).map(({ number, path }) => [number, path])).toEqual(numbers.map((each) => [each, `${each}`]));
  expect(log.last).toBe(count);
});

test('after the log is cleared, 1000 requests are remembered again, and numbers go on', () => {
  const log = new RequestLog();
  add(log, paths(500));
  log.clear();
  add(log, paths(1000, 'later '));
  const listed = log.list(0, all);
  expect([listed.length, listed[0], listed.at(-1)]).toMatchObject([
    1000,
    { number: 501, path: 'later 1' },
    { number: 1500, path: 'later 1000' },
  ]);
});

test('requests that were listed do not change with later ones', () => {
  const log = new RequestLog();
  add(log, ['first']);
  const listed = log.list(0, all);
  add(log, paths(1000));
  expect(listed).toMatchObject([{ number: 1, path: 'first' }]);
});
