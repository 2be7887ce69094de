import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultContract } from '../../contract/load/default.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { openStateFile } from '../../tenant/state/state-file.js';
import { createTenant } from '../../tenant/tenant.js';
import { atMost, duration, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import { authorized, operation, sender, userAt } from './subject.js';

const STARTS = 5;
const RESETS = 50;
/** Users of the states that are loaded, each with a hundredth of the organizations. A million takes 5 GB of memory. */
const LOADED = 100_000;
const MILLION = 1_000_000;
const LOADS = 3;

/**
 * What a tenant takes to start, to be reset between tests, and to load a large state.
 *
 * @param withMillion - whether to load a million users, too
 */
export async function measureLifecycle(withMillion: boolean): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  try {
    const loads = [];
    for (const users of withMillion ? [LOADED, MILLION] : [LOADED]) loads.push(await load(folder, users));
    return [await start(folder), await reset(), ...loads];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the start of the process until it says that it listens. */
async function start(folder: string): Promise<Figure> {
  const times: number[] = [];
  for (let count = 0; count < STARTS; count += 1) {
    const begin = performance.now();
    const program = join(packageRoot(), 'dist', 'rolecall.js');
    const child = spawn(process.execPath, [program, 'tenant', '--json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    times.push(performance.now() - begin);
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return { name: 'from the start to listening', measured: duration(median(times)) };
}

/** A reset after a test that changed a few things, with 1,000 users. */
async function reset(): Promise<Figure> {
  const contract = await defaultContract();
  const users = Array.from({ length: 1000 }, (_, index) => ({ ...userAt(index), password: undefined }));
  const tenant = await createTenant(contract, { seed: 1, state: { users } });
  const send = sender(tenant, await authorized(tenant));
  const times: number[] = [];
  for (let count = 0; count < RESETS; count += 1) {
    for (let index = 0; index < 10; index += 1)
      await send(operation(contract, 'create', 'user'), {}, userAt(10_000 + index));
    const begin = performance.now();
    tenant.reset();
    times.push(performance.now() - begin);
  }
  const time = median(times);
  return { name: 'a reset, 1,000 users', measured: duration(time), ...atMost(time, 1, ' ms') };
}

/** Loading a state file, beside JSON.parse of the same file, by turns. */
async function load(folder: string, count: number): Promise<Figure> {
  const file = join(folder, 'state.json');
  const users = Array.from({ length: count }, (_, index) => ({ ...userAt(index), password: undefined }));
  const organizations = Array.from({ length: count / 100 }, (_, index) => ({ name: `travel-${index}` }));
  writeFileSync(file, JSON.stringify({ users, organizations }));
  const contract = await defaultContract();
  const loads: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round <= LOADS; round += 1) {
    let begin = performance.now();
    JSON.parse(readFileSync(file, 'utf8'));
    const parsing = performance.now() - begin;
    begin = performance.now();
    await createTenant(contract, { seed: 1, state: await openStateFile(file) });
    const loading = performance.now() - begin;
    if (round === 0) continue;
    loads.push(loading);
    ratios.push(loading / parsing);
  }
  return {
    name: `loading ${count.toLocaleString('en')} users from a state file`,
    measured: duration(median(loads)),
    ratio: `${median(ratios).toFixed(1)} × JSON.parse`,
    ...atMost(median(ratios), 1.5, ' ×'),
  };
}
