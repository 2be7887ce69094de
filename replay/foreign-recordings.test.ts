import { describe, expect, test } from 'vitest';
import { instantClock } from '../conformance/test-support/instant-clock.js';
import type { Contract, Json, JsonObject } from '../contract/contract.js';
import { crews } from '../contract/derive/test-support/crews.js';
import { readContract } from '../contract/read/read.js';
import { parseRecordings } from './read/read-recordings.js';
import type { Recording } from './recorded/recording.js';
import { replay } from './replay.js';
import { type Exchange, exchangeAtRoot, recordingOf } from './test-support/recorded.js';

/** Crews with an owner that the service sets, any refusal, and an operation of unknown meaning. */
function foreignContract() {
  const document = JSON.parse(
    JSON.stringify(crews)
      .replaceAll('"responses":{', '"responses":{"default":{"description":"refused"},')
      .replaceAll('"204":', '"200":')
      .replaceAll('"title":{', '"owner":{"type":"string","readOnly":true},"title":{'),
  );
  const launch = {
    parameters: [{ name: 'crew_id', in: 'path', required: true, schema: { type: 'string' } }],
    post: { operationId: 'launch', responses: { '200': { description: 'launched' } } },
  };
  return readContract({ ...document, paths: { ...document.paths, '/crews/{crew_id}/launch': launch } });
}

async function resultsOf(recording: Recording, contract = foreignContract()) {
  const { recordings } = await replay({
    contract,
    recordings: [recording],
    clock: instantClock(),
  });
  const [report] = recordings;
  return {
    matched: report?.matched,
    mismatches: report?.mismatches.map(({ exchange, differences }) => [
      exchange,
      ...differences.map((each) => each.place),
    ]),
    assumes: report?.assumes.map(({ exchange, reason }) => [exchange, reason]),
  };
}

const played = async (...exchanges: readonly Exchange[]) => resultsOf(await recordingOf(exchanges));
const playedAt = async (contract: Contract, ...exchanges: readonly Exchange[]) =>
  resultsOf(await recordingOf(exchanges), contract);

const RED: JsonObject = { id: 'crew-of-record', title: 'Red', owner: 'you' };
const create = exchangeAtRoot('POST /crews', { title: 'Red' }, 201, RED);
const read = exchangeAtRoot('GET /crews/crew-of-record', undefined, 200, RED);
const remove = exchangeAtRoot('DELETE /crews/crew-of-record', undefined, 200);

/** Trees that can be updated, and pages with numbers of any meaning. */
function trees() {
  const tree: JsonObject = {
    type: 'object',
    properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' }, note: { type: 'string' } },
  };
  const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
  const answers = (status: number, schema: JsonObject): JsonObject => ({
    responses: { [status]: { description: 'ok', ...json(schema) } },
  });
  const properties: JsonObject = { trees: { type: 'array', items: tree }, pages: { type: 'integer' }, age: {} };
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    paths: {
      '/trees': {
        get: answers(200, { type: 'object', properties }),
        post: { requestBody: json(tree), ...answers(201, tree) },
      },
      '/trees/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: answers(200, tree),
        patch: { requestBody: json(tree), ...answers(200, tree) },
      },
    },
  });
}

const OAK: JsonObject = { id: 'tree-of-record', name: 'Oak', note: 'old' };

test('what a page may say of itself in numbers is not compared', async () => {
  const plant = exchangeAtRoot('POST /trees', { name: 'Oak', note: 'old' }, 201, OAK);
  const list = exchangeAtRoot('GET /trees', undefined, 200, { trees: [OAK], pages: 27, age: 3 });
  expect(await playedAt(trees(), plant, list)).toMatchObject({ matched: 2, mismatches: [] });
});

test('what an update changed that the contract forbids is not expected of the target', async () => {
  const elm: JsonObject = { id: 'tree-of-record', name: 'Elm', note: 'old' };
  const plant = exchangeAtRoot('POST /trees', { name: 'Oak', note: 'old' }, 201, OAK);
  const update = exchangeAtRoot('PATCH /trees/tree-of-record', { name: 'Elm', note: null }, 200, elm);
  const again = exchangeAtRoot('GET /trees/tree-of-record', undefined, 200, elm);
  expect(await playedAt(trees(), plant, update, again)).toMatchObject({
    matched: 2,
    mismatches: [[2, 'request body/note']],
  });
});

test('a body in a media type that the contract does not list is one difference', async () => {
  const plant = exchangeAtRoot('POST /trees', { name: 'Oak' }, 201, OAK);
  const read = exchangeAtRoot('GET /trees/tree-of-record', undefined, 200, OAK);
  const recording = await recordingOf([plant, read]);
  const exchanges = recording.exchanges.map((each) =>
    each.request.body === undefined ? each : { ...each, request: { ...each.request, contentType: 'text/plain' } },
  );
  expect(await resultsOf({ ...recording, exchanges }, trees())).toMatchObject({
    matched: 1,
    mismatches: [[1, 'request content type']],
  });
});

