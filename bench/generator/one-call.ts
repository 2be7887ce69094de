import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { planClient } from '../../generator/client/plan.js';
import { sampleRequest } from '../../generator/emit/samples/sample-request.js';
import { atMost, count, type Figure } from '../measure/figures.js';
import { timeProcess } from '../measure/process.js';
import { type Tools, TYPES_FILE } from './tools.js';
import type { Workplace } from './workplace.js';

/** What a file with a single call costs its users, beside the same call by openapi-fetch and the types alone. */
export async function measureOneCall(
  place: Workplace,
  document: string,
  { ours, types }: Tools,
): Promise<readonly Figure[]> {
  await timeProcess(ours.run(document));
  await timeProcess(types.run(document));
  const at = (folder: string): string => `./${relative(place.folder, folder).replaceAll('\\', '/')}`;
  const contract = await defaultContract(packageRoot());
  const call = callOf(contract);
  const own = place.path('one-call.ts');
  const bare = place.path('one-call-bare.ts');
  writeFileSync(own, call.withClient(`${at(ours.out)}/client.js`));
  writeFileSync(bare, call.withFetch(`${at(types.out)}/${TYPES_FILE.replace('.ts', '.js')}`));
  const size = await bundledBytes(own);
  const alone = place.path('one-call-function.ts');
  writeFileSync(alone, call.withFunction(`${at(ours.out)}/functions.js`, "{ baseUrl: 'https://travel0.example' }"));
  const functionSize = await bundledBytes(alone);
  const credentials = "{ clientId: 'id', clientSecret: 'secret' }";
  const connection = `connect({ baseUrl: 'https://travel0.example', token: ${credentials} })`;
  writeFileSync(alone, call.withFunction(`${at(ours.out)}/functions.js`, connection));
  const connectedSize = await bundledBytes(alone);
  const made = await instantiations(own);
  return [
    {
      name: 'one call, bundled, minified, gzipped',
      measured: `${count(size)} bytes`,
      ...atMost(size, 6144, ' bytes'),
    },
    {
      name: 'one call, with a function',
      measured: `${count(functionSize)} bytes`,
      ...atMost(functionSize, 4096, ' bytes'),
    },
    {
      name: 'one call, with a function, tokens and retries',
      measured: `${count(connectedSize)} bytes`,
      ...atMost(connectedSize, 5120, ' bytes'),
    },
    { name: '  openapi-fetch alone', measured: `${count(await bundledBytes(bare))} bytes` },
    { name: 'one call, type instantiations', measured: count(made), ...atMost(made, 20_000) },
    { name: '  openapi-fetch alone', measured: count(await instantiations(bare)) },
  ];
}

/** The first operation that adds to a relation, as a module that calls it. */
function callOf(contract: Contract): {
  withClient(module: string): string;
  withFunction(module: string, connection: string): string;
  withFetch(module: string): string;
} {
  const method = planClient(contract).methods.find(({ operation }) => operation.effect?.kind === 'add');
  if (method === undefined) throw new Error('The contract has no operation that adds.');
  const { operation, path, functions } = method;
  const { ids, body } = sampleRequest(contract, method);
  const given = [...ids, body?.value].map((value) => JSON.stringify(value)).join(', ');
  const parameters = Object.fromEntries(method.ids.map(({ parameter }, index) => [parameter.name, ids[index]]));
  return {
    withClient: (module) => `import { createClient } from '${module}';

const client = createClient({ baseUrl: 'https://travel0.example', token: 'token' });
const result = await client.${path.join('.')}(${given});
if (!result.ok) throw new Error(String(result.status));
`,
    withFunction: (module, connection) => `import { connect, ${functions.call} } from '${module}';

const result = await ${functions.call}(${connection}, ${given});
if (!result.ok) throw new Error(String(result.status));
`,
    withFetch: (module) => `import createClient from 'openapi-fetch';
import type { paths } from '${module}';

const client = createClient<paths>({
  baseUrl: 'https://travel0.example${contract.serverPath}',
  headers: { authorization: 'Bearer token' },
});
const { error, response } = await client.${operation.method}('${operation.path}', {
  params: { path: ${JSON.stringify(parameters)} },
  body: ${JSON.stringify(body?.value)},
});
if (error !== undefined) throw new Error(String(response.status));
`,
  };
}

async function bundledBytes(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

/** What the compiler counts for a program of this one file and what it imports. @throws where it does not compile */
async function instantiations(file: string): Promise<number> {
  const project = file.replace('.ts', '.tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [file] }));
  const compiler = join(packageRoot(), 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [compiler, '--project', project, '--extendedDiagnostics'];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { readonly stdout: string }) => {
    throw new Error(`"${file}" does not compile: ${error.stdout}`);
  });
  return Number(/^Instantiations:\s+(\d+)/m.exec(stdout)?.[1]);
}

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  module: 'nodenext',
  moduleResolution: 'nodenext',
};
