import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { crews } from '../../contract/derive/test-support/crews.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { embeddedTarget } from '../target/embedded.js';
import type { TargetResponse } from '../target/exchange.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const membership: JsonObject = {
  type: 'object',
  required: ['sailor_id', 'role'],
  properties: { sailor_id: { type: 'string' }, role: { type: 'string', enum: ['cook', 'mate'] } },
};
const refusals = Object.fromEntries(['400', '404', '409'].map((status) => [status, { description: 'refused' }]));
const { get: muster, parameters } = (crews.paths as Record<string, JsonObject>)['/crews/{crew_id}/sailors'] ?? {};
const { delete: disembark, parameters: both } =
  (crews.paths as Record<string, JsonObject>)['/crews/{crew_id}/sailors/{sailor_id}'] ?? {};

/** Who sails where is an item of the crew, whose key is that of a sailor. */
const document: JsonObject = {
  ...crews,
  paths: {
    ...(crews.paths as JsonObject),
    '/crews/{crew_id}/sailors': {
      parameters: parameters ?? [],
      get: {
        ...(muster as JsonObject),
        responses: { '200': { description: 'ok', ...json({ type: 'array', items: membership }) }, ...refusals },
      },
      post: {
        operationId: 'enlist',
        requestBody: { required: true, ...json(membership) },
        responses: { '201': { description: 'ok', ...json(membership) }, ...refusals },
      },
    },
    '/crews/{crew_id}/sailors/{sailor_id}': { parameters: both ?? [], delete: disembark ?? {} },
  },
};
const plain = readContract(document);
const { contract } = withDerivedState(plain);

/** A server that wants members to exist, each once in a crew. */
async function strictTarget(): Promise<Target> {
  const target = await embeddedTarget(plain);
  return {
    ...target,
    async send(request, limits) {
      const get = (path: string): Promise<TargetResponse> => target.send({ method: 'GET', path, headers: {} }, limits);
      const refused = (status: number): TargetResponse => ({ status, headers: {}, text: '' });
      if (request.method !== 'POST' || !/^\/crews\/[^/]+\/sailors$/.test(request.path))
        return target.send(request, limits);
      const id = /"sailor_id":"([^"]*)"/.exec(request.body ?? '')?.[1];
      if (id === undefined) return target.send(request, limits);
      if ((await get(`/sailors/${encodeURIComponent(id)}`)).status !== 200) return refused(404);
      const { json: listed } = await get(request.path);
      const has = Array.isArray(listed) && listed.some((each) => isObject(each) && each.sailor_id === id);
      return has ? refused(409) : target.send(request, limits);
    },
  };
}

test('a member whose key is that of another item is created with one that exists, each with another', async () => {
  expect(contract.resources.get('sailor-2')?.mentions).toMatchObject([{ property: 'sailor_id', resource: 'sailor' }]);
  for (const seed of [1, 2, 3]) {
    const report = await verifyTarget(contract, await strictTarget(), { only: [], seed });
    const judged = report.findings.filter(({ severity }) => severity !== 'observed');
    expect({ verdict: report.verdict, judged, leftovers: report.leftovers }).toEqual({
      verdict: 'conforms',
      judged: [],
      leftovers: [],
    });
    const passed = report.checks.flatMap(({ operation, id, outcome }) =>
      outcome === 'passed' ? [`${operation} ${id}`] : [],
    );
    expect(passed).toEqual(
      expect.arrayContaining(['enlist documented-success', 'muster resource-listing', 'disembark deleted-is-gone']),
    );
  }
});
