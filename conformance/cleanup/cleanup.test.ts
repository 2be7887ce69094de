import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { Stop } from '../engine/stop.js';
import { type Created, CreatedResources } from '../fixtures/created-resources.js';
import { Effects } from '../lookup/effects.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { parseJson, TargetFailure } from '../target/target.js';
import { cleanUp } from './cleanup.js';

const json = { description: 'x', content: { 'application/json': { schema: {} } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/berths': {
      get: { 'x-effect': { list: 'berth', as: 'berths', next: 'until-short' }, responses: { '200': json } },
    },
    '/berths/{id}': {
      get: { parameters: [id], 'x-effect': { read: 'berth', of: { berth: 'id' } }, responses: { '200': json } },
      delete: {
        parameters: [id],
        'x-effect': { delete: 'berth', of: { berth: 'id' } },
        responses: { '204': { description: 'x' }, '404': json },
      },
    },
    '/masts': { get: { 'x-effect': { list: 'mast', as: 'masts' }, responses: { '200': json } } },
    '/masts/{id}': {
      delete: { parameters: [id], 'x-effect': { delete: 'mast', of: { mast: 'id' } }, responses: { '404': json } },
    },
    '/sails': { get: { 'x-effect': { list: 'sail', as: 'sails' }, responses: { '200': json } } },
    '/sails/{id}': {
      get: { parameters: [id], 'x-effect': { read: 'sail', of: { sail: 'id' } }, responses: { '200': json } },
      delete: { parameters: [id], 'x-effect': { delete: 'sail', of: { sail: 'id' } }, responses: { '200': json } },
    },
    '/ships/{id}': {
      delete: {
        parameters: [id],
        'x-effect': { delete: 'ship', of: { ship: 'id' } },
        responses: { '204': { description: 'x' } },
      },
    },
  },
  components: {
    'x-resources': {
      berth: { key: 'id' },
      ship: { key: 'id', refers: { berth_id: 'berth' } },
      buoy: { key: 'id' },
      mast: { key: 'id', derived: true },
      sail: { key: 'id', derived: true },
    },
  },
});
const effects = new Effects(contract);

type Answer = readonly [status: number, text?: string];
type Reply = Answer | 'lost' | 'stopped' | Error;

const BERTH: Created = { resource: 'berth', id: 'b1', label: 'berth rc1' };
const SHIP: Created = { resource: 'ship', id: 's1', label: 's1' };
const BUOY: Created = { resource: 'buoy', id: 'y1', label: '' };

/** What cleaning up sends, and what it says is left. */
async function cleaned(
  things: readonly Created[],
  reply: (request: string, count: number) => Reply,
  {
    suspects = [],
    workers = 1,
    mark,
  }: { suspects?: readonly (readonly [string, string])[]; workers?: number; mark?: string } = {},
): Promise<{ readonly sent: readonly string[]; readonly left: readonly string[] }> {
  const created = new CreatedResources(() => undefined);
  for (const thing of things) created.add(thing);
  for (const [resource, text] of suspects) created.suspect({ resource, text });
  const sent: string[] = [];
  const send = async (request: PlannedRequest): Promise<Exchange> => {
    const line = `${request.method} ${request.path.split('?')[0]}`;
    sent.push(line);
    const answer = reply(line, sent.filter((other) => other === line).length);
    const [status, text = ''] = Array.isArray(answer) ? (answer as Answer) : [0];
    const exchange = { request, response: { status, headers: {}, text, ...parseJson(text) }, durationMs: 1 };
    if (answer instanceof Error) throw answer;
    const failure = new TargetFailure('reset', 'It broke.');
    if (answer === 'lost') throw new NoAnswer(exchange, failure, undefined);
    if (answer === 'stopped') throw new NoAnswer(exchange, failure, new Stop('Over.', 'cancelled'));
    return exchange;
  };
  const left = await cleanUp({ contract, effects, created, workers, send, ...(mark && { mark }) });
  return { sent, left };
}

