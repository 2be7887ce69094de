import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type HttpRequest, parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Branches of which the document does not say how they come to be: its examples are all that a run has. */

const content = { 'application/json': { schema: { type: 'object' } } };
const answers = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  ...more,
  responses: { '200': { description: 'ok', content }, '404': { description: 'none' } },
});

const OPERATIONS = {
  get: answers('read'),
  put: answers('assign', { requestBody: { required: true, content } }),
  delete: answers('remove'),
};

function contractOf(schema: JsonObject, example: Json, methods: readonly (keyof typeof OPERATIONS)[] = ['get', 'put']) {
  const parameters: JsonObject[] = [{ name: 'name', in: 'path', required: true, schema, example }];
  const operations = Object.fromEntries(methods.map((method) => [method, OPERATIONS[method]]));
  const paths = { '/branches/{name}': { parameters, ...operations } };
  return withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'Branches', version: '1' }, paths }))
    .contract;
}

/** A server with branches, and what writes it got at which path. */
function serverOf(names: readonly string[]) {
  const branches = new Set(names.map((name) => `/branches/${name}`));
  const writes: string[] = [];
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method !== 'GET') writes.push(`${method} ${path}`);
    if (method === 'PUT') branches.add(path);
    if (!branches.has(path)) return [404, {}];
    if (method === 'DELETE') branches.delete(path);
    return [200, {}];
  });
  return { target, branches, writes };
}

const only = ['*/documented-success', '*/invalid-body'];

it.each<[JsonObject, Json]>([
  [{ type: 'string' }, 'main'],
  [{ type: 'integer' }, 12],
  [{ type: 'string', enum: ['main', 'old'] }, 'main'],
])('is not changed where a path of the document names it: %j', async (schema, example) => {
  const { target, branches } = serverOf([String(example)]);
  const report = await verifyTarget(contractOf(schema, example), target, { only });
  expect(failures(report)).toEqual([]);
  expect([...branches]).toContain(`/branches/${String(example)}`);
  const reasons = report.checks.filter(({ outcome }) => outcome === 'skipped').map(({ reason }) => reason);
  expect(reasons).toContain(
    `PUT /branches/{name} is not sent: /branches/${String(example)} names something that this run did not create.`,
  );
});

it('is none where nothing is there, or the target shows something under every name', async () => {
  const none = serverOf(['main']);
  await verifyTarget(contractOf({ type: 'string' }, 'other'), none.target, { only });
  expect(none.writes).toContain('PUT /branches/other');
  expect(none.branches).toContain('/branches/main');
  const writes: string[] = [];
  const mock = answeringTarget(({ method }) => [writes.push(method) && 200, {}]);
  await verifyTarget(contractOf({ type: 'string' }, 'main'), mock, { only });
  expect(writes).toContain('PUT');
});

it('is changed below the one item that a path allows, which stays as it is', async () => {
  const fleet = { name: 'fleet', in: 'path', required: true, schema: { type: 'string', const: 'north' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Fleets', version: '1' },
    paths: {
      '/fleets/{fleet}': { parameters: [fleet], get: OPERATIONS.get, delete: answers('drop') },
      '/fleets/{fleet}/signals': { parameters: [fleet], post: answers('signal') },
    },
  };
  const writes = new Set<string>();
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method !== 'GET') writes.add(`${method} ${path}`);
    return path.startsWith('/fleets/north') ? [200, {}] : [404, {}];
  });
  const contract = withDerivedState(readContract(document)).contract;
  expect(failures(await verifyTarget(contract, target, { only }))).toEqual([]);
  expect([...writes]).toEqual(['POST /fleets/north/signals']);
});

const NUMBER: JsonObject = { type: 'integer' };
const EXAMPLE: JsonObject = { ...NUMBER, example: 12345 };
const objectWith = (id: JsonObject): JsonObject => ({ type: 'object', required: ['id'], properties: { id } });
const bodyOf = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  requestBody: { required: true, content: { 'application/json': { schema, ...more } } },
});

it.each<[string, JsonObject]>([
  ['of a property', bodyOf(objectWith(EXAMPLE))],
  ['of the entries of a list', bodyOf(objectWith({ type: 'array', items: EXAMPLE }))],
  ['of the body', bodyOf(objectWith(NUMBER), { example: { id: 12345 } })],
  ['of several of the body', bodyOf(objectWith(NUMBER), { examples: { one: { value: { id: 12345 } } } })],
  ['of an object in it', bodyOf({ type: 'object', required: ['branch'], properties: { branch: objectWith(EXAMPLE) } })],
  ['of a list as the body', bodyOf({ type: 'array', minItems: 1, items: NUMBER }, { example: [12345] })],
  ['of objects in such a list', bodyOf({ type: 'array', minItems: 1, items: objectWith(EXAMPLE) })],
  [
    'of the query',
    { parameters: [{ name: 'branch_id', in: 'query', required: true, schema: NUMBER, example: 12345 }] },
  ],
  ['of a schema in the query', { parameters: [{ name: 'id', in: 'query', required: true, schema: EXAMPLE }] }],
])('is not removed where it is chosen by the example %s', async (_, more) => {
  const sent: string[] = [];
  const target = answeringTarget(({ method, path, body = '' }: HttpRequest): Answer => {
    if (method === 'POST' && `${path} ${body}`.includes('12345')) sent.push(`${path} ${body}`);
    return [200, {}];
  });
  const paths = { '/remove/branch': { post: answers('remove', more) } };
  const document = { openapi: '3.1.0', info: { title: 'Branches', version: '1' }, paths };
  const contract = withDerivedState(readContract(document)).contract;
  const report = await verifyTarget(contract, target, { only });
  expect(sent).toEqual([]);
  expect(report.checks.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(
      /^POST \/remove\/branch is not sent: it chooses \S* ?12345, an example of the document, which may be an item of others\.$/,
    ),
  );
});

