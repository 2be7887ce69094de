import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { emptyModules, unreachableDeclarations } from './prune-build.js';

let root: string;

afterEach(() => rmSync(root, { recursive: true }));

function packageOf(files: Readonly<Record<string, string>>): void {
  root = mkdtempSync(join(tmpdir(), 'rolecall-prune-'));
  const manifest = {
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
  };
  for (const [name, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

test('declarations that an entry leads to stay, also through type imports and a circle', () => {
  packageOf({
    'dist/index.d.ts': "export type { A } from './a/a.js';\nexport declare const b: import('./b.js').B;\n",
    'dist/a/a.d.ts': "import type { C } from '../c.js';\nexport interface A { c: C }\n",
    'dist/b.d.ts': 'export interface B {}\n',
    'dist/c.d.ts': "export type * from './a/a.js';\nexport interface C {}\n",
    'dist/index.js': '',
    'dist/command.js': '',
  });
  expect(unreachableDeclarations(root)).toEqual([]);
});

test('declarations that no entry leads to go', () => {
  packageOf({
    'dist/index.d.ts': 'export declare const a = 1;\n',
    'dist/command.d.ts': "import './index.js';\nexport declare const command: string;\n",
  });
  expect(unreachableDeclarations(root)).toEqual([join(root, 'dist/command.d.ts')]);
});

test('modules without code go, unless code imports them', () => {
  packageOf({
    'dist/index.js': "import './needed.js';\nexport const a = 1;\n",
    'dist/needed.js': 'export {};\n',
    'dist/types.js': 'export {};\n',
  });
  expect(emptyModules(root)).toEqual([join(root, 'dist/types.js')]);
});