const LIST = 'GET /berths';
const READ = 'GET /berths/b1';
const REMOVE = 'DELETE /berths/b1';
const list = (...entries: readonly Json[]): Answer => [200, JSON.stringify({ berths: [...entries] })];
const html: Answer = [200, '<html>'];
/** A target that works, but for these requests. */
const working =
  (others: Readonly<Record<string, Reply>> = {}) =>
  (request: string): Reply =>
    others[request] ?? (request === LIST ? list() : request.startsWith('DELETE') ? [204] : [200, '{"id":"b1"}']);

it('does not believe a 404 where the target no longer answers at the end', async () => {
  const removedTwice: Answer = [404, '{}'];
  const reply = (last: Reply) => (request: string, count: number) => {
    if (request === LIST) return count === 1 ? list({ id: 'b1' }) : last;
    return request === REMOVE ? removedTwice : ([204] as const);
  };
  expect((await cleaned([BERTH, SHIP], reply('stopped'))).left).toEqual(['berth b1 (berth rc1)']);
  expect((await cleaned([BERTH, SHIP], reply(list()))).left).toEqual([]);
});

it('names what it found of a lost creation, where a 404 of its deletion means nothing', async () => {
  const reply = (request: string, count: number): Reply => {
    if (request === LIST) return count <= 2 ? list({ id: 'b2', name: 'berth rc2' }) : html;
    return request.startsWith('DELETE') ? [404, '{}'] : html;
  };
  const { left } = await cleaned([BERTH], reply, { suspects: [['berth', 'berth rc2']] });
  expect(left).toEqual(expect.arrayContaining(['berth b2 (berth rc2)', 'berth b1 (berth rc1)']));
});

describe('removes what the run created', () => {
  it('what refers to others first, with a listing before and after', async () => {
    expect(await cleaned([BERTH, SHIP], working())).toEqual({
      sent: [LIST, 'DELETE /ships/s1', REMOVE, LIST],
      left: [],
    });
  });

  it('sends nothing where nothing was created', async () => {
    expect(await cleaned([], working())).toEqual({ sent: [], left: [] });
  });

  it('reads a resource where there is no listing to show that answers mean anything', async () => {
    expect(await cleaned([BERTH], working({ [LIST]: html }))).toMatchObject({
      sent: [LIST, READ, REMOVE, LIST],
      // By now only the list could show anything, and it does not.
      left: ['berth b1 (berth rc1)'],
    });
  });

  it('with as many requests side by side as there are workers', async () => {
    const berths = ['b1', 'b2', 'b3'].map((name): Created => ({ ...BERTH, id: name }));
    const { sent, left } = await cleaned(berths, working(), { workers: 2 });
    expect([left, sent.filter((line) => line.startsWith('DELETE')).sort()]).toEqual([
      [],
      ['DELETE /berths/b1', 'DELETE /berths/b2', 'DELETE /berths/b3'],
    ]);
  });

  it('names what no operation deletes', async () => {
    expect(await cleaned([BUOY, SHIP], working())).toEqual({ sent: ['DELETE /ships/s1'], left: ['buoy y1'] });
  });
});

