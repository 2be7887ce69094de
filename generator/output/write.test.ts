import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeHeader } from '../emit/text/comment.js';
import { compareOutput } from './compare.js';
import { lockName } from './lock.js';
import { updateOutput, writeOutput } from './write.js';

test('a name that the file system rejects fails before anything is moved', () => {
  const out = mkdtempSync(join(tmpdir(), 'write-'));
  const old = `${codeHeader}old\n`;
  writeFileSync(join(out, 'client.ts'), old);
  const files = [
    { path: 'client.ts', text: `${codeHeader}new\n` },
    { path: `docs/${'x'.repeat(300)}.md`, text: 'a page' },
  ];
  expect(() => writeOutput({ option: '--out', folder: out, files }, compareOutput(out, files), [])).toThrow(
    expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }),
  );
  expect(readFileSync(join(out, 'client.ts'), 'utf8')).toBe(old);
  expect(readdirSync(out)).toEqual(['client.ts']);
  rmSync(out, { recursive: true });
});

test.each([
  { of: 'a run that was killed', owner: 999_999_999, left: ['client.ts'] },
  // The parent of this process is running.
  { of: 'another run', owner: process.ppid, left: [lockName, 'client.ts'] },
])('in a folder that is up to date, the lock of $of: $left', async ({ owner, left }) => {
  const folder = mkdtempSync(join(tmpdir(), 'write-'));
  const files = [{ path: 'client.ts', text: `${codeHeader}same\n` }];
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  writeFileSync(join(folder, lockName), `${owner} other`);
  if (owner !== process.ppid) {
    mkdirSync(join(folder, `.rolecall-${owner}`));
    writeFileSync(join(folder, `${lockName}.${owner}`), `${owner} other`);
  }
  expect(await updateOutput({ option: '--out', folder, files }, () => [])).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(left);
  rmSync(folder, { recursive: true });
});
