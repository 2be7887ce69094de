import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { SuppliedFixtures } from '../fixtures/supplied.js';
import { Journal } from '../journal/journal.js';
import { parseJournal } from '../journal/read-journal.js';
import { signIn } from '../lookup/mark.js';
import type { Report } from '../report/report.js';
import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target, TargetFailure } from '../target/target.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Servers whose answers to creations name something else than what was created: what was there before stays. */

const text: JsonObject = { type: 'string' };
const refusals = Object.fromEntries(
  ['400', '404', '413'].map((status) => [status, { description: 'no', ...json({ type: 'object' }) }]),
);
const answers = (status: string, content: JsonObject = {}) => ({
  responses: { [status]: { description: 'ok', ...content }, ...refusals },
});

interface Shape {
  /** Properties of a boat that requests have. */
  readonly properties?: JsonObject;
  /** Those that may be left out. */
  readonly optional?: JsonObject;
  readonly without?: 'get' | 'list';
}

function contractOf({ properties = { name: text }, optional = {}, without }: Shape) {
  const id = { id: { ...text, readOnly: true } };
  const boat: JsonObject = {
    type: 'object',
    required: Object.keys(properties),
    properties: { ...id, ...properties, ...optional },
  };
  const sail: JsonObject = { type: 'object', required: ['name'], properties: { ...id, name: text } };
  const [boatId, sailId] = ['boat', 'sail'].map((name) => ({ name, in: 'path', required: true, schema: text }));
  const item = (schema: JsonObject) => ({
    ...(without === 'get' ? {} : { get: answers('200', json(schema)) }),
    delete: answers('204'),
  });
  const all = (schema: JsonObject) => ({
    ...(without === 'list' ? {} : { get: answers('200', json({ type: 'array', items: schema })) }),
    post: { requestBody: { required: true, ...json(schema) }, ...answers('201', json(schema)) },
  });
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    paths: {
      '/boats': all(boat),
      '/boats/{boat}': { parameters: [boatId ?? {}], ...item(boat) },
      '/boats/{boat}/sails': { parameters: [boatId ?? {}], ...all(sail) },
      '/boats/{boat}/sails/{sail}': { parameters: [boatId ?? {}, sailId ?? {}], ...item(sail) },
    },
  };
  return withDerivedState(readContract(document)).contract;
}

/** What a server keeps, and answers, at a creation. */
interface Made {
  readonly stored?: JsonObject;
  readonly answered: JsonObject;
}
type Make = (sent: JsonObject, count: number, all: Map<string, JsonObject>, collection: string) => Made;

const usual: Make = (sent, count) => {
  const stored = { ...sent, id: `item-${count}` };
  return { stored, answered: stored };
};

interface Manners {
  readonly isLenient?: boolean;
  readonly makesParents?: boolean;
}

class Harbour {
  readonly stored = new Map<string, JsonObject>();
  readonly removed: string[] = [];
  made = 0;
  readonly #make: Make;
  /** The prefix of keys whose creations are made in the way that is tried: of boats or of sails. */
  readonly #odd: RegExp;
  /** Whether it takes any body. */
  readonly #isLenient: boolean;

  /** Whether it makes the boat that a new sail names. */
  readonly #makesParents: boolean;

  constructor(make: Make, odd: RegExp, { isLenient = false, makesParents = false }: Manners) {
    this.#make = make;
    this.#odd = odd;
    this.#isLenient = isLenient;
    this.#makesParents = makesParents;
  }

  answer(request: HttpRequest): TargetResponse {
    if (request.method !== 'HEAD') return this.#answer(request);
    const { status, headers } = this.#answer({ ...request, method: 'GET' });
    return { status, headers, text: '' };
  }

