import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { parseJson } from '../target/target.js';
import { answer, contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

describe('a token that ends with the run', () => {
  const refusals = { '401': REFUSED, '404': REFUSED };
  const read = { get: { responses: { '200': answer(), ...refusals } } };
  const name = [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }];
  const contract = contractOf({
    '/accounts': { ...read, delete: { operationId: 'accounts.clear', responses: { '200': answer(), ...refusals } } },
    '/groups': { ...read, delete: { responses: { '200': answer(), ...refusals } } },
    '/groups/{name}': { delete: { parameters: name, responses: { '200': answer(), ...refusals } } },
    '/roles': read,
  });

  it('is what the report says, not that operations refuse valid requests', async () => {
    let hasAccounts = true;
    const changes: string[] = [];
    const target = serverOf((request) => {
      if (!isAdmin(request) || !hasAccounts) return [401, { error: 'Who?' }];
      if (request.method !== 'GET') changes.push(`${request.method} ${request.path.replace(/(?<=s\/).*/, '{name}')}`);
      if (request.method === 'DELETE' && request.path === '/accounts') hasAccounts = false;
      return [200, {}];
    });
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('inconclusive');
    const reason = report.reasons[0] ?? '';
    expect(reason).toContain(
      'GET /accounts, which succeeded before, is answered with 401. The last changes before, the newest first: DELETE /accounts, DELETE /groups/',
    );
    expect(reason).toContain("Leave out what ends it: --skip 'accounts.clear/*' or --skip ");
    // What may delete everything comes last.
    expect(changes).toEqual(['DELETE /groups/{name}', 'DELETE /accounts']);
  });

  it('is not ended before the rest is checked, whatever the method of a logout', async () => {
    const both = contractOf({
      '/auth/logout': { get: { operationId: 'leave', responses: { '200': answer(), ...refusals } } },
      '/session': { post: { operationId: 'signOff', responses: { '200': answer(), ...refusals } } },
      '/roles': read,
      '/groups': { delete: { responses: { '200': answer(), ...refusals } } },
    });
    let isOut = false;
    const sent: string[] = [];
    const target = serverOf((request) => {
      if (!isAdmin(request) || isOut) return [401, { error: 'Who?' }];
      sent.push(`${request.method} ${request.path}`);
      isOut = request.path === '/auth/logout' || request.path === '/session';
      return [200, {}];
    });
    const report = await verifyTarget(both, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(sent.slice(0, -1)).toEqual(expect.arrayContaining(['GET /roles', 'DELETE /groups']));
    expect(failures(report)).toEqual([]);
    expect(report.reasons.join()).toMatch(
      /The last changes before, the newest first: (GET \/auth\/logout|POST \/session)/,
    );
    // What was sent before did not end it.
    expect(report.reasons.join()).not.toContain('/groups');
  });

  it('ends after what the run created is removed, where its path names nothing', async () => {
    const item: JsonObject = {
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    };
    const body = { required: true, content: contentOf({ ...item, required: ['name'] }) };
    const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const users = contractOf({
      '/token/reset': { post: { operationId: 'reset', responses: { '200': answer(), ...refusals } } },
      '/users': {
        get: { responses: { '200': answer({ type: 'array', items: item }), ...refusals } },
        post: { operationId: 'create', requestBody: body, responses: { '201': answer(item), ...refusals } },
      },
      '/users/{id}': {
        parameters: id,
        get: { operationId: 'read', responses: { '200': answer(item), ...refusals } },
        delete: { responses: { '204': { description: 'ok' }, ...refusals } },
      },
    });
    const stored = new Map<string, object>();
    let isReset = false;
    let made = 0;
    const target = serverOf((request) => {
      const { method, path } = request;
      if (!isAdmin(request) || isReset) return [401, { error: 'Who?' }];
      if (path === '/token/reset') isReset = true;
      if (path === '/token/reset') return [200, {}];
      const user = path.slice('/users/'.length);
      if (path === '/users' && method === 'POST') {
        made += 1;
        const sent = { ...(parseJson(request.body ?? '').json as object), id: `u${made}` };
        stored.set(`u${made}`, sent);
        return [201, sent];
      }
      if (path === '/users') return [200, [...stored.values()]];
      if (!stored.has(user)) return [404, {}];
      if (method === 'DELETE') return stored.delete(user) ? [204] : [404, {}];
      return [200, stored.get(user) ?? {}];
    });
    const report = await verifyTarget(users, target, { only: ['*/documented-success'] });
    expect(report.verdict).toBe('inconclusive');
    expect(made).toBeGreaterThan(0);
    expect([[...stored.values()], report.leftovers]).toEqual([[], []]);
  });

  it('ends after what the run made at paths is removed, and may be answered with 403', async () => {
    const queues = contractOf({
      '/token/revoke': { post: { operationId: 'revoke', responses: { '200': answer(), ...refusals } } },
      '/queues': { get: { responses: { '200': answer(), ...refusals } } },
      '/queues/{name}': {
        parameters: name,
        get: { responses: { '200': answer(), ...refusals } },
        post: { responses: { '200': answer(), ...refusals } },
        delete: { responses: { '204': { description: 'ok' }, ...refusals } },
      },
      '/tidy': { post: { responses: { '200': answer(), ...refusals } } },
    });
    const stored = new Set<string>();
    let isRevoked = false;
    let made = 0;
    const target = serverOf((request) => {
      const { method, path } = request;
      if (!isAdmin(request)) return [401, { error: 'Who?' }];
      if (isRevoked) return [403, { error: 'permission denied' }];
      if (path === '/token/revoke') isRevoked = true;
      if (path === '/queues' || !path.startsWith('/queues/')) return [200, {}];
      if (method === 'POST') made += 1;
      if (method === 'POST') return [stored.add(path) && 200, {}];
      if (!stored.has(path)) return [404, {}];
      return method === 'DELETE' ? [stored.delete(path) ? 204 : 404] : [200, {}];
    });
    const report = await verifyTarget(queues, target, { only: ['*/documented-success'] });
    expect(failures(report)).toEqual([]);
    expect(report.reasons[0]).toContain('GET /queues, which succeeded before, is answered with 403.');
    expect(made).toBeGreaterThan(0);
    expect([[...stored], report.leftovers]).toEqual([[], []]);
  });

  it('is not what one refusal means', async () => {
    const target = serverOf((request) => {
      if (!isAdmin(request) || request.path === '/roles') return [401, { error: 'Who?' }];
      return [200, {}];
    });
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(failures(report)).toEqual(['documented-success: status 401 instead of 200']);
    expect(report.reasons).toEqual([]);
  });
});
