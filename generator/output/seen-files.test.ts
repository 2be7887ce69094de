import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareFile } from './compare.js';
import { rememberingCompare } from './seen-files.js';

const file = { path: 'client.ts', text: 'emitted' };
let folder: string;
let path: string;
let reads: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seen-files-'));
  path = join(folder, file.path);
  writeFileSync(path, file.text);
  reads = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A comparison some seconds from now, which counts what it reads. */
function compareIn(seconds: number): typeof compareFile {
  const counting: typeof compareFile = (...given) => {
    reads += 1;
    return compareFile(...given);
  };
  return rememberingCompare(counting, () => Date.now() + seconds * 1000);
}

test('a file that has not changed is read once', () => {
  const compare = compareIn(10);
  expect([compare(path, file), compare(path, file), reads]).toEqual([undefined, undefined, 1]);
  expect([compare(path, { ...file }), reads]).toEqual([undefined, 2]);
});

test('a file that was changed a moment ago is read each time', () => {
  const compare = compareIn(0);
  expect([compare(path, file), compare(path, file), reads]).toEqual([undefined, undefined, 2]);
});

test('an edit of the same length is noticed, even if it leaves the time of the file', () => {
  const compare = compareIn(10);
  utimesSync(path, 1, 1);
  expect(compare(path, file)).toBeUndefined();
  writeFileSync(path, 'EMITTED');
  utimesSync(path, 1, 1);
  expect(compare(path, file)).toBe('stale');
});

test('a file that is missing, or that was removed', () => {
  const compare = compareIn(10);
  expect(compare(join(folder, 'other.ts'), file)).toBe('missing');
  expect(compare(path, file)).toBeUndefined();
  rmSync(path);
  expect(compare(path, file)).toBe('missing');
  expect(compare(join(path, 'below.ts'), file)).toBe('missing');
});
