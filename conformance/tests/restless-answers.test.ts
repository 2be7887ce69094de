import { expect, test } from 'vitest';
import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { defaultContract } from '../../contract/load/default.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import type { Report } from '../report/report.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Answers differ though nothing was written: servers with hash maps, without ORDER BY, or that count readings. */

type Change = (json: Json, answer: number) => Json;

function answering(target: Target, change: Change): Target {
  let answers = 0;
  return {
    ...target,
    async send(request, limits) {
      const answer = await target.send(request, limits);
      if (answer.json === undefined || !/json/.test(answer.headers['content-type'] ?? '')) return answer;
      answers += 1;
      const json = change(answer.json, answers);
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
}

/** Every second answer has its properties in the reverse order. */
const reversed: Change = (json, answer) => {
  if (Array.isArray(json)) return json.map((each: Json) => reversed(each, answer));
  if (!isObject(json) || answer % 2 === 0) return json;
  const entries = Object.entries(json).reverse();
  return Object.fromEntries(entries.map(([name, value]) => [name, reversed(value ?? null, answer)]));
};

/** Every item says how many answers there were. */
const counted: Change = (json, answer) => {
  if (Array.isArray(json)) return json.map((each: Json) => counted(each, answer));
  return isObject(json) ? { ...json, reads: answer } : json;
};

/** What counts against the server. */
function judged({ findings }: Report): readonly string[] {
  return findings.filter(({ severity }) => severity !== 'observed').map(({ check, cause }) => `${check}: ${cause}`);
}

const ours = await defaultContract();
const plain = readContract(orchard);

test.each<[string, Contract, Contract, Change, readonly string[]]>([
  [
    'properties in another order',
    ours,
    ours,
    reversed,
    ['users.update/*', 'users.delete/*', 'users.roles.list/*', 'roles.update/*'],
  ],
  ['the same, derived', plain, withDerivedState(plain).contract, reversed, []],
  ['a counter, derived', plain, withDerivedState(plain).contract, counted, []],
])('%s is no fault', async (_what, served, contract, change, only) => {
  const report = await verifyTarget(contract, answering(await embeddedTarget(served), change), { only });
  expect(judged(report)).toEqual([]);
  expect(report.checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(50);
});

test('a server that marks what was deleted, and still shows it, is found', async () => {
  const target = await embeddedTarget(plain);
  const deleted = new Map<string, Json>();
  const marking: Target = {
    ...target,
    async send(request, limits) {
      const path = request.path.split('?')[0] ?? '';
      const kept = deleted.get(path);
      if (kept !== undefined && request.method === 'GET') {
        return { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify(kept), json: kept };
      }
      const before = request.method === 'DELETE' ? await target.send({ ...request, method: 'GET' }, limits) : undefined;
      const answer = await target.send(request, limits);
      if (isObject(before?.json) && answer.status < 300) deleted.set(path, { ...before.json, removed: true });
      return answer;
    },
  };
  const { contract } = withDerivedState(plain);
  const report = await verifyTarget(contract, marking, { only: ['fellTree/deleted-is-gone'] });
  expect(judged(report)).toEqual(['deleted-is-gone: accepted although the tree was deleted']);
});

/** The same document with a property that the server writes. */
function writing(property: JsonObject): Contract {
  const components = orchard.components as { schemas: { Tree: { properties: JsonObject } } };
  const { Tree } = components.schemas;
  const schemas = { ...components.schemas, Tree: { ...Tree, properties: { ...Tree.properties, written: property } } };
  return withDerivedState(readContract({ ...orchard, components: { ...components, schemas } })).contract;
}

test.each<[string, Json, (method: string, answer: number) => Json, readonly string[]]>([
  ['changes by itself', 'integer', (_, answer) => answer, []],
  ['is shown once', ['string', 'null'], (method) => (method === 'POST' ? 'ZENKEY_2b5a16' : null), []],
  [
    'is another one than at first',
    'string',
    (method) => (method === 'POST' ? 'ours' : 'theirs'),
    ['documented-success: property written is not what its creation showed'],
  ],
])('a property that the server writes and that %s', async (_what, type, written, want) => {
  const contract = writing({ type });
  const target = await embeddedTarget(plain);
  let answers = 0;
  const writer: Target = {
    ...target,
    async send(request, limits) {
      const answer = await target.send(request, limits);
      if (!isObject(answer.json) || answer.json.plantedAt === undefined) return answer;
      answers += 1;
      const json = { ...answer.json, written: written(request.method, answers) };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const report = await verifyTarget(contract, writer, { only: ['readTree/documented-success'] });
  expect(judged(report)).toEqual(want);
});

test('a parameter that leaves out properties is no fault', async () => {
  const hydrate = { name: 'hydrate', in: 'query', schema: { type: 'boolean' } };
  const [path, item] = Object.entries(orchard.paths as Record<string, { get?: JsonObject }>)[1] ?? [];
  const get = { ...item?.get, parameters: [hydrate] };
  const paths = { ...(orchard.paths as JsonObject), [String(path)]: { ...item, get } };
  const target = await embeddedTarget(plain);
  const sparse: Target = {
    ...target,
    async send(request, limits) {
      const plainPath = request.path.replace(/[?&]hydrate=(true|false)$/, '');
      const answer = await target.send({ ...request, path: plainPath }, limits);
      if (!isObject(answer.json) || !request.path.endsWith('hydrate=false') || answer.status !== 200) return answer;
      const json = { ...answer.json, note: '', kind: 'tree' };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const { contract } = withDerivedState(readContract({ ...orchard, paths }));
  const report = await verifyTarget(contract, sparse, { only: ['readTree/documented-success'] });
  expect(judged(report)).toEqual([]);
});