describe('an answer to a removal', () => {
  it.each<{ given: string; answer: Reply; reading?: Reply; left: boolean; reads?: boolean }>([
    { given: 'a documented success', answer: [204], left: false },
    { given: 'a 404 in JSON: it is gone already', answer: [404, '{}'], left: false },
    { given: 'an empty 404', answer: [404], left: false },
    { given: 'an empty 410', answer: [410], left: false },
    { given: 'a 404 with a page', answer: [404, '<html>'], left: true },
    { given: 'a 404 with a text', answer: [404, '404 page not found'], left: false },
    { given: 'a refusal', answer: [403, '{}'], left: true },
    { given: 'a page with a success, when it is gone', answer: html, reading: [404, '{}'], left: false, reads: true },
    {
      given: 'a page with a success, when it is still there',
      answer: html,
      reading: [200, '{"id":"b1"}'],
      left: true,
      reads: true,
    },
  ])('$given', async ({ answer, reading, left, reads = false }) => {
    const ended = await cleaned([BERTH], working({ [REMOVE]: answer, ...(reading && { [READ]: reading }) }));
    expect(ended.left).toEqual(left ? ['berth b1 (berth rc1)'] : []);
    expect(ended.sent).toEqual([LIST, REMOVE, ...(reads ? [READ] : []), LIST]);
  });

  it('of a text alone, which may be about the path, leaves what the document lists no 404 for', async () => {
    const sail: Created = { resource: 'sail', id: 's1', label: 'sail rc1' };
    const answers = working({ 'DELETE /sails/s1': [404, '404 page not found'] });
    expect((await cleaned([sail], answers)).left).toEqual(['sail s1 (sail rc1)']);
  });

  it('that never comes: it is sent five times', async () => {
    const ended = await cleaned([BERTH], working({ [REMOVE]: 'lost' }));
    expect(ended).toEqual({
      sent: [LIST, REMOVE, REMOVE, REMOVE, REMOVE, REMOVE, LIST],
      left: ['berth b1 (berth rc1)'],
    });
    expect(
      await cleaned([BERTH], (request, count) => (request === REMOVE && count < 3 ? 'lost' : working()(request))),
    ).toEqual({
      sent: [LIST, REMOVE, REMOVE, REMOVE, LIST],
      left: [],
    });
  });
});

describe('removals that a server error ends', () => {
  const ships = (count: number) =>
    Array.from({ length: count }, (_, index): Created => ({ resource: 'ship', id: `s${index}`, label: '' }));

  it('are sent again, one after the other', async () => {
    const busy = (_request: string, count: number): Reply => (count === 1 ? [503, 'database is locked'] : [204]);
    expect((await cleaned(ships(9), busy, { workers: 4 })).left).toEqual([]);
  });

  it.each<[what: string, reading: Reply, left: readonly string[]]>([
    ['and that had their effect', [404, '{}'], []],
    ['and that had none', [200, '{"id":"b1"}'], ['berth b1 (berth rc1)']],
    ['where reading fails too', [500, 'oh'], ['berth b1 (berth rc1)']],
    ['where reading gets no answer', 'lost', ['berth b1 (berth rc1)']],
  ])('are looked after: %s', async (_what, reading, left) => {
    const ended = await cleaned([BERTH], working({ [REMOVE]: [500, 'oh'], [READ]: reading }));
    expect(ended.left).toEqual(left);
    expect(ended.sent.filter((line) => line === REMOVE)).toHaveLength(left.length + 1);
  });

  it('are given up after four in a row', async () => {
    const { sent, left } = await cleaned(ships(9), () => [500, 'oh']);
    expect([sent.length, left.length]).toEqual([9 + 4, 9]);
  });
});

describe('ends early', () => {
  const many = Array.from({ length: 9 }, (_, index): Created => ({ resource: 'ship', id: `s${index}`, label: '' }));

  it('after four removals in a row without an answer', async () => {
    const { sent, left } = await cleaned(many, () => 'lost');
    expect([sent.length, left.length]).toEqual([4 * 5, 9]);
  });

  it('but not after four in all', async () => {
    let count = 0;
    const { left } = await cleaned(many, () => {
      count += 1;
      return count % 6 === 0 ? [204] : 'lost';
    });
    // Five attempts are lost, then one removal succeeds at once.
    expect(left).toHaveLength(5);
  });

  it.each<[string, Reply]>([
    ['the run was cancelled', 'stopped'],
    ['the session stops', new Stop('Over.', 'time')],
  ])('when %s', async (_, reply) => {
    const { sent, left } = await cleaned(many, () => reply);
    expect([sent.length, left.length]).toEqual([1, 9]);
  });

  it('with a defect, which stays as it is', async () => {
    await expect(cleaned([BERTH], () => new TypeError('oh'))).rejects.toThrow(TypeError);
  });
});

