import { expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const plain = readContract(orchard);
const { contract } = withDerivedState(plain);

/** Listings of what documents without keywords describe. */

test('a server that loses the last page is warned of, however few entries it has', async () => {
  const query = ['page', 'limit'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 100 },
  }));
  const document = JSON.parse(
    JSON.stringify(orchard).replace('"operationId":"listTrees"', `$&,"parameters":${JSON.stringify(query)}`),
  );
  const paged = readContract(document);
  const target = await embeddedTarget(paged);
  const losing: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const { searchParams, pathname } = new URL(request.path, 'http://h');
      const page = Number(searchParams.get('page') ?? 1);
      const limit = Number(searchParams.get('limit') ?? 50);
      if (request.method !== 'GET' || pathname !== '/trees/' || answer.status !== 200 || page === 1) return answer;
      const { trees, total } = answer.json as { readonly trees: readonly Json[]; readonly total: number };
      const json = { trees: page * limit >= total ? [] : trees, total };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  for (let index = 0; index < 9; index += 1) {
    const headers = { 'content-type': 'application/json' };
    await target.send({ method: 'POST', path: '/trees/', headers, body: '{"kind":"elm"}' }, { timeoutMs: 1000 });
  }
  const only = ['listTrees/resource-listing'];
  const causes = async (server: Target) =>
    (await verifyTarget(withDerivedState(paged).contract, server, { only })).findings.map(({ cause }) => cause);
  expect(await causes(target)).toEqual([]);
  const lost = 'pages: small pages show other entries than large ones';
  expect(await causes(losing)).toEqual([lost]);
  // Entries that do not match their schema are listed all the same.
  const odd: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await losing.send(request, limits);
      const text =
        request.method === 'GET' ? answer.text.replaceAll(/"height":[^,}]+/g, '"height":"tall"') : answer.text;
      return { ...answer, text, ...(text.startsWith('{') ? { json: JSON.parse(text) } : {}) };
    },
  };
  expect(new Set(await causes(odd))).toEqual(new Set(['body /trees/*/height: type number', lost]));
});

test('a listing that shows what belongs to another parent is warned of', async () => {
  const target = await embeddedTarget(plain);
  const fruits = new Map<string, Json>();
  const broken: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (!/^\/trees\/\d+\/fruits\/$/.test(request.path)) return answer;
      if (request.method === 'POST' && answer.status === 201) fruits.set(answer.text, JSON.parse(answer.text));
      if (request.method !== 'GET' || answer.status !== 200) return answer;
      const json = [...fruits.values()];
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const { findings } = await verifyTarget(contract, broken, { only: ['listFruits/resource-listing'] });
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  expect(judged.map(({ check, severity }) => `${check} ${severity}`)).toEqual(['resource-listing warned']);
});

test('a listing with a limit and no pages is judged while it is short', async () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
  const document = JSON.parse(
    JSON.stringify(orchard).replace('"operationId":"listTrees"', `$&,"parameters":[${JSON.stringify(limit)}]`),
  );
  const limited = readContract(document);
  const causes = async (show: (trees: readonly Json[]) => readonly Json[]) => {
    const target = await embeddedTarget(limited);
    for (let index = 0; index < 9; index += 1) {
      const headers = { 'content-type': 'application/json' };
      await target.send({ method: 'POST', path: '/trees/', headers, body: '{"kind":"elm"}' }, { timeoutMs: 1000 });
    }
    const capping: Target = {
      ...target,
      send: async (request, limits) => {
        const answer = await target.send(request, limits);
        if (request.method !== 'GET' || (!request.path.startsWith('/trees/?') && request.path !== '/trees/'))
          return answer;
        const { trees } = answer.json as { readonly trees: readonly Json[] };
        const json = { trees: [...show(trees)], total: trees.length };
        return { ...answer, json, text: JSON.stringify(json) };
      },
    };
    const options = { only: ['listTrees/resource-listing'] };
    const { findings } = await verifyTarget(withDerivedState(limited).contract, capping, options);
    return findings.map(({ cause }) => cause);
  };
  expect(await causes((trees) => trees.slice(0, 10))).toEqual([]);
  expect(await causes((trees) => trees.slice(0, 9))).toEqual(['listing: a new resource is left out']);
});

test('a listing that may have one entry need not show several', async () => {
  // PagerDuty has one list of allowed addresses for an account.
  const document = readContract(
    JSON.parse(JSON.stringify(orchard).replaceAll('"data":{"type":"array"', '$&,"maxItems":1')),
  );
  const target = await embeddedTarget(document);
  const only = ['listBaskets/*'];
  const { findings, checks } = await verifyTarget(withDerivedState(document).contract, target, { only });
  expect(findings.filter(({ severity }) => severity !== 'observed').map(({ cause }) => cause)).toEqual([]);
  expect(checks.find(({ id }) => id === 'resource-listing')?.outcome).not.toBe('failed');
});
