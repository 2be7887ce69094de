import { expect, test } from 'vitest';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import { instantClock } from '../conformance/test-support/instant-clock.js';
import { readContract } from '../contract/read/read.js';
import { json } from '../test-support/json-content.js';
import { replay } from './replay.js';
import { type Exchange, exchangeAtRoot, recordingOf } from './test-support/recorded.js';

/** Answers to creations have no body, and the document no 404. */

const boat = json({
  type: 'object',
  properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
});
const named = (name: string, schema: object) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', ...schema },
});
const port = named('port', { enum: ['east'] });
const documentOf = () => ({
  openapi: '3.1.0',
  info: { title: 'Boats', version: '1' },
  paths: {
    '/ports/{port}/boats': {
      parameters: [port],
      post: { operationId: 'create', requestBody: boat, responses: { '201': { description: 'ok' } } },
    },
    '/ports/{port}/boats/{id}': {
      parameters: [port, named('id', {})],
      get: { operationId: 'read', responses: { '200': { description: 'ok', ...boat } } },
      delete: { operationId: 'remove', responses: { '204': { description: 'ok' } } },
    },
  },
});
const contract = readContract(documentOf());

async function replayed(exchanges: readonly Exchange[], target?: Target, of = contract) {
  const recordings = [await recordingOf(exchanges)];
  const given = target === undefined ? {} : { target };
  const { total, recordings: reports } = await replay({ contract: of, recordings, clock: instantClock(), ...given });
  return { matched: total.matched, mismatches: reports.flatMap(({ mismatches }) => mismatches) };
}

const argo = { id: 'boat-of-record', name: 'Argo' };
const path = '/ports/east/boats/boat-of-record';
const { response, ...creation } = exchangeAtRoot('POST /ports/east/boats', { name: 'Argo' }, 201);
const created: Exchange = { ...creation, response: { ...response, headers: { location: `https://api.test${path}` } } };

test('the Location of an answer maps the key of what it created, and its removal is no fault', async () => {
  const exchanges = [
    created,
    exchangeAtRoot(`GET ${path}`, undefined, 200, argo),
    exchangeAtRoot(`DELETE ${path}`, undefined, 204),
  ];
  expect(await replayed(exchanges)).toEqual({ matched: 3, mismatches: [] });
});

test('what the recording uses and does not create is created below a fixed path', async () => {
  const sent: string[] = [];
  // One that is not reset, but left as it was.
  const { reset: _, ...target } = await embeddedTarget(contract);
  const watched: Target = {
    ...target,
    send: (request, limits) => {
      sent.push(`${request.method} ${request.path}`);
      return target.send(request, limits);
    },
  };
  const result = await replayed([exchangeAtRoot(`GET ${path}`, undefined, 200, argo)], watched);
  expect(result).toEqual({ matched: 1, mismatches: [] });
  expect(sent).toContain('POST /ports/east/boats');
  // What it has created is removed at the end.
  expect(sent.at(-1)).toMatch(/^DELETE \/ports\/east\/boats\/\w+$/);
});

test('a Location that names what was there before has nothing of it changed or removed', async () => {
  const { reset: _, ...target } = await embeddedTarget(contract);
  const sent: string[] = [];
  const boats = '/ports/east/boats';
  const theirs = (await target.send(createRequest('Theirs'), { timeoutMs: 1000 })).headers.location ?? '';
  const misleading: Target = {
    ...target,
    send: async (request, limits) => {
      sent.push(`${request.method} ${request.path}`);
      const answer = await target.send(request, limits);
      return request.method === 'POST' ? { ...answer, headers: { ...answer.headers, location: theirs } } : answer;
    },
  };
  await replayed([created, exchangeAtRoot(`DELETE ${path}`, undefined, 204)], misleading);
  expect(theirs).toMatch(new RegExp(`^${boats}/\\w+$`));
  expect(sent).toContain(`GET ${theirs}`);
  expect(sent).not.toContain(`DELETE ${theirs}`);
});

test.each([
  ['at the end', []],
  ['by what follows', [exchangeAtRoot(`DELETE ${path}`, undefined, 204)]],
])('an answer that names what was there before has nothing of it removed %s', async (_when, following) => {
  const { paths, ...document } = documentOf();
  const all = paths['/ports/{port}/boats'];
  const withBody = { ...all.post, responses: { '201': { description: 'ok', ...boat } } };
  const answering = readContract({
    ...document,
    paths: { ...paths, '/ports/{port}/boats': { ...all, post: withBody } },
  });
  const { reset: _, ...target } = await embeddedTarget(answering);
  const sent: string[] = [];
  const theirs = (await target.send(createRequest('Theirs'), { timeoutMs: 1000 })).json;
  const misleading: Target = {
    ...target,
    send: async (request, limits) => {
      sent.push(`${request.method} ${request.path}`);
      const answer = await target.send(request, limits);
      return request.method === 'POST' ? { ...answer, text: JSON.stringify(theirs), json: theirs ?? null } : answer;
    },
  };
  const recorded = exchangeAtRoot('POST /ports/east/boats', { name: 'Argo' }, 201, argo);
  await replayed([recorded, ...following], misleading, answering);
  expect(sent.filter((line) => line.startsWith('DELETE'))).toEqual([]);
});

function createRequest(name: string) {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path: '/ports/east/boats', headers, body: JSON.stringify({ name }) } as const;
}
