import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { loadContract } from '../../../contract/load/load.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { readContract } from '../../../contract/read/read.js';
import { SHORT_RUN } from '../../../test-support/cli.js';
import { planClient } from '../../client/plan.js';
import { placeFiles } from '../../test-support/compile.js';
import { emitFunctions } from '../client/functions.js';
import { emitRuntime } from '../client/runtime.js';
import { emitServer, planAccess } from '../client/server.js';
import { emitFiles } from '../emit-files.js';
import { startEmitThread } from '../emit-thread.js';
import { sampleRequest } from '../samples/sample-request.js';

const official = join(packageRoot(), '..', 'shared', 'evidence', 'official-openapi.json');

const oneCall = `import { createClient } from './client.js';
const client = createClient({ baseUrl: 'https://travel0.eu.auth0.com', token: 'token' });
console.log(await client.users.roles.assign('auth0|1', { roles: ['rol_1'] }));
`;

let placed: ReturnType<typeof placeFiles>;

beforeAll(async () => {
  const { files } = await emitFiles(
    { spec: join(packageRoot(), 'spec', 'openapi.yaml'), allowRef: [] },
    startEmitThread(),
    new Map(),
  );
  placed = placeFiles([...files, { path: 'one-call.ts', text: oneCall }]);
});
afterAll(() => placed.remove());

/** The bytes of a module with everything that it needs, bundled, minified and gzipped. */
async function bundled(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}

test('one call with the client, bundled, minified and gzipped, is at most 6,144 bytes', async () => {
  expect(await bundled(join(placed.folder, 'one-call.ts'))).toBeLessThanOrEqual(6144);
});

describe.each([
  ['of the official document', official],
  ['of a document with 1,000 operations', large()],
] as const)('one call %s, bundled, minified and gzipped', (_, document) => {
  test('is at most 4,096 bytes with a function', async ({ skip }) => {
    if (document === official && !existsSync(official)) skip(`missing: ${official}`);
    expect(
      await bundledFunction(document, ({ call }) => `console.log(await ${call(plainConnection)});`),
    ).toBeLessThanOrEqual(4096);
  });

  test('is at most 5,120 bytes with a function, tokens and retries', async ({ skip }) => {
    if (document === official && !existsSync(official)) skip(`missing: ${official}`);
    const connection = "connect({ baseUrl: 'https://api.example', token: { clientId: 'id', clientSecret: 'secret' } })";
    expect(
      await bundledFunction(document, ({ call }) => `console.log(await ${call(connection)});`),
    ).toBeLessThanOrEqual(5120);
  });
});

const plainConnection = "{ baseUrl: 'https://api.example', token: 'token' }";

/** Bundles a module that calls the function of the first operation with an id and a JSON body. */
async function bundledFunction(
  document: string | JsonObject,
  moduleOf: (sample: { call(connection: string): string }) => string,
): Promise<number> {
  const contract = typeof document === 'string' ? (await loadContract(document)).contract : readContract(document);
  const plan = planClient(contract);
  const access = planAccess(contract, plan);
  const method = plan.methods.find(({ ids, body }) => ids.length > 0 && body?.type === 'application/json');
  if (method === undefined) throw new Error('no operation has an id and a JSON body');
  const { ids, body } = sampleRequest(contract, method);
  const given = [...ids, body?.value].map((value) => JSON.stringify(value)).join(', ');
  const name = method.functions.call;
  const call = (connection: string) => `${name}(${connection}, ${given})`;
  const entry = { path: 'call.ts', text: `import { connect, ${name} } from './functions.js';\n${moduleOf({ call })}` };
  const files = [emitFunctions(contract, plan, access), emitServer(plan, access), ...emitRuntime(), entry];
  const { folder, remove } = placeFiles(files);
  try {
    return await bundled(join(folder, entry.path));
  } finally {
    remove();
  }
}

/** 250 resources with four operations each. */
function large(): JsonObject {
  const schema = { type: 'object', properties: { name: { type: 'string' } } };
  const content = { 'application/json': { schema } };
  const responses = { 200: { description: '', content }, 404: { description: '', content } };
  const requestBody = { required: true, content };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const search = { name: 'search', in: 'query', schema: { type: 'string' } };
  const paths = Array.from({ length: 250 }, (_, index) => {
    const name = `things${index}`;
    const operation = (verb: string) => ({ operationId: `${name}.${verb}`, responses });
    return [
      [
        `/${name}`,
        { get: { ...operation('list'), parameters: [search] }, post: { ...operation('create'), requestBody } },
      ],
      [`/${name}/{id}`, { parameters: [id], get: operation('get'), patch: { ...operation('update'), requestBody } }],
    ] as const;
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://api.example/v1' }],
    paths: Object.fromEntries(paths.flat()),
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/token', scopes: {} } } } },
    },
  };
}

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
  const args = [...SHORT_RUN, tsc, '-p', project, '--extendedDiagnostics'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const instantiations = Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
  expect(instantiations).toBeGreaterThan(0);
  expect(instantiations).toBeLessThanOrEqual(20_000);
});
