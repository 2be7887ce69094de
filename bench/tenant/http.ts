import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, count, duration, type Figure, notMeasured } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import type { Bytes } from './bare-process.js';
import { Child } from './child.js';
import type { Load, Shot } from './load.js';
import { load } from './load.js';
import { MOCKS, type Mock, startMock } from './mock.js';

const CONNECTIONS = 50;
const PAIRS = 7;
const MILLISECONDS = 2000;

/** More users than the tenant remembers answers for. */
const MANY_USERS = 3000;

/** A way to ask the tenant, with the least share of the bare server's requests that it has to answer. */
interface Way {
  readonly name: string;
  readonly users: number;
  readonly keepsData?: boolean;
  /** Undefined: only stated. */
  readonly least?: number;
}

const WAYS: readonly Way[] = [
  { name: `the tenant over HTTP, ${CONNECTIONS} connections`, users: 1, least: 0.75 },
  { name: '  with --data', users: 1, keepsData: true, least: 0.6 },
  { name: `  ${count(MANY_USERS)} users by turns: each answer is made anew`, users: MANY_USERS },
];

/**
 * Requests a second of the tenant, beside a bare server that answers the same bytes and beside a mock of the same
 * contract. Each server has a process of its own; the client is this process; they are asked by turns, so that whatever
 * else the machine does meets them alike.
 */
export async function measureHttp(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  const tenants = WAYS.map(
    ({ users, keepsData }) => new Child('tenant-process', [String(users), ...(keepsData === true ? [folder] : [])]),
  );
  const bare = new Child('bare-process');
  const mocks: Mock[] = [];
  const missing: Figure[] = [];
  try {
    const shots = await Promise.all(tenants.map((tenant) => tenant.receive<Shot>()));
    const [shot] = shots;
    if (shot === undefined) return [];
    const { url } = await bare.ask<{ readonly url: string }>(await answerTo(shot));
    for (const way of MOCKS) {
      try {
        mocks.push(await startMock(shot, way));
      } catch (error) {
        missing.push(notMeasured(way.name, error, `≥ ${way.least} ×`));
      }
    }
    return [...(await byTurns(shots, { ...shot, url }, mocks)), ...missing];
  } finally {
    for (const each of [...tenants, bare, ...mocks]) each.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byTurns(tenants: readonly Shot[], bare: Shot, mocks: readonly Mock[]): Promise<readonly Figure[]> {
  const shots = [bare, ...tenants, ...mocks.map(({ shot }) => shot)];
  for (const shot of shots) await load(shot, { connections: CONNECTIONS, milliseconds: MILLISECONDS });
  const rounds: (readonly Load[])[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const loads: Load[] = [];
    for (const shot of shots) loads.push(await load(shot, { connections: CONNECTIONS, milliseconds: MILLISECONDS }));
    rounds.push(loads);
  }
  const [theirs = [], ...others] = shots.map((_, index) => rounds.flatMap((loads) => loads[index] ?? []));
  const [ours = []] = others;
  const rate = median(ours.map(({ requestsPerSecond }) => requestsPerSecond));
  const p99 = median(ours.map((each) => each.p99));
  return [
    ...WAYS.map(({ name, least }, at): Figure => {
      const share = median(sharesOf(others[at] ?? [], theirs));
      const bound = least === undefined ? {} : atLeast(share, least);
      return { name, measured: perSecond(others[at] ?? []), ratio: `${share.toFixed(2)} × bare server`, ...bound };
    }),
    {
      name: `  in the worst of ${PAIRS} pairs`,
      measured: '',
      ratio: `${Math.min(...sharesOf(ours, theirs)).toFixed(2)} × bare server`,
      ...atLeast(Math.min(...sharesOf(ours, theirs)), 0.35),
    },
    { name: '  99 % of answers within', measured: duration(p99), bound: '< 5 ms', ok: p99 < 5 },
    { name: 'bare node:http server, the same bytes', measured: perSecond(theirs) },
    ...mocks.map(({ name, least }, at): Figure => {
      const theirs = others[WAYS.length + at] ?? [];
      const ratio = rate / median(theirs.map(({ requestsPerSecond }) => requestsPerSecond));
      return { name, measured: perSecond(theirs), ratio: `tenant ${count(ratio)} ×`, ...atLeast(ratio, least, ' ×') };
    }),
  ];
}

/** Of each pair: how many of the other's requests a second. */
function sharesOf(ours: readonly Load[], theirs: readonly Load[]): readonly number[] {
  return ours.map(({ requestsPerSecond }, at) => requestsPerSecond / (theirs[at]?.requestsPerSecond ?? 0));
}

function perSecond(loads: readonly Load[]): string {
  return `${count(median(loads.map(({ requestsPerSecond }) => requestsPerSecond)))}/s`;
}

/** What the tenant answers, for the bare server to answer too; node adds the date and the connection's headers itself. */
async function answerTo({ url, path, headers }: Shot): Promise<Bytes> {
  const response = await fetch(url + path, { headers });
  const own = ['date', 'connection', 'keep-alive'];
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => !own.includes(name))),
    body: await response.text(),
  };
}
