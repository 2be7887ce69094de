import { beforeEach, expect, test } from 'vitest';
import { Faults } from './faults.js';

let faults: Faults;

beforeEach(() => {
  faults = new Faults();
});

test('a fault applies as often as it says, and only to its operation', () => {
  faults.add({ operation: 'a', times: 2, status: 500 });
  expect(faults.take('b')).toBeUndefined();
  expect([faults.take('a'), faults.take('a'), faults.take('a')]).toEqual([
    { id: 'fault-1', operation: 'a', status: 500, left: 2 },
    { id: 'fault-1', operation: 'a', status: 500, left: 1 },
    undefined,
  ]);
  expect([faults.size, faults.list()]).toEqual([0, []]);
});

test('the first fault that fits applies, and ids are not used again', () => {
  faults.add({ operation: 'a', times: 1, status: 500 });
  faults.add({ times: 1, status: 502 });
  const third = faults.add({ operation: 'b', times: 1, status: 503 });
  expect(third).toEqual({ id: 'fault-3', operation: 'b', status: 503, left: 1 });
  expect(['b', 'b', 'a', 'a'].map((operation) => faults.take(operation)?.status)).toEqual([502, 503, 500, undefined]);
  expect(faults.add({ times: 1 }).id).toBe('fault-4');
});

test('faults are deleted by their id, or all at once', () => {
  for (const status of [500, 502, 503]) faults.add({ times: 1, status });
  faults.delete('fault-2');
  faults.delete('none');
  expect(faults.list().map(({ status }) => status)).toEqual([500, 503]);
  faults.clear();
  expect([faults.size, faults.take('a')]).toEqual([0, undefined]);
});
