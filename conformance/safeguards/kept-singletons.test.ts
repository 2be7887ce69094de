import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { TargetFailure } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { singletonsOf } from './singleton.js';
import {
  answers,
  BOUNDED,
  contractOf,
  isSettings,
  json,
  OURS,
  run,
  SETTINGS,
  serverOf,
  taking,
  WHOLE,
} from './test-support/settings.js';

/** What exists once at a server, such as its settings: a run changes it, and sets it back. */

const isSettingsWithoutNull = (value: unknown): boolean => isSettings(value) && !Object.values(value).includes(null);

/** A server with settings at one path, which knows every method, whatever its document says. */
function settingsServer(before: JsonObject | undefined, { hides = [] as readonly string[] } = {}) {
  let stored = before;
  let times = 0;
  const shown = () =>
    stored &&
    Object.fromEntries(Object.entries({ ...stored, changed_at: `${times}` }).filter(([name]) => !hides.includes(name)));
  const server = serverOf((method, path, body) => {
    if (path !== '/settings') return [404];
    if (method === 'GET') return stored === undefined ? [404] : [200, shown()];
    if (method === 'DELETE') {
      stored = undefined;
      return [204];
    }
    if (!isSettings(body)) return [400];
    const isPart = method === 'PATCH';
    if (!isPart && ['title', 'limit', ...hides].some((name) => !(name in body))) return [400];
    const { motto, ...rest } = { ...(isPart ? stored : {}), ...body };
    times += 1;
    stored = motto === null || motto === undefined ? rest : { ...rest, motto };
    return [204];
  });
  return { ...server, now: () => stored };
}

