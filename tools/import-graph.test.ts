import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../contract/load/package-root.js';
import { importCycles, readImportGraph } from './import-graph.js';

describe('this project', () => {
  const graph = readImportGraph(packageRoot());

  test('has no import cycle, type imports included', () => {
    expect(graph.size).toBeGreaterThan(400);
    expect(importCycles(graph)).toEqual([]);
  });
});

describe('the import graph', () => {
  const root = mkdtempSync(join(tmpdir(), 'rolecall-graph-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const cyclesOf = (name: string, files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name, file)), { recursive: true });
      writeFileSync(join(root, name, file), text);
    }
    return importCycles(readImportGraph(join(root, name)));
  };

  test.each([
    ['a value', "import { b } from './b.js';"],
    ['a type', "import type { B } from './b.js';"],
    ['a re-export', "export { b } from './b.js';"],
    ['a dynamic import', "export const b = () => import('./b.js');"],
    ['an import in a type', "export type B = import('./b.js').B;"],
  ])('sees a circle through %s', (kind, text) => {
    const cycles = cyclesOf(kind.replaceAll(' ', '-'), {
      'a.ts': text,
      'b.ts': "import { c } from './c/c.js';",
      'c/c.ts': "import '../a.js';",
    });
    expect(cycles).toEqual([['a.ts', 'b.ts', 'c/c.ts']]);
  });

  test('finds two circles, and not the files around them', () => {
    const cycles = cyclesOf('two', {
      'entry.ts': "import './a.js'; import './c.js';",
      'a.ts': "import './b.js';",
      'b.ts': "import './a.js'; import './c.js';",
      'c.ts': "import './d.js';",
      'd.ts': "import './c.js'; import './leaf.js';",
      'leaf.ts': '',
    });
    expect(cycles.toSorted()).toEqual([
      ['a.ts', 'b.ts'],
      ['c.ts', 'd.ts'],
    ]);
  });

  test('two ways to one file are no circle', () => {
    expect(
      cyclesOf('diamond', {
        'a.ts': "import './b.js'; import './c.js';",
        'b.ts': "import './d.js';",
        'c.ts': "import './d.js';",
        'd.ts': '',
      }),
    ).toEqual([]);
  });
});