  #answer({ method, path, body }: HttpRequest): TargetResponse {
    const parts = (path.split('?')[0] ?? '').split('/').slice(1).map(decodeURIComponent);
    const key = parts.join('/');
    const sails = parts[2] === undefined || parts[2] === 'sails';
    if (parts[0] !== 'boats' || !sails || parts.length > 4) return answerOf(404, {});
    const isMade = this.#makesParents && method === 'POST';
    if (parts.length > 2 && !isMade && !this.stored.has(`boats/${parts[1]}`)) return answerOf(404, {});
    if (parts.length % 2 === 0) return this.#item(method, key);
    if (method === 'GET') return answerOf(200, this.#under(key));
    const sent = parseJson(body ?? '').json;
    if ((body ?? '').length > 100_000) return answerOf(413, {});
    const isRight = isObject(sent) && Object.values(sent).every((value) => typeof value === 'string');
    const isTaken = this.#isLenient || (isRight && Object.keys(sent).length > 0);
    if (method !== 'POST' || !isTaken) return answerOf(400, {});
    this.made += 1;
    const make = this.#odd.test(key) ? this.#make : usual;
    const { stored, answered } = make(isObject(sent) ? sent : {}, this.made, this.stored, key);
    if (stored !== undefined) this.stored.set(`${key}/${stored.id}`, stored);
    return answerOf(201, answered);
  }

  #under(key: string): readonly JsonObject[] {
    const own = [...this.stored].filter(([name]) => name.slice(0, name.lastIndexOf('/')) === key);
    return own.map(([, item]) => item);
  }

  #item(method: string, key: string): TargetResponse {
    const item = this.stored.get(key);
    if (item === undefined) return answerOf(404, {});
    if (method === 'GET') return answerOf(200, item);
    if (method !== 'DELETE') return answerOf(400, {});
    this.removed.push(key);
    for (const name of [...this.stored.keys()])
      if (name === key || name.startsWith(`${key}/`)) this.stored.delete(name);
    return { status: 204, headers: {}, text: '' };
  }
}

function answerOf(status: number, body: Json): TargetResponse {
  const content = JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, text: content, ...parseJson(content) };
}

const ARGO: JsonObject = { id: 'argo', name: 'Argo' };
const MAIN: JsonObject = { id: 'main', name: 'Main' };

interface Run {
  readonly report: Report;
  readonly harbour: Harbour;
  /** What is there in the end, by path. */
  readonly left: Readonly<Record<string, Json>>;
}

interface Options extends Shape, Manners {
  readonly make: Make;
  readonly odd?: RegExp;
  readonly journal?: Journal;
  readonly only?: readonly string[];
  /** What is there besides, by path. */
  readonly more?: Readonly<Record<string, JsonObject>>;
  readonly fixtures?: SuppliedFixtures;
}

async function run({ make, odd = /^boats$/, more = {}, only = ['*'], ...options }: Options): Promise<Run> {
  const { journal, fixtures, ...shape } = options;
  const harbour = new Harbour(make, odd, options);
  harbour.stored.set('boats/argo', ARGO).set('boats/argo/sails/main', MAIN);
  for (const [path, item] of Object.entries(more)) harbour.stored.set(path, item);
  const target: Target = {
    name: 'harbour',
    url: 'http://127.0.0.1:1',
    audience: 'harbour',
    credentials: {},
    metered: false,
    workers: 2,
    send: async (request) => harbour.answer(request),
    close: async () => undefined,
  };
  const report = await verifyTarget(contractOf(shape), target, {
    ...(journal && { journal }),
    ...(fixtures && { fixtures }),
    only,
  });
  return { report, harbour, left: Object.fromEntries(harbour.stored) };
}

const THEIRS = { 'boats/argo': ARGO, 'boats/argo/sails/main': MAIN };

