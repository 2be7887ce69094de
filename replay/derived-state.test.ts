import { describe, expect, test } from 'vitest';
import { embeddedTarget } from '../conformance/target/embedded.js';
import type { Target } from '../conformance/target/target.js';
import { instantClock } from '../conformance/test-support/instant-clock.js';
import type { Json, JsonObject } from '../contract/contract.js';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { crews } from '../contract/derive/test-support/crews.js';
import { orchard } from '../contract/derive/test-support/orchard.js';
import { readContract } from '../contract/read/read.js';
import { replay } from './replay.js';
import { type Exchange, exchangeAtRoot, recordingOf } from './test-support/recorded.js';

test('ids of a document without keywords are mapped, below others and inside of objects too', async () => {
  const contract = readContract(JSON.parse(JSON.stringify(orchard).replaceAll('"type":"integer"', '"type":"string"')));
  const tree = { id: 'tree-of-record', kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const fruit = { id: 'fruit-of-record', treeId: 'tree-of-record', color: 'green' };
  const basket = { id: 'basket-of-record', name: 'Willow' };
  const exchanges = [
    exchangeAtRoot('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchangeAtRoot('GET /trees/tree-of-record/', undefined, 200, tree),
    exchangeAtRoot('POST /trees/tree-of-record/fruits/', { color: 'green' }, 201, fruit),
    exchangeAtRoot('GET /trees/tree-of-record/fruits/', undefined, 200, [fruit]),
    exchangeAtRoot('POST /baskets', { basket: { name: 'Willow' } }, 201, { basket }),
    exchangeAtRoot('GET /baskets/basket-of-record', undefined, 200, { data: basket, meta: {} }),
  ];
  const { recordings, total } = await replay({
    contract,
    recordings: [await recordingOf(exchanges)],
    clock: instantClock(),
  });
  expect(recordings[0]?.mismatches).toEqual([]);
  expect(total).toMatchObject({ matched: exchanges.length });
});

describe('what full paths add and remove', () => {
  const contract = readContract(crews);
  const ada = { id: 'sailor-of-record', name: 'Ada' };
  const member = '/crews/crew-of-record/sailors/sailor-of-record';
  const replayed = async (exchanges: readonly Exchange[]) => {
    // A key that only answers have is no part of what a request must send.
    const created = [
      exchangeAtRoot('POST /crews', { title: 'Red' }, 201, { id: 'crew-of-record', title: 'Red' }),
      exchangeAtRoot('POST /sailors', { name: 'Ada' }, 201, ada),
    ];
    const recordings = [await recordingOf([...created, ...exchanges])];
    const report = await replay({ contract, recordings, clock: instantClock() });
    return { ...report.total, mismatches: report.recordings[0]?.mismatches.map(({ exchange }) => exchange) };
  };

  test('is listed, and read', async () => {
    const exchanges = [
      exchangeAtRoot(`GET ${member}`, undefined, 404),
      exchangeAtRoot(`PUT ${member}`, undefined, 204),
      exchangeAtRoot(`GET ${member}`, undefined, 204),
      exchangeAtRoot('GET /crews/crew-of-record/sailors', undefined, 200, [ada]),
      exchangeAtRoot(`DELETE ${member}`, undefined, 204),
      exchangeAtRoot('GET /crews/crew-of-record/sailors', undefined, 200, []),
    ];
    expect(await replayed(exchanges)).toMatchObject({ matched: 8, mismatches: [] });
    const kept = exchanges.with(5, exchangeAtRoot('GET /crews/crew-of-record/sailors', undefined, 200, [ada]));
    expect(await replayed(kept)).toMatchObject({ matched: 7, mismatches: [8] });
  });

  test('may be refused where nothing says that it succeeds', async () => {
    const exchanges = [
      exchangeAtRoot(`DELETE ${member}`, undefined, 404),
      exchangeAtRoot(`PUT ${member}`, undefined, 204),
      exchangeAtRoot(`PUT ${member}`, undefined, 400),
      exchangeAtRoot('GET /crews/crew-of-record/sailors', undefined, 200, [ada]),
    ];
    expect(await replayed(exchanges)).toMatchObject({ matched: 4, assumed: 2, mismatches: [] });
  });
});

describe('refusals that a derived tenant cannot foresee', () => {
  const failing = JSON.parse(
    JSON.stringify(crews).replaceAll('"responses":{', '"responses":{"default":{"description":"failed"},'),
  );
  const replayed = async (exchanges: readonly Exchange[]) => {
    const { total } = await replay({
      contract: readContract(failing),
      recordings: [await recordingOf(exchanges)],
      clock: instantClock(),
    });
    return total;
  };
  const red = { id: 'crew-of-record', title: 'Red' };

  test.each([
    ['a creation that has a value of another item', exchangeAtRoot('POST /crews', { title: 'Red' }, 409), 1],
    ['a failure of the recorded server', exchangeAtRoot('GET /crews/crew-of-record', undefined, 503), 1],
    ['another refusal of a creation', exchangeAtRoot('POST /crews', { title: 'Red' }, 422), 0],
  ])('%s', async (_, refused, assumed) => {
    const total = await replayed([exchangeAtRoot('POST /crews', { title: 'Red' }, 201, red), refused]);
    expect(total).toMatchObject({ matched: 1, assumed, mismatched: 1 - assumed });
  });
});

describe('ids that are numbers', () => {
  const contract = readContract(orchard);
  const tree = (id: number, height = 7) => ({ id, kind: 'oak', height, plantedAt: '2026-01-01T00:00:00.000Z' });
  const fruit = { id: 7, treeId: 7, color: 'green' };
  const basket = { id: 7, name: 'Willow' };
  const sent = { kind: 'oak', height: 7 };
  const gone = { detail: 'gone' };
  /** What `replay` says of these exchanges, at a target of its own or this one. */
  const replayed = async (exchanges: readonly Exchange[], target?: Target) => {
    const recordings = [await recordingOf(exchanges)];
    return replay({ contract, recordings, clock: instantClock(), ...(target === undefined ? {} : { target }) });
  };

  test.each<[string, readonly Exchange[]]>([
    [
      'within their resource: a tree, a fruit, a basket and a height may all be 7',
      [
        exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
        exchangeAtRoot('POST /trees/', sent, 201, tree(8)),
        exchangeAtRoot('GET /trees/7/', undefined, 200, tree(7)),
        exchangeAtRoot('POST /trees/7/fruits/', { color: 'green' }, 201, fruit),
        exchangeAtRoot('GET /trees/7/fruits/', undefined, 200, [fruit]),
        exchangeAtRoot('POST /baskets', { basket: { name: 'Willow' } }, 201, { basket }),
        exchangeAtRoot('GET /baskets/7', undefined, 200, { data: basket, meta: {} }),
        exchangeAtRoot('GET /trees/', undefined, 200, { trees: [tree(7), tree(8)], total: 2 }),
      ],
    ],
    [
      'of what changes and goes',
      [
        exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
        exchangeAtRoot('POST /trees/', sent, 201, tree(8)),
        exchangeAtRoot('PATCH /trees/8/', { ...sent, height: 9 }, 200, tree(8, 9)),
        exchangeAtRoot('DELETE /trees/7/', undefined, 204),
        exchangeAtRoot('GET /trees/7/', undefined, 404, gone),
        exchangeAtRoot('GET /trees/8/', undefined, 200, tree(8, 9)),
        exchangeAtRoot('GET /trees/', undefined, 200, { trees: [tree(8, 9)], total: 1 }),
      ],
    ],
    [
      'that each tree numbers anew',
      [
        exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
        exchangeAtRoot('POST /trees/', sent, 201, tree(8)),
        exchangeAtRoot('POST /trees/7/fruits/', { color: 'green' }, 201, { ...fruit, id: 1 }),
        exchangeAtRoot('POST /trees/8/fruits/', { color: 'red' }, 201, { id: 1, treeId: 8, color: 'red' }),
        exchangeAtRoot('GET /trees/7/fruits/1/', undefined, 200, { ...fruit, id: 1 }),
        exchangeAtRoot('GET /trees/8/fruits/1/', undefined, 200, { id: 1, treeId: 8, color: 'red' }),
        exchangeAtRoot('GET /trees/8/fruits/', undefined, 200, [{ id: 1, treeId: 8, color: 'red' }]),
      ],
    ],
    [
      'that are given again after a deletion',
      [
        exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
        exchangeAtRoot('DELETE /trees/7/', undefined, 204),
        exchangeAtRoot('POST /trees/', { ...sent, height: 9 }, 201, tree(7, 9)),
        exchangeAtRoot('GET /trees/7/', undefined, 200, tree(7, 9)),
        exchangeAtRoot('DELETE /trees/7/', undefined, 204),
        exchangeAtRoot('GET /trees/7/', undefined, 404, gone),
      ],
    ],
    [
      'of what was there before the recording',
      [
        exchangeAtRoot('GET /trees/7/', undefined, 200, tree(7)),
        exchangeAtRoot('GET /trees/7/fruits/7/', undefined, 200, fruit),
        exchangeAtRoot('PUT /trees/7/fruits/7/', { color: 'red' }, 200, { ...fruit, color: 'red' }),
      ],
    ],
  ])('are mapped %s', async (_, exchanges) => {
    const { recordings, total } = await replayed(exchanges);
    expect(recordings[0]?.mismatches).toEqual([]);
    expect(total).toMatchObject({ matched: exchanges.length });
  });

  test('stay numbers in what is sent, judged and reported', async () => {
    const inner = await embeddedTarget(withDerivedState(contract).contract);
    const asked: string[] = [];
    const { recordings } = await replayed(
      [
        exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
        exchangeAtRoot('GET /trees/7/', undefined, 200, tree(7)),
        exchangeAtRoot('POST /trees/7/fruits/', { color: 'green' }, 201, fruit),
      ],
      {
        ...inner,
        async send(request, limits) {
          asked.push(`${request.method} ${request.path} ${request.body ?? ''}`.trim());
          const answer = await inner.send(request, limits);
          return request.method === 'GET'
            ? { ...answer, status: 404, text: '{"detail":"x"}', json: { detail: 'x' } }
            : answer;
        },
      },
    );
    const [, read, grown] = asked;
    expect(read).toMatch(/^GET \/trees\/\d+\/$/);
    expect(grown).toMatch(/^POST \/trees\/\d+\/fruits\/ \{"color":"green"\}$/);
    const id = Number(read?.replace(/\D/g, ''));
    const [first, second] = recordings[0]?.mismatches ?? [];
    expect(first).toMatchObject({ expected: { status: 200, body: { id, height: 7 } }, actual: { status: 404 } });
    expect(second?.differences[0]?.place).toMatch(new RegExp(`^then GET /trees/${id}/fruits/\\d+/$`));
  });

  test('of what was created are removed at a target that keeps its items', async () => {
    const { reset: _, ...inner } = await embeddedTarget(withDerivedState(contract).contract);
    // The document asks for none.
    const asked: string[] = [];
    const kept: Target = {
      ...inner,
      credentials: {},
      send(request, limits) {
        asked.push(`${request.method} ${request.path}`);
        return inner.send(request, limits);
      },
    };
    const created = [
      exchangeAtRoot('POST /trees/', sent, 201, tree(7)),
      exchangeAtRoot('POST /trees/7/fruits/', { color: 'green' }, 201, fruit),
    ];
    await replayed(created, kept);
    const removed = asked.filter((line) => line.startsWith('DELETE'));
    expect(removed.map((line) => line.replaceAll(/\d+/g, 'N'))).toEqual([
      'DELETE /trees/N/fruits/N/',
      'DELETE /trees/N/',
    ]);
    const list = { method: 'GET', path: '/trees/', headers: {} };
    expect(await kept.send(list, { timeoutMs: 1000 })).toMatchObject({ json: { trees: [] } });
  });

  test('of operations of unknown meaning are not judged at the embedded tenant, where it makes up the answer', async () => {
    const slot = { type: 'object', properties: { id: { type: 'integer' }, label: { type: 'string' } } };
    const body = { content: { 'application/json': { schema: slot } } };
    const answers = (status: string) => ({ responses: { [status]: { description: 'ok', ...body } } });
    const slots = {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      put: { requestBody: body, ...answers('200') },
      get: answers('200'),
    };
    const { recordings } = await replay({
      contract: readContract({ ...orchard, paths: { ...(orchard.paths as JsonObject), '/slots/{id}': slots } }),
      recordings: [
        await recordingOf([
          exchangeAtRoot('PUT /slots/7', { label: 'a' }, 200, { id: 7, label: 'a' }),
          exchangeAtRoot('PUT /slots/7', { label: 'b' }, 200, { id: 7, label: 'b' }),
          exchangeAtRoot('GET /slots/seven', undefined, 200, { id: 7, label: 'b' }),
        ]),
      ],
      clock: instantClock(),
    });
    const [report] = recordings;
    expect(report?.assumes.map(({ reason }) => reason)).toContain(
      'the contract does not say what the operation does, so the embedded tenant makes up an answer',
    );
    expect(report?.mismatches.map(({ request }) => request)).toEqual(['GET /slots/seven']);
  });

  test('in a listing that a parameter of unknown meaning narrows are not judged at the embedded tenant', async () => {
    const parameters = [{ name: 'treeId', in: 'query', schema: { type: 'integer' } }];
    const { '/baskets': baskets, ...paths } = structuredClone(orchard.paths) as Record<string, JsonObject>;
    const get = { ...(baskets?.get as JsonObject), parameters };
    const { recordings } = await replay({
      contract: readContract({ ...orchard, paths: { ...paths, '/baskets': { ...baskets, get } } }),
      recordings: [
        await recordingOf([
          exchangeAtRoot('POST /baskets', { basket: { name: 'Willow' } }, 201, { basket }),
          exchangeAtRoot('GET /baskets?treeId=7', undefined, 200, { data: [], meta: {} }),
        ]),
      ],
      clock: instantClock(),
    });
    expect(recordings[0]).toMatchObject({
      mismatches: [],
      assumes: [{ exchange: 2, reason: expect.stringContaining('parameter "treeId"') }],
    });
  });

  test('that nothing says what they name change nothing at a target that keeps its items', async () => {
    const { reset: _, ...inner } = await embeddedTarget(withDerivedState(contract).contract);
    const asked: string[] = [];
    const kept: Target = {
      ...inner,
      credentials: {},
      async send(request, limits) {
        asked.push(`${request.method} ${request.path}`);
        return inner.send(request, limits);
      },
    };
    const paths = {
      ...(orchard.paths as JsonObject),
      '/saws/{id}': { delete: { operationId: 'dropSaw', responses: { '204': { description: 'dropped' } } } },
    };
    const { recordings } = await replay({
      contract: readContract({ ...orchard, paths }),
      recordings: [
        await recordingOf([
          exchangeAtRoot('DELETE /saws/7', undefined, 204),
          exchangeAtRoot('DELETE /saws/-7', undefined, 204),
          exchangeAtRoot('DELETE /trees/8/', undefined, 404, gone),
          exchangeAtRoot('GET /trees/8/', undefined, 404, gone),
        ]),
      ],
      clock: instantClock(),
      target: kept,
    });
    expect(recordings[0]).toMatchObject({
      mismatches: [],
      matched: 1,
      assumes: [
        { reason: expect.stringContaining('"id" names, and 7 may be another one') },
        { reason: expect.stringContaining('"id" names, and -7 may be another one') },
        { reason: expect.stringContaining('"tree_id" names, and 8 may be another one') },
      ],
    });
    expect(asked).toEqual(['GET /trees/8/']);
  });
});

test.each<[what: string, scheme: JsonObject]>([
  ['a key in a header', { type: 'apiKey', in: 'header', name: 'X-Key' }],
  ['a key in the query', { type: 'apiKey', in: 'query', name: 'key' }],
  ['a bearer token', { type: 'http', scheme: 'bearer' }],
])('requests are replayed with %s, and without it where they got a 401, which may have a body', async (_, scheme) => {
  const document = JSON.parse(JSON.stringify(orchard));
  const { patch } = document.paths['/trees/{tree_id}/'];
  patch.responses['401'] = { description: 'no key' };
  document.components.securitySchemes = { own: scheme };
  const contract = readContract({ ...document, security: [{ own: [] }] });
  const tree = { id: 7, kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const exchanges = [
    exchangeAtRoot('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchangeAtRoot('PATCH /trees/7/', { kind: 'elm' }, 401, { detail: 'who are you?' }),
    exchangeAtRoot('GET /trees/7/', undefined, 200, tree),
  ];
  const { recordings, total } = await replay({
    contract,
    recordings: [await recordingOf(exchanges)],
    clock: instantClock(),
  });
  expect(recordings[0]?.mismatches).toEqual([]);
  expect(total).toMatchObject({ conform: 3, matched: 3 });
});

test('requests for which a token is optional are sent with the token of the user', async () => {
  const document = JSON.parse(JSON.stringify(orchard));
  document.components.securitySchemes = { own: { type: 'http', scheme: 'bearer' } };
  const sentTo = async (security: Json, credentials: Target['credentials']) => {
    const contract = readContract({ ...document, security });
    const { reset: _, ...inner } = await embeddedTarget(withDerivedState(contract).contract);
    const sent: unknown[] = [];
    const target: Target = {
      ...inner,
      credentials,
      async send(request, limits) {
        sent.push(request.headers.authorization);
        return inner.send(request, limits);
      },
    };
    const recordings = [await recordingOf([exchangeAtRoot('GET /trees/8/', undefined, 404, { detail: 'gone' })])];
    await replay({ contract, recordings, clock: instantClock(), target });
    return sent;
  };
  expect(await sentTo([{ own: [] }, {}], { token: 'ours' })).toEqual(['Bearer ours']);
  expect(await sentTo([{ own: [] }, {}], {})).toEqual([undefined]);
  expect(await sentTo([{}], { token: 'ours' })).toEqual([undefined]);
});

test('ids that are numbers are mapped in paths of operations without state, too', async () => {
  const paths = orchard.paths as JsonObject;
  const shape = {
    parameters: [{ name: 'tree_id', in: 'path', required: true, schema: { type: 'integer' } }],
    put: { responses: { '204': { description: 'shaped' }, '404': { description: 'gone' } } },
  };
  const contract = readContract({ ...orchard, paths: { ...paths, '/trees/{tree_id}/shape': shape } });
  const tree = { id: 7, kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const exchanges = [
    exchangeAtRoot('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchangeAtRoot('PUT /trees/7/shape', undefined, 204),
  ];
  const options = { contract, recordings: [await recordingOf(exchanges)], clock: instantClock() };
  expect((await replay(options)).recordings[0]?.mismatches).toEqual([]);
});

test('what was below an item that a recording deletes is not left at the target', async () => {
  const contract = readContract(orchard);
  const { reset: _, ...target } = await embeddedTarget(contract);
  const tree = { id: 7, kind: 'oak', height: 3, plantedAt: '2026-01-01T00:00:00.000Z' };
  const planted = [
    exchangeAtRoot('POST /trees/', { kind: 'oak', height: 3 }, 201, tree),
    exchangeAtRoot('POST /trees/7/fruits/', { color: 'green' }, 201, { id: 7, treeId: 7, color: 'green' }),
  ];
  const replayed = async (exchanges: readonly Exchange[]) => {
    const recordings = [await recordingOf(exchanges)];
    return (await replay({ contract, recordings, target, clock: instantClock() })).left;
  };
  expect(await replayed([...planted, exchangeAtRoot('DELETE /trees/7/', undefined, 204)])).toEqual([]);
  expect(await replayed(planted)).toEqual([]);
});
