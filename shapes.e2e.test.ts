import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verify } from './conformance/verify.js';
import { packageRoot } from './contract/load/package-root.js';
import { emitFiles } from './generator/emit/emit-files.js';
import { startEmitThread } from './generator/emit/emit-thread.js';
import { compile, placeFiles } from './generator/test-support/compile.js';

/** Small documents, each with one shape that public documents have: all commands work on each. */

const FOLDER = join(packageRoot(), 'test-support', 'shapes');
const shapes = readdirSync(FOLDER).map((file) => file.replace(/\.yaml$/, ''));
const specOf = (shape: string): string => join(FOLDER, `${shape}.yaml`);

/** Shapes that verify cannot try, with the reason it gives. */
const UNTRIED: Readonly<Record<string, string>> = {
  'redirect-answer': 'no check applies',
};

test('there are more than forty', () => {
  expect(shapes.length).toBeGreaterThan(40);
});

test('what is generated of all of them compiles', async () => {
  const emitted = await Promise.all(
    shapes.map(async (shape) => {
      const { files } = await emitFiles({ spec: specOf(shape), allowRef: [] }, startEmitThread(), new Map());
      return files
        .filter(({ path }) => path.endsWith('.ts'))
        .map(({ path, text }) => ({ path: `${shape}/${path}`, text }));
    }),
  );
  const { folder, remove } = placeFiles(emitted.flat());
  expect(await compile(folder, '7.0')).toBe('');
  remove();
}, 120_000);

/** The verdict on the embedded tenant, with what was found; or the reason why there was no run. */
async function verdictOf(shape: string): Promise<string> {
  try {
    for await (const event of verify({ spec: specOf(shape), depth: 'smoke', seed: 1 })) {
      if (event.kind === 'reported') {
        const { verdict, findings, reasons } = event.report;
        const judged = findings.filter(({ severity }) => severity !== 'observed');
        return [verdict, ...judged.map(({ cause }) => cause), ...reasons].join('; ');
      }
    }
    return 'no report';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the tenant conforms to', () => {
  test.each(shapes.filter((shape) => UNTRIED[shape] === undefined))('%s', async (shape) => {
    expect(await verdictOf(shape)).toBe('conforms');
  });

  test.each(Object.entries(UNTRIED))('%s is not tried: %s', async (shape, reason) => {
    expect(await verdictOf(shape)).toContain(reason);
  });
});
