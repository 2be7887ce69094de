import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../job.js';
import { countUpToDate, filesOfLastRun, hash, saveRun } from './run-cache.js';

const before = process.cwd();
let folder: string;
let job: Job;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-cache-'));
  mkdirSync(join(folder, 'node_modules'));
  process.chdir(folder);
  job = { spec: join(folder, 'api.json'), overlay: [], extras: {}, allowRef: [], strict: true, out: folder };
  writeFileSync(job.spec, '{}');
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const emitted = [{ path: 'client.ts', text: 'emitted' }];

test('an output that differs from what was emitted is not up to date, even if it differed when the run was saved', () => {
  writeFileSync(join(folder, 'client.ts'), 'something else');
  saveRun(job, new Map([[job.spec, hash('{}')]]), emitted);
  expect(countUpToDate(job)).toBeUndefined();
  writeFileSync(join(folder, 'client.ts'), 'emitted');
  expect(countUpToDate(job)).toBe(1);
});

test('a source saved during the run is not up to date, whatever its time says', () => {
  writeFileSync(join(folder, 'client.ts'), 'emitted');
  const read = hash('{}');
  writeFileSync(job.spec, '{"saved": "during the run"}');
  utimesSync(job.spec, 0, 0);
  saveRun(job, new Map([[job.spec, read]]), emitted);
  expect(countUpToDate(job)).toBeUndefined();
});

test('a source that could not be read is not up to date', () => {
  writeFileSync(join(folder, 'client.ts'), 'emitted');
  saveRun(job, new Map([[join(folder, 'missing.json'), '']]), emitted);
  expect(countUpToDate(job)).toBeUndefined();
});

test('outputs belong to rolecall even if a source was saved at the very end of the run', () => {
  const inAnHour = Date.now() / 1000 + 3600;
  utimesSync(job.spec, inAnHour, inAnHour);
  saveRun(job, new Map([[job.spec, hash('{}')]]), emitted);
  expect(filesOfLastRun(job)).toEqual(['client.ts']);
});
