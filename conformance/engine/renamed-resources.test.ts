import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A server whose roles have their names in their paths, and that lets an update change the name. */

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ROLE: JsonObject = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1 }, title: { type: 'string' } },
};
const answers = (schema: JsonObject, success = '200'): JsonObject => ({
  [success]: { description: 'ok', content: json(schema) },
  ...Object.fromEntries(['400', '404', '409'].map((status) => [status, { description: 'no', content: json({}) }])),
});
const body: JsonObject = { required: true, content: json(ROLE) };
const parameters = [{ name: 'name', in: 'path', required: true, schema: { type: 'string', minLength: 1 } }];
const { contract } = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Roles', version: '1' },
    paths: {
      '/roles': {
        get: { operationId: 'list', responses: answers({ type: 'array', items: ROLE }) },
        post: { operationId: 'create', requestBody: body, responses: answers(ROLE, '201') },
      },
      '/roles/{name}': {
        get: { operationId: 'read', parameters, responses: answers(ROLE) },
        patch: { operationId: 'update', parameters, requestBody: body, responses: answers(ROLE) },
        delete: { operationId: 'remove', parameters, responses: answers({ type: 'object' }) },
      },
    },
  }),
);

type Answer = readonly [status: number, body: JsonObject | readonly JsonObject[]];

class Roles {
  readonly stored = new Map<string, JsonObject>([['admin', { name: 'admin' }]]);

  answer({ method, path, body: text }: HttpRequest): Answer {
    const [, first, segment, ...rest] = path.split('/');
    const name = decodeURIComponent(segment ?? '');
    if (first !== 'roles' || rest.length > 0) return [404, {}];
    const sent = parseJson(text ?? '').json;
    // It takes numbers for names, which its document does not allow.
    const role = isObject(sent) && String(sent.name ?? '') !== '' ? { ...sent, name: String(sent.name) } : undefined;
    if (segment === undefined)
      return method === 'POST' ? this.#create(role) : method === 'GET' ? [200, [...this.stored.values()]] : [404, {}];
    const stored = this.stored.get(name);
    if (stored === undefined) return [404, {}];
    if (method === 'PATCH') return this.#update(name, role);
    if (method === 'DELETE') this.stored.delete(name);
    return [200, stored];
  }

  #create(role: (JsonObject & { readonly name: string }) | undefined): Answer {
    if (role === undefined) return [400, {}];
    if (this.stored.has(role.name)) return [409, {}];
    this.stored.set(role.name, role);
    return [201, role];
  }

  #update(from: string, role: (JsonObject & { readonly name: string }) | undefined): Answer {
    if (role === undefined) return [400, {}];
    if (role.name !== from && this.stored.has(role.name)) return [409, {}];
    this.stored.delete(from);
    this.stored.set(role.name, role);
    return [200, role];
  }
}

it('removes what an update gave another key', async () => {
  const roles = new Roles();
  const renamed: string[] = [];
  const target: Target = {
    name: 'roles',
    url: 'http://127.0.0.1:1',
    audience: 'roles',
    credentials: {},
    metered: false,
    workers: 2,
    send: async (request) => {
      const before = new Set(roles.stored.keys());
      const [status, shown] = roles.answer(request);
      if (request.method === 'PATCH') renamed.push(...[...roles.stored.keys()].filter((name) => !before.has(name)));
      const text = JSON.stringify(shown);
      return { status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) };
    },
    close: async () => undefined,
  };
  const report = await verifyTarget(contract, target, { only: ['update/*'], depth: 'standard' });
  expect(report.summary.checks).toBeGreaterThan(3);
  expect(renamed.length).toBeGreaterThan(0);
  // A name of one letter could not be found again where the answer is lost.
  expect(renamed.filter((name) => name === 'a' || name === 'aa')).toEqual([]);
  expect([...roles.stored.keys()]).toEqual(['admin']);
  expect(report.leftovers).toEqual([]);
});
