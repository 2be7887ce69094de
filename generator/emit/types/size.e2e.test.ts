import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultContract } from '../../../contract/load/default.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { placeFiles } from '../../test-support/compile.js';
import { emitFiles } from '../emit-files.js';
import { startCompilerThread } from './compiler-thread.js';

const oneCall = `import { createClient } from './client.js';
const client = createClient({ baseUrl: 'https://travel0.eu.auth0.com', token: 'token' });
console.log(await client.users.roles.assign('auth0|1', { roles: ['rol_1'] }));
`;

let placed: ReturnType<typeof placeFiles>;

beforeAll(async () => {
  const files = await emitFiles(
    { spec: join(packageRoot(), 'spec', 'openapi.yaml'), allowRef: [] },
    startCompilerThread(),
    new Map(),
  );
  placed = placeFiles([...files, { path: 'one-call.ts', text: oneCall }]);
});
afterAll(() => placed.remove());

test('one call, bundled, minified and gzipped, is at most 5.5 KB, and 10 bytes for each operation', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(placed.folder, 'one-call.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  const { operations } = await defaultContract(packageRoot());
  expect(gzipSync(outputFiles[0]?.contents ?? '').length).toBeLessThanOrEqual(5.5 * 1024 + 10 * operations.length);
});

test('a file with one call needs at most 20,000 type instantiations', async () => {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2023',
    types: [],
  };
  const project = join(placed.folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions, files: ['one-call.ts'] }));
  const tsc = join(packageRoot(), 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', project, '--extendedDiagnostics']);
  const instantiations = Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  expect(instantiations).toBeGreaterThan(0);
  expect(instantiations).toBeLessThanOrEqual(20_000);
});
