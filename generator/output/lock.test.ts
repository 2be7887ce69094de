import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockName, withLock } from './lock.js';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  lock = join(folder, lockName);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that is certainly running, and one that is not. */
const running = process.ppid;
const ended = 999_999_999;

test('the lock exists during the action only, even if that throws', async () => {
  await withLock(folder, () => expect(readFileSync(lock, 'utf8')).toMatch(`${process.pid} `));
  expect(existsSync(lock)).toBe(false);
  const failing = withLock(folder, () => {
    throw new Error('disk full');
  });
  await expect(failing).rejects.toThrow('disk full');
  expect(existsSync(lock)).toBe(false);
});

test('a run waits until the other one has finished', async () => {
  writeFileSync(lock, `${running} other`);
  const second = withLock(folder, () => existsSync(lock));
  setTimeout(() => rmSync(lock), 60);
  expect(await second).toBe(true);
});

test('a run that waits too long is refused, and the lock stays', async () => {
  writeFileSync(lock, `${running} other`);
  await expect(withLock(folder, () => 'written', 60)).rejects.toMatchObject({
    code: 'OUTPUT_LOCKED',
    message: expect.stringContaining(`another run is writing to it (process ${running})`),
  });
  expect(readFileSync(lock, 'utf8')).toBe(`${running} other`);
});

test.each([
  ['a process that has ended', `${ended} other`],
  ['an earlier process with the same id', `${process.pid} earlier`],
])('the lock of %s is taken over', async (_, owner) => {
  writeFileSync(lock, owner);
  expect(await withLock(folder, () => readFileSync(lock, 'utf8'))).not.toBe(owner);
  expect(existsSync(lock)).toBe(false);
});

test('runs of one process take turns', async () => {
  let active = 0;
  const runs = Array.from({ length: 5 }, () =>
    withLock(folder, () => {
      active += 1;
      expect(active).toBe(1);
      active -= 1;
    }),
  );
  await Promise.all(runs);
});
