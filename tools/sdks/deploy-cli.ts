import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from './install.js';
import type { CallResult } from './outcome.js';
import { NPM_INSTALL } from './sdk.js';

/** The provider's tool that exports a tenant into files, and imports it from them. */
const VERSION = '8.44.0';

export const DEPLOY_CLI = {
  name: `npm auth0-deploy-cli ${VERSION}`,
  toolchain: [['npm', '--version']],
  install: [
    ['npm', 'init', '--yes', '--silent'],
    [...NPM_INSTALL, `auth0-deploy-cli@${VERSION}`],
  ],
} as const;

const CONFIG = {
  AUTH0_INCLUDED_ONLY: ['roles', 'clients', 'clientGrants', 'resourceServers', 'connections', 'organizations'],
  AUTH0_ALLOW_DELETE: false,
  // It repeats what is answered with 501; by default ten times, which takes five minutes.
  AUTH0_API_MAX_RETRIES: 1,
};

/**
 * Exports a filled tenant. Then exports a tenant that the tool imported this into, and one that started with it.
 *
 * @param tenant the command that runs another with a tenant with these options, up to and with `--`
 * @param script the built `deploy-cli-run.js`
 * @returns each request of the runs, and a wrong result for each difference between the exports
 */
export async function roundTrip(
  tenant: (options: readonly string[]) => readonly string[],
  script: string,
): Promise<readonly CallResult[]> {
  const folder = await installed(DEPLOY_CLI);
  const program = join(folder, 'node_modules', '.bin', 'a0deploy');
  const work = await mkdtemp(join(tmpdir(), 'rolecall-deploy-'));
  try {
    await writeFile(join(work, 'config.json'), JSON.stringify(CONFIG));
    const [first, second, third] = [join(work, 'first'), join(work, 'second'), join(work, 'third')];
    const command = (...options: readonly string[]) => [...tenant(options), process.execPath, script, work, program];
    const requests = [
      ...(await requestsOf([...command(), first], work)),
      ...(await requestsOf([...command(), second, first], work)),
      ...(await requestsOf([...command('--import', first), third, STARTED], work)),
    ];
    const exported = await filesOf(first);
    return [
      ...distinct(requests),
      ...differences('import', exported, await filesOf(second)),
      ...differences('--import', exported, await filesOf(third)),
    ];
  } finally {
    await rm(work, { recursive: true });
  }
}

/** In place of the folder to import: the tenant has started with everything. */
const STARTED = '-';

/** The requests in the tenant's log. @throws Error if the command fails */
async function requestsOf([file = '', ...args]: readonly string[], cwd: string): Promise<readonly CallResult[]> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`auth0-deploy-cli ended with ${code}: ${log.slice(-4000)}`);
  return [...log.matchAll(/^\S+ ([A-Z]+) (\S+) (\d{3}) (.*)$/gm)].map(([, verb, path, status, detail = '']) => {
    const request = { method: 'a0deploy', operation: `${verb} ${path}` };
    // It asks whether a connection has some settings; 404 is the answer that it has none.
    if (Number(status) < 300 || (verb === 'GET' && status === '404')) return { ...request, kind: 'worked', reason: '' };
    const kind = detail.includes('outside the contract') ? 'refused' : 'wrong';
    return { ...request, kind, reason: `${status} ${detail}` };
  });
}

/** Without the ones that it repeats. */
function distinct(requests: readonly CallResult[]): readonly CallResult[] {
  return [...new Map(requests.map((request) => [`${request.operation} ${request.kind}`, request])).values()];
}

async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return new Map(files.map((file, index) => [file.slice(folder.length + 1), withoutGenerated(texts[index] ?? '')]));
}

/** Each organization has its own host and text to verify a domain with. */
function withoutGenerated(text: string): string {
  return text.replaceAll(/"(verification_(?:host|txt))": "[^"]*"/g, '"$1": "…"');
}

/** @param by how the other tenant got what the first one had */
function differences(
  by: string,
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
): readonly CallResult[] {
  return [...new Set([...first.keys(), ...second.keys()])]
    .filter((name) => first.get(name) !== second.get(name))
    .map((name) => ({
      method: 'a0deploy',
      operation: `export of ${name}`,
      kind: 'wrong',
      reason: `first ${first.get(name) ?? 'missing'}; after ${by} ${second.get(name) ?? 'missing'}`,
    }));
}