describe('a creation that cannot be sent as it was is made from what its answer shows', () => {
  /** As vcrpy records clients whose bodies it does not see. */
  const recorded = async (headers: Readonly<Record<string, Json>>): Promise<Recording> => {
    const interaction = ({ request, response }: Exchange, more: JsonObject) => ({
      request: { method: request.method, uri: `https://crews.example${request.path}`, body: null, ...more },
      response: {
        status: { code: response.status, message: '' },
        headers: { 'content-type': ['application/json'] },
        body: { string: response.body === undefined ? '' : JSON.stringify(response.body) },
      },
    });
    const interactions = [interaction(create, { headers }), interaction(read, {}), interaction(remove, {})];
    const [recording] = await parseRecordings(
      'cassette.yaml',
      new TextEncoder().encode(JSON.stringify({ version: 1, interactions })),
    );
    if (recording === undefined) throw new Error('no recording');
    return recording;
  };

  test.each([
    ['nothing says that none was sent', { 'content-type': ['application/json'] }],
    ['its length says that one was sent', { 'content-length': ['17'] }],
  ])('where it has no body, and %s', async (_, headers) => {
    expect(await resultsOf(await recorded(headers))).toEqual({
      matched: 2,
      mismatches: [],
      assumes: [[1, 'the recording lacks the request body']],
    });
  });

  test('but not where its length says that it had none', async () => {
    const { mismatches } = await resultsOf(await recorded({ 'content-length': ['0'] }));
    expect(mismatches?.[0]).toEqual([1, 'request body']);
  });

  test('where the contract forbids its body and the service accepted it', async () => {
    const nulled = exchangeAtRoot('POST /crews', { title: null }, 201, RED);
    expect(await played(nulled, read, remove)).toMatchObject({ matched: 2, mismatches: [[1, 'request body/title']] });
  });

  test('where what the contract declares of it does not suffice', async () => {
    const named = exchangeAtRoot('POST /crews', { name: 'Red' }, 201, RED);
    expect(await played(named, read, remove)).toMatchObject({ matched: 2, mismatches: [] });
  });
});

test('what a request sends for a value that the service sets is not expected', async () => {
  const owned = exchangeAtRoot('POST /crews', { title: 'Red', owner: 'me' }, 201, RED);
  expect(await played(owned, read)).toMatchObject({ matched: 2, mismatches: [] });
  const titled = exchangeAtRoot('POST /crews', { title: 'Blue' }, 201, RED);
  expect(await played(titled)).toMatchObject({ mismatches: [[1, 'body/title']] });
});

describe('refusals for reasons of the service', () => {
  test.each([402, 403, 409, 423])('a DELETE that is answered %i is not sent', async (status) => {
    expect(await played(create, exchangeAtRoot('DELETE /crews/crew-of-record', undefined, status), read)).toEqual({
      matched: 2,
      mismatches: [],
      assumes: [[2, `the contract does not say when the service answers ${status}`]],
    });
  });

  test('a rate limit', async () => {
    expect(await played(create, exchangeAtRoot('GET /crews/crew-of-record', undefined, 429))).toMatchObject({
      assumes: [[2, 'a rate limit was exceeded']],
    });
  });

  test('but not an unknown item, or a body that the contract allows', async () => {
    const unknown = exchangeAtRoot('DELETE /crews/crew-of-record', undefined, 404);
    const invalid = exchangeAtRoot('POST /crews', { title: 'Blue' }, 400);
    expect(await played(create, unknown, invalid)).toMatchObject({
      mismatches: [
        [2, 'status'],
        [3, 'status'],
      ],
    });
  });
});

test('an operation of unknown meaning may change the item that its path names', async () => {
  const launched = exchangeAtRoot('GET /crews/crew-of-record', undefined, 200, { ...RED, title: 'Red, at sea' });
  expect(await played(create, launched)).toMatchObject({ mismatches: [[2, 'body/title']] });
  const launch = exchangeAtRoot('POST /crews/crew-of-record/launch', undefined, 200);
  expect(await played(create, launch, launched)).toMatchObject({ matched: 3, mismatches: [] });
});

test('a body that the document does not mention is not expected', async () => {
  const removed = exchangeAtRoot('DELETE /crews/crew-of-record', undefined, 200, {});
  expect(await played(create, removed)).toMatchObject({ matched: 2, mismatches: [] });
});

test('a path may name an item by something else than its key', async () => {
  expect(await played(create, exchangeAtRoot('GET /crews/Red', undefined, 200, RED))).toEqual({
    matched: 1,
    mismatches: [],
    assumes: [[2, 'the contract does not say that a path may name a crew by something else than its "id"']],
  });
});
