import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type HttpRequest, parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const song: JsonObject = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: { type: 'string' }, title: { type: 'string', maxLength: 40 } },
};
const NEW: JsonObject = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string', maxLength: 40 } },
};
const refusals: JsonObject = { '400': { description: 'no' }, '404': { description: 'no' } };
const shows = (status: string, schema: JsonObject): JsonObject => ({
  responses: { [status]: { description: 'ok', content: json(schema) }, ...refusals },
});
const removes: JsonObject = { responses: { '204': { description: 'ok' }, ...refusals } };
const contract = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Songs', version: '1' },
    paths: {
      '/songs': {
        get: { operationId: 'list', ...shows('200', { type: 'array', items: song }) },
        post: { operationId: 'create', requestBody: { required: true, content: json(NEW) }, ...shows('201', song) },
        delete: { operationId: 'clear', ...removes },
      },
      '/songs/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'get', ...shows('200', song) },
        delete: { operationId: 'delete', ...removes },
      },
      '/tags': {
        get: { operationId: 'tags', ...shows('200', { type: 'array', items: { type: 'string' } }) },
        delete: { operationId: 'clearTags', ...removes },
      },
    },
  }),
).contract;

/** A server with songs and tags, and how often each collection was cleared. */
function serverOf(titles: readonly string[], tags: readonly string[]) {
  const songs = new Map(titles.map((title, index) => [`s${index}`, { id: `s${index}`, title }]));
  const cleared = { songs: 0, tags: 0 };
  let count = 0;
  const answer = ({ method, path, body = '' }: HttpRequest): Answer => {
    const [, collection, id] = (path.split('?', 1)[0] ?? '').split('/');
    if (collection === 'tags' && id === undefined) {
      if (method === 'DELETE') cleared.tags += 1;
      return method === 'GET' ? [200, tags] : method === 'DELETE' ? [204] : [405];
    }
    if (collection !== 'songs') return [404];
    if (id !== undefined) {
      const found = songs.get(decodeURIComponent(id));
      if (found === undefined) return [404];
      if (method === 'DELETE') songs.delete(found.id);
      return method === 'GET' ? [200, found] : method === 'DELETE' ? [204] : [405];
    }
    if (method === 'GET') return [200, [...songs.values()]];
    if (method === 'DELETE') {
      cleared.songs += 1;
      songs.clear();
      return [204];
    }
    const sent = parseJson(body).json;
    if (method !== 'POST') return [405];
    if (!isObject(sent) || typeof sent.title !== 'string' || sent.title.length > 40) return [400];
    count += 1;
    const made = { id: `new-${count}`, title: sent.title };
    songs.set(made.id, made);
    return [201, made];
  };
  const target = answeringTarget(answer);
  return { target, songs, cleared };
}

const only = ['*/documented-success', '*/created-is-read'];

it('a collection with items of others is not removed', async () => {
  const { target, songs, cleared } = serverOf(['Ours', 'Theirs'], ['old']);
  const report = await verifyTarget(contract, target, { only });
  expect(cleared).toEqual({ songs: 0, tags: 0 });
  expect([...songs.values()].map(({ title }) => title)).toEqual(['Ours', 'Theirs']);
  const reasons = report.checks.flatMap(({ operation, reason }) =>
    ['clear', 'clearTags'].includes(operation) ? [reason] : [],
  );
  expect(reasons).toEqual([
    'DELETE /songs is not sent: it may remove 2 items that this run did not create; empty the collection to have it tried.',
    'DELETE /tags is not sent: it may remove 1 item that this run did not create; empty the collection to have it tried.',
  ]);
});

it('a collection that is empty, or has only what the run created, is', async () => {
  const { target, songs, cleared } = serverOf([], []);
  const report = await verifyTarget(contract, target, { only });
  expect(cleared.songs).toBeGreaterThan(0);
  expect(cleared.tags).toBeGreaterThan(0);
  expect([...songs.keys()]).toEqual([]);
  expect(report.checks.filter(({ outcome }) => outcome === 'skipped')).toEqual([]);
});