describe.each([
  ['without a journal', undefined],
  ['with one', () => new Journal(HEADER, memorySink())],
])('a creation that names what was there before, %s', (_what, journalOf) => {
  const journal = () => (journalOf === undefined ? {} : { journal: journalOf() });

  test.each<[string, Shape]>([
    ['that operations read and list', {}],
    ['that no operation lists', { without: 'list' }],
    ['that no operation reads', { without: 'get' }],
  ])('of boats %s', async (_given, shape) => {
    const make: Make = (sent, count) => ({
      stored: { ...sent, id: `boat-${count}` },
      answered: { ...sent, id: 'argo' },
    });
    const { report, harbour, left } = await run({ ...journal(), ...shape, make });
    expect(harbour.made).toBeGreaterThan(0);
    expect(left).toMatchObject(THEIRS);
    const kept = Object.entries(left).filter(([key]) => !(key in THEIRS));
    const signed = kept.filter(([, item]) => signIn(JSON.stringify(item)) !== undefined);
    // What bears no sign cannot be found; the report says so.
    const unknown = report.leftovers.filter((line) => line.startsWith('perhaps what POST /boats created'));
    expect(unknown.length > 0).toBe(kept.length > signed.length);
    for (const [, item] of signed) expect(report.leftovers.join()).toContain(signIn(JSON.stringify(item)));
    expect(signed.length > 0).toBe(shape.without === 'list');
  });

  test('of boats that others are under, where only those are checked', async () => {
    const make: Make = (sent, count) => ({
      stored: { ...sent, id: `boat-${count}` },
      answered: { ...sent, id: 'argo' },
    });
    const { left } = await run({ ...journal(), make, only: ['*sails*/*'] });
    expect(left).toEqual(THEIRS);
  });
});

test.each([
  ['', () => false],
  [', and a lost answer', (count: number) => count % 3 > 0],
])('what was there before, and what a creation changes, is named and stays%s', async (_what, isLost) => {
  const properties = { kind: { type: 'string', enum: ['sloop', 'yawl'] }, name: text };
  const make: Make = (sent, count, all) => {
    const stored = { ...ARGO, ...sent };
    all.set('boats/argo', stored);
    if (isLost(count)) throw new TargetFailure('reset', 'socket hang up');
    return { stored, answered: stored };
  };
  const { report, harbour } = await run({ make, properties });
  expect(harbour.made).toBeGreaterThan(0);
  expect(harbour.removed).not.toContain('boats/argo');
  expect(report.leftovers).toEqual([
    expect.stringMatching(/^not boat argo \(.+\): it was there before, and a creation changed it$/),
  ]);
});

test.each<[string, Make]>([
  ['what was there before', () => ({ answered: ARGO })],
  [
    'a job',
    (sent, count) => ({ stored: { ...sent, id: `boat-${count}` }, answered: { id: `job-${count}`, name: 'creation' } }),
  ],
])('a server that answers most creations with the new item, and some with %s', async (_what, other) => {
  const make: Make = (sent, count, all, collection) => (count % 4 === 0 ? other : usual)(sent, count, all, collection);
  const { report, harbour, left } = await run({ make });
  expect(harbour.made).toBeGreaterThan(10);
  expect([left, report.leftovers]).toEqual([THEIRS, []]);
});

test('what a server stores twice, and names once, is named by its id', async () => {
  const make: Make = (sent, count, all) => {
    all.set(`boats/twin-${count}`, { ...sent, id: `twin-${count}` });
    return usual(sent, count, all, 'boats');
  };
  const { report, left } = await run({ make, only: ['*/created-is-read'] });
  const twins = Object.entries(left).filter(([path]) => !(path in THEIRS));
  expect(twins.length).toBeGreaterThan(0);
  expect([...report.leftovers].sort()).toEqual(
    twins
      .map(([path, item]) => `perhaps boat ${path.slice('boats/'.length)} (${(item as { name: string }).name})`)
      .sort(),
  );
});

test('what a server makes because a path names it is removed', async () => {
  const make: Make = (sent, _count, all, collection) => {
    const [parent = '', boat = ''] = collection.split('/');
    if (boat !== '') all.set(`${parent}/${boat}`, { name: boat, ...all.get(`${parent}/${boat}`), id: boat });
    const stored = { ...sent, id: String(sent.name).replaceAll(' ', '-') };
    return { stored, answered: stored };
  };
  const only = ['*/unknown-refused', '*/created-is-read'];
  const { report, harbour, left } = await run({ make, odd: /./, makesParents: true, only });
  // The keys of the run's own boats are counted.
  expect(harbour.removed.filter((path) => /^boats\/[^/]+-(?!000)[0-9a-zA-Z]{4}$/.test(path))).toHaveLength(1);
  expect([left, report.leftovers]).toEqual([THEIRS, []]);
});

