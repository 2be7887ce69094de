import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { parseJson } from '../target/target.js';
import { answer, contentOf, contractOf, isAdmin, REFUSED, serverOf } from '../test-support/groups-server.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Writes of which neither the document nor its paths say what they change, at servers with users and groups. */

describe('a creation that no resource was derived from', () => {
  const body = (schema: JsonObject, example?: JsonObject): JsonObject => ({
    required: true,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  });
  const GROUP = { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } };
  const post = (more: JsonObject): JsonObject => ({
    post: {
      requestBody: body(GROUP),
      responses: { '204': { description: 'ok' }, '400': REFUSED, '401': REFUSED },
      ...more,
    },
  });

  function keeping(isOpen: boolean) {
    const names: string[] = [];
    const target = serverOf((request) => {
      if (!isOpen && !isAdmin(request)) return [401, {}];
      const { json: sent } = parseJson(request.body ?? '');
      const name = typeof sent === 'object' && sent !== null && 'name' in sent ? sent.name : undefined;
      if (typeof name !== 'string' || name === '') return [400, { message: 'name: required' }];
      if (names.includes(`${request.path} ${name}`)) return [400, { message: 'The group already exists' }];
      names.push(`${request.path} ${name}`);
      return [204];
    });
    return { names, target };
  }

  it('has a marked name each time, and is listed as left behind', async () => {
    const { names, target } = keeping(false);
    const report = await verifyTarget(contractOf({ '/group/create': post({}) }), target, {
      only: ['*/documented-success'],
    });
    expect(report.findings).toEqual([]);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !/rc[a-z0-9]{8}/.test(name))).toEqual([]);
    expect(report.leftovers).toEqual([
      expect.stringMatching(
        new RegExp(
          `^perhaps what POST /group/create created of .*rc[a-z0-9]{8}.*, and of ${names.length - 1} more like it$`,
        ),
      ),
    ]);
  });

  it('has a marked name each time inside an object, too, and is listed though its answer names nothing', async () => {
    const names: string[] = [];
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      if (request.method !== 'POST') return [404, {}];
      names.push(request.body ?? '');
      return [200, { ok: true }];
    });
    const within = { type: 'object', required: ['data'], properties: { data: GROUP } };
    const contract = contractOf({
      '/groups': post({ requestBody: body(within), responses: { '200': answer(), '400': REFUSED, '401': REFUSED } }),
      '/groups/{group}': {
        delete: {
          parameters: [{ name: 'group', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { '204': { description: 'ok' }, '401': REFUSED, '404': REFUSED },
        },
      },
    });
    const report = await verifyTarget(contract, target, { only: ['post*/documented-success'] });
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((sent) => !/"data":\{"name":"[^"]*rc[a-z0-9]{8}/.test(sent))).toEqual([]);
    expect(report.leftovers).toEqual([expect.stringMatching(/^perhaps what POST \/groups created of .*rc[a-z0-9]{8}/)]);
  });

  it('has a marked address each time', async () => {
    const mails: string[] = [];
    const target = serverOf(({ body: sent = '' }) => {
      mails.push(sent);
      return [200, {}];
    });
    const email = { type: 'string', format: 'email', example: 'ada@example.com' };
    const link = { type: 'object', required: ['email'], properties: { email } };
    const paths = { '/link': post({ requestBody: body(link), responses: { '200': answer() } }) };
    await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'] });
    expect(mails.length).toBeGreaterThan(3);
    expect(mails.filter((sent) => !/rc[a-z0-9]{8}.*@example\.com/.test(sent))).toEqual([]);
  });

  it('has another name in the command that repeats a finding', async () => {
    const target = serverOf((request) => (isAdmin(request) ? [202] : [401, {}]));
    const contract = contractOf({ '/group/create': post({}) });
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    const [head, line] = report.findings[0]?.curl.split('\n') ?? [];
    expect(head).toBe('NAME=rc$(date +%s)');
    expect(line).toMatch(/\{\\"name\\":\\"[^"]*\$\{NAME\}\\"\}"$/);
  });

  it.each<[string, (item: Item) => object, Named?]>([
    ['it alone', (item) => item],
    ['an object around it', (item) => ({ request_id: 'r1', data: { ...item, owner: { id: 'o1', name: 'ann' } } })],
    ['a list', (item) => [{ group: item, error: '' }]],
    ['it with its path alone', ({ id, name }) => ({ href: `/groups/${id}/`, owner: '/owners/o1/', name })],
    ['an object beside its key', ({ id, name }) => ({ id, result: { name } })],
    ['it alone', (item) => item, { collection: '/groups/', parameter: 'pk' }],
    ['it alone, named in the singular', (item) => item, { item: '/group/' }],
    ['its key alone, and reading it shows the rest', ({ id }) => ({ groupId: id }), { isRead: true }],
    ['its key alone inside an object', ({ id }) => ({ data: { id }, tookMs: 3 }), { isRead: true, item: '/group/' }],
  ])('is removed by the key that its answer shows: %s %#', async (_what, shown, named) => {
    const { groups, contract, target } = removable(shown, named);
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'] });
    expect(groups.made).toBeGreaterThan(3);
    expect([[...groups.stored.keys()], report.leftovers]).toEqual([['o1'], []]);
  });

  it.each<[string, (item: Item) => object]>([
    ['the answer shows nothing of the run', ({ id }) => ({ data: { id } })],
    ['the run named the key', ({ name }) => ({ data: { id: 'o1', name } })],
    ['only what the answer refers to is of the run', ({ id, name }) => ({ id, owner: { name } })],
  ])('is named and not removed where %s', async (_what, shown) => {
    const { groups, contract, target } = removable(shown);
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect([...groups.stored.keys()]).toContain('o1');
    expect(report.leftovers).toEqual([expect.stringMatching(/^perhaps what POST \/groups created of /)]);
  });

  it('is named and not removed where reading the key that its answer shows leads to something else', async () => {
    const { groups, contract, target } = removable(() => ({ groupId: 'o2' }), { isRead: true });
    groups.stored.set('o2', 'ours');
    const report = await verifyTarget(contract, target, { only: ['post*/documented-success'] });
    expect([groups.stored.get('o1'), groups.stored.get('o2')]).toEqual(['ours', 'ours']);
    expect(report.leftovers).toEqual([
      expect.stringMatching(/^perhaps what POST \/groups created of .*: \/groups\/o2$/),
    ]);
  });

  it.each(['smoke', 'standard'] as const)('is not removed where each answer shows the same key: %s', async (depth) => {
    const { groups, contract, target } = removable(({ name }) => ({ id: 'mine', name }));
    groups.stored.set('mine', 'ours');
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth });
    expect([...groups.stored.keys()]).toContain('mine');
    expect(report.leftovers).toEqual([
      expect.stringMatching(/^perhaps what POST \/groups created of .*rc[a-z0-9]{8}.*: \/groups\/mine$/),
    ]);
  });

  it.each<[string, object, readonly string[]]>([
    ['and is removed by the one that paths take', { documentId: true }, ['o1']],
    ['and is named where it shows none of them', {}, ['o1', 'doc-g1']],
  ])(
    'may have several keys in its answer, %s',
    async (_what, { documentId = false }: { documentId?: boolean }, left) => {
      const shown = ({ id, name }: Item) => ({ data: { id, ...(documentId && { documentId: `doc-${id}` }), name } });
      const { groups, contract, target } = removable(shown, { isRead: true, keyOf: (id) => `doc-${id}` });
      const report = await verifyTarget(contract, target, { only: ['post*/documented-success'], depth: 'smoke' });
      expect([...groups.stored.keys()]).toEqual(left);
      const named = /^perhaps what POST \/groups created of .*rc[a-z0-9]{8}.*: \/groups\/g1$/;
      expect(report.leftovers).toEqual(left.length === 1 ? [] : [expect.stringMatching(named)]);
    },
  );

  it('is removed by a key that the request named without the mark, where reading it shows the mark', async () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['title', 'username'],
      properties: { title: { type: 'string' }, username: { type: 'string' } },
    };
    const username = [{ name: 'username', in: 'path', required: true, schema: { type: 'string' } }];
    const refusals = { '400': REFUSED, '401': REFUSED, '404': REFUSED };
    const one = (status: string) => ({
      parameters: username,
      responses: { [status]: { description: 'ok' }, ...refusals },
    });
    const responses = { '201': { description: 'ok' }, ...refusals };
    const contract = contractOf({
      '/users': { post: { requestBody: body(schema), responses } },
      '/users/{username}': { get: one('200'), delete: one('204') },
    });
    const users = new Map<string, object>([['ann', { id: 1, username: 'ann', title: 'Owner' }]]);
    let made = 0;
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const at = decodeURIComponent(request.path.slice('/users/'.length));
      if (request.method === 'DELETE') return users.delete(at) ? [204] : [404, {}];
      if (request.method === 'GET') return users.has(at) ? [200, users.get(at) ?? {}] : [404, {}];
      const { json: sent } = parseJson(request.body ?? '');
      if (typeof sent !== 'object' || sent === null || !('username' in sent) || !('title' in sent)) return [400, {}];
      // It takes numbers for texts.
      const [name, title] = [sent.username, sent.title].map((value) =>
        ['string', 'number'].includes(typeof value) ? String(value) : '',
      );
      if (!name || !title || users.has(name)) return [400, {}];
      made += 1;
      const user = { id: 1 + made, username: name, title };
      users.set(name, user);
      return [201, user];
    });
    const report = await verifyTarget(contract, target, { only: ['post*/documented-success', 'post*/invalid-body'] });
    expect(made).toBeGreaterThan(3);
    expect([[...users.keys()], report.leftovers]).toEqual([['ann'], []]);
  });

  interface Item {
    readonly id: string;
    readonly name: string;
  }

  /** How the document names groups in paths. */
  interface Named {
    readonly collection?: string;
    /** The beginning of the path of one group. */
    readonly item?: string;
    readonly parameter?: string;
    /** Whether an operation reads a group. */
    readonly isRead?: boolean;
    /** What paths take, where that is not the id. A removal of anything else succeeds. */
    readonly keyOf?: (id: string) => string;
  }

  /** A document that shows no group, and its server. The group o1 was there before. @param shown - how an answer does */
  function removable(
    shown: (item: Item) => object,
    { collection = '/groups', item: beginning = '/groups/', parameter = 'groupId', isRead = false, keyOf }: Named = {},
  ) {
    const groups = { stored: new Map([['o1', 'ours']]), made: 0 };
    const owner = { type: 'string', enum: ['o1'] };
    const schema: JsonObject = {
      type: 'object',
      required: ['name', 'owner'],
      properties: { name: { type: 'string' }, owner },
    };
    const id = [{ name: parameter, in: 'path', required: true, schema: { type: 'string' } }];
    const refusals = { '400': REFUSED, '401': REFUSED, '404': REFUSED };
    const contract = contractOf({
      [collection]: { post: { requestBody: body(schema), responses: { '200': { description: 'ok' }, ...refusals } } },
      [`${beginning}{${parameter}}`]: {
        delete: { parameters: id, responses: { '204': { description: 'ok' }, ...refusals } },
        ...(isRead && { get: { parameters: id, responses: { '200': { description: 'ok' }, ...refusals } } }),
      },
    });
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const at = decodeURIComponent(request.path.slice(beginning.length));
      if (request.method === 'DELETE') return groups.stored.delete(at) || keyOf !== undefined ? [204] : [404, {}];
      if (request.method === 'GET') return groups.stored.has(at) ? [200, { name: groups.stored.get(at) }] : [404, {}];
      const { json: sent } = parseJson(request.body ?? '');
      if (typeof sent !== 'object' || sent === null || !('name' in sent)) return [400, {}];
      groups.made += 1;
      const item = { id: `g${groups.made}`, name: String(sent.name) };
      groups.stored.set(keyOf?.(item.id) ?? item.id, item.name);
      return [keyOf === undefined ? 200 : 201, shown(item)];
    });
    return { groups, contract, target };
  }

  it.each(['group-create', 'groups_create', 'GroupController.createGroup', 'apiAddGroup'])(
    'is known by a word in the name of its operation: %s',
    async (operationId) => {
      const target = serverOf((request) => (isAdmin(request) ? [200, { data: { id: 'g1' }, error: null }] : [401, {}]));
      const success = { '200': { description: 'ok' }, '401': REFUSED };
      const contract = contractOf({ '/group': post({ operationId, responses: success }) });
      const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
      expect(report.leftovers).toEqual([
        expect.stringMatching(/^perhaps what POST \/group created of .*rc[a-z0-9]{8}/),
      ]);
    },
  );

  it('is not blamed for refusing the example of its document again', async () => {
    const { target } = keeping(true);
    const paths = { '/group': post({ operationId: 'addGroup', requestBody: body(GROUP, { name: 'Sales' }) }) };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*'], depth: 'smoke' });
    expect(failures(report)).toEqual(['token-missing: no token is required']);
    expect(report.leftovers).toEqual(['perhaps what POST /group created of {"name":"Sales"}']);
  });

  it.each<[string, string, object, readonly RegExp[]]>([
    [
      'is listed where its answer shows a new id',
      '/group/sign',
      { group: { id: 'g1', name: 'x' } },
      [/^perhaps what POST \/group\/sign created of .*rc/],
    ],
    [
      'is listed where a name ends in Id',
      '/group/sign',
      { status: 'ok', deviceId: 'd1' },
      [/^perhaps what POST \/group\/sign created of .*rc/],
    ],
    [
      'is listed where a name ends in ID',
      '/group/sign',
      { status: 'ok', deviceID: 'd1' },
      [/^perhaps what POST \/group\/sign created of .*rc/],
    ],
    [
      'is listed where its answer shows a list of new ones',
      '/group/sign',
      { created: [{ id: 'g1' }], deleted: [] },
      [/^perhaps what POST \/group\/sign created of .*rc/],
    ],
    ['is none where its answer shows a list', '/group/sign', { groups: [{ id: 'g1' }] }, []],
    ['is none where the id is of the request itself', '/group/sign', { requestId: 'r1', result: 1 }, []],
    ['is none where its name says that it reads', '/group/search', { group: { id: 'g1' } }, []],
  ])('%s', async (_what, path, shown, want) => {
    const target = serverOf((request) => (isAdmin(request) ? [200, shown] : [401, {}]));
    const paths = { [path]: post({ responses: { '200': answer(), '401': REFUSED } }) };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual(want.map((line) => expect.stringMatching(line)));
  });

  it('is listed where a job is accepted, though its name says that it reads', async () => {
    const target = serverOf((request) => (isAdmin(request) ? [202, { transaction_id: 't1' }] : [401, {}]));
    const paths = { '/group/export': { post: { responses: { '202': answer(), '401': REFUSED } } } };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual(['perhaps what POST /group/export created, named t1']);
  });

  it.each<[string, number, readonly string[]]>([
    ['/group/batch', 500, ['perhaps what POST /group/batch changed: failed in the server once']],
    ['/group/search', 500, []],
    ['/group/batch', 501, []],
    ['/group/batch', 400, []],
  ])('may be a change where %s gets a %i', async (path, status, want) => {
    const target = serverOf((request) => (isAdmin(request) ? [status, {}] : [401, {}]));
    const paths = { [path]: post({ responses: { '200': answer(), '401': REFUSED } }) };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.changed ?? []).toEqual(want);
  });

  it('is no change where an invalid body gets a 500', async () => {
    const target = serverOf((request) => {
      if (!isAdmin(request)) return [401, {}];
      const sent = parseJson(request.body ?? '').json;
      const isValid = typeof sent === 'object' && sent !== null && 'name' in sent && typeof sent.name === 'string';
      return isValid && sent.name !== '' ? [200, { status: 'ok' }] : [500, {}];
    });
    const paths = { '/group/batch': post({ responses: { '200': answer(), '400': REFUSED, '401': REFUSED } }) };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/invalid-body'] });
    expect(failures(report)).toContain('invalid-body: server error 500');
    expect(report.changed ?? []).toEqual([]);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['/group/remove', { status: 'ok' }, ['perhaps what POST /group/remove changed: accepted once']],
    ['/group/notify', {}, ['perhaps what POST /group/notify changed: accepted once']],
    ['/group/notify', { status: 'ok' }, []],
    ['/group/search', {}, []],
  ])('may be a change where %s answers with %j', async (path, shown, want) => {
    const target = serverOf((request) => (isAdmin(request) ? [200, shown] : [401, {}]));
    const paths = { [path]: post({ responses: { '200': answer(), '401': REFUSED } }) };
    const report = await verifyTarget(contractOf(paths), target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.changed ?? []).toEqual(want);
  });

  it('is none where nothing says that something was created', async () => {
    const { target } = keeping(false);
    const report = await verifyTarget(contractOf({ '/group/search': post({}) }), target, {
      only: ['*'],
      depth: 'smoke',
    });
    expect(report.leftovers).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a list', [{ name: 'anne' }, { name: 'bob' }], ', named anne, bob'],
    ['one inside an object', { user: { id: 'u1', name: 'anne' }, links: 'none' }, ', named u1'],
    ['one of several objects', { user: { id: 'u1' }, by: { id: 'u2' } }, ''],
    ['one under its kind', { userID: 'u1', requestId: 'r1' }, ', named u1'],
  ])('is listed by the names of the answer, where the request has none of the run: %s', async (_what, users, named) => {
    const names = { type: 'array', items: { type: 'string', enum: ['anne', 'bob'] }, minItems: 1 };
    const creation = { type: 'object', required: ['names'], properties: { names } };
    const target = serverOf((request) => (isAdmin(request) ? [201, users] : [401, {}]));
    const created = { '201': answer({}), '401': REFUSED };
    const contract = contractOf({ '/users': { post: { requestBody: body(creation), responses: created } } });
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual([
      expect.stringMatching(new RegExp(`^perhaps what POST /users created of \\{"names":[^}]*\\}${named}$`)),
    ]);
  });

  it.each<[string, JsonObject, readonly RegExp[]]>([
    ['is listed where its path lists such', { minItems: 1 }, [/^perhaps what POST \/groups created of \[\{"name":/]],
    ['sends an empty list, which creates nothing', { maxItems: 0 }, []],
  ])('%s', async (_what, size, want) => {
    const target = serverOf((request) => (isAdmin(request) ? [200, []] : [401, {}]));
    const groups = { type: 'array', items: GROUP };
    const shown = { '200': { description: 'ok', content: contentOf(groups) }, '401': REFUSED };
    const sent = body({ ...groups, ...size });
    const success = { '200': { description: 'ok' }, '401': REFUSED };
    const contract = contractOf({
      '/groups': { get: { responses: shown }, post: { requestBody: sent, responses: success } },
    });
    const report = await verifyTarget(contract, target, { only: ['post*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual(want.map((line) => expect.stringMatching(line)));
  });

  it('may be a part of what changes a collection', async () => {
    const text = { type: 'string' };
    const group = { type: 'object', required: ['name'], properties: { id: text, name: text } };
    const success = { '200': { description: 'ok', content: { 'application/json': { schema: group } } } };
    const refusals = { '401': REFUSED, '404': REFUSED };
    const id = { name: 'id', in: 'path', required: true, schema: text };
    const change = {
      type: 'object',
      required: ['add'],
      properties: { add: { type: 'array', items: group, minItems: 1 } },
    };
    const contract = contractOf({
      '/groups': {
        post: { requestBody: body(GROUP), responses: { ...success, ...refusals } },
        patch: { requestBody: body(change), responses: { ...success, ...refusals } },
      },
      '/groups/{id}': {
        get: { parameters: [id], responses: { ...success, ...refusals } },
        patch: { parameters: [id], requestBody: body(GROUP), responses: { ...success, ...refusals } },
        delete: { parameters: [id], responses: { ...success, ...refusals } },
      },
    });
    const target = serverOf((request) => (isAdmin(request) ? [200, { id: 'g1', name: 'Sales' }] : [401, {}]));
    const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
    expect(report.leftovers).toEqual([expect.stringMatching(/^perhaps what PATCH \/groups created of \{"add":/)]);
  });
});
