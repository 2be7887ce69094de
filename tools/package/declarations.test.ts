import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { copyDeclarations, reachableDeclarations } from './declarations.js';

let root: string;

afterEach(() => rmSync(root, { recursive: true }));

function declarations(files: Readonly<Record<string, string>>): void {
  root = mkdtempSync(join(tmpdir(), 'rolecall-declarations-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

test('declarations that an entry leads to are kept, also through type imports and a circle', () => {
  declarations({
    'index.d.ts': "export type { A } from './a/a.js';\nexport declare const b: import('./b.js').B;\n",
    'a/a.d.ts': "import type { C } from '../c.js';\nexport interface A { c: C }\n",
    'b.d.ts': 'export interface B {}\n',
    'c.d.ts': "export type * from './a/a.js';\nexport interface C {}\n",
  });
  const names = ['a/a.d.ts', 'b.d.ts', 'c.d.ts', 'index.d.ts'];
  expect(reachableDeclarations([join(root, 'index.d.ts')])).toEqual(names.map((name) => join(root, name)));
});

test('declarations that nothing leads to are left out, although they import one that is kept', () => {
  declarations({
    'index.d.ts': 'export declare const a = 1;\n',
    'command.d.ts': "import './index.js';\nexport declare const command: string;\n",
  });
  copyDeclarations(['index.d.ts'], root, join(root, 'out'));
  expect(existsSync(join(root, 'out', 'index.d.ts'))).toBe(true);
  expect(existsSync(join(root, 'out', 'command.d.ts'))).toBe(false);
});