describe('what a server makes of any body, with texts of its own in place of those that are missing', () => {
  const made = (rigOf: (count: number) => string) => {
    const make: Make = (sent, count) => {
      const stored = { name: '', rig: rigOf(count), ...sent, id: `boat-${count}` };
      return { stored, answered: stored };
    };
    return run({ make, optional: { rig: text }, isLenient: true, only: ['*/created-is-read', '*/odd-bodies'] });
  };

  test('is removed, where others have the same texts', async () => {
    const { report, harbour, left } = await made(() => 'gaff');
    expect(harbour.made).toBeGreaterThan(3);
    expect([left, report.leftovers]).toEqual([THEIRS, []]);
  });

  test('is named, where it may be anything', async () => {
    const { report, left } = await made((count) => `rig ${count}`);
    const kept = Object.keys(left).filter((path) => !(path in THEIRS));
    expect(kept.length).toBeGreaterThan(0);
    const listed = report.leftovers.join();
    expect(kept.filter((path) => !listed.includes(path.slice('boats/'.length)))).toEqual([]);
  });
});

test('what is created with the same ids under several supplied parents is removed', async () => {
  const counts = new Map<string, number>();
  const make: Make = (sent, _count, all, collection) => {
    const before = [...all.keys()].filter((key) => key.startsWith(`${collection}/`)).length;
    const number = (counts.get(collection) ?? before) + 1;
    counts.set(collection, number);
    const stored = { ...sent, id: `sail-${number}` };
    return { stored, answered: stored };
  };
  // Enough for both workers, with 0 to 9 sails each.
  const boats = Array.from({ length: 8 }, (_, index) => ({ id: `boat-${index}`, name: `Boat ${index}` }));
  const more = Object.fromEntries(
    boats.flatMap((boat, index) => {
      const sails = Array.from({ length: ((index + 1) % 4) * 3 }, (_, at) => ({ id: `sail-${at + 1}`, name: 'Jib' }));
      const entries: [string, JsonObject][] = sails.map((sail) => [`boats/${boat.id}/sails/${sail.id}`, sail]);
      return [[`boats/${boat.id}`, boat] as [string, JsonObject], ...entries];
    }),
  );
  const supplied = boats.map((value) => ({ resource: 'boat', id: value.id, name: value.id, value }));
  const { report, left } = await run({ make, odd: /sails$/, more, fixtures: new Map([['boat', supplied]]) });
  expect([left, report.leftovers]).toEqual([{ ...THEIRS, ...more }, []]);
});

test('what was there before, and what a creation changes, is not for a sweep to find', async () => {
  const sink = memorySink();
  const make: Make = (sent) => {
    const stored = { ...ARGO, ...sent };
    return { stored, answered: stored };
  };
  const { harbour } = await run({ make, journal: new Journal(HEADER, sink) });
  expect(harbour.made).toBeGreaterThan(0);
  const { existing, pending } = parseJournal(sink.text()) ?? {};
  expect({ existing, pending }).toEqual({ existing: [], pending: [] });
});

test('what a server alters is found all the same', async () => {
  const make: Make = (sent, count) => {
    const stored = {
      id: `boat-${count}`,
      name: String(sent.name ?? '')
        .toUpperCase()
        .replaceAll(' ', '_'),
    };
    return { stored, answered: stored };
  };
  const { report, left } = await run({ make });
  expect(left).toEqual(THEIRS);
  expect(report.leftovers).toEqual([]);
});

test('a server that names what it creates has nothing against it', async () => {
  const sink = memorySink();
  const { report, left, harbour } = await run({ make: usual, journal: new Journal(HEADER, sink) });
  expect(harbour.made).toBeGreaterThan(10);
  expect(failures(report)).toEqual([]);
  expect([left, report.leftovers]).toEqual([THEIRS, []]);
  // What went with its parent is not listed as removed.
  const { existing = [], pending } = parseJournal(sink.text()) ?? {};
  expect([existing.filter(({ parent }) => parent === undefined), pending]).toEqual([[], []]);
});
