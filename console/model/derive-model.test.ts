import { beforeAll, describe, expect, test } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import { deriveModel } from './derive-model.js';
import type { ConsoleModel, ItemView } from './model.js';

let model: ConsoleModel;

beforeAll(async () => {
  model = deriveModel(await defaultContract());
});

const view = (...sides: readonly string[]): ItemView | undefined =>
  model.views.find((each) => each.sides.join() === sides.join());

describe('of the packaged contract', () => {
  test('every resource with a listing of its own is a page', () => {
    expect(model.pages.map(({ title, create }) => [title, create?.label])).toEqual([
      ['Users', 'Create a user'],
      ['Roles', 'Create a role'],
      ['Organizations', 'Create an organization'],
      ['APIs', 'Create an API'],
      ['Clients', 'Create a client'],
      ['Client grants', 'Create a client grant'],
      ['Connections', 'Create a connection'],
      ['Groups', undefined],
    ]);
  });

  test('every set of an item is a tab, with the operations that change it', () => {
    const tabs = view('user')?.tabs.map(({ title, add, remove }) => [title, add?.operation, remove?.operation]);
    expect(tabs).toEqual([
      ['Roles', 'users.roles.assign', 'users.roles.remove'],
      ['Permissions', 'users.permissions.assign', 'users.permissions.remove'],
      ['Organizations', undefined, 'organizations.members.remove'],
      ['Groups', undefined, undefined],
      ['Effective roles', undefined, undefined],
      ['Effective permissions', undefined, undefined],
    ]);
  });

  test('a member of an organization has a page within it', () => {
    expect(view('organization', 'user')?.tabs[0]).toMatchObject({
      title: 'Roles',
      add: { operation: 'organizations.members.roles.assign', each: { role: { property: 'roles', many: true } } },
    });
  });

  test.each([
    { tab: 'Members', want: { user: { property: 'members', many: true, most: 10 } } },
    { tab: 'Client grants', want: { 'client-grant': { property: 'grant_id', many: false } } },
    { tab: 'Clients', want: { client: { property: 'clients', many: true, entryKey: 'client_id' } } },
  ])('bodies that name items have their form: $tab', ({ tab, want }) => {
    const { add } = view('organization')?.tabs.find(({ title }) => title === tab) ?? {};
    expect(add?.each).toEqual(want);
  });

  test('a flag adds and removes', () => {
    const clients = view('connection')?.tabs[0];
    expect([clients?.add?.each.client, clients?.remove?.each.client]).toEqual([
      { property: '', many: true, most: 50, entryKey: 'client_id', flag: 'status', adds: true },
      { property: '', many: true, most: 50, entryKey: 'client_id', flag: 'status', adds: false },
    ]);
  });

  test('permissions are chosen from the APIs that have them', () => {
    expect(model.resources.permission?.inside).toMatchObject({ parent: 'resource-server', list: 'scopes' });
  });

  test('every operation in it is one of the client', () => {
    const used = model.pages.flatMap(({ list, create }) => [list.operation, create?.operation]).filter(Boolean);
    expect(used.filter((id) => model.operations[id ?? ''] === undefined)).toEqual([]);
    expect(model.operations['organizations.members.roles.assign']).toMatchObject({
      call: ['organizations', 'members', 'roles', 'assign'],
      path: '/api/v2 /organizations/{id}/members/{user_id}/roles',
      parts: ['body'],
      ids: ['id', 'user_id'],
    });
  });
});

test("of somebody's document without our keywords, there are operations and no pages", () => {
  const things = { get: { operationId: 'things.list', responses: { '200': { description: 'Things.' } } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/things': things } };
  const { pages, views, operations } = deriveModel(readContract(document));
  expect([pages, views, Object.keys(operations)]).toEqual([[], [], ['things.list']]);
});
