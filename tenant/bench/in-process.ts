import { atLeast, count, type Figure } from '../../spec/bench/figures.js';
import { median } from '../../spec/bench/statistics.js';
import { defaultContract } from '../../spec/contract/default.js';
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
  return [
    { name: 'in process, Request to Response', measured: `${count(byFetch)}/s`, ...atLeast(byFetch, 25_000, '/s') },
    { name: 'in process, plain values', measured: `${count(byValues)}/s`, ...atLeast(byValues, 25_000, '/s') },
  ];
}

async function callsPerSecond(call: () => Promise<number>): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    let calls = 0;
    while (performance.now() - begin < MILLISECONDS) {
      if ((await call()) !== 200) throw new Error('The tenant refused a call of the benchmark.');
      calls += 1;
    }
    if (round > 0) rates.push((calls * 1000) / (performance.now() - begin));
  }
  return median(rates);
}
