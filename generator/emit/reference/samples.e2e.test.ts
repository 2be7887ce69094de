import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Contract, Operation } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { createTenant } from '../../../tenant/tenant.js';
import { compile, placeFiles } from '../../test-support/compile.js';
import { pagePath } from './page-path.js';
import { emitReference } from './reference.js';

const run = promisify(execFile);
const contract = await defaultContract();
const pages = new Map(emitReference(contract).map(({ path, text }) => [path, text]));

/** The code block of a language on an operation's page. */
function sampleOf(operation: Operation, language: 'sh' | 'ts'): string {
  const block = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(
    pages.get(pagePath(contract, operation)) ?? '',
  )?.[1];
  if (block === undefined) throw new Error(`the page of ${operation.id} has no sample for ${language}`);
  return block;
}

test('every TypeScript sample compiles against the generated client', async () => {
  const generated = join(packageRoot(), 'generated');
  const clients = readdirSync(generated, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const { folder, remove } = placeFiles([
    ...contract.operations.map((one) => ({ path: `sample-${one.id}.ts`, text: sampleOf(one, 'ts') })),
    ...clients.map((path) => ({ path: `generated/${path}`, text: readFileSync(join(generated, path), 'utf8') })),
  ]);
  try {
    const changes = { noUnusedLocals: false, noPropertyAccessFromIndexSignature: false };
    expect(await compile(folder, '7.0', 'node', changes)).toBe('');
  } finally {
    remove();
  }
});

const curl = hasCurl();
if (!curl) console.log('skipped: curl is not installed');

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describe.skipIf(!curl)('every cURL sample', () => {
  test('sends method, path, headers and body as the contract says', async () => {
    const received: Received[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url = '', headers } = request;
      received.push({ method, target: url, headers, body: Buffer.concat(chunks).toString() });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // It listens on a port.
    try {
      for (const operation of contract.operations) {
        received.length = 0;
        await shell(sampleOf(operation, 'sh'), `http://127.0.0.1:${port}`, 'a.b.c');
        expect(received, operation.id).toHaveLength(1);
        for (const request of received) expect(flaws(contract, operation, request), operation.id).toEqual([]);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('gets a documented response from a tenant, and no error about the request itself', async () => {
    const tenant = await createTenant(contract, { seed: 1 });
    const listening = await tenant.listen();
    const token = await tenant.token();
    const unexpected: string[] = [];
    try {
      for (const operation of contract.operations) {
        const sample = `${sampleOf(operation, 'sh')} --silent --output /dev/null --write-out '%{http_code}'`;
        const status = await shell(sample, listening.url, token);
        const documented = operation.responses.some((response) => response.status === status);
        // The tenant is empty: the ids of the samples do not exist, nor does the client of the sample.
        const isRequestError = ['400', '405', '415'].includes(status);
        if (!documented || isRequestError) unexpected.push(`${operation.id}: ${status}`);
      }
    } finally {
      await listening.close();
    }
    expect(unexpected).toEqual([]);
  });
});

async function shell(command: string, url: string, token: string): Promise<string> {
  const env = { ...process.env, BASE_URL: url, TOKEN: token, NO_PROXY: '127.0.0.1' };
  const { stdout } = await run('sh', ['-c', command], { env });
  return stdout;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** The differences between a received request and the contract. */
function flaws(of: Contract, operation: Operation, { method, target, headers, body }: Received): readonly string[] {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const route = operation.route.split(/\{[^}]*\}/).map((piece) => piece.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&'));
  const ids = new RegExp(`^${route.join('([^/]+)')}$`).exec(pathname)?.slice(1).map(decodeURIComponent);
  const examples = operation.parameters.filter((one) => one.in === 'path').map(({ example }) => example);
  const media = operation.requestBody?.content.find(({ type }) => headers['content-type'] === type);
  const missing = operation.parameters.filter(
    (one) => one.in === 'query' && one.required && !searchParams.has(one.name),
  );
  return [
    ...(method === operation.method ? [] : [`method ${method}`]),
    ...(ids === undefined ? [`path ${pathname}`] : []),
    ...(examples.every((example) => example === undefined || ids?.includes(String(example))) ? [] : [`ids ${ids}`]),
    ...(operation.security.length > 0 === (headers.authorization === 'Bearer a.b.c') ? [] : ['authorization']),
    ...missing.map(({ name }) => `query ${name}`),
    ...(operation.requestBody === undefined ? (body === '' ? [] : ['a body']) : []),
    ...(operation.requestBody?.required && media === undefined ? [`content type ${headers['content-type']}`] : []),
    ...(media === undefined || ajv.validate(of.standalone(media.schema), JSON.parse(body)) ? [] : [ajv.errorsText()]),
  ];
}
