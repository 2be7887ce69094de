import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../contract/load/package-root.js';
import { linkPackage } from './recipes.js';

test.each(['a checkout that is gone', 'another checkout'])('a recipe uses this checkout instead of %s', (given) => {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-recipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const link = join(folder, 'node_modules', 'rolecall');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(given === 'another checkout' ? folder : join(folder, 'gone'), link);
  linkPackage(folder);
  expect(readlinkSync(link)).toBe(packageRoot());
});