describe('what exists once', () => {
  it.each<{ name: string; methods: JsonObject; before?: JsonObject }>([
    { name: 'by PUT', methods: { put: taking(WHOLE) }, before: OURS },
    { name: 'by PUT and PATCH', methods: { put: taking(WHOLE), patch: taking(SETTINGS, 'change') }, before: OURS },
    { name: 'by PATCH alone, with what it added', methods: { patch: taking(SETTINGS, 'change') }, before: OURS },
    {
      name: 'by POST, where that sets it',
      methods: { post: taking({ ...WHOLE, properties: BOUNDED }) },
      before: OURS,
    },
    {
      name: 'by PUT, after it was deleted',
      methods: { put: taking(WHOLE), delete: { operationId: 'clear', responses: { '204': { description: 'ok' } } } },
      before: { ...OURS, motto: 'Keep it' },
    },
    {
      name: 'by DELETE, where there was nothing',
      methods: { put: taking(WHOLE), delete: { operationId: 'clear', responses: { '204': { description: 'ok' } } } },
    },
  ])('is set back $name', async ({ methods, before }) => {
    const { target, changes, now } = settingsServer(before);
    const contract = contractOf({
      '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, ...methods },
    });
    const report = await verifyTarget(contract, target, run);
    expect(changes.length).toBeGreaterThan(2);
    expect(now()).toEqual(before);
    expect([report.leftovers, report.changed]).toEqual([[], undefined]);
  });

  it('is set back within a budget of requests', async () => {
    const { target, changes, now } = settingsServer(OURS);
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    await verifyTarget(contractOf(paths), target, { ...run, maxRequests: 60 });
    expect(changes.length).toBeGreaterThan(2);
    expect(now()).toEqual(OURS);
  });

  it.each([8, 9, 12, 25, 40])('is set back within %i requests, or left as it is', async (maxRequests) => {
    const { target, now } = settingsServer(OURS);
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    const { summary } = await verifyTarget(contractOf(paths), target, { ...run, maxRequests });
    expect(now()).toEqual(OURS);
    expect(summary.requests).toBeLessThanOrEqual(maxRequests);
  });

  it('is named where the target does not take back what it showed, with secrets masked', async () => {
    const password = 'kT9-vB2_xQ7mZ4pL';
    const { target } = settingsServer({ ...OURS, motto: 'm' }, { hides: ['motto'] });
    const required = { ...WHOLE, required: ['title', 'limit', 'motto'] };
    const reads = { operationId: 'read', responses: answers(SETTINGS) };
    const report = await verifyTarget(contractOf({ '/settings': { get: reads, put: taking(required) } }), target, run);
    expect(report.changed).toEqual(['/settings: PUT changed it, and before it was {"title":"Ours","limit":7}']);
    const schema: JsonObject = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
    let isFirst = true;
    const mail = serverOf((method, path) => {
      if (path !== '/mail') return [404];
      if (method === 'PUT') isFirst = false;
      return method === 'PUT' ? [204] : [200, isFirst ? { smtp_password: password } : { text: 'other' }];
    });
    const paths = {
      '/mail': { get: { operationId: 'read', responses: answers({ type: 'object' }) }, put: taking(schema) },
    };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), mail.target, run);
    expect(left).toEqual([expect.stringMatching(/^\/mail: PUT changed it, and before it was /)]);
    expect(left.join()).not.toContain(password);
  });

  it('is set back where its answers have it inside an object', async () => {
    let stored: unknown = OURS;
    const { target, changes } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      if (method === 'GET') return [200, { data: stored, took: 3 }];
      if (method !== 'PUT' || !isSettings(body) || !('title' in body && 'limit' in body)) return [400];
      stored = body;
      return [204];
    });
    const around: JsonObject = { type: 'object', properties: { data: SETTINGS, took: { type: 'integer' } } };
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(around) }, put: taking(WHOLE) } };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
    expect(changes.length).toBeGreaterThan(2);
    expect([stored, left]).toEqual([OURS, []]);
  });

  it('is never reset by an empty body', async () => {
    const bodies: unknown[] = [];
    const { target } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      if (method !== 'GET') bodies.push(body);
      return method === 'GET' ? [200, { other: bodies.length }] : [204];
    });
    const reads = { operationId: 'read', responses: answers({ type: 'object' }) };
    const paths = { '/settings': { get: reads, put: taking(SETTINGS) } };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, {
      ...run,
      only: ['set/documented-success'],
    });
    expect(left).toEqual([]);
    expect(bodies.at(-1)).not.toEqual({});
  });

  it('is not missed at a mock, whose answers differ each time', async () => {
    let count = 0;
    const { target } = serverOf((method, path) => {
      count += 1;
      if (path !== '/settings') return [404];
      return method === 'GET' ? [200, { title: `Title ${count}`, limit: (count * 7) % 9, motto: `${count}` }] : [204];
    });
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    expect((await verifyTarget(contractOf(paths), target, run)).changed).toEqual(undefined);
  });

  it('is given up soon where the target no longer answers', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `/settings${index}`,
        {
          get: { operationId: `read${index}`, responses: answers(SETTINGS) },
          put: taking(WHOLE, `set${index}`),
        },
      ]),
    );
    let isGone = false;
    let late = 0;
    const { target } = serverOf((method, path) => {
      late += isGone ? 1 : 0;
      if (isGone) throw new TargetFailure('refused', 'connect ECONNREFUSED');
      if (path === '/settings11' && method === 'PUT') isGone = true;
      return method === 'GET' ? [200, OURS] : [204];
    });
    const only = ['*/documented-success'];
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, { ...run, only, timeoutMs: 20_000 });
    expect(left).toHaveLength(12);
    expect(late).toBeLessThan(40);
  });

  it('is no listing, though requests may change all of it', async () => {
    const user: JsonObject = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string' }, name: { type: 'string' } },
    };
    const contract = contractOf({
      '/users': {
        get: { operationId: 'list', responses: answers({ type: 'array', items: user }) },
        post: taking(user, 'create'),
        patch: taking({ type: 'object', properties: { name: { type: 'string' } } }, 'rename'),
      },
      '/users/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'get', responses: answers(user) },
        delete: { operationId: 'delete', responses: { '204': { description: 'ok' } } },
      },
    });
    expect([...singletonsOf(contract).keys()]).toEqual([]);
  });

  it.each<{ name: string; shown: JsonObject; below?: JsonObject }>([
    { name: 'the GET shows a list of it', shown: { type: 'object', properties: { data: { type: 'array' } } } },
    {
      name: 'items are below its path',
      shown: { type: 'object', properties: { data: { type: 'object' }, all: { type: 'array' } } },
      below: { '/notes/{id}': { delete: { operationId: 'delete', responses: { '204': { description: 'ok' } } } } },
    },
  ])('is not what a POST sets where $name', ({ shown, below = {} }) => {
    const schema: JsonObject = { type: 'object', properties: { data: { type: 'object' } } };
    const reads = { operationId: 'read', responses: answers(shown) };
    const contract = contractOf({ '/notes': { get: reads, post: taking(schema, 'write') }, ...below });
    expect([...singletonsOf(contract).keys()]).toEqual([]);
  });

  it.each<{ name: string; switched: JsonObject }>([
    { name: 'as documented', switched: { type: 'boolean' } },
    { name: 'though the document allows other values only', switched: { type: 'string', enum: ['on', 'off'] } },
  ])('is set back inside an object, beside what nobody can set: $name', async ({ switched }) => {
    const within = (properties: JsonObject): JsonObject => {
      const data = { type: 'object', properties, additionalProperties: false };
      return { type: 'object', required: ['data'], properties: { data } };
    };
    let stored: JsonObject | undefined = { title: 'Ours', open: true };
    let times = 0;
    const { target, changes } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      const shown = () => ({ data: { ...stored, id: `s${times}` } });
      if (method === 'GET') return stored === undefined ? [404] : [200, shown()];
      if (method === 'DELETE') {
        stored = undefined;
        return [204];
      }
      const sent = isObject(body) ? body.data : undefined;
      if (!isObject(sent) || Object.keys(sent).some((name) => !['title', 'open'].includes(name))) return [400];
      times += 1;
      stored = { ...stored, ...sent };
      return [200, shown()];
    });
    const shown = within({ id: { type: 'string' }, title: { type: 'string' }, open: { type: 'boolean' } });
    const contract = contractOf({
      '/settings': {
        get: { operationId: 'read', responses: answers(shown) },
        put: taking(within({ title: { type: 'string' }, open: switched })),
        delete: { operationId: 'clear', responses: { '204': { description: 'ok' } } },
      },
    });
    const report = await verifyTarget(contract, target, run);
    expect(changes.length).toBeGreaterThan(2);
    expect(stored).toEqual({ title: 'Ours', open: true });
    expect([report.leftovers, report.changed]).toEqual([[], undefined]);
  });

  it.each<{ name: string; shown: JsonObject; sent: JsonObject; routes: readonly string[] }>([
    { name: 'sets what is shown beside the list', shown: BOUNDED, sent: BOUNDED, routes: ['/notes/'] },
    { name: 'is about items', shown: { total: { type: 'integer' } }, sent: BOUNDED, routes: [] },
  ])('is what a PATCH changes at a listing with items below, only where it $name', ({ shown, sent, routes }) => {
    const items = { type: 'array', items: { type: 'object' } };
    const reads = {
      operationId: 'read',
      responses: answers({ type: 'object', properties: { ...shown, result: items } }),
    };
    const ok = { responses: { '204': { description: 'ok' } } };
    const contract = contractOf({
      '/notes/': {
        get: reads,
        patch: taking({ type: 'object', properties: sent }),
        delete: { operationId: 'clear', ...ok },
      },
      '/notes/{pk}': { delete: { operationId: 'delete', ...ok } },
    });
    expect([...singletonsOf(contract).keys()]).toEqual(routes);
  });

  it('is named where nobody may read it', async () => {
    const { target } = serverOf((method, path) => (path !== '/settings' ? [404] : method === 'GET' ? [403] : [204]));
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    expect((await verifyTarget(contractOf(paths), target, run)).changed).toEqual([
      'perhaps what PUT /settings changed: what was there before cannot be read',
    ]);
  });

  it('is named where what a request set awaits consent', async () => {
    let stored: JsonObject = { email: 'us@example.com' };
    const { target } = serverOf((method, path, body) => {
      if (path !== '/me') return [404];
      if (method === 'GET') return [200, stored];
      const { email, ...rest } = isObject(body) ? body : { rest: 0 };
      if (method !== 'PATCH' || Object.keys(rest).length > 0) return [400];
      if (email !== undefined && (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+\.\w+$/.test(email))) return [400];
      if (email !== undefined && email !== stored.email) stored = { ...stored, new_email: email };
      return [204];
    });
    const email = { email: { type: 'string', format: 'email' } };
    const shown = { type: 'object', properties: { ...email, new_email: { type: 'string', readOnly: true } } };
    const paths = {
      '/me': {
        get: { operationId: 'read', responses: answers(shown) },
        patch: taking({ type: 'object', properties: email }),
      },
    };
    const { changed, findings } = await verifyTarget(contractOf(paths), target, run);
    expect(changed).toEqual(['new_email of /me: PATCH changed it, and no request sets it back']);
    expect(findings.map(({ cause }) => cause).filter((cause) => /update|changed/.test(cause))).toEqual([]);
  });

  it('is set back where its answers show changes late', async () => {
    let stored: JsonObject = OURS;
    const { target, changes } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      if (method === 'GET') return [200, OURS];
      if (method !== 'PUT' || !isSettings(body) || !('title' in body && 'limit' in body)) return [400];
      stored = body;
      return [204];
    });
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
    expect(changes.length).toBeGreaterThan(2);
    expect([stored, left]).toEqual([OURS, []]);
  });

  it('is not named where its answers show only later that it is set back', async () => {
    let [stored, shown]: JsonObject[] = [OURS, OURS];
    let timer: NodeJS.Timeout | undefined;
    const { target } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      if (method === 'GET') return [200, shown];
      if (method !== 'PUT' || !isSettings(body) || !('title' in body && 'limit' in body)) return [400];
      const isBack = body.title === OURS.title;
      stored = body;
      clearTimeout(timer);
      if (!isBack) shown = body;
      else
        timer = setTimeout(() => {
          shown = body;
        }, 300);
      return [204];
    });
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(SETTINGS) }, put: taking(WHOLE) } };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
    expect([stored, left]).toEqual([OURS, []]);
  });

  it.each<{ name: string; method: string; takes: (value: unknown) => boolean }>([
    { name: 'a PUT takes no null that answers have', method: 'PUT', takes: isSettingsWithoutNull },
    { name: 'a PATCH takes no null', method: 'PATCH', takes: isSettingsWithoutNull },
  ])('is set back as far as it goes where $name', async ({ method, takes }) => {
    const before = { ...OURS, motto: null };
    let stored: JsonObject = before;
    const { target } = serverOf((used, path, body) => {
      if (path !== '/settings') return [404];
      if (used === 'GET') return [200, stored];
      if (used !== method || !takes(body) || !isObject(body)) return [400];
      if (method === 'PUT' && !('title' in body && 'limit' in body)) return [400];
      stored = { ...(method === 'PATCH' ? stored : { motto: null }), ...body };
      return [204];
    });
    const motto: JsonObject = { type: 'string', maxLength: 20 };
    const schema: JsonObject = { type: 'object', properties: { ...BOUNDED, motto } };
    const taken = method === 'PUT' ? { ...schema, required: ['title', 'limit'] } : schema;
    const paths = {
      '/settings': {
        get: { operationId: 'read', responses: answers(SETTINGS) },
        [method.toLowerCase()]: taking(taken),
      },
    };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
    expect(stored).toMatchObject(OURS);
    expect(left).toEqual(
      method === 'PUT'
        ? []
        : ['/settings: PATCH changed it, and before it was {"title":"Ours","limit":7,"motto":null}'],
    );
  });

  it('is rid of what requests added, and no document names', async () => {
    let stored: JsonObject = OURS;
    const { target, changes } = serverOf((method, path, body) => {
      if (path !== '/settings') return [404];
      if (method === 'GET') return [200, stored];
      if (method !== 'PATCH' || !isObject(body)) return [400];
      const { title, limit } = { ...stored, ...body };
      if (!isSettings({ title, limit })) return [400];
      stored = Object.fromEntries(Object.entries({ ...stored, ...body }).filter(([, value]) => value !== null));
      return [204];
    });
    const schema: JsonObject = { type: 'object', properties: BOUNDED };
    const paths = { '/settings': { get: { operationId: 'read', responses: answers(schema) }, patch: taking(schema) } };
    const { changed: left = [] } = await verifyTarget(contractOf(paths), target, run);
    expect(changes.length).toBeGreaterThan(2);
    expect([stored, left]).toEqual([OURS, []]);
  });

  it('is not read where it belongs to what the run created', async () => {
    const readings: string[] = [];
    const users = new Map<string, JsonObject>();
    const { target } = serverOf((method, path, body) => {
      const [, , id = '', part] = path.split('/');
      if (method === 'GET' && part !== undefined) readings.push(path);
      if (path === '/users') {
        if (method === 'GET') return [200, [...users.values()]];
        if (!isObject(body) || typeof body.name !== 'string') return [400];
        const user = { ...body, id: `u${users.size + 1000}` };
        users.set(user.id, user as unknown as JsonObject);
        return [201, user];
      }
      if (!users.has(id)) return [404];
      if (part === 'settings') return method === 'GET' ? [200, OURS] : isSettings(body) ? [204] : [400];
      if (method === 'DELETE') return users.delete(id) ? [204] : [404];
      return [200, users.get(id)];
    });
    const user: JsonObject = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string' }, name: { type: 'string' } },
    };
    const body: JsonObject = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const id = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
    const notFound = { '404': { description: 'no' } };
    const contract = contractOf({
      '/users': {
        get: { operationId: 'list', responses: answers({ type: 'array', items: user }) },
        post: {
          ...taking(body, 'create'),
          responses: { '201': { description: 'ok', content: json(user) }, '400': { description: 'no' } },
        },
      },
      '/users/{id}': {
        parameters: id,
        get: { operationId: 'get', responses: { ...answers(user), ...notFound } },
        delete: { operationId: 'delete', responses: { '204': { description: 'ok' }, ...notFound } },
      },
      '/users/{id}/settings': {
        parameters: id,
        get: { operationId: 'read', responses: { ...answers(SETTINGS), ...notFound } },
        put: {
          ...taking(WHOLE),
          responses: { '204': { description: 'ok' }, '400': { description: 'no' }, ...notFound },
        },
      },
    });
    const report = await verifyTarget(contract, target, { ...run, only: ['set/documented-success'] });
    expect(report.summary.passed).toBe(1);
    expect(readings).toEqual([]);
    expect([report.leftovers, report.changed]).toEqual([[], undefined]);
  });
});
