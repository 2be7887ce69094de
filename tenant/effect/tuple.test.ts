import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { createTenant } from '../tenant.js';
import { refused } from '../test-support/refused.js';

const named = (...names: readonly string[]) =>
  names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
const text: JsonObject = { type: 'string' };
const Entry: JsonObject = {
  type: 'object',
  properties: { name: text, rank: text, note: text, aboard: { type: 'boolean' } },
};
const Member: JsonObject = {
  type: 'object',
  properties: {
    name: text,
    rank: text,
    note: text,
    ship: { type: 'string', 'x-value': { of: 'ship.title' } },
  },
};
const Day: JsonObject = { type: 'object', properties: { date: text } };
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const unknown = { '404': refused('no-ship', 'no-sailor', 'not-aboard') };
const of = { ship: 'ship', sailor: 'sailor' };

/** Ships, sailors and who sails where, with a limit of each kind. */
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbor', version: '1' },
  security: [],
  paths: {
    '/ships/{ship}/crew': {
      parameters: named('ship'),
      get: {
        operationId: 'crew.list',
        'x-effect': { list: 'crew', of: { ship: 'ship' }, unknown: { ship: 'succeed' } },
        responses: { '200': { description: 'all', ...json(list(Member)) } },
      },
      post: {
        operationId: 'crew.add',
        'x-effect': { add: 'crew', of: { ship: 'ship' }, each: { sailor: '/sailors' }, flag: 'aboard' },
        requestBody: json({ type: 'object', properties: { sailors: list(Entry) } }),
        responses: {
          '200': { description: 'in', ...json(list(Member)) },
          '409': refused('ship-full', 'sailor-full'),
          ...unknown,
        },
      },
      delete: {
        operationId: 'crew.dismiss',
        'x-effect': {
          remove: 'crew',
          of: { ship: 'ship' },
          each: { sailor: '/sailors' },
          unknown: { ship: 'succeed' },
        },
        requestBody: json({ type: 'object', properties: { sailors: list(text) } }),
        responses: { '200': { description: 'out', ...json({ type: 'object' }) }, ...unknown },
      },
    },
    '/ships/{ship}/captain': {
      parameters: named('ship'),
      post: {
        operationId: 'captain.add',
        'x-effect': { add: 'crew', of: { ship: 'ship' }, each: { sailor: '' } },
        requestBody: json({ type: 'object', properties: { name: text, rank: text } }),
        responses: { '201': { description: 'in', ...json(Member) }, '409': refused('ship-full'), ...unknown },
      },
    },
    '/ships/{ship}/crew/{sailor}': {
      parameters: named('ship', 'sailor'),
      get: {
        operationId: 'crew.get',
        'x-effect': { read: 'crew', of },
        responses: { '200': { description: 'one', ...json(Member) }, ...unknown },
      },
      patch: {
        operationId: 'crew.update',
        'x-effect': { update: 'crew', of },
        requestBody: json({ type: 'object', properties: { rank: { type: ['string', 'null'] }, name: text } }),
        responses: { '200': { description: 'one', ...json(Member) }, ...unknown },
      },
      put: {
        operationId: 'crew.confirm',
        'x-effect': { update: 'crew', of, unknown: { crew: 'succeed', ship: 'succeed' } },
        requestBody: json(Entry),
        responses: { '204': { description: 'done' }, ...unknown },
      },
      delete: {
        operationId: 'crew.leave',
        'x-effect': { remove: 'crew', of },
        responses: { '204': { description: 'gone' }, ...unknown },
      },
    },
    '/pairs': {
      post: {
        operationId: 'pairs.add',
        'x-effect': { add: 'pairs', each: { ship: '/ships', sailor: '/sailors' }, unknown: { sailor: 'succeed' } },
        requestBody: json({ type: 'object', properties: { ships: list(text), sailors: list(text) } }),
        responses: { '204': { description: 'in' }, '409': refused('pairs-full') },
      },
    },
    '/ships/{ship}/pairs': {
      parameters: named('ship'),
      get: {
        operationId: 'pairs.list',
        'x-effect': { list: 'pair-dates', of: { ship: 'ship' }, query: { sailor: 'with' } },
        parameters: [{ name: 'with', in: 'query', schema: text }],
        responses: { '200': { description: 'all', ...json(list(Day)) }, ...unknown },
      },
      post: {
        operationId: 'pairs.date',
        'x-effect': { add: 'pair-dates', of: { ship: 'ship' }, each: { sailor: '/sailor', day: '/days' } },
        requestBody: json({ type: 'object', properties: { sailor: text, days: list(text) } }),
        responses: { '204': { description: 'in' }, '404': refused('no-ship', 'no-sailor') },
      },
    },
    '/ships/{ship}/days': {
      parameters: named('ship'),
      get: {
        operationId: 'days.list',
        'x-effect': {
          list: 'pair-dates',
          of: { ship: 'ship' },
          query: { sailor: 'with' },
          unknown: { sailor: 'succeed' },
        },
        parameters: [{ name: 'with', in: 'query', schema: text }],
        responses: { '200': { description: 'all', ...json(list(Day)) }, ...unknown },
      },
    },
  },
  components: {
    'x-resources': { ship: { key: 'id' }, sailor: { key: 'name' }, day: { key: 'date' } },
    'x-relations': {
      crew: {
        between: ['ship', 'sailor'],
        carries: ['rank', 'note'],
        limits: [
          { per: ['ship'], max: 3, problem: 'ship-full' },
          { per: ['sailor'], max: 1, problem: 'sailor-full' },
        ],
      },
      pairs: { between: ['ship', 'sailor'], limits: [{ per: [], max: 3 }] },
      'pair-dates': { between: ['ship', 'sailor', 'day'], limits: [{ per: ['ship'], max: 1 }] },
    },
    'x-problems': {
      'no-ship': { when: { unknown: 'ship' }, message: 'No ship {key}' },
      'no-sailor': { when: { unknown: 'sailor' }, message: 'No sailor {key}' },
      'not-aboard': { when: { unknown: 'crew' }, message: '{key} is not aboard' },
      'ship-full': { when: { full: 'crew' }, message: 'The ship takes {max}' },
      'sailor-full': { when: { full: 'crew' }, message: 'A sailor sails {max}' },
      'pairs-full': { when: { full: 'pairs' }, message: 'At most {max} pairs' },
    },
  },
});
const state = {
  ships: [{ id: 'argo' }, { id: 'beagle' }],
  sailors: ['ada', 'bob', 'cyd', 'dan', 'eve'].map((name) => ({ name })),
  days: [{ date: 'monday' }, { date: 'friday' }],
  crew: [{ ship: 'argo', sailor: 'ada', rank: 'mate' }],
};

