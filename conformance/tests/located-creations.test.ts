import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { Journal } from '../journal/journal.js';
import { markIn } from '../lookup/mark.js';
import type { Report } from '../report/report.js';
import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** A server that answers a creation without the new item. Its document has one harbour, and no required property. */

interface Given {
  /** The schema of the key. */
  readonly key?: JsonObject;
  readonly properties?: JsonObject;
  readonly parameter?: JsonObject;
  /** What the answer to a creation has. Default: nothing. */
  readonly created?: JsonObject;
}

function documentOf({
  key = { type: 'string' },
  properties = { name: { type: 'string' } },
  parameter,
  created = {},
}: Given) {
  const boat: JsonObject = {
    type: 'object',
    properties: { id: key, ...properties, captain: { type: 'string' } },
    additionalProperties: false,
  };
  const named = (name: string, schema: JsonObject) => ({ name, in: 'path', required: true, schema });
  const refusals = Object.fromEntries(
    ['400', '404'].map((status) => [status, { description: 'no', ...json({ type: 'object' }) }]),
  );
  const answers = (status: string, content: JsonObject = {}) => ({
    responses: { [status]: { description: 'ok', ...content }, ...refusals },
  });
  const parameters = [named('harbour', { type: 'string', enum: ['east'] })];
  return {
    openapi: '3.1.0',
    info: { title: 'Harbours', version: '1' },
    paths: {
      '/harbours/{harbour}/boats': {
        parameters,
        get: { operationId: 'list', ...answers('200', json({ type: 'array', items: boat })) },
        post: { operationId: 'create', requestBody: { required: true, ...json(boat) }, ...answers('201', created) },
      },
      '/harbours/{harbour}/boats/{boat}': {
        parameters: [...parameters, named('boat', parameter ?? { type: 'string' })],
        get: { operationId: 'read', ...answers('200', json(boat)) },
        delete: { operationId: 'remove', ...answers('204') },
      },
    },
  } satisfies JsonObject;
}

/** What a server makes of a new boat: its key, whether the answer has a `Location` or a body, or a refusal. */
type Making = (
  boat: JsonObject,
  count: number,
) => { readonly key: Json; readonly location?: string; readonly shown?: JsonObject } | undefined;

async function run(
  given: Given,
  make: Making,
  {
    theirs = [],
    onSend = () => undefined,
    ...more
  }: {
    readonly theirs?: readonly JsonObject[];
    readonly onSend?: (path: string) => void;
    readonly journal?: Journal;
    readonly only?: readonly string[];
  } = {},
): Promise<{ readonly report: Report; readonly boats: Boats }> {
  const { contract } = withDerivedState(readContract(documentOf(given)));
  const boats = new Boats(make);
  for (const boat of theirs) boats.stored.set(String(boat.id), boat);
  const target: Target = {
    name: 'harbours',
    url: 'http://127.0.0.1:1',
    audience: 'harbours',
    credentials: {},
    metered: false,
    workers: 2,
    send: async (request) => {
      onSend(request.path);
      return boats.answer(request);
    },
    close: async () => undefined,
  };
  const report = await verifyTarget(contract, target, {
    only: ['list/*', '*/created-is-read'],
    ...more,
  });
  return { report, boats };
}

class Boats {
  readonly stored = new Map<string, JsonObject>();
  made = 0;
  readonly #make: Making;

  constructor(make: Making) {
    this.#make = make;
  }

  answer({ method, path, body }: HttpRequest): TargetResponse {
    const [, key] = /^\/harbours\/east\/boats(?:\/([^/?]+))?(?:\?.*)?$/.exec(path) ?? ['', '?'];
    if (key !== undefined) return this.#itemAnswer(method, decodeURIComponent(key));
    if (method === 'GET') return answerOf(200, [...this.stored.values()]);
    if (method === 'HEAD') return { ...answerOf(200, []), text: '' };
    const boat = parseJson(body ?? '').json;
    const made = method === 'POST' && isObject(boat) ? this.#make(boat, this.made + 1) : undefined;
    if (made === undefined || !isObject(boat)) return answerOf(400, {});
    this.made += 1;
    this.stored.set(String(made.key), { ...boat, id: made.key });
    const headers = made.location === undefined ? {} : { location: made.location };
    const { shown } = made;
    if (shown === undefined) return { status: 201, headers, text: '' };
    const answer = answerOf(201, shown);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }

  #itemAnswer(method: string, key: string): TargetResponse {
    const boat = this.stored.get(key);
    if (boat === undefined) return answerOf(404, {});
    if (method === 'GET') return answerOf(200, boat);
    this.stored.delete(key);
    return { status: 204, headers: {}, text: '' };
  }
}

function answerOf(status: number, body: Json): TargetResponse {
  const text = JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) };
}

/** What checks of state found, and what is left. */
function expectState({ report, boats }: { readonly report: Report; readonly boats: Boats }): void {
  const outcomes = report.checks.filter(({ family }) => family === 'state').map(({ id, outcome }) => [id, outcome]);
  expect(outcomes).toEqual([
    ['resource-listing', 'passed'],
    ['created-is-read', 'passed'],
  ]);
  expect(failures(report)).toEqual([]);
  expect(boats.made).toBeGreaterThan(3);
  expect([...boats.stored.keys()]).toEqual([]);
  expect(report.leftovers).toEqual([]);
}