it('may be chosen by an example of what says nothing about which it is', async () => {
  const sent: string[] = [];
  const target = answeringTarget(({ body = '' }: HttpRequest): Answer => [200, sent.push(body) && {}]);
  const schema = { type: 'object', required: ['why'], properties: { why: { type: 'string', example: 'old' } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Branches', version: '1' },
    paths: { '/remove/branch': { post: answers('remove', bodyOf(schema)) } },
  };
  await verifyTarget(withDerivedState(readContract(document)).contract, target, { only });
  expect(sent).toContain('{"why":"old"}');
});

it('is not removed where no operation shows whether it is there', async () => {
  const { target, branches, writes } = serverOf(['main']);
  await verifyTarget(contractOf({ type: 'string' }, 'main', ['delete']), target, { only });
  expect([...branches]).toEqual(['/branches/main']);
  expect(writes.length).toBeGreaterThan(0);
});

/** Branches by their numbers, each with commits, and what the document calls the number at each method. */
function numbered(paths: JsonObject, there: readonly string[]) {
  const writes: string[] = [];
  const target = answeringTarget(({ method, path }: HttpRequest): Answer => {
    if (method !== 'GET') writes.push(`${method} ${path}`);
    const isThere = there.some((each) => path === each || path.startsWith(`${each}/`));
    return isThere ? [200, {}] : [404, {}];
  });
  const document = { openapi: '3.1.0', info: { title: 'Branches', version: '1' }, paths };
  return { target, writes, contract: withDerivedState(readContract(document)).contract };
}

const number = (name: string): JsonObject => ({
  parameters: [{ name, in: 'path', required: true, schema: { type: 'integer' }, example: 1 }],
});

it.each(['/branches/{number}', '/branches/{number}/'])(
  'is not removed where the GET of its path gives it another name: %s',
  async (path) => {
    const { target, writes, contract } = numbered(
      {
        [path]: { delete: { ...OPERATIONS.delete, ...number('number') } },
        '/branches/{number_or_name}': { get: { ...OPERATIONS.get, ...number('number_or_name') } },
      },
      ['/branches/1'],
    );
    const report = await verifyTarget(contract, target, { only });
    expect(writes.filter((write) => /\/1\/?$/.test(write))).toEqual([]);
    expect(report.checks.map(({ reason }) => reason)).toContain(
      `DELETE ${path} is not sent: ${path.replace('{number}', '1')} names something that this run did not create.`,
    );
  },
);

it('has nothing changed below it either, where an operation shows it', async () => {
  const paths = {
    '/branches/{number}': { get: { ...OPERATIONS.get, ...number('number') } },
    '/branches/{branch}/commits': { post: { ...OPERATIONS.put, ...number('branch') } },
  };
  const ofOthers = numbered(paths, ['/branches/1']);
  const report = await verifyTarget(ofOthers.contract, ofOthers.target, { only });
  expect(ofOthers.writes).toEqual([]);
  expect(report.checks.map(({ reason }) => reason)).toContain(
    'POST /branches/{branch}/commits is not sent: /branches/1 names something that this run did not create.',
  );
  const none = numbered(paths, []);
  await verifyTarget(none.contract, none.target, { only });
  expect(none.writes).toContain('POST /branches/1/commits');
});

it('is of others though the run has created something of another collection with the same number', async () => {
  const songs = new Map<string, JsonObject>();
  const writes: string[] = [];
  const target = answeringTarget(({ method, path, body = '' }: HttpRequest): Answer => {
    const [, collection, key] = (path.split('?', 1)[0] ?? path).split('/');
    if (collection === 'branches') {
      if (method !== 'GET') writes.push(`${method} ${path}`);
      return key === '1' ? [200, {}] : [404, {}];
    }
    if (key === undefined) {
      if (method === 'GET') return [200, [...songs.values()]];
      const { json } = parseJson(body);
      if (!isObject(json) || typeof json.title !== 'string') return [400, {}];
      const song = { id: songs.size + 1, title: json.title };
      songs.set(String(song.id), song);
      return [201, song];
    }
    const song = songs.get(key);
    return song === undefined ? [404, {}] : [200, song];
  });
  const properties = { id: { type: 'integer' }, title: { type: 'string' } };
  const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
  const shown = (status: string, schema: JsonObject) => ({
    responses: { [status]: { description: 'ok', ...body(schema) } },
  });
  const song = { type: 'object', required: ['id', 'title'], properties };
  const sent = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
  const paths = {
    '/songs': {
      get: { operationId: 'list', ...shown('200', { type: 'array', items: song }) },
      post: { operationId: 'create', requestBody: { required: true, ...body(sent) }, ...shown('201', song) },
    },
    '/songs/{id}': {
      get: {
        operationId: 'song',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        ...shown('200', song),
      },
    },
    '/branches/{number}': {
      get: { ...OPERATIONS.get, ...number('number') },
      delete: { ...OPERATIONS.delete, ...number('number') },
    },
  };
  const document = { openapi: '3.1.0', info: { title: 'Branches', version: '1' }, paths };
  const { contract } = withDerivedState(readContract(document));
  await verifyTarget(contract, target, { only: ['*/documented-success', 'create/created-is-read'] });
  expect([...songs.keys()]).toContain('1');
  expect(writes).not.toContain('DELETE /branches/1');
});