type Call = (method: string, path: string, body?: unknown) => Promise<readonly [status: number, body: unknown]>;

async function harbor(): Promise<Call> {
  const tenant = await createTenant(contract, { state });
  return async (method, target, sent) => {
    const [path = '', query = ''] = target.split('?');
    const body = sent === undefined ? '' : JSON.stringify(sent);
    const headers = { 'content-type': 'application/json' };
    const answer = await tenant.handle({ method, path, query, headers, body });
    return [answer.status, answer.body === '' ? undefined : JSON.parse(answer.body)];
  };
}

let call: Call;
beforeEach(async () => {
  call = await harbor();
});
const CREW = '/ships/argo/crew';
const crewOf = async (ship: string) =>
  ((await call('GET', `/ships/${ship}/crew`))[1] as { name: string }[]).map(({ name }) => name);

const refusal = (status: number, message: string) => [status, { text: message }];

describe('adding', () => {
  test('shows what was added, with what the entries carry; a flag of false removes', async () => {
    const sailors = [
      { name: 'bob', rank: 'cook', other: 1 },
      { name: 'cyd', aboard: true },
      { name: 'ada', aboard: false },
    ];
    const added = [{ name: 'bob', rank: 'cook' }, { name: 'cyd' }];
    expect(await call('POST', CREW, { sailors })).toEqual([200, added]);
    expect(await call('GET', CREW)).toEqual([200, added]);
  });

  test('nothing is a success', async () => {
    for (const body of [{}, { sailors: [] }]) expect(await call('POST', CREW, body)).toEqual([200, []]);
    expect(await crewOf('argo')).toEqual(['ada']);
  });

  test('what is known keeps what it carries, and counts towards no limit', async () => {
    const sailors = [{ name: 'ada', rank: 'cook' }, { name: 'bob' }, { name: 'cyd' }];
    expect((await call('POST', CREW, { sailors }))[0]).toBe(200);
    expect(await call('GET', `${CREW}/ada`)).toEqual([200, { name: 'ada', rank: 'mate' }]);
  });

  test.each<{ ship?: string; names: readonly string[]; want: unknown }>([
    { names: ['bob', 'none'], want: refusal(404, 'No sailor none') },
    { ship: 'none', names: ['bob'], want: refusal(404, 'No ship none') },
    { names: ['bob', 'cyd', 'dan'], want: refusal(409, 'The ship takes 3') },
    { ship: 'beagle', names: ['bob', 'ada'], want: refusal(409, 'A sailor sails 1') },
  ])('$names to $ship is refused as a whole', async ({ ship = 'argo', names, want }) => {
    const sailors = names.map((name) => ({ name }));
    expect(await call('POST', `/ships/${ship}/crew`, { sailors })).toEqual(want);
    expect([await crewOf('argo'), await crewOf('beagle')]).toEqual([['ada'], []]);
  });

  test('a limit counts each group of what it is per by itself', async () => {
    const names = async (ship: string, ...sailors: readonly string[]) =>
      (await call('POST', `/ships/${ship}/crew`, { sailors: sailors.map((name) => ({ name })) }))[0];
    expect([await names('argo', 'bob', 'cyd'), await names('beagle', 'dan', 'eve')]).toEqual([200, 200]);
  });

  test('the body may be the only entry, and its item the answer', async () => {
    await call('DELETE', `${CREW}/ada`);
    expect(await call('POST', '/ships/beagle/captain', { name: 'ada', rank: 'captain' })).toEqual([
      201,
      { name: 'ada', rank: 'captain' },
    ]);
    expect(await call('POST', '/ships/beagle/captain', { name: 'none' })).toEqual(refusal(404, 'No sailor none'));
  });
});

