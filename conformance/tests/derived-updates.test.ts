import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const plain = readContract(orchard);
const { contract } = withDerivedState(plain);

/** Updates of what documents without keywords describe. */

test('an update that resets what it does not name is warned of, also where that is optional', async () => {
  const target = await embeddedTarget(plain);
  const resetting: Target = {
    ...target,
    send: (request, limits) => {
      const isUpdate = request.method === 'PATCH' && /^\/trees\/\d+\/$/.test(request.path);
      const body = isUpdate && request.body?.startsWith('{') ? JSON.parse(request.body) : undefined;
      return target.send(
        body === undefined ? request : { ...request, body: JSON.stringify({ note: '', ...body }) },
        limits,
      );
    },
  };
  const { contract: whole } = withDerivedState(plain);
  const only = ['pruneTree/updated-is-read'];
  const causes = async (server: Target) =>
    (await verifyTarget(whole, server, { only })).findings.map(({ cause }) => cause);
  expect(await causes(target)).toEqual([]);
  expect(await causes(resetting)).toEqual(['property note changed although it was not sent']);
});

test.each<[what: string, sent: string, more: (change: JsonObject) => JsonObject, want: readonly string[]]>([
  ['resets another property', 'height', () => ({ note: '' }), ['property note changed although it was not sent']],
  ['resets nothing', 'height', () => ({}), []],
])('an update of one property that %s', async (_, sent, more, want) => {
  const target = await embeddedTarget(plain);
  const server: Target = {
    ...target,
    send: (request, limits) => {
      const isUpdate = request.method === 'PATCH' && /^\/trees\/\d+\/$/.test(request.path);
      const body: JsonObject = isUpdate && request.body?.startsWith('{') ? JSON.parse(request.body) : {};
      const altered = sent in body ? JSON.stringify({ ...more(body), ...body }) : request.body;
      return target.send(altered === undefined ? request : { ...request, body: altered }, limits);
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['pruneTree/updated-is-read'] });
  expect(findings.map(({ cause }) => cause)).toEqual(want);
});

test('an update that renews the time of creation is found', async () => {
  const target = await embeddedTarget(plain);
  const renewed = new Map<string, string>();
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method === 'PATCH' && answer.status === 200) renewed.set(request.path, '2027-01-01T00:00:00.000Z');
      const createdAt = renewed.get(request.path);
      if (createdAt === undefined || answer.json === undefined) return answer;
      const json = { ...JSON.parse(answer.text), createdAt };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['pruneTree/updated-is-read'] });
  expect(findings.map(({ cause }) => cause)).toEqual(['property createdAt changed although it was not sent']);
});

test('a property that no request gives may change with each update', async () => {
  const document = JSON.parse(JSON.stringify(orchard));
  document.components.schemas.Tree.properties.version = { type: 'integer' };
  const versioned = readContract(document);
  const target = await embeddedTarget(versioned);
  let version = 0;
  const counting: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method === 'PATCH') version += 1;
      if (!/^\/trees\/\d+\/$/.test(request.path) || answer.status !== 200) return answer;
      const json = { ...JSON.parse(answer.text), version };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const only = ['pruneTree/updated-is-read'];
  const { findings } = await verifyTarget(withDerivedState(versioned).contract, counting, { only });
  expect(findings.map(({ cause }) => cause)).toEqual([]);
});

test.each(['documented-success', 'size-limits'])(
  'an update whose body has the key names the item of the path: %s',
  async (check) => {
    const document = JSON.parse(JSON.stringify(orchard));
    const schema = {
      type: 'object',
      properties: { id: { type: 'integer', minimum: 1 }, note: { type: 'string', maxLength: 9 } },
      required: ['id'],
    };
    document.paths['/trees/{tree_id}/'].patch.requestBody = { content: { 'application/json': { schema } } };
    const contradicted = readContract(document);
    const target = await embeddedTarget(contradicted);
    const sent: string[] = [];
    const strict: Target = {
      ...target,
      send: (request, limits) => {
        const [, id] = /^\/trees\/(\d+)\/$/.exec(request.path) ?? [];
        if (/PUT|PATCH/.test(request.method)) sent.push(`${id === String(JSON.parse(request.body ?? '{}').id)}`);
        return target.send(request, limits);
      },
    };
    const options = { only: [`pruneTree/${check}`] };
    await verifyTarget(withDerivedState(contradicted).contract, strict, options);
    expect(new Set(sent)).toEqual(new Set(['true']));
  },
);
