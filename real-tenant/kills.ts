import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '../conformance/engine/seed.js';
import type { Contract } from '../contract/contract.js';
import type { SigningKey } from '../tenant/tenant.js';
import { startHttpsTenant } from './https-front.js';
import { Residents } from './residents.js';

export interface KillOptions {
  readonly contract: Contract;
  readonly key: SigningKey;
  readonly seed: number;
  /** How many runs are killed. */
  readonly kills: number;
  /** The built command line. */
  readonly cli: string;
  readonly signal: 'SIGKILL' | 'SIGINT';
  /** Whether each journal is swept; otherwise all are lost, and what carries a mark is swept at the end. */
  readonly journaled: boolean;
}

export interface Killed {
  /** Runs that had created something by then. */
  readonly killed: number;
  /** Resources that sweeps removed. */
  readonly removed: number;
  /** Sweeps, or ends after Ctrl-C, that left something or failed, with what they said. */
  readonly failures: readonly string[];
  /** Residents that are not as they were, and what is left. */
  readonly differences: readonly string[];
}

/** So many runs go on side by side. */
const LANES = 3;
/** A run is killed at a random moment of its first seconds. */
const LATEST_MS = 5000;
/** What a machine that stopped may leave of a line. */
const TORN = '{"kind":"creating","n":999999,"at":"2026-';
/** What a run says just before its first request. */
const BEGUN = 'Journal: ';
/** What a run checks: different families send different requests. */
const FAMILIES = [
  '*/documented-success',
  '*/invalid-body',
  '*/created-is-read',
  '*/relation-model',
  '*/scope-alternatives',
  '*/cascade',
];

/** Kills runs of the real command at random moments, and sweeps what they left. */
export async function killRuns(options: KillOptions): Promise<Killed> {
  const { contract, key, seed, kills, cli, signal, journaled } = options;
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-real-'));
  const tenant = await startHttpsTenant({ contract, key, seed, folder });
  try {
    const { simulated, url, authority } = tenant;
    const residents = new Residents((request) => simulated.handle(request), await simulated.tenant.token());
    await residents.moveIn();
    const environment = {
      PATH: process.env.PATH ?? '',
      NODE_EXTRA_CA_CERTS: authority,
      ROLECALL_CLIENT_ID: simulated.tenant.clientId,
      ROLECALL_CLIENT_SECRET: simulated.tenant.clientSecret,
      ROLECALL_STATE: join(folder, 'state'),
    };
    const random = randomFrom(seed);
    const moments = Array.from({ length: kills }, () => random() * LATEST_MS);
    const failures: string[] = [];
    let [next, killed, removed] = [0, 0, 0];
    const sweep = async (...subject: readonly string[]) => {
      const { code, stdout, stderr } = await start(cli, ['sweep', ...subject, '--json'], environment).ended;
      if (code === 0) removed += removedIn(stdout);
      else failures.push(`sweep ${subject[0]} ended with ${code}: ${stdout}${stderr}`.slice(0, 500));
    };
    const lane = async () => {
      for (let index = next++; index < kills; index = next++) {
        const journal = join(folder, `run-${index}.jsonl`);
        const only = FAMILIES[index % FAMILIES.length] ?? '*';
        const args = ['verify', url, '--only', only, '--seed', String(seed + index), '--journal', journal];
        const run = start(cli, args, environment);
        await Promise.race([run.begun.then(() => sleep(moments[index])), run.ended]);
        run.child.kill(signal);
        const { code } = await run.ended;
        if (signal === 'SIGINT') {
          if (code !== 2 && code !== 0) failures.push(`run ${index} ended with ${code} after Ctrl-C`);
          killed += 1;
          continue;
        }
        // It was killed before it had a journal, so it had sent nothing.
        if (!existsSync(journal)) continue;
        killed += 1;
        if (index % 2 === 1) appendFileSync(journal, TORN);
        if (journaled) await sweep(journal);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (!journaled) await sweep(url, '--yes');
    return { killed, removed, failures, differences: await residents.differences() };
  } finally {
    await tenant.close();
    rmSync(folder, { recursive: true });
  }
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(cli: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  child.stdout.on('data', (chunk) => {
    out.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    out.stderr += chunk;
    if (out.stderr.includes(BEGUN)) begin();
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...out })));
  return { child, begun, ended };
}

function removedIn(json: string): number {
  const removed: unknown = Reflect.get(Object(JSON.parse(json)), 'removed');
  return Array.isArray(removed) ? removed.length : 0;
}
