import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { join } from 'node:path';
import { checks } from '../../conformance/checks/table.js';
import { createPlan } from '../../conformance/engine/plan/plan.js';
import { run } from '../../conformance/engine/run.js';
import { httpTarget } from '../../conformance/target/http.js';
import type { HttpRequest, Target } from '../../conformance/target/target.js';
import { defaultContract } from '../../contract/load/default.js';
import { atLeast, count, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';

/** The options of a tenant process; with the same options two tenants generate the same ids. */
export interface TenantProcessOptions {
  readonly key: JsonWebKey;
  readonly seed: number;
  readonly baseUrl: string;
}

/** What the tenant process reports once it listens. */
export interface TenantProcessDetails {
  readonly url: string;
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const ROUNDS = 5;
/** Until the code of both sides is compiled: what is compared is work, not the compiler's. */
const WARM_UPS = 2;
const SEED = 1;

/**
 * The default run against a tenant in another process, and then the very same requests against a tenant that is alike to
 * the id, with no check at all, by as many senders as the run has lanes: so both keep the tenant equally busy.
 */
export async function measureThroughput(): Promise<readonly Figure[]> {
  const contract = await defaultContract();
  const plan = createPlan(contract, checks, { depth: 'standard', only: [], skip: [] });
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const options: TenantProcessOptions = { key, seed: SEED, baseUrl: 'http://tenant.example' };
  const checked: number[] = [];
  const bare: number[] = [];
  let requests = 0;
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const sent: HttpRequest[] = [];
    const withChecks = await onTenant(options, async (target) => {
      const recording: Target = {
        ...target,
        send(request, limits) {
          sent.push(request);
          return target.send(request, limits);
        },
      };
      for await (const _event of run(plan, recording, { seed: SEED, budget: {} }));
    });
    requests = sent.length;
    const without = await onTenant(options, (target) => sendAll(target, sent));
    if (round < WARM_UPS) continue;
    checked.push((requests / withChecks) * 1000);
    bare.push((requests / without) * 1000);
  }
  const ratio = median(checked.map((rate, round) => rate / (bare[round] ?? 0)));
  return [
    { name: `${count(requests)} requests over HTTP, no check`, measured: `${count(median(bare))}/s` },
    {
      name: 'the same requests, sent and judged by checks',
      measured: `${count(median(checked))}/s`,
      ratio: `${ratio.toFixed(2)} × no check`,
      ...atLeast(ratio, 0.5),
    },
  ];
}

/** In their order, as many side by side as the target has lanes. */
async function sendAll(target: Target, requests: readonly HttpRequest[]): Promise<void> {
  const queue = requests.values();
  const sender = async (): Promise<void> => {
    for (const request of queue) await target.send(request, { timeoutMs: 10_000 });
  };
  await Promise.all(Array.from({ length: target.workers }, sender));
}

/** Milliseconds that an action takes on a new tenant in a process of its own. */
async function onTenant(options: TenantProcessOptions, action: (target: Target) => Promise<void>): Promise<number> {
  const child = startTenant();
  const { url, audience, clientId, clientSecret } = await ask(child, options);
  const credentials = { client: { id: clientId, secret: clientSecret } };
  const target = httpTarget({ url: new URL(url), audience, credentials });
  try {
    const begin = performance.now();
    await action(target);
    return performance.now() - begin;
  } finally {
    await target.close();
    child.kill();
  }
}

function startTenant(): ChildProcess {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return fork(join(import.meta.dirname, `tenant-process${extension}`), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

function ask(child: ChildProcess, options: TenantProcessOptions): Promise<TenantProcessDetails> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The tenant of the benchmark ended with ${code}.`)));
    // Both ends are in this folder and share the type.
    child.once('message', (details) => resolve(details as TenantProcessDetails));
    child.send(options);
  });
}