const at = (key: Json): string => `https://inner.test/harbours/east/boats/${key}`;

test('the Location names what was created', async () => {
  expectState(
    await run({}, (boat, count) => {
      // As where a key in a request names another boat.
      if ('id' in boat || typeof boat.name !== 'string') return undefined;
      return { key: `boat-${count}`, location: at(`boat-${count}`) };
    }),
  );
});

describe('a body without the new item beside the Location', () => {
  const created = {
    headers: { Location: { schema: { type: 'string' } } },
    ...json({ type: 'object', properties: { key: { type: 'string' }, message: { type: 'string' } } }),
  };
  const shown = (count: number) => ({ key: `boat-${count}.${'k3Y'.repeat(8)}`, message: 'Keep the key.' });

  test('the Location names what was created', async () => {
    const given = { created, key: { type: 'string', readOnly: true } };
    expectState(
      await run(given, (_, count) => ({ key: `boat-${count}`, location: at(`boat-${count}`), shown: shown(count) })),
    );
  });

  test('what was created is removed where the document lists no Location', async () => {
    const { headers: _, ...unlisted } = created;
    const { report, boats } = await run(
      { created: unlisted },
      (_boat, count) => ({ key: `boat-${count}`, location: at(`boat-${count}`), shown: shown(count) }),
      { only: ['create/documented-success'] },
    );
    expect(boats.made).toBeGreaterThan(3);
    expect([[...boats.stored.keys()], report.leftovers]).toEqual([[], []]);
  });
});

test('a key in the Location is a number where paths take numbers', async () => {
  const number = { type: 'integer' };
  const given = { key: { ...number, readOnly: true }, parameter: number };
  expectState(await run(given, (_, count) => ({ key: count, location: at(count) })));
});

test('a Location that ends in no number names nothing where paths take numbers', async () => {
  const number = { type: 'integer' };
  const given = { key: { ...number, readOnly: true }, parameter: number };
  const sent: string[] = [];
  const make: Making = (_, count) => ({ key: count, location: at('new') });
  const { boats } = await run(given, make, { only: ['create/documented-success'], onSend: (path) => sent.push(path) });
  expect(boats.made).toBeGreaterThan(0);
  expect(sent.filter((path) => path.includes('NaN'))).toEqual([]);
});

test('the request names the key where no Location does, and what was created before that is found', async () => {
  expectState(await run({}, ({ id }, count) => ({ key: id ?? `lost-${count}` })));
});

test('the request names the key where the target refuses one without', async () => {
  expectState(await run({}, ({ id }) => (typeof id === 'string' ? { key: id, location: at(id) } : undefined)));
});

test('a target that takes no key, and names none, keeps nothing that verify could use', async () => {
  const { report } = await run({}, (_, count) => ({ key: `lost-${count}` }));
  expect(report.checks.filter(({ family, outcome }) => family === 'state' && outcome !== 'skipped')).toEqual([]);
  expect(failures(report)).toEqual([]);
});

test('a new item without any required property has a name', async () => {
  const properties = { firstName: { type: 'string' }, username: { type: 'string' } };
  const takesUsers: Making = ({ username, id }, count) =>
    typeof username !== 'string' || id !== undefined ? undefined : { key: `${count}`, location: at(`${count}`) };
  expectState(await run({ properties }, takesUsers));
});

const argo = { id: 'argo', name: 'Argo' };

describe.each([
  ['without a journal', undefined],
  ['with one', () => new Journal(HEADER, memorySink())],
])('a Location that names what was there before, %s', (_what, journalOf) => {
  const options = () => ({ theirs: [argo], ...(journalOf === undefined ? {} : { journal: journalOf() }) });

  test('always: it stays, and what was created is found', async () => {
    const { boats, report } = await run({}, (_, count) => ({ key: `boat-${count}`, location: at('argo') }), options());
    expect(boats.made).toBeGreaterThan(0);
    expect([...boats.stored.values()]).toEqual([argo]);
    expect(report.leftovers).toEqual([]);
  });

  test('for some creations: it stays', async () => {
    const make: Making = ({ name, id }, count) => {
      if (id !== undefined) return undefined;
      const isMarked = typeof name === 'string' && markIn(name) !== undefined;
      return { key: `boat-${count}`, location: at(isMarked ? `boat-${count}` : 'argo') };
    };
    const { boats } = await run({}, make, { ...options(), only: ['create/*'] });
    expect(boats.made).toBeGreaterThan(3);
    expect(boats.stored.get('argo')).toEqual(argo);
  });
});

test('what a Location names and nobody finds there is searched for', async () => {
  const { boats, report } = await run({}, (_, count) => ({ key: `boat-${count}`, location: at('x'.repeat(9000)) }));
  expect(boats.made).toBeGreaterThan(0);
  expect([...boats.stored.keys()]).toEqual([]);
  expect(report.leftovers).toEqual([]);
});
