import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultContract } from '../../../contract/load/default.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { compile, placeFiles } from '../../test-support/compile.js';
import { samplesOf } from './samples-of.js';

const contract = await defaultContract();

test('every TypeScript sample compiles against the generated client', async () => {
  const generated = join(packageRoot(), 'generated');
  const clients = readdirSync(generated, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const { folder, remove } = placeFiles([
    ...contract.operations.map((one) => ({
      path: `sample-${one.id}.ts`,
      text: samplesOf(contract, one, { languages: ['client'] })[0]?.code ?? '',
    })),
    ...clients.map((path) => ({ path: `generated/${path}`, text: readFileSync(join(generated, path), 'utf8') })),
  ]);
  try {
    const changes = { noUnusedLocals: false, noPropertyAccessFromIndexSignature: false };
    expect(await compile(folder, '7.0', 'node', changes)).toBe('');
  } finally {
    remove();
  }
});
