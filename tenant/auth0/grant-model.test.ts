import { beforeEach, expect, test } from 'vitest';
import type { Contract, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { Store } from '../store/store.js';
import { school } from '../test-support/school.js';
import { type GrantModel, grantedScopes, grantModelOf } from './grant-model.js';

const API = 'https://tours.example/';
const contract: Contract = await defaultContract();
const model = grantModelOf(contract) as GrantModel;
let store: Store;

beforeEach(() => {
  store = new Store(contract);
  store.create('resource-server', { id: 'a', identifier: API, scopes: [{ value: 'see' }, { value: 'do' }, {}, 7] });
  store.create('client', { client_id: 'first', is_first_party: true });
  store.create('client', { client_id: 'third', is_first_party: false });
});

const grant = (properties: JsonObject) =>
  store.create('client-grant', { id: `g${store.order}`, audience: API, scope: ['see'], ...properties });
const granted = (client: string, audience = API) => grantedScopes(store, model, client, audience);

test('the contract says which resources and properties decide on scopes', () => {
  expect(model).toEqual({
    grant: 'client-grant',
    to: 'client_id',
    audience: 'audience',
    scopes: 'scope',
    all: 'allow_all_scopes',
    client: 'client',
    api: 'resource-server',
    identifier: 'identifier',
    apiScopes: { list: '/scopes', name: 'value' },
  });
  expect(grantModelOf(school)).toBeUndefined();
});

test('a client has the scopes of its grant for an audience', () => {
  grant({ client_id: 'first', audience: 'https://other.example/', scope: ['other'] });
  grant({ client_id: 'first', scope: ['do'] });
  expect([granted('first'), granted('first', 'https://other.example/')]).toEqual([['do'], ['other']]);
  expect([granted('third'), granted('first', 'https://none.example/')]).toEqual([undefined, undefined]);
});

test.each<[JsonObject, readonly string[]]>([
  [{ scope: undefined } as unknown as JsonObject, []],
  [{ scope: 'see' }, []],
  [{ allow_all_scopes: true, scope: [] }, ['see', 'do']],
  [{ allow_all_scopes: false }, ['see']],
])('a grant with %j grants %j', (properties, want) => {
  grant({ client_id: 'first', ...properties });
  expect(granted('first')).toEqual(want);
});

test('a grant of all scopes of an API without any grants none', () => {
  store.create('resource-server', { id: 'b', identifier: 'https://bare.example/' });
  grant({ client_id: 'first', audience: 'https://bare.example/', allow_all_scopes: true });
  grant({ client_id: 'first', audience: 'https://none.example/', allow_all_scopes: true });
  expect([granted('first', 'https://bare.example/'), granted('first', 'https://none.example/')]).toEqual([[], []]);
});

test('a default is for clients of third parties that have no grant of their own', () => {
  grant({ default_for: 'third_party_clients', audience: 'https://other.example/', scope: ['other'] });
  expect(granted('third')).toBeUndefined();
  grant({ default_for: 'nobody', scope: ['none'] });
  grant({ default_for: 'third_party_clients', scope: ['see'] });
  expect([granted('third'), granted('first'), granted('none')]).toEqual([['see'], undefined, undefined]);
  grant({ client_id: 'third', scope: ['do'] });
  expect(granted('third')).toEqual(['do']);
});