describe('a target whose answers mean nothing has removed nothing', () => {
  it.each<{ given: string; reply: (request: string, count: number) => Reply }>([
    { given: 'it answers everything with a page', reply: () => html },
    { given: 'it answers everything with 404', reply: () => [404, '{}'] },
    { given: 'it shows another resource', reply: working({ [LIST]: html, [READ]: [200, '{"id":"b2"}'] }) },
    {
      given: 'it has no list where one is documented',
      reply: working({ [LIST]: [200, '{"berths":{}}'], [READ]: [200, '[]'] }),
    },
    {
      given: 'it turned meanwhile',
      reply: (request, count) => (request === LIST && count > 1 ? html : working()(request)),
    },
  ])('$given', async ({ reply }) => {
    expect((await cleaned([BERTH], reply)).left).toEqual(['berth b1 (berth rc1)']);
  });
});

describe('a resource whose creation got no answer', () => {
  const suspects = [['berth', 'rc9']] as const;
  const found: Json = { id: 'b1', name: 'a berth rc9' };

  it('is found in the listing by its mark, and removed', async () => {
    const shown = (request: string, count: number): Reply =>
      request === LIST && count === 1 ? list({ id: 'b2', name: 'other' }, found) : working()(request);
    expect(await cleaned([], shown, { suspects })).toEqual({ sent: [LIST, REMOVE], left: [] });
  });

  it('is not there where the listing is complete without it, now and at the end', async () => {
    expect(await cleaned([], working(), { suspects })).toEqual({ sent: [LIST, LIST], left: [] });
  });

  it('is removed where the create request has its effect only after the first search', async () => {
    const late = (request: string, count: number): Reply =>
      request === LIST && count > 1 ? list(found) : working()(request);
    expect(await cleaned([], late, { suspects })).toEqual({ sent: [LIST, LIST, REMOVE], left: [] });
  });

  it('is perhaps left where the answers of the target mean nothing', async () => {
    const reply = working({ [LIST]: [200, '{"berths":{}}'], [READ]: [200, '[]'] });
    const { left } = await cleaned([BERTH], reply, { suspects });
    expect(left).toEqual(['berth b1 (berth rc1)', 'perhaps a berth with rc9']);
  });

  it('is perhaps left where the target no longer shows it at the end', async () => {
    const turned = (request: string, count: number): Reply =>
      request === LIST && count > 1 ? html : working()(request);
    expect((await cleaned([], turned, { suspects })).left).toEqual(['perhaps a berth with rc9']);
  });

  it('is searched again only if it may be among the last requests', async () => {
    const many = [['berth', 'rc7'], ['berth', 'rc8'], ...suspects] as const;
    const late = (request: string, count: number): Reply =>
      request === LIST && count > 1 ? list({ id: 'b7', name: 'a berth rc7' }, found) : working()(request);
    expect(await cleaned([], late, { suspects: many })).toEqual({ sent: [LIST, LIST, REMOVE], left: [] });
  });

  it.each<{
    given: string;
    suspects: readonly (readonly [string, string])[];
    reply: (request: string) => Reply;
    left: string;
  }>([
    {
      given: 'the listing is no listing',
      suspects,
      reply: working({ [LIST]: html }),
      left: 'perhaps a berth with rc9',
    },
    {
      given: 'the listing gets no answer',
      suspects,
      reply: working({ [LIST]: 'lost' }),
      left: 'perhaps a berth with rc9',
    },
    { given: 'there is no listing', suspects: [['buoy', 'rc9']], reply: working(), left: 'perhaps a buoy with rc9' },
  ])('is perhaps left where $given', async ({ suspects, reply, left }) => {
    expect((await cleaned([], reply, { suspects })).left).toEqual([left]);
  });
});

const MIZZEN = 'mizzen rc3fk2m9xq0-0001';
const isMizzen: Answer = [200, `{"masts": [{"id": 4, "name": "${MIZZEN}"}]}`];

