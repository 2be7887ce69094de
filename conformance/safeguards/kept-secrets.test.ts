import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { answers, BOUNDED, contractOf, isSettings, OURS, run, serverOf, taking } from './test-support/settings.js';

/** Secrets of what exists once: whoever uses the server has them, and they cannot be read to be set back. */

describe('what exists once', () => {
  it.each<{ name: string; method: 'PUT' | 'PATCH'; shown: unknown; secret: JsonObject }>([
    { name: 'that a mask stands for', method: 'PUT', shown: '***', secret: { type: 'string' } },
    { name: 'that a mask stands for, by PATCH', method: 'PATCH', shown: 'sk-••••1234', secret: { type: 'string' } },
    {
      name: 'that no answer shows',
      method: 'PATCH',
      shown: undefined,
      secret: { type: 'string', writeOnly: true },
    },
    { name: 'of which an answer says only that it is set', method: 'PUT', shown: 'set', secret: { type: 'string' } },
  ])(
    'is set back but for a secret $name, which is kept, or named where PUT removes it',
    async ({ method, shown, secret }) => {
      const before = { ...OURS, login: { user: 'us', password: 'p4-of-ours' } };
      let stored: JsonObject = before;
      const written: string[] = [];
      const { target } = serverOf((used, path, body) => {
        if (path !== '/settings') return [404];
        const { user } = isObject(stored.login) ? stored.login : {};
        if (used === 'GET')
          return [200, { ...stored, login: { user, ...(shown !== undefined && { password: shown }) } }];
        const { login = {}, ...rest } = isObject(body) ? body : { login: 0 };
        const isLogin = isObject(login) && Object.values(login).every((value) => typeof value === 'string');
        if (used !== method || !isSettings(rest) || !isLogin) return [400];
        if (method === 'PUT' && !('title' in rest && 'limit' in rest && 'user' in login)) return [400];
        if (typeof login.password === 'string') written.push(login.password);
        const known = isObject(stored.login) && method === 'PATCH' ? stored.login : {};
        stored = { ...(method === 'PATCH' ? stored : {}), ...rest, login: { ...known, ...login } };
        return [204];
      });
      const properties: JsonObject = {
        ...BOUNDED,
        login: {
          type: 'object',
          properties: { user: { type: 'string' }, password: secret },
          required: ['user'],
        },
      };
      const schema: JsonObject = { type: 'object', properties };
      const taken = method === 'PUT' ? { ...schema, required: ['title', 'limit', 'login'] } : schema;
      const reads = { operationId: 'read', responses: answers(schema) };
      const paths = { '/settings': { get: reads, [method.toLowerCase()]: taking(taken) } };
      const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
      const named = `perhaps login.password of /settings: ${method} may have changed it, and what it was cannot be read`;
      expect([left, stored]).toEqual(method === 'PUT' ? [[named], { ...OURS, login: { user: 'us' } }] : [[], before]);
      expect(written).not.toContain(shown);
    },
  );

  it.each(['PUT', 'PATCH'])('has no secret set by %s, unless a request must have one', async (method) => {
    const { target, changes } = serverOf((used, path) =>
      path !== '/me' ? [404] : used === 'GET' ? [200, OURS] : [204],
    );
    const properties: JsonObject = {
      ...BOUNDED,
      password: { type: 'string', minLength: 9 },
      token: { type: ['string', 'null'] },
      pin: { type: 'string', writeOnly: true },
      login: { type: 'object', properties: { user: { type: 'string' }, secret: { type: 'string' } } },
    };
    const reads = { operationId: 'read', responses: answers({ type: 'object', properties: BOUNDED }) };
    const schema: JsonObject = { type: 'object', properties };
    const paths = { '/me': { get: reads, [method.toLowerCase()]: taking(schema) } };
    await verifyTarget(contractOf(paths), target, { ...run, depth: 'exhaustive' });
    expect(changes.filter((change) => change.includes('"title"')).length).toBeGreaterThan(2);
    expect(changes.filter((change) => /password|token|pin|secret/.test(change))).toEqual([]);
  });

  it('is named where a secret that requests set is never shown', async () => {
    const { target } = serverOf((method, path) => (path !== '/me' ? [404] : method === 'GET' ? [200, OURS] : [204]));
    const properties: JsonObject = { ...BOUNDED, password: { type: 'string' } };
    const paths = {
      '/me': {
        get: { operationId: 'read', responses: answers({ type: 'object', properties: BOUNDED }) },
        put: taking({ type: 'object', properties, required: ['password'] }),
      },
    };
    expect((await verifyTarget(contractOf(paths), target, run)).changed).toEqual([
      'perhaps password of /me: PUT may have changed it, and what it was cannot be read',
    ]);
  });
});
