/** What the proxy adds to a request, beside the same request without it: `npm run bench`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../contract/load/package-root.js';
import { atMost, duration, type Figure } from '../measure/figures.js';
import { printSections } from '../measure/sections.js';
import { median, percentile } from '../measure/statistics.js';

const WARM_UP = 500;
const PAIRS = 3000;
/** The most that the proxy may add at the median, in milliseconds. */
const MOST_ADDED = 1;

/** Milliseconds of each request, direct and through the proxy, by turns: what else the machine does meets both alike. */
async function measure(): Promise<readonly Figure[]> {
  const tenant = startCli('tenant', '--quiet', '--json', '--seed', '7');
  const started: ChildProcess[] = [tenant.child];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const { url, clientId, clientSecret, audience } = JSON.parse(await tenant.firstLine) as Record<string, string>;
    const proxy = startCli('proxy', String(url));
    started.push(proxy.child);
    const through = /Proxy at (\S+) to/.exec(await proxy.firstLine)?.[1] ?? '';
    const token = await tokenOf(String(url), { clientId, clientSecret, audience });
    const time = (root: string) => timeRequest(`${root}/api/v2/roles`, { agent, token });
    const [direct, proxied]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < WARM_UP + PAIRS; pair++) {
      const times = [await time(String(url)), await time(through)] as const;
      if (pair < WARM_UP) continue;
      direct.push(times[0]);
      proxied.push(times[1]);
    }
    const added = proxied.map((milliseconds, at) => milliseconds - (direct[at] ?? 0));
    return [
      { name: 'a request without the proxy', measured: duration(median(direct)) },
      { name: 'the same through the proxy', measured: duration(median(proxied)) },
      { name: '  added by the proxy', measured: duration(median(added)), ...atMost(median(added), MOST_ADDED, ' ms') },
      { name: '  added to 99 % at most', measured: duration(percentile(proxied, 0.99) - percentile(direct, 0.99)) },
    ];
  } finally {
    agent.destroy();
    for (const child of started.reverse()) child.kill();
  }
}

function startCli(...args: readonly string[]): { readonly child: ChildProcess; readonly firstLine: Promise<string> } {
  const child = spawn(process.execPath, [join(packageRoot(), 'dist', 'rolecall.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`rolecall ${args[0]} ended with ${code}.`)));
  });
  return { child, firstLine };
}

async function tokenOf(url: string, client: Readonly<Record<string, string | undefined>>): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
      audience: client.audience,
    }),
  });
  const { access_token: token } = (await response.json()) as { readonly access_token: string };
  return token;
}

function timeRequest(
  url: string,
  { agent, token }: { readonly agent: Agent; readonly token: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const sent = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.resume();
      response.on('end', () => resolve(performance.now() - begin));
    });
    sent.on('error', reject);
    sent.end();
  });
}

export async function run(): Promise<void> {
  await printSections('The proxy: what it adds to a request', [{ name: 'latency', measure }]);
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