describe('the pairs of two lists', () => {
  const add = (ships: unknown, sailors?: unknown) => call('POST', '/pairs', { ships, sailors });

  test('are all added, without those of unknown names where that is no error', async () => {
    expect(await add(['argo', 'beagle'], ['ada', 'none', 'ada'])).toEqual([204, undefined]);
    expect(await add(['argo', 'beagle'], ['bob'])).toEqual(refusal(409, 'At most 3 pairs'));
    expect(await add(['argo'], ['ada', 'bob'])).toEqual([204, undefined]);
    expect(await add(['beagle'], ['bob'])).toEqual(refusal(409, 'At most 3 pairs'));
    expect(await add(['none'], ['bob'])).toMatchObject([404, { text: 'No ship none' }]);
    for (const [ships, sailors] of [
      [[], ['bob']],
      [['beagle'], []],
      [['beagle'], undefined],
    ])
      expect(await add(ships, sailors)).toEqual([204, undefined]);
  });

  test('are named by path, query and body together; a limit that no problem documents holds nothing back', async () => {
    expect(await call('POST', '/ships/argo/pairs', { sailor: 'ada', days: ['monday', 'friday'] })).toEqual([
      204,
      undefined,
    ]);
    expect(await call('POST', '/ships/argo/pairs', { sailor: 'bob', days: ['friday'] })).toEqual([204, undefined]);
    const days = async (sailor: string) => call('GET', `/ships/argo/pairs?with=${sailor}`);
    expect(await days('ada')).toEqual([200, [{ date: 'monday' }, { date: 'friday' }]]);
    expect(await days('bob')).toEqual([200, [{ date: 'friday' }]]);
    expect(await days('cyd')).toEqual([200, []]);
    expect(await days('none')).toEqual(refusal(404, 'No sailor none'));
    expect(await call('GET', '/ships/argo/days?with=none')).toEqual([200, []]);
    expect(await call('GET', '/ships/none/days?with=ada')).toEqual(refusal(404, 'No ship none'));
  });
});

describe('one tuple', () => {
  test('is read, or said to be missing', async () => {
    expect(await call('GET', `${CREW}/ada`)).toEqual([200, { name: 'ada', rank: 'mate' }]);
    expect(await call('GET', `${CREW}/bob`)).toEqual(refusal(404, 'bob is not aboard'));
    expect(await call('GET', `${CREW}/none`)).toEqual(refusal(404, 'No sailor none'));
  });

  test('changes what it carries and nothing else; null removes', async () => {
    expect(await call('PATCH', `${CREW}/ada`, { rank: 'cook', name: 'x' })).toEqual([
      200,
      { name: 'ada', rank: 'cook' },
    ]);
    await call('PUT', `${CREW}/ada`, { note: 'n' });
    expect(await call('PATCH', `${CREW}/ada`, { rank: null })).toEqual([200, { name: 'ada', note: 'n' }]);
    expect(await call('GET', `${CREW}/ada`)).toEqual([200, { name: 'ada', note: 'n' }]);
    expect(await call('PATCH', `${CREW}/bob`, { rank: 'x' })).toEqual(refusal(404, 'bob is not aboard'));
  });

  test.each(['/ships/none/crew/ada', `${CREW}/bob`])('that is unknown may be a success: %s', async (path) => {
    expect(await call('PUT', path, { rank: 'x' })).toEqual([204, undefined]);
    expect(await call('PUT', `${CREW}/none`, { rank: 'x' })).toEqual(refusal(404, 'No sailor none'));
    expect(await call('GET', CREW)).toEqual([200, [{ name: 'ada', rank: 'mate' }]]);
  });

  test('is removed, also where it is missing', async () => {
    expect(await call('DELETE', `${CREW}/bob`)).toEqual([204, undefined]);
    expect(await call('DELETE', `${CREW}/ada`)).toEqual([204, undefined]);
    expect(await call('DELETE', `${CREW}/none`)).toEqual(refusal(404, 'No sailor none'));
    expect(await crewOf('argo')).toEqual([]);
  });
});

test('removing a list is refused as a whole for an unknown name, and says nothing else', async () => {
  expect(await call('DELETE', CREW, { sailors: ['ada', 'none'] })).toEqual(refusal(404, 'No sailor none'));
  expect(await crewOf('argo')).toEqual(['ada']);
  expect(await call('DELETE', CREW)).toEqual([200, {}]);
  expect(await call('DELETE', CREW, { sailors: ['ada', 'bob'] })).toEqual([200, {}]);
  expect(await call('DELETE', '/ships/none/crew', { sailors: ['ada'] })).toEqual([200, {}]);
  expect([await crewOf('argo'), await crewOf('none')]).toEqual([[], []]);
});
