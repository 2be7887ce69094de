import { expect, test } from 'vitest';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { clubs } from '../contract/derive/test-support/clubs.js';
import { readContract } from '../contract/read/read.js';
import { markIn } from './lookup/mark.js';
import { embeddedTarget } from './target/embedded.js';
import type { TargetResponse } from './target/exchange.js';
import type { Target } from './target/target.js';
import { verifyTarget } from './test-support/verify-target.js';

/** Servers that keep what they create, and do not show it as their document says: what a run makes there is removed. */

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
