import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadContract } from '../../contract/load/load.js';
import { compile, placeFiles } from '../../generator/test-support/compile.js';
import { documentsIn, PUBLIC_DOCUMENTS } from './documents.js';
import { errorsByFolder, generateAll } from './generate-all.js';

/** Public documents, if they are beside the project. `npm run corpus` does more with all of them. */

const documents = documentsIn(PUBLIC_DOCUMENTS);

/** In bytes: larger documents take seconds each. */
const SMALL = 100_000;

test('all of them load', async ({ skip }) => {
  if (documents.length === 0) skip(`missing: ${PUBLIC_DOCUMENTS}`);
  for (const { path } of documents) {
    const { contract } = await loadContract(path, { strict: false });
    expect(contract.operations, path).toBeInstanceOf(Array);
  }
});

test('what is generated of the small ones compiles', async ({ skip }) => {
  const small = documents.filter(({ path }) => statSync(path).size < SMALL);
  if (small.length === 0) skip(`missing: ${PUBLIC_DOCUMENTS}`);
  const generated = await generateAll(small);
  expect(generated.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  const { folder, remove } = placeFiles(generated.flatMap(({ code }) => code));
  expect([...errorsByFolder(await compile(folder, '7.0'), folder).values()]).toEqual([]);
  remove();
}, 120_000);

test('errors are found by the folder they are in', () => {
  const line = 'node_modules/.cache/generated-x/pets-json/types.ts(1,2): error TS1: No.';
  expect([...errorsByFolder(`${line}\n${line}\nother`, '/a/node_modules/.cache/generated-x')]).toEqual([
    ['pets-json', 'pets-json/types.ts(1,2): error TS1: No.'],
  ]);
});
