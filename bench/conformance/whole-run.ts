import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../conformance/report/report.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { atLeast, atMost, count, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';

const ROUNDS = 5;
/** What users run. */
const COMMAND = join(packageRoot(), 'dist', 'rolecall.js');
/** Has a process tell its largest resident size, in kilobytes, when it ends. */
const TELL_SIZE = `data:text/javascript,process.on('exit',()=>console.error('maxrss '+process.resourceUsage().maxRSS))`;

/** `rolecall verify` against the embedded tenant, from start to end. */
export async function measureWholeRun(): Promise<readonly Figure[]> {
  const times: number[] = [];
  const sizes: number[] = [];
  let requests = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = performance.now();
    const { stdout, stderr } = await runCommand(['verify', '--seed', String(round + 1), '--json']);
    const report: Report = JSON.parse(stdout);
    if (report.verdict !== 'conforms') throw new Error(`The embedded tenant ${report.verdict}, seed ${report.seed}.`);
    requests = report.summary.requests;
    if (round === 0) continue;
    times.push(performance.now() - begin);
    sizes.push(Number(/maxrss (\d+)/.exec(stderr)?.[1]) / 1024);
  }
  return [
    { name: 'default run, requests', measured: count(requests), ...atLeast(requests, 5000) },
    {
      name: 'default run, whole process',
      measured: duration(median(times)),
      ...atMost(median(times) / 1000, 10, ' s'),
    },
    {
      name: 'default run, largest resident size',
      measured: `${count(median(sizes))} MB`,
      ...atMost(median(sizes), 300, ' MB'),
    },
  ];
}

/** From the start of the process to the moment at which a target gets the first request, in two working directories. */
export async function measureFirstRequest(): Promise<readonly Figure[]> {
  const empty = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    return [
      await firstRequestIn(packageRoot(), 'start to first request, in this project'),
      await firstRequestIn(empty, 'start to first request, in an empty folder'),
    ];
  } finally {
    rmSync(empty, { recursive: true });
  }
}

async function firstRequestIn(cwd: string, name: string): Promise<Figure> {
  const times: number[] = [];
  let arrived = (): void => undefined;
  const server = createServer((_request, response) => {
    arrived();
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens at a port.
  const { port } = server.address() as AddressInfo;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = performance.now();
    const first = new Promise<number>((resolve) => {
      arrived = () => resolve(performance.now() - begin);
    });
    const env = { ROLECALL_CLIENT_ID: 'bench', ROLECALL_CLIENT_SECRET: 'not-needed' };
    const ended = runCommand(['verify', `http://127.0.0.1:${port}`], { env, cwd });
    const time = await first;
    await ended;
    if (round > 0) times.push(time);
  }
  server.close();
  return { name, measured: duration(median(times)), ...atMost(median(times) / 1000, 1, ' s') };
}

function runCommand(
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ['--import', TELL_SIZE, COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    cwd,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve({ stdout, stderr }));
  });
}
