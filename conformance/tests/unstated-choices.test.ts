import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { parseJson } from '../target/target.js';
import { answer, contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Writes and removals that choose items in ways that neither the document nor its paths state. */

describe('a write of which the document requires nothing', () => {
  const GROUP = { type: 'object', properties: { owner: { type: 'string' }, name: { type: 'string' } } };
  const write = (operationId: string): JsonObject => ({
    post: { operationId, requestBody: { content: contentOf(GROUP) }, responses: { '200': answer(), '401': REFUSED } },
  });

  it('names something, so that a server does not take the first of all', async () => {
    const groups: JsonObject[] = [{ owner: 'ada', name: 'sales' }];
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      if (request.method !== 'POST') return [404, {}];
      const { json: sent } = parseJson(request.body ?? '');
      if (typeof sent !== 'object') return [400, {}];
      // As servers in Go read null, and what they do not know.
      const named = Object.entries(sent ?? {}).filter(([name]) => name !== 'unexpected');
      const isMeant = (group: JsonObject) => named.every(([name, value]) => group[name] === value);
      if (request.path === '/add-group') groups.push(Object.fromEntries(named));
      if (request.path === '/delete-group' && groups.some(isMeant)) groups.splice(groups.findIndex(isMeant), 1);
      return [200, { status: 'ok' }];
    });
    const contract = contractOf({ '/add-group': write('addGroup'), '/delete-group': write('deleteGroup') });
    const { leftovers } = await verifyTarget(contract, target, {
      only: ['*/documented-success', '*/invalid-body', '*/odd-bodies'],
    });
    const [first, ...made] = groups;
    expect(first).toEqual({ owner: 'ada', name: 'sales' });
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((group) => !/rc[a-z0-9]{8}/.test(JSON.stringify(group)))).toEqual([]);
    expect(leftovers).toEqual([expect.stringMatching(/^perhaps what POST \/add-group created of .*rc[a-z0-9]{8}/)]);
  });
});

describe('a removal of what the body chooses', () => {
  it('chooses something, so that a server does not take the first item without the key, and is no creation', async () => {
    const groups = [
      { id: 'g1', code: null },
      { id: 'g2', code: null },
      { id: 'g3', code: 12_345 },
    ];
    const asked: unknown[] = [];
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      if (request.method !== 'POST') return [404, {}];
      const { json: sent } = parseJson(request.body ?? '');
      if (typeof sent !== 'object' || sent === null || !('code' in sent)) return [400, {}];
      asked.push(sent.code);
      const index = groups.findIndex(({ code }) => code === sent.code);
      const [removed] = index === -1 ? [] : groups.splice(index, 1);
      return [200, { success: true, removed_id: removed?.id ?? null }];
    });
    const schema = { type: 'object', required: ['code'], properties: { code: { type: 'integer', example: 12_345 } } };
    const post = {
      operationId: 'removeGroup',
      requestBody: { required: true, content: contentOf(schema) },
      responses: { '200': answer(), '400': REFUSED, '401': REFUSED },
    };
    const { leftovers, changed } = await verifyTarget(contractOf({ '/remove/group': { post } }), target, {
      only: ['*/documented-success', '*/invalid-body', '*/odd-bodies'],
    });
    expect(asked).toEqual(expect.arrayContaining([12_345, expect.any(String)]));
    expect(groups.map(({ id }) => id)).toEqual(['g1', 'g2']);
    expect([leftovers, changed]).toEqual([[], [expect.stringMatching(/^perhaps what POST \/remove\/group changed: /)]]);
  });
});

describe('a write of many items', () => {
  it('names some, so that a server does not take all of them', async () => {
    const groups = new Set(['ada', 'bob']);
    const list = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 };
    const schema = { type: 'object', properties: { create: list, delete: list } };
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const { json: sent } = parseJson(request.body ?? '');
      if (typeof sent !== 'object' || Array.isArray(sent)) return [400, {}];
      const { create, delete: removed = [...groups] } = Object(sent) as { create?: unknown; delete?: unknown };
      if (create === undefined && Array.isArray(removed)) for (const name of removed) groups.delete(String(name));
      return [200, { status: 'ok' }];
    });
    const responses = { '200': answer(), '400': REFUSED, '401': REFUSED };
    const batch = { operationId: 'batchGroups', requestBody: { content: contentOf(schema) }, responses };
    await verifyTarget(contractOf({ '/groups/batch': { post: batch } }), target, {
      only: ['*/documented-success', '*/invalid-body', '*/odd-bodies'],
    });
    expect([...groups]).toEqual(['ada', 'bob']);
  });
});

describe('a removal by a key that no operation shows', () => {
  const key = [{ name: 'key', in: 'path', required: true, schema: { type: 'integer' } }];
  const removal = { parameters: key, responses: { '204': { description: 'ok' }, '401': REFUSED, '404': REFUSED } };

  it.each<[string, JsonObject, (path: string) => readonly string[]]>([
    [
      'is named as what may have changed others, with its path',
      {},
      (path) => [`perhaps what DELETE /favorites/{key} changed: accepted once (${path})`],
    ],
    [
      'is not sent where an operation shows it',
      { get: { parameters: key, responses: { '200': answer(), '404': REFUSED } } },
      () => [],
    ],
  ])('%s', async (_what, more, changedBy) => {
    const removed: string[] = [];
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      if (request.path === '/favorites/1987654321') return [404, {}];
      if (request.method === 'GET') return [200, {}];
      removed.push(request.path);
      return [204];
    });
    const contract = contractOf({ '/favorites/{key}': { delete: removal, ...more } });
    const report = await verifyTarget(contract, target, { only: ['delete*/documented-success'], depth: 'smoke' });
    expect(removed).toHaveLength(changedBy('').length);
    expect(report.changed ?? []).toEqual(changedBy(removed.join()));
  });
});
