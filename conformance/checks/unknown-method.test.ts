import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { parseAnswer, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const THEIRS: readonly Json[] = [{ id: 'theirs', title: 'Of another' }];

it.each<[what: string, security: readonly JsonObject[], checksTokens: boolean, sent: readonly string[]]>([
  ['the document requires no token', [], false, []],
  ['the target accepts what has none', [{ key: [] }], false, []],
  ['a token is optional', [{}, { key: [] }], true, []],
  ['the target refuses what has none', [{ key: [] }], true, ['PATCH', 'PUT', 'DELETE']],
])('a whole collection is neither replaced nor removed where %s', async (_, security, checksTokens, sent) => {
  const server = collectionServer(
    checksTokens,
    security.some((each) => Object.keys(each).length === 0),
  );
  const report = await verifyTarget(contractOf(security), server.target, { only: ['*/unknown-method'] });
  expect(server.items).toEqual(THEIRS);
  expect(server.writes).toEqual(new Set(sent));
  expect(report.leftovers).toEqual([]);
});

it('says what it does not send to a target that accepts requests without a token', async () => {
  const contract = contractOf([{ key: [] }]);
  const report = await verifyTarget(contract, collectionServer(false, false).target, { only: ['list/unknown-method'] });
  expect(report.checks.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    [
      'skipped',
      'PUT, PATCH, DELETE /things: The target answers without a token, and they may change all that is there.',
    ],
  ]);
});

it('finds an undocumented write that a target accepts without a token', async () => {
  const { target } = collectionServer(true, false);
  const careless: Target = {
    ...target,
    send: async (request, options) => {
      const isGuarded = request.method === 'GET' || request.method === 'POST';
      return isGuarded ? target.send(request, options) : { status: 200, headers: {}, text: '' };
    },
  };
  const report = await verifyTarget(contractOf([{ key: [] }]), careless, { only: ['list/unknown-method'] });
  expect(report.findings.map(({ cause }) => cause)).toEqual([
    'violated in several ways: An undocumented method is refused',
  ]);
});

function contractOf(security: readonly JsonObject[]) {
  const thing: JsonObject = { type: 'object', properties: { id: { type: 'string' }, title: { type: 'string' } } };
  const content = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
  const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    security,
    paths: {
      '/things': {
        get: {
          operationId: 'list',
          responses: { '200': { description: 'All.', content: content({ type: 'array', items: thing }) } },
        },
        post: {
          operationId: 'create',
          requestBody: { required: true, content: content(thing) },
          responses: { '201': { description: 'It.', content: content(thing) } },
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'read',
          parameters: id,
          responses: { '200': { description: 'It.', content: content(thing) }, '404': { description: 'Unknown.' } },
        },
        delete: {
          operationId: 'remove',
          parameters: id,
          responses: { '204': { description: 'Removed.' }, '404': { description: 'Unknown.' } },
        },
      },
    },
  });
  return withDerivedState(contract).contract;
}

/** A server with a collection that undocumented methods replace or empty. */
function collectionServer(checksTokens: boolean, isOptional: boolean) {
  const state = { items: [...THEIRS], writes: new Set<string>() };
  const answer = (status: number, body?: Json) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    return { status, headers, text, ...parseAnswer(text) };
  };
  const target: Target = {
    name: 'things',
    url: 'http://127.0.0.1',
    audience: '',
    credentials: { token: 'secret' },
    metered: false,
    workers: 1,
    send: async ({ path, method, headers, body }) => {
      if (path === '/things' && !['GET', 'POST'].includes(method)) state.writes.add(method);
      if (checksTokens && !isOptional && headers['x-key'] === undefined) return answer(401);
      if (path === '/things') {
        if (method === 'GET') return answer(200, state.items);
        if (method !== 'POST') {
          state.items = [];
          return answer(200, {});
        }
        const id = `t${state.items.length + 1}`;
        const item = { ...JSON.parse(String(body)), id };
        state.items = [...state.items, item];
        return answer(201, item);
      }
      const id = path.split('/').at(-1);
      const item = state.items.find((each) => typeof each === 'object' && Reflect.get(each ?? {}, 'id') === id);
      if (item === undefined) return answer(404);
      if (method === 'GET') return answer(200, item);
      if (method !== 'DELETE') return answer(405);
      state.items = state.items.filter((each) => each !== item);
      return answer(204);
    },
    close: async () => undefined,
  };
  return {
    target,
    get items() {
      return state.items;
    },
    writes: state.writes,
  };
}