it.each<[string, JsonObject, (items: readonly object[]) => object]>([
  ['beside other properties', { count: { type: 'integer' } }, (items) => ({ count: items.length, result: items })],
  ['alone', {}, (items) => ({ result: items })],
])('is not removed where its listing has an object around it: the list %s', async (_what, more, shown) => {
  const listed = { type: 'object', properties: { ...more, result: { type: 'array', items: { type: 'object' } } } };
  const paths: JsonObject = {
    '/notes/': {
      get: { operationId: 'list', ...shows('200', listed) },
      delete: { operationId: 'clear', ...removes },
    },
    '/notes/{pk}': {
      parameters: [{ name: 'pk', in: 'path', required: true, schema: { type: 'integer' } }],
      delete: { operationId: 'delete', ...removes },
    },
  };
  const document = readContract({ openapi: '3.1.0', info: { title: 'Notes', version: '1' }, paths });
  const cleared: string[] = [];
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method === 'GET' && path === '/notes/') return [200, shown([{ id: 1 }])];
    if (method === 'DELETE' && path === '/notes/') return [204, void cleared.push(path)];
    return [404];
  });
  const report = await verifyTarget(withDerivedState(document).contract, target, { only });
  expect([cleared, report.changed]).toEqual([[], undefined]);
  expect(report.checks.map(({ reason }) => reason)).toContain(
    'DELETE /notes/ is not sent: it may remove 1 item that this run did not create; empty the collection to have it tried.',
  );
});

it('is not replaced by a PUT at its path either', async () => {
  const songs = { type: 'array', items: song };
  const requestBody = { required: true, content: json({ type: 'array', items: NEW }) };
  const paths: JsonObject = {
    '/songs': {
      get: { operationId: 'list', ...shows('200', songs) },
      put: { operationId: 'replace', requestBody, ...shows('200', songs) },
      post: { operationId: 'create', requestBody: { required: true, content: json(NEW) }, ...shows('201', song) },
    },
    '/songs/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'get', ...shows('200', song) },
      delete: { operationId: 'delete', ...removes },
    },
  };
  const document = readContract({ openapi: '3.1.0', info: { title: 'Songs', version: '1' }, paths });
  const reasonsAt = async (items: readonly object[]) => {
    let kept = items;
    let sent = 0;
    const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
      if (method === 'GET' && path.startsWith('/songs?')) return [200, kept];
      if (path !== '/songs') return [404];
      if (method === 'PUT') {
        kept = [];
        sent += 1;
      }
      return method === 'GET' || method === 'PUT' ? [200, kept] : [400];
    });
    const report = await verifyTarget(withDerivedState(document).contract, target, { only: ['replace/*'] });
    return {
      kept,
      sent: sent > 0,
      reasons: new Set(report.checks.map(({ reason }) => reason)),
      left: report.leftovers,
    };
  };
  const ours = [{ id: 's1', title: 'Ours' }];
  const held = await reasonsAt(ours);
  expect([held.kept, held.sent]).toEqual([ours, false]);
  expect([...held.reasons]).toContain(
    'PUT /songs is not sent: it may replace 1 item that this run did not create; empty the collection to have it tried.',
  );
  // An answer that is an empty list shows that nothing was created.
  expect(await reasonsAt([])).toMatchObject({ sent: true, left: [] });
});

