import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { TargetResponse } from '../target/exchange.js';
import type { HttpRequest, Target } from '../target/target.js';
import { judged, verifyTarget } from '../test-support/verify-target.js';

/** Some servers answer every request with 200, and say in the body that they refused it. */

const key = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const item = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const body = json({ type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } });
/** The envelope of such servers fits it too. */
const anything = { type: 'object' };

/** @param refusals - the documented ones of each operation */
function documentOf(success: JsonObject, refusals: JsonObject = {}) {
  const listed = success === anything ? {} : { type: 'array', items: success };
  const answers = (schema: JsonObject) => ({
    responses: { '200': { description: 'ok', ...json(schema) }, ...refusals },
  });
  return withDerivedState(
    readContract(
      // Each place has a schema of its own, as in a file.
      JSON.parse(
        JSON.stringify({
          openapi: '3.1.0',
          info: { title: 'Users', version: '1' },
          security: [{ token: [] }],
          components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
          paths: {
            '/users': {
              get: {
                operationId: 'list',
                ...answers(listed),
              },
              post: { operationId: 'create', requestBody: { required: true, ...body }, ...answers(success) },
            },
            '/users/{id}': {
              parameters: [key],
              get: { operationId: 'read', ...answers(success) },
              delete: { operationId: 'remove', ...answers(anything) },
            },
          },
        }),
      ),
    ),
  ).contract;
}

interface Habits {
  /** The body of a refusal, which is answered with 200. */
  readonly refusal?: Json;
  readonly checksToken?: boolean;
  /** Whether valid creations are refused. */
  readonly isFull?: boolean;
}

const UNAUTHORIZED = { status: 'error', msg: 'Unauthorized operation', data: null };

function targetOf({ refusal = UNAUTHORIZED, checksToken = true, isFull = false }: Habits = {}): Target {
  const users = new Map<string, JsonObject>();
  let count = 0;
  const ok = (value: Json): TargetResponse => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify(value),
    json: value,
  });
  const create = ({ body: sent = '' }: HttpRequest): Json => {
    const parsed = parsedObject(sent);
    if (isFull || typeof parsed?.name !== 'string' || parsed.name === '') return refusal;
    count += 1;
    const user = { id: `u${count}`, name: parsed.name };
    users.set(user.id, user);
    return user;
  };
  const answer = (request: HttpRequest): Json => {
    if (checksToken && request.headers.authorization !== 'Bearer secret') return refusal;
    const [, id] = /^\/users\/([^/?]+)$/.exec(request.path) ?? [];
    if (id === undefined) return request.method === 'POST' ? create(request) : [...users.values()];
    const user = users.get(id) ?? refusal;
    return request.method === 'DELETE' && users.delete(id) ? {} : user;
  };
  return {
    name: 'users',
    url: 'http://127.0.0.1:1',
    audience: '',
    credentials: { token: 'secret' },
    metered: false,
    workers: 1,
    send: async (request) => {
      const answered = ok(answer(request));
      const { json: _, ...head } = answered;
      return request.method === 'HEAD' ? { ...head, text: '' } : answered;
    },
    close: async () => undefined,
  };
}

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

const ALL = 'create,list,read,remove';
/** Everything but what such a server does with unknown paths and methods. */
const only = ['*/token-*', '*/documented-success', '*/invalid-body', '*/unknown-refused', '*/head-and-options'];

function operationsOf(line: string): string {
  return line.replace(/ at .*/, (at) => ` at ${at.slice(4).split(',').sort().join()}`);
}

test.each([
  ['a fault where the document lists refusals', documentOf(item, { '401': { description: 'no token' } }), 'failed'],
  ['a fault where no documented success has such a body', documentOf(item), 'failed'],
  ['a warning where the document describes it', documentOf(anything), 'warned'],
])('refusals with the status of a success are one finding: %s', async (_, contract, severity) => {
  const report = await verifyTarget(contract, targetOf(), { only });
  expect(judged(report).map(operationsOf)).toEqual([
    expect.stringMatching(new RegExp(`^${severity} .*: refusals are answered with 200 at ${ALL}$`)),
  ]);
  expect(report.findings[0]?.code).toBe('REFUSAL_STATUS');
});

test.each([
  [['ok', 'error'], 'warned'],
  [['ok', 'failed'], 'failed'],
])('a refusal where the document lists one of %j as the status of a success is %s', async (statuses, severity) => {
  const oneOf = [item, ...statuses.map((status) => ({ type: 'object', properties: { status: { enum: [status] } } }))];
  const contract = documentOf({ oneOf }, { '401': { description: 'no token' } });
  const report = await verifyTarget(contract, targetOf(), { only: ['create/token-missing'] });
  expect(judged(report)).toEqual([`${severity} token-missing: refusals are answered with 200 at create`]);
});

test('that no token is required is found where a refusal of other requests has such a body', async () => {
  const report = await verifyTarget(documentOf(item), targetOf({ checksToken: false }), { only: ['*/token-missing'] });
  expect(report.findings.map(({ cause, operations }) => [cause, operations.length])).toEqual([
    ['no token is required', 4],
  ]);
});

test('that no token is required is found where what is read has failed', async () => {
  const failed = { id: 'u1', name: 'x', status: 'failed', message: 'out of memory' };
  const target: Target = {
    ...targetOf(),
    send: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: JSON.stringify(failed),
      json: failed,
    }),
  };
  const report = await verifyTarget(documentOf(anything), target, { only: ['read/token-missing'] });
  expect(report.findings.map(({ cause }) => cause)).toEqual(['no token is required']);
});

test('a valid request that is refused so has no documented success', async () => {
  const report = await verifyTarget(documentOf(anything), targetOf({ isFull: true }), {
    only: ['create/documented-success'],
  });
  expect(judged(report)).toEqual(['warned documented-success: refusals are answered with 200 at create']);
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['warned']);
});
