import { defaultContract } from '../../contract/load/default.js';
import { atLeast, count, type Figure } from '../measure/figures.js';
import { median } from '../measure/statistics.js';
import { authorized, makeSubject } from './subject.js';

const ROUNDS = 5;
const MILLISECONDS = 1000;

/** Calls a second without a socket, one after the other: by Request and Response, and by plain values. */
export async function measureInProcess(): Promise<readonly Figure[]> {
  const { tenant, path } = await makeSubject(await defaultContract());
  const headers = await authorized(tenant);
  const url = tenant.url + path;
  const plain = { method: 'GET', path, query: '', headers, body: '' };
  const byFetch = await callsPerSecond(async () => {
    const response = await tenant.fetch(new Request(url, { headers }));
    return response.status;
  });
  const byValues = await callsPerSecond(async () => (await tenant.handle(plain)).status);
  return [figure('in process, Request to Response', byFetch), figure('in process, plain values', byValues)];
}

interface Rate {
  readonly perSecond: number;
  /** What it would be with a processor to itself. */
  readonly perProcessorSecond: number;
}

function figure(name: string, { perSecond, perProcessorSecond }: Rate): Figure {
  return {
    name,
    measured: `${count(perSecond)}/s`,
    ratio: `${count(perProcessorSecond)} a second of processor time`,
    ...atLeast(perSecond, 25_000, '/s'),
  };
}

async function callsPerSecond(call: () => Promise<number>): Promise<Rate> {
  const rates: Rate[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const cpu = process.cpuUsage();
    const begin = performance.now();
    let calls = 0;
    while (performance.now() - begin < MILLISECONDS) {
      if ((await call()) !== 200) throw new Error('The tenant refused a call of the benchmark.');
      calls += 1;
    }
    const seconds = (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    if (round > 0) rates.push({ perSecond: calls / seconds, perProcessorSecond: (calls * 1e6) / (user + system) });
  }
  return {
    perSecond: median(rates.map(({ perSecond }) => perSecond)),
    perProcessorSecond: median(rates.map(({ perProcessorSecond }) => perProcessorSecond)),
  };
}
