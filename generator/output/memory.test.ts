import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countUpToDate, hash, remember } from './memory.js';

test('a file that is not what was emitted is not up to date, though it was there when that was remembered', () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  mkdirSync(join(folder, 'node_modules'));
  process.chdir(folder);
  const job = { spec: join(folder, 'api.json'), out: folder };
  writeFileSync(job.spec, '{}');
  writeFileSync(join(folder, 'client.ts'), 'something else');
  const sources = new Map([[job.spec, hash('{}')]]);
  remember(job, sources, [{ path: 'client.ts', text: 'emitted' }], Date.now() + 1000);
  expect(countUpToDate(job)).toBeUndefined();
  writeFileSync(join(folder, 'client.ts'), 'emitted');
  expect(countUpToDate(job)).toBe(1);
  process.chdir(before);
  rmSync(folder, { recursive: true });
});
