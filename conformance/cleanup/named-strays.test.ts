import { expect, it } from 'vitest';
import { parseJson } from '../target/target.js';
import { answer, contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { verifyTarget } from '../test-support/verify-target.js';

const refusals = { '401': REFUSED, default: REFUSED };
const user = { type: 'object', properties: { accessKey: { type: 'string' }, memberOf: { type: 'array' } } };
const named = { required: true, content: contentOf({ ...user, required: ['accessKey'] }) };
const secret = { required: true, content: contentOf({ type: 'object', properties: { user: { type: 'string' } } }) };
const name = [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }];
const contract = contractOf({
  '/users': {
    get: { responses: { '200': answer(), ...refusals } },
    post: { operationId: 'add', requestBody: named, responses: { '201': answer(), ...refusals } },
  },
  '/change-password': {
    post: { operationId: 'change', requestBody: secret, responses: { '200': answer(), ...refusals } },
  },
  '/user/{name}': {
    parameters: name,
    get: { operationId: 'read', responses: { '200': answer(), ...refusals } },
    delete: { operationId: 'remove', responses: { '204': { description: 'ok' }, ...refusals } },
  },
});

it('removes what a request made before it failed, or besides what it is for, and nothing of others', async () => {
  const stored = new Set(['ada']);
  let made = 0;
  const target = serverOf(({ method, path, body, headers }) => {
    if (!isAdmin({ method, path, headers })) return [401, { error: 'Who?' }];
    const sent = parseJson(body ?? '').json as { readonly accessKey?: unknown; readonly user?: unknown } | undefined;
    const own = [sent?.accessKey, sent?.user].find((each) => typeof each === 'string');
    if (method === 'POST' && own !== undefined) {
      stored.add(own);
      made += 1;
      return path === '/users' ? [500, { message: 'no such policy' }] : [200, {}];
    }
    if (path === '/users' && method === 'GET')
      return [200, { users: [...stored].map((accessKey) => ({ accessKey, memberOf: ['ada'] })) }];
    const one = decodeURIComponent(path.slice('/user/'.length));
    if (!stored.has(one)) return [404, { message: 'no such user' }];
    return method === 'DELETE' && stored.delete(one) ? [204] : [200, { accessKey: one }];
  });
  const report = await verifyTarget(contract, target, { only: ['add/*', 'change/*'] });
  expect(made).toBeGreaterThan(5);
  // Texts without the mark of the run, such as those of one letter, may be anybody's.
  expect([...stored].filter((each) => each.includes('rc'))).toEqual([]);
  expect(stored).toContain('ada');
  expect(report.leftovers.filter((line) => line.includes('GET /users'))).toEqual([]);
});
