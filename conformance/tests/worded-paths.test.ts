import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { contractOf } from '../safeguards/test-support/settings.js';
import { type HttpRequest, parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Servers whose paths say what is done: `POST /songs/create`, `DELETE /songs/{id}/delete`. */

const content = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answers = (schema: JsonObject): JsonObject => ({
  responses: { '200': { description: 'ok', content: content(schema) }, '404': { description: 'no' } },
});
const NEW: JsonObject = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];

function documentOf(create: string, removal: string, method: string) {
  return contractOf({
    [create]: { post: { requestBody: { required: true, content: content(NEW) }, ...answers({}) } },
    [removal]: { [method]: { parameters, ...answers({}) } },
    '/songs/id/{id}': { get: { parameters, ...answers({}) } },
  });
}

/** A server with a song of somebody else. @param create - the answer to a creation, of the new song */
function songsServer(removal: string, shows: (song: JsonObject) => unknown = (song) => song, keeps = false) {
  const songs = new Map<string, JsonObject>([['s0', { id: 's0', title: 'Ours' }]]);
  const removed: string[] = [];
  const pattern = new RegExp(`^${removal.replace('{id}', '([^/]+)')}$`);
  const target = answeringTarget(({ method, path, body = '' }: HttpRequest): Answer => {
    const [, shown] = /^\/songs\/id\/([^/]+)$/.exec(path) ?? [];
    if (method === 'GET' && shown !== undefined) return songs.has(shown) ? [200, songs.get(shown)] : [404];
    const [, id] = pattern.exec(path) ?? [];
    if (id !== undefined && method !== 'GET' && !/^(create|new|add)$/.test(id)) {
      if (!songs.has(id)) return [404];
      removed.push(id);
      if (!keeps) songs.delete(id);
      return [200, true];
    }
    const sent = parseJson(body).json;
    if (method !== 'POST' || !isObject(sent) || typeof sent.title !== 'string') return [404];
    const song = { id: `new-${songs.size}-${removed.length}`, title: sent.title };
    songs.set(song.id, song);
    return [200, shows(song)];
  });
  return { target, songs, removed };
}

const run = { only: ['*/documented-success'], depth: 'smoke' } as const;

it.each([
  ['/songs/create', '/songs/{id}/delete', 'delete'],
  ['/songs/new', '/songs/id/{id}/delete', 'delete'],
  ['/songs/create', '/songs/{id}', 'delete'],
  ['/songs/create', '/songs/{id}/delete', 'post'],
  ['/songs/create', '/songs/delete/{id}', 'post'],
])('what POST %s shows is removed by the path %s', async (create, removal, method) => {
  const { target, songs, removed } = songsServer(removal);
  const report = await verifyTarget(documentOf(create, removal, method), target, run);
  expect(removed.length).toBeGreaterThan(0);
  expect([...songs.keys()]).toEqual(['s0']);
  expect(report.leftovers).toEqual([]);
});

it.each([
  ['/songs/create', '/songs/id/{id}/delete'],
  ['/songs', '/songs/id/{id}'],
])('what POST %s shows is removed by the path %s before what ends the session', async (create, removal) => {
  const paths = {
    [create]: { post: { operationId: 'create', requestBody: { content: content(NEW) }, ...answers({}) } },
    '/songs/id/{id}': { get: { parameters, ...answers({}) } },
    '/logout': { post: { operationId: 'leave', ...answers({}) } },
  };
  const removes = { delete: { parameters, ...answers({}) } };
  const contract = contractOf({ ...paths, [removal]: { ...paths[removal], ...removes } });
  const { target, songs } = songsServer(removal);
  const report = await verifyTarget(contract, target, run);
  expect([...songs.keys()]).toEqual(['s0']);
  expect(report.leftovers).toEqual([]);
});

it('the removal of an item of the collection itself is tried first', async () => {
  const removes = { delete: { parameters, ...answers({}) } };
  const contract = contractOf({
    '/songs/covers/{id}/delete': removes,
    '/songs/create': { post: { operationId: 'create', requestBody: { content: content(NEW) }, ...answers({}) } },
    '/songs/{id}/delete': removes,
  });
  const { target, songs } = songsServer('/songs/{id}/delete');
  const report = await verifyTarget(contract, target, { ...run, only: ['create/documented-success'] });
  expect([...songs.keys()]).toEqual(['s0']);
  expect(report.leftovers).toEqual([]);
});

it('is no change of something unknown', async () => {
  const contract = contractOf({
    '/songs': { post: { operationId: 'create', requestBody: { content: content(NEW) }, ...answers({}) } },
    '/songs/{id}': { delete: { operationId: 'remove', parameters, ...answers({}) } },
  });
  const { target, songs } = songsServer('/songs/{id}');
  const report = await verifyTarget(contract, target, { ...run, only: ['create/documented-success'] });
  expect([[...songs.keys()], report.leftovers, report.changed]).toEqual([['s0'], [], undefined]);
});

it('what is still shown after its removal is named', async () => {
  const { target } = songsServer('/songs/{id}/delete', undefined, true);
  const report = await verifyTarget(documentOf('/songs/create', '/songs/{id}/delete', 'delete'), target, run);
  expect(report.leftovers).toEqual([
    expect.stringMatching(/^perhaps what POST \/songs\/create created of .*: \/songs\/new-1-0\/delete$/),
  ]);
});

it('what POST /songs/add shows may be what it was added to: one alone is not removed', async () => {
  const { target, songs, removed } = songsServer('/songs/{id}/delete', ({ title }) => ({ id: 's0', title }));
  const report = await verifyTarget(documentOf('/songs/add', '/songs/{id}/delete', 'delete'), target, run);
  expect(removed).toEqual([]);
  expect(songs.get('s0')).toEqual({ id: 's0', title: 'Ours' });
  expect(report.leftovers).toHaveLength(1);
});

it('a path that removes nothing by its words is no removal', async () => {
  const { target, removed } = songsServer('/songs/{id}/play');
  const report = await verifyTarget(documentOf('/songs/create', '/songs/{id}/play', 'post'), target, run);
  expect(removed.filter((id) => id.startsWith('new-'))).toEqual([]);
  expect(report.leftovers).toEqual([expect.stringMatching(/^perhaps what POST \/songs\/create created of/)]);
});
