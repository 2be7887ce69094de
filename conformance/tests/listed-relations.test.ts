import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { crewsWithLists, listBodies } from '../../contract/derive/test-support/crews.js';
import { readContract } from '../../contract/read/read.js';
import type { Subject } from '../fixtures/fixtures.js';
import type { Report } from '../report/report.js';
import { embeddedTarget } from '../target/embedded.js';
import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { judged, passed, verifyTarget } from '../test-support/verify-target.js';

type Send = (request: HttpRequest) => Promise<TargetResponse>;

/** What a server makes of a list of sailors for a crew. */
type OnList = (request: HttpRequest, send: Send, sailors: readonly string[]) => Promise<TargetResponse>;

const LIST = /^\/crews\/[^/?]+\/sailors(?=\?|$)/;

async function verified(form: keyof typeof listBodies, onList: OnList, only: readonly string[] = []): Promise<Report> {
  const plain = readContract(crewsWithLists(listBodies[form]));
  const target = await embeddedTarget(plain);
  const changed: Target = {
    ...target,
    async send(request, limits) {
      const send: Send = (each) => target.send(each, limits);
      if (!LIST.test(request.path) || !/POST|DELETE/.test(request.method)) return send(request);
      return onList(request, send, keysIn(parseJson(request.body ?? '').json ?? null));
    },
  };
  return verifyTarget(withDerivedState(plain).contract, changed, { only });
}

/** The texts of a body, and the keys of items in it. */
function keysIn(body: Json): readonly string[] {
  if (typeof body === 'string') return [body];
  if (Array.isArray(body)) return body.flatMap((entry: Json) => keysIn(entry));
  if (typeof body !== 'object' || body === null) return [];
  const { id, sailors, sailor_ids: ids } = body as Readonly<Record<string, Json>>;
  return typeof id === 'string' ? [id] : keysIn(sailors ?? ids ?? null);
}

const done = (status: number): TargetResponse =>
  status < 300 ? { status, headers: {}, text: '' } : { status, headers: JSON_TYPE, text: '{}', json: {} };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Undoes what a request with this method did. */
async function withoutEffect(method: string, request: HttpRequest, send: Send): Promise<TargetResponse> {
  const answer = await send(request);
  const isDone = request.method === method && answer.status < 300;
  if (isDone) await send({ ...request, method: method === 'POST' ? 'DELETE' : 'POST' });
  return answer;
}

const asItIs: OnList = (request, send) => send(request);

describe.each(Object.keys(listBodies) as (keyof typeof listBodies)[])('bodies with %s', (form) => {
  test('change a relation', async () => {
    const report = await verified(form, asItIs);
    expect({ judged: judged(report), leftovers: report.leftovers }).toEqual({ judged: [], leftovers: [] });
    expect(passed(report)).toEqual(
      expect.arrayContaining([
        ...['embark relation-model', 'embark parallel-requests', 'muster reads-after-writes'],
        ...['disembark documented-success', 'delete-sailor cascade'],
      ]),
    );
  });

  test.each<[string, OnList]>([
    [
      'refuses a second addition, and a removal of what is not there',
      async (request, send, sailors) => {
        const listed = await send({ ...request, method: 'GET', path: request.path, body: '' });
        const present = new Set(keysIn(listed.json ?? null));
        const isVain = sailors.some((sailor) => present.has(sailor) === (request.method === 'POST'));
        return listed.status === 200 && sailors.length > 0 && isVain ? done(400) : send(request);
      },
    ],
    [
      'ignores unknown sailors',
      async (request, send) => {
        const answer = await send(request);
        return answer.status === 404 && (await send({ ...request, method: 'GET', body: '' })).status === 200
          ? done(204)
          : answer;
      },
    ],
  ])('conform at a server that %s', async (_what, onList) => {
    const report = await verified(form, onList);
    expect({ judged: judged(report), leftovers: report.leftovers }).toEqual({ judged: [], leftovers: [] });
  });
});

test.each<[string, OnList, RegExp]>([
  [
    'an addition without effect',
    (request, send) => withoutEffect('POST', request, send),
    /reads-after-writes: the listing by crew lacks a sailor at .*embark/,
  ],
  [
    'a removal without effect',
    (request, send) => withoutEffect('DELETE', request, send),
    /reads-after-writes: the listing by crew wrongly shows a sailor at .*disembark/,
  ],
  [
    'a list of which only the first counts',
    async (request, send, sailors) =>
      request.method === 'POST' && sailors.length > 1
        ? send({ ...request, body: JSON.stringify({ sailors: sailors.slice(0, 1) }) })
        : send(request),
    /the listing by crew lacks a sailor at .*embark/,
  ],
])('finds %s', async (_what, onList, found) => {
  const report = await verified('keys in a property', onList);
  expect(judged(report)).toContainEqual(expect.stringMatching(found));
  expect(judged(report).every((each) => each.startsWith('warned '))).toBe(true);
});

test('supplied items are changed by one worker each', async () => {
  const plain = readContract(crewsWithLists(listBodies['keys in a property']));
  const { contract } = withDerivedState(plain);
  const target = await embeddedTarget(plain);
  const created = async (path: string, name: string): Promise<readonly Subject[]> =>
    Promise.all(
      Array.from({ length: 9 }, async (_, index) => {
        const body = JSON.stringify({ [name]: `Given ${index}` });
        const { json = null } = await target.send(
          { method: 'POST', path, headers: JSON_TYPE, body },
          { timeoutMs: 1000 },
        );
        const value = json as JsonObject;
        const id = String(value.id);
        return { resource: path.slice(1, -1), id, name: id, value, existed: true };
      }),
    );
  const fixtures = new Map([
    ['crew', await created('/crews', 'title')],
    ['sailor', await created('/sailors', 'name')],
  ]);
  const report = await verifyTarget(contract, { ...target, workers: 4 }, { only: ['*ark/*', 'muster/*'], fixtures });
  expect(judged(report)).toEqual([]);
  expect(passed(report)).toEqual(
    expect.arrayContaining(['embark relation-model', 'embark parallel-requests', 'embark hostile-ids']),
  );
});
