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

/**
 * Requests a second of the tenant, beside a bare server that answers the same bytes and beside a mock of the same
 * contract. Each server has a process of its own; the client is this process; they are asked by turns, so that whatever
 * else the machine does meets them alike.
 */
export async function measureHttp(): Promise<readonly Figure[]> {
  const tenant = new Child('tenant-process');
  const bare = new Child('bare-process');
  const mocks: Mock[] = [];
  const missing: Figure[] = [];
  try {
    const shot = await tenant.receive<Shot>();
    const { url } = await bare.ask<{ readonly url: string }>(await answerTo(shot));
    for (const way of MOCKS) {
      try {
        mocks.push(await startMock(shot, way));
      } catch (error) {
        missing.push(notMeasured(way.name, error, `≥ ${way.least} ×`));
      }
    }
    return [...(await byTurns(shot, { ...shot, url }, mocks)), ...missing];
  } finally {
    for (const each of [tenant, bare, ...mocks]) each.stop();
  }
}

async function byTurns(tenant: Shot, bare: Shot, mocks: readonly Mock[]): Promise<readonly Figure[]> {
  const shots = [tenant, bare, ...mocks.map(({ shot }) => shot)];
  for (const shot of shots) await load(shot, { connections: CONNECTIONS, milliseconds: MILLISECONDS });
  const rounds: (readonly Load[])[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const loads: Load[] = [];
    for (const shot of shots) loads.push(await load(shot, { connections: CONNECTIONS, milliseconds: MILLISECONDS }));
    rounds.push(loads);
  }
  const [ours = [], theirs = [], ...mocked] = shots.map((_, index) => rounds.flatMap((loads) => loads[index] ?? []));
  const rate = median(ours.map(({ requestsPerSecond }) => requestsPerSecond));
  const pairs = ours.map(({ requestsPerSecond }, at) => requestsPerSecond / (theirs[at]?.requestsPerSecond ?? 0));
  const p99 = median(ours.map((each) => each.p99));
  return [
    {
      name: `the tenant over HTTP, ${CONNECTIONS} connections`,
      measured: perSecond(ours),
      ratio: `${median(pairs).toFixed(2)} × bare server`,
      ...atLeast(median(pairs), 0.45),
    },
    {
      name: `  in the worst of ${PAIRS} pairs`,
      measured: '',
      ratio: `${Math.min(...pairs).toFixed(2)} × bare server`,
      ...atLeast(Math.min(...pairs), 0.35),
    },
    { name: '  99 % of answers within', measured: duration(p99), bound: '< 5 ms', ok: p99 < 5 },
    { name: 'bare node:http server, the same bytes', measured: perSecond(theirs) },
    ...mocks.map(({ name, least }, at): Figure => {
      const theirs = mocked[at] ?? [];
      const ratio = rate / median(theirs.map(({ requestsPerSecond }) => requestsPerSecond));
      return { name, measured: perSecond(theirs), ratio: `tenant ${count(ratio)} ×`, ...atLeast(ratio, least, ' ×') };
    }),
  ];
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
