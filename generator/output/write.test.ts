import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeHeader } from '../emit/text/comment.js';
import { compareOutput } from './compare.js';
import { writeOutput } from './write.js';

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
