import { expect, test, vi } from 'vitest';
import { verify } from './verify.js';

vi.mock('./report/create-report.js', () => {
  throw new Error('The file is gone.');
});

test('where what reports a run is gone when it is loaded, the run ends at once, and no promise is left', async () => {
  const kinds: string[] = [];
  const run = async () => {
    for await (const { kind } of verify({ only: ['roles.list/token-*'], seed: 1 })) kinds.push(kind);
  };
  await expect(run()).rejects.toThrow();
  expect(new Set(kinds)).toEqual(new Set(['requested']));
});
