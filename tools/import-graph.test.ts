import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  describe('is as ARCHITECTURE.md says', () => {
    const [parts = '', inside = ''] = readFileSync(join(packageRoot(), 'ARCHITECTURE.md'), 'utf8')
      .split('## The parts')[1]
      ?.split('## How data flows')[0]
      ?.split('### Inside the parts') ?? ['', ''];
    const spans = (text = '') => [...text.matchAll(/`([\w./-]+)`/g)].map(([, span = '']) => span);
    const rows = [...parts.matchAll(/^\| (`.*?) \| .* \| (.*) \|$/gm)].map(([, part, rule = '']) => ({
      folders: spans(part).filter((span) => span.endsWith('/')),
      rule,
      paths: spans(rule).filter((span) => span.includes('/')),
    }));
    const folders = [...graph.keys()].map((file) => dirname(file).split('/')).filter(([first]) => first !== '.');

    /** Imports across the folders of a row, without those of tests. */
    const across = rows.flatMap(({ folders: own, rule, paths }) =>
      [...graph]
        .filter(([file]) => own.some((folder) => file.startsWith(folder)) && !/\.test\.ts$|test-support\//.test(file))
        .flatMap(([file, imported]) => imported.map((to) => ({ rule, paths, file, to })))
        .filter(({ to }) => !own.some((folder) => to.startsWith(folder))),
    );

    test('the table has every folder with sources', () => {
      const named = rows.flatMap((row) => row.folders);
      expect([...new Set(folders.map(([first]) => `${first}/`))].filter((folder) => !named.includes(folder))).toEqual(
        [],
      );
    });

    test('the second table has every folder of the parts in it', () => {
      const named = spans(inside);
      const parts = [...inside.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, part]) => spans(part));
      expect(parts).toEqual(expect.arrayContaining(['contract/', 'generator/', 'tenant/', 'conformance/']));
      const second = folders.filter(([first, part]) => parts.includes(`${first}/`) && part && part !== 'test-support');
      const paths = [...new Set(second.map(([first, part]) => `${first}/${part}/`))];
      expect(paths.length).toBeGreaterThan(60);
      expect(paths.filter((path) => !named.includes(path))).toEqual([]);
    });

    test('a part imports only what the table allows', () => {
      expect(across.length).toBeGreaterThan(1000);
      const forbidden = across.filter(
        ({ rule, paths, file, to }) =>
          rule !== 'every part' && !paths.some((path) => to.startsWith(path)) && !paths.includes(file),
      );
      expect(forbidden.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
    });

    test('the table allows nothing that no file imports', () => {
      const unused = rows.flatMap(({ rule, paths }) => {
        const own = across.filter((row) => row.rule === rule && row.paths === paths);
        return paths.filter((path) => !own.some(({ file, to }) => to.startsWith(path) || file === path));
      });
      expect(unused).toEqual([]);
    });
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
