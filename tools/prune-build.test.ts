import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { unreachableDeclarations, unreachableModules } from './prune-build.js';

let root: string;

afterEach(() => rmSync(root, { recursive: true }));

function packageOf(files: Readonly<Record<string, string>>): void {
  root = mkdtempSync(join(tmpdir(), 'rolecall-prune-'));
  const manifest = {
    bin: { command: 'dist/command.js' },
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

test('modules that entries, commands, threads or scripts need stay, and the others go', () => {
  packageOf({
    'dist/index.js': "import './needed.js';\nconst url = new URL('./worker.js', import.meta.url);\n",
    'dist/needed.js': "export const later = () => import('./lazy.js');\n",
    'dist/lazy.js': 'export {};\n',
    'dist/worker.js': '',
    'dist/command.js': '',
    'dist/tools/build.js': "import '../scripted.js';\n",
    'dist/scripted.js': '',
    'dist/types.js': "import './index.js';\n",
  });
  expect(unreachableModules(root)).toEqual([join(root, 'dist/types.js')]);
});