it.each<[what: string, removal: Answer, listed: Json, want: readonly string[]]>([
  ['and removed', [404, '{}'], MIZZEN, []],
  ['and named once where it stays', [403, '{}'], MIZZEN, [`mast 4 (${MIZZEN})`]],
  [
    'but what only quotes it is not',
    [404, '{}'],
    `of ${MIZZEN}`,
    [`perhaps mast 4 (of ${MIZZEN})`, `perhaps a mast with ${MIZZEN}`],
  ],
])('what a creation without an answer made is found after a busy time, %s', async (_, removal, name, want) => {
  const reply = (request: string, count: number): Reply => {
    if (request.startsWith('DELETE')) return removal;
    if (request === 'GET /sails') return [200, '{"sails": []}'];
    return count === 1 ? 'lost' : [200, JSON.stringify({ masts: [{ id: 4, name }] })];
  };
  const { left, sent } = await cleaned([], reply, { suspects: [['mast', MIZZEN]], mark: 'rc3fk2m9xq0' });
  expect(left).toEqual(want);
  expect(sent.includes('DELETE /masts/4')).toBe(name === MIZZEN);
});

it('a listing without an answer does not end the search in others', async () => {
  const reply = (request: string): Reply => {
    if (request === 'GET /masts') return 'lost';
    if (request.startsWith('DELETE')) return [404, '{}'];
    return [200, `{"sails": [{"id": 4, "name": "of ${MIZZEN}"}], "id": 4}`];
  };
  const { left } = await cleaned([], reply, { suspects: [['mast', MIZZEN]], mark: 'rc3fk2m9xq0' });
  expect(left).toContain(`perhaps sail 4 (of ${MIZZEN})`);
});

it.each<[removal: Answer, listed: Answer, want: readonly string[]]>([
  [[404, '{}'], [200, '{"masts": []}'], []],
  [[404, '{}'], [200, '{"masts": [{"id": 4, "name": "mizzen"}]}'], [`mast 4 (${MIZZEN})`]],
  [[404, '{}'], [200, '{"masts": [{"id": 5, "name": "main"}]}'], []],
  [[204], isMizzen, [`mast 4 (${MIZZEN})`]],
  [[204], [200, `{"masts": [{"id": 4, "name": "${MIZZEN}", "is_deleted": true}]}`], []],
  [[404, '{}'], [200, `{"masts": [{"id": 4, "name": "${MIZZEN}", "deleted_at": "2026-01-01"}]}`], []],
  // A mock shows the same items whatever was created.
  [[204], [200, '{"masts": [{"id": 4, "name": "main"}]}'], []],
])('what a derived path does not find, or removes, is gone unless it is listed: %#', async (removal, listed, want) => {
  const mast: Created = { resource: 'mast', id: '4', label: MIZZEN };
  const { left } = await cleaned([mast], (request) => (request === 'GET /masts' ? listed : removal));
  expect(left).toEqual(want);
});

it.each<[what: string, read: Answer, want: readonly string[]]>([
  ['left, where it can be read as well', [200, `{"id": 4, "name": "${MIZZEN}"}`], [`sail 4 (${MIZZEN})`]],
  ['gone, where reading it says so: the listing is late', [404, '{}'], []],
  ['gone, where it says that it is deleted', [200, `{"id": 4, "name": "${MIZZEN}", "deleted": true}`], []],
])('what a listing still shows after its removal is %s', async (_, read, want) => {
  const sail: Created = { resource: 'sail', id: '4', label: MIZZEN };
  const replies: Readonly<Record<string, Answer>> = {
    'GET /sails': [200, '{"sails": [{"id": 4}]}'],
    'DELETE /sails/4': [200, '{}'],
  };
  const { left } = await cleaned([sail], (request) => replies[request] ?? read);
  expect(left).toEqual(want);
});

it('what was removed and is still there is removed again', async () => {
  const sail: Created = { resource: 'sail', id: '4', label: MIZZEN };
  let removals = 0;
  const { left, sent } = await cleaned([sail], (request): Answer => {
    if (request.startsWith('DELETE')) removals += 1;
    if (request.startsWith('DELETE')) return [200, '{}'];
    const shown = removals < 2 ? [{ id: 4, name: MIZZEN }] : [];
    if (request === 'GET /sails') return [200, JSON.stringify({ sails: shown })];
    return shown.length > 0 ? [200, JSON.stringify(shown[0])] : [404, '{}'];
  });
  expect([left, sent.filter((each) => each.startsWith('DELETE'))]).toEqual([
    [],
    ['DELETE /sails/4', 'DELETE /sails/4'],
  ]);
});
