import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { crews } from '../../contract/derive/test-support/crews.js';
import { objectOr } from '../../contract/json/json-value.js';
import { readContract } from '../../contract/read/read.js';
import type { Report } from '../report/report.js';
import { embeddedTarget } from '../target/embedded.js';
import type { TargetResponse } from '../target/exchange.js';
import type { HttpRequest, Target } from '../target/target.js';
import { judged, passed, verifyTarget } from '../test-support/verify-target.js';

const plain = readContract(crews);
const { contract } = withDerivedState(plain);

type Send = (request: HttpRequest) => Promise<TargetResponse>;

/** What a server makes of a request that names a crew and a sailor. */
type OnMember = (request: HttpRequest, send: Send) => Promise<TargetResponse>;

async function verified(onMember: OnMember, only: readonly string[] = []): Promise<Report> {
  const target = await embeddedTarget(plain);
  const changed: Target = {
    ...target,
    async send(request, limits) {
      const send: Send = (each) => target.send(each, limits);
      return MEMBER.test(request.path) ? onMember(request, send) : send(request);
    },
  };
  return verifyTarget(contract, changed, { only });
}

const MEMBER = /^\/crews\/([^/?]+)\/sailors\/([^/?]+)$/;
const done = (status: number): TargetResponse => ({ status, headers: {}, text: '' });

test('paths that name two items, and a listing, are a relation', async () => {
  const report = await verified((request, send) => send(request));
  expect({ verdict: report.verdict, judged: judged(report), leftovers: report.leftovers }).toEqual({
    verdict: 'conforms',
    judged: [],
    leftovers: [],
  });
  expect(passed(report)).toEqual(
    expect.arrayContaining([
      ...['embark relation-model', 'embark parallel-requests', 'muster reads-after-writes'],
      ...['delete-sailor cascade'],
    ]),
  );
});

test('a server may refuse a second addition, and a removal of what is not there', async () => {
  const tuples = new Set<string>();
  const report = await verified(async (request, send) => {
    const answer = await send(request);
    if (answer.status >= 400) return answer;
    const has = tuples.has(request.path);
    if (request.method === 'PUT') tuples.add(request.path);
    if (request.method === 'DELETE') tuples.delete(request.path);
    return (request.method === 'PUT' && has) || (request.method === 'DELETE' && !has) ? done(404) : answer;
  });
  expect({ judged: judged(report), leftovers: report.leftovers }).toEqual({ judged: [], leftovers: [] });
});

test.each<[string, OnMember, RegExp]>([
  [
    'an addition without effect',
    async (request, send) => (request.method === 'PUT' ? done(204) : send(request)),
    /reads-after-writes: the listing by crew lacks a sailor at .*embark/,
  ],
  [
    'a removal without effect',
    async (request, send) => (request.method === 'DELETE' ? done(204) : send(request)),
    /reads-after-writes: the listing by crew wrongly shows a sailor at .*disembark/,
  ],
  [
    'an addition to each crew',
    async (request, send) => {
      const answer = await send(request);
      if (request.method !== 'PUT' || answer.status >= 400) return answer;
      const all = await send({ method: 'GET', path: '/crews', headers: {} });
      for (const { id } of Array.isArray(all.json) ? (all.json as readonly { readonly id: string }[]) : [])
        await send({ ...request, path: request.path.replace(MEMBER, `/crews/${id}/sailors/$2`) });
      return answer;
    },
    /relation-model: the listing by crew wrongly shows a sailor at .*embark/,
  ],
])('finds %s', async (_what, onMember, found) => {
  const report = await verified(onMember);
  expect(judged(report)).toContainEqual(expect.stringMatching(found));
  expect(judged(report).every((each) => each.startsWith('warned '))).toBe(true);
});

test('pages have as many entries as the server likes where no parameter says how many', async () => {
  const parameters = [{ name: 'after', in: 'query', schema: { type: 'string' } }];
  const paths = structuredClone(crews.paths) as Record<string, JsonObject>;
  const muster = paths['/crews/{crew_id}/sailors'] ?? {};
  const get = { ...objectOr(muster.get), parameters };
  const paged = readContract({ ...crews, paths: { ...paths, '/crews/{crew_id}/sailors': { ...muster, get } } });
  const report = await verifyTarget(withDerivedState(paged).contract, await embeddedTarget(paged), {
    only: ['muster/pages-add-up'],
  });
  expect(judged(report)).toEqual([]);
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['passed']);
});
