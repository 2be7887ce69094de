import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Servers whose roles are named in their paths, and that let an update change the name. */
interface Kind {
  readonly properties: JsonObject;
  /** The property that paths have. */
  readonly key: string;
  /** What it is for a name. */
  readonly keyOf: (name: string) => string;
}

const KINDS: readonly (readonly [string, Kind])[] = [
  ['by their names', { properties: {}, key: 'name', keyOf: (name) => name }],
  [
    'by keys that the server derives from their names',
    { properties: { id: { type: 'string', readOnly: true } }, key: 'id', keyOf: (name) => `${name}.` },
  ],
];

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answers = (schema: JsonObject, success = '200'): JsonObject => ({
  [success]: { description: 'ok', content: json(schema) },
  ...Object.fromEntries(['400', '404', '409'].map((status) => [status, { description: 'no', content: json({}) }])),
});

function contractOf({ properties, key }: Kind) {
  const role: JsonObject = {
    type: 'object',
    required: ['name'],
    properties: { ...properties, name: { type: 'string', minLength: 1 }, title: { type: 'string' } },
  };
  const body: JsonObject = { required: true, content: json(role) };
  const parameters = [{ name: key, in: 'path', required: true, schema: { type: 'string', minLength: 1 } }];
  return withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'Roles', version: '1' },
      paths: {
        '/roles': {
          get: { operationId: 'list', responses: answers({ type: 'array', items: role }) },
          post: { operationId: 'create', requestBody: body, responses: answers(role, '201') },
        },
        [`/roles/{${key}}`]: {
          get: { operationId: 'read', parameters, responses: answers(role) },
          patch: { operationId: 'update', parameters, requestBody: body, responses: answers(role) },
          delete: { operationId: 'remove', parameters, responses: answers({ type: 'object' }) },
        },
      },
    }),
  ).contract;
}

type Role = JsonObject & { readonly name: string };
type Answer = readonly [status: number, body: JsonObject | readonly JsonObject[]];

class Roles {
  readonly stored = new Map<string, JsonObject>();
  readonly #kind: Kind;

  constructor(kind: Kind) {
    this.#kind = kind;
    this.#store({ name: 'admin' });
  }

  answer({ method, path, body: text }: HttpRequest): Answer {
    const [, first, segment, ...rest] = path.split('/');
    const key = decodeURIComponent(segment ?? '');
    if (first !== 'roles' || rest.length > 0) return [404, {}];
    const sent = parseJson(text ?? '').json;
    // It takes numbers for names, which its document does not allow.
    const role = isObject(sent) && String(sent.name ?? '') !== '' ? { ...sent, name: String(sent.name) } : undefined;
    if (segment === undefined)
      return method === 'POST' ? this.#create(role) : method === 'GET' ? [200, [...this.stored.values()]] : [404, {}];
    const stored = this.stored.get(key);
    if (stored === undefined) return [404, {}];
    if (method === 'PATCH') return this.#update(key, role);
    if (method === 'DELETE') this.stored.delete(key);
    return [200, stored];
  }

  #store(role: Role): JsonObject {
    const { key, keyOf } = this.#kind;
    const stored = { ...role, [key]: keyOf(role.name) };
    this.stored.set(keyOf(role.name), stored);
    return stored;
  }

  #create(role: Role | undefined): Answer {
    if (role === undefined) return [400, {}];
    return this.stored.has(this.#kind.keyOf(role.name)) ? [409, {}] : [201, this.#store(role)];
  }

  #update(from: string, role: Role | undefined): Answer {
    if (role === undefined) return [400, {}];
    const to = this.#kind.keyOf(role.name);
    if (to !== from && this.stored.has(to)) return [409, {}];
    this.stored.delete(from);
    return [200, this.#store(role)];
  }
}

it.each(KINDS)('removes what an update gave another key, in paths %s', async (_, kind) => {
  const roles = new Roles(kind);
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
      if (request.method === 'PATCH') renamed.push(...[...roles.stored.keys()].filter((key) => !before.has(key)));
      const text = JSON.stringify(shown);
      return { status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) };
    },
    close: async () => undefined,
  };
  const report = await verifyTarget(contractOf(kind), target, { only: ['update/*'], depth: 'standard' });
  expect(report.summary.checks).toBeGreaterThan(3);
  expect(renamed.length).toBeGreaterThan(0);
  // A name of one letter could not be found again where the answer is lost.
  expect(renamed.filter((key) => key === 'a' || key === 'aa')).toEqual([]);
  expect([...roles.stored.keys()]).toEqual([kind.keyOf('admin')]);
  expect(report.leftovers).toEqual([]);
});
