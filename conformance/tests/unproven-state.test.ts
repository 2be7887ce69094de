import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { answers } from '../../contract/derive/test-support/answers.js';
import { clubs } from '../../contract/derive/test-support/clubs.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { markIn } from '../lookup/mark.js';
import { embeddedTarget } from '../target/embedded.js';
import type { TargetResponse } from '../target/exchange.js';
import { parseJson, type Target } from '../target/target.js';
import { answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Servers that keep what they create, and do not show it as their document says: what a run makes there is removed. */

const SIZE: JsonObject = { type: 'integer', minimum: 1 };
const ONE = /^\/clubs\/[^/]+$/;

/** A server whose clubs have names for keys, as its document shows one. */
const named = readContract(
  JSON.parse(
    JSON.stringify(clubs)
      .replaceAll('"id":{"type":"string"},"name":{"type":"string"}', '"name":{"type":"string"}')
      .replaceAll('"required":["id","name"]', '"required":["name"]')
      .replaceAll('"name":{"type":"string"}', '"name":{"type":"string","example":"Chess"}')
      .replace('"/clubs/{id}"', '"/clubs/{name}"')
      .replace('"name":"id","in"', '"name":"name","in"'),
  ),
);

test('what a server creates is recognizable where its answers show no key', async () => {
  const target = await embeddedTarget(named);
  const unmarked: string[] = [];
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.path !== '/clubs' || answer.status !== 201) return answer;
      const { name } = JSON.parse(answer.text);
      if (markIn(name) === undefined) unmarked.push(name);
      return withText(answer, '{"title":"A club"}');
    },
  };
  const only = ['found/documented-success'];
  const { leftovers } = await verifyTarget(withDerivedState(named).contract, server, { only });
  expect({ unmarked, leftovers }).toEqual({ unmarked: [], leftovers: [] });
});

test('what a server creates and answers with an error is removed, where the creation of a fixture was refused', async () => {
  const club = { type: 'object', required: ['name', 'size'], properties: { name: { type: 'string' }, size: SIZE } };
  const shown = { ...club, required: ['id', ...club.required], properties: { id: SIZE, ...club.properties } };
  const id = { name: 'id', in: 'path', required: true, schema: SIZE };
  const ok = (schema: JsonObject) => answers('200', schema);
  const paths = {
    '/clubs': {
      get: { operationId: 'list', ...ok({ type: 'array', items: shown }) },
      post: { operationId: 'found', requestBody: { required: true, ...json(club) }, ...answers('201', shown) },
    },
    '/clubs/{id}': {
      parameters: [id],
      get: { operationId: 'read', ...ok(shown) },
      delete: { operationId: 'close', ...answers('204') },
    },
  };
  const kept = new Map<string, unknown>();
  let requests = 0;
  const target = answeringTarget(({ method, path, body = '' }) => {
    const key = path.slice('/clubs/'.length);
    if (method === 'DELETE') return kept.delete(key) ? [204] : [404, {}];
    if (method === 'GET')
      return path === '/clubs' ? [200, [...kept.values()]] : [kept.has(key) ? 200 : 404, kept.get(key)];
    requests += 1;
    if (requests === 1) return [422, { detail: 'no more today' }];
    kept.set(String(requests), { ...(parseJson(body).json as object), id: requests });
    return [500, { detail: 'the answer could not be written' }];
  });
  const { contract } = withDerivedState(readContract({ ...clubs, paths }));
  const { leftovers } = await verifyTarget(contract, target, { only: ['found/documented-success'], depth: 'smoke' });
  expect(requests).toBeGreaterThan(1);
  expect([[...kept.values()], leftovers]).toEqual([[], []]);
});

test.each<[what: string, shown: (answer: TargetResponse) => TargetResponse]>([
  ['in an envelope', (answer) => (answer.status === 200 ? enveloped(answer) : answer)],
  ['to nobody', (answer) => (answer.status === 200 ? { status: 403, headers: {}, text: '' } : answer)],
  ['with a 200 for whatever there is not', enveloped],
])('what a server creates and shows %s is removed', async (_, shown) => {
  const target = await embeddedTarget(named);
  const kept = new Set<string>();
  const unmarked: string[] = [];
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.path === '/clubs' && answer.status === 201) {
        const { name } = JSON.parse(answer.text);
        kept.add(name);
        // An empty name is the edge of what the document allows.
        if (name !== '' && markIn(name) === undefined) unmarked.push(name);
      }
      if (request.method === 'DELETE' && answer.status === 204) kept.delete(decodeURIComponent(request.path.slice(7)));
      return request.method === 'GET' && ONE.test(request.path) ? shown(answer) : answer;
    },
  };
  const { leftovers } = await verifyTarget(withDerivedState(named).contract, server, {
    only: ['found/documented-success', 'found/token-missing', 'read/*'],
  });
  expect({ kept: [...kept], unmarked, leftovers }).toEqual({ kept: [], unmarked: [], leftovers: [] });
});

function enveloped({ json = null, ...answer }: TargetResponse): TargetResponse {
  return withText({ ...answer, status: 200 }, JSON.stringify(answer.status === 200 ? { club: json } : {}));
}

function withText(answer: TargetResponse, text: string): TargetResponse {
  return { ...answer, text, json: JSON.parse(text) };
}
