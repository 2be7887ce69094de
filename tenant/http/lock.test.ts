import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

test('work under a lock is done by one after the other', async () => {
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await sleep(5);
    steps.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([withLock(file, work('a')), withLock(file, work('b'))])).toEqual(['a', 'b']);
  const [first = ''] = steps[0]?.split(' ') ?? [];
  const second = first === 'a' ? 'b' : 'a';
  expect(steps).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
  expect(await readdir(folder)).toEqual([]);
});

test('the lock is released when the work fails', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('oh')))).rejects.toThrow('oh');
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a holder that died is taken over', async () => {
  await writeFile(file, '');
  expect(await withLock(file, async () => 'done', 30)).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('a lock that changes hands is not taken over', async () => {
  await writeFile(file, '');
  let isHeld = true;
  const touch = (async () => {
    for (let time = 1; time <= 6; time += 1) {
      await sleep(10);
      await utimes(file, time, time);
    }
    isHeld = false;
    await rm(file);
  })();
  expect(await withLock(file, async () => isHeld)).toBe(false);
  await touch;
});

test('a folder that is missing is an error of the system', async () => {
  await expect(withLock(join(folder, 'none', 'lock'), async () => 'done')).rejects.toMatchObject({ code: 'ENOENT' });
});