it.each<[method: string, path: string, listed: string, schema: JsonObject, verb: string]>([
  ['delete', '/songs/all', '/songs/', { type: 'array', items: song }, 'remove'],
  ['delete', '/songs/delete/all', '/songs/', {}, 'remove'],
  ['delete', '/songs/clear', '/songs/list', {}, 'remove'],
  ['delete', '/songs', '/songs/list', {}, 'remove'],
  ['post', '/songs/sync', '/songs', { type: 'array', items: song }, 'change'],
  ['post', '/songs/share/all', '/songs', { type: 'object', properties: { items: { type: 'array' } } }, 'change'],
])('is kept from %s %s, too', async (method, path, listed, schema, verb) => {
  const body: JsonObject = { content: json({ type: 'object', properties: { songs: { type: 'array', items: song } } }) };
  const write = { operationId: 'write', ...(method === 'post' ? { requestBody: body } : {}), ...removes };
  const paths: JsonObject = {
    [listed]: { get: { operationId: 'list', ...shows('200', schema) } },
    [path]: { [method]: write },
  };
  const document = readContract({ openapi: '3.1.0', info: { title: 'Songs', version: '1' }, paths });
  const ours = [{ id: 's1', title: 'Ours' }];
  const reasonsWith = async (items: readonly object[]) => {
    let sent = 0;
    const target = answeringTarget((request: HttpRequest): Answer => {
      if (request.method === 'GET' && request.path === listed)
        return [200, schema.type === 'array' ? items : { items, total: items.length }];
      if (request.path !== path || request.method !== method.toUpperCase()) return [404];
      sent += 1;
      return [204];
    });
    const report = await verifyTarget(withDerivedState(document).contract, target, { only: ['write/documented-*'] });
    return [sent > 0, ...report.checks.map(({ reason }) => reason)];
  };
  expect(await reasonsWith(ours)).toEqual([
    false,
    `${method.toUpperCase()} ${path} is not sent: it may ${verb} 1 item that this run did not create; empty the collection to have it tried.`,
  ]);
  expect(await reasonsWith([])).toEqual([true, undefined]);
});

it('is kept where one of its listings leaves out what another shows', async () => {
  const paths: JsonObject = {
    '/songs': { get: { operationId: 'some', ...shows('200', { type: 'array', items: song }) } },
    '/songs/list': { get: { operationId: 'list', ...shows('200', {}) } },
    '/songs/all': { delete: { operationId: 'clear', ...removes } },
  };
  const document = readContract({ openapi: '3.1.0', info: { title: 'Songs', version: '1' }, paths });
  const cleared: string[] = [];
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method === 'DELETE') return [204, void cleared.push(path)];
    return [200, path === '/songs' ? [] : { items: [{ id: 's1', title: 'Ours' }] }];
  });
  await verifyTarget(withDerivedState(document).contract, target, { only });
  expect(cleared).toEqual([]);
});

it.each<[method: string, path: string, body: JsonObject | undefined]>([
  ['post', '/songs/remove', { type: 'object', properties: { id: { type: 'string' } } }],
  ['post', '/songs/sync', { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
  ['post', '/songs/reset-password', undefined],
  ['post', '/songs/search/all', undefined],
  ['delete', '/songs/{id}/clear', undefined],
])('is not meant by %s %s', async (method, path, body) => {
  const requestBody = body === undefined ? {} : { requestBody: { content: json(body) } };
  const paths: JsonObject = {
    '/songs': { get: { operationId: 'list', ...shows('200', { type: 'array', items: song }) } },
    [path]: {
      ...(path.includes('{') && {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      }),
      [method]: { operationId: path === '/songs/search/all' ? 'search' : 'write', ...requestBody, ...removes },
    },
  };
  const document = readContract({ openapi: '3.1.0', info: { title: 'Songs', version: '1' }, paths });
  const sent: string[] = [];
  const target = answeringTarget((request: HttpRequest): Answer => {
    if (request.method === 'GET') return request.path === '/songs' ? [200, [{ id: 's1', title: 'Ours' }]] : [404];
    return [204, void sent.push(request.path)];
  });
  await verifyTarget(withDerivedState(document).contract, target, { only: ['*/documented-success'] });
  expect(sent.length).toBeGreaterThan(0);
});
