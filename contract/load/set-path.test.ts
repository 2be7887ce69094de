import { expect, test } from 'vitest';
import type { JsonObject } from '../contract.js';
import { withDerivedState } from '../derive/derived-state.js';
import { SettingError } from '../errors.js';
import { readContract } from '../read/read.js';
import { withFixedPaths } from './set-path.js';

const parameter = (name: string, schema: JsonObject = { type: 'string' }): JsonObject => ({
  name,
  in: 'path',
  required: true,
  description: 'which one',
  example: 'none',
  schema,
});
const responses = { '204': { description: 'ok' } };

function contractOf(paths: JsonObject, components: JsonObject = {}) {
  return readContract({ openapi: '3.1.0', info: { title: 'T', version: '1' }, components, paths });
}

const CONTRACT = contractOf(
  {
    '/fleets/{id}/ships': {
      parameters: [parameter('id')],
      get: { operationId: 'ships', responses },
    },
    '/fleets/{fleet}/ports': {
      get: { operationId: 'ports', parameters: [{ $ref: '#/components/parameters/fleet' }], responses },
    },
    '/sailors/{id}': {
      parameters: [parameter('id', { type: 'integer', minimum: 1 })],
      get: { operationId: 'sailor', responses },
    },
  },
  {
    parameters: { fleet: parameter('fleet', { $ref: '#/components/schemas/name' }) },
    schemas: { name: { minLength: 3 } },
  },
);

/** The only values of path parameters, by operation. */
function fixedBy(...settings: readonly string[]) {
  const { operations } = withFixedPaths(CONTRACT, settings);
  return Object.fromEntries(
    operations.flatMap(({ id, parameters }) =>
      parameters.flatMap(({ name, only }) => (only === undefined ? [] : [[id, [name, only]]])),
    ),
  );
}

test.each<[readonly string[], JsonObject]>([
  [[], {}],
  [['fleet=north'], { ports: ['fleet', 'north'] }],
  [['id=7'], { ships: ['id', '7'], sailor: ['id', 7] }],
  [['/fleets/{id}=north'], { ships: ['id', 'north'], ports: ['fleet', 'north'] }],
  [['/sailors/{x}=7', 'fleet=a=b'], { ports: ['fleet', 'a=b'], sailor: ['id', 7] }],
])('%j fixes parameters by name, or by the beginning of a path', (settings, want) => {
  expect(fixedBy(...settings)).toEqual(want);
});

test('a parameter keeps what else it has, but for examples', () => {
  const [ships] = withFixedPaths(CONTRACT, ['id=7']).operations;
  expect(ships?.parameters).toHaveLength(1);
  expect(ships?.parameters[0]).toMatchObject({ description: 'which one', schema: { type: 'string', const: '7' } });
  expect(ships?.parameters[0]?.example).toBeUndefined();
  expect(CONTRACT.operations[0]?.parameters[0]).not.toHaveProperty('only');
});

test.each([
  ['fleet', 'expected NAME=VALUE, such as "account_id=42" or "/accounts/{id}=42".'],
  ['fleet=', 'expected NAME=VALUE, such as "account_id=42" or "/accounts/{id}=42".'],
  [
    'flet=north',
    'expected the name of a path parameter, or the beginning of a path that ends in one; paths have "id", "fleet".',
  ],
  [
    '/fleets=north',
    'expected the name of a path parameter, or the beginning of a path that ends in one; paths have "id", "fleet".',
  ],
  ['/sailors/{id}=north', 'the schema of "id" does not allow this value: {"type":"integer","minimum":1}.'],
])('%s is refused', (setting, why) => {
  const fix = () => withFixedPaths(CONTRACT, [setting]);
  expect(fix).toThrow(SettingError);
  expect(fix).toThrow(`--set-path "${setting}": ${why}`);
});

test('the key of a resource that the contract states stays open', () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { 'x-resources': { ship: { key: 'id' } } },
    paths: {
      '/fleets/{fleet}/ships/{id}': {
        parameters: [parameter('fleet'), parameter('id')],
        get: { 'x-effect': { read: 'ship', of: { ship: 'id' } }, responses },
      },
    },
  });
  expect(() => withFixedPaths(contract, ['id=7'])).toThrow(
    '--set-path "id=7": "id" names a resource of the contract, "ship"; pass an existing one with --fixtures.',
  );
  expect(withFixedPaths(contract, ['fleet=north']).operations[0]?.parameters[0]?.only).toBe('north');
});

test('a message names ten parameters, and none where there is none', () => {
  const path = Array.from({ length: 12 }, (_, index) => `{p${index}}`).join('/');
  const parameters = Array.from({ length: 12 }, (_, index) => parameter(`p${index}`));
  const many = contractOf({ [`/${path}`]: { get: { parameters, responses } } });
  expect(() => withFixedPaths(many, ['x=1'])).toThrow('"p9" and 2 more.');
  expect(() => withFixedPaths(contractOf({ '/a': { get: { responses } } }), ['x=1'])).toThrow('no path has one.');
});

test('what is below a fixed parameter is a collection, and what it has once', () => {
  const item = (properties: JsonObject) => ({ 'application/json': { schema: { type: 'object', properties } } });
  const ship = item({ id: { type: 'string' }, name: { type: 'string' } });
  const flags = item({ flag: { type: 'string' } });
  const ok = (content: JsonObject) => ({ responses: { '200': { description: 'ok', content } } });
  const update = { requestBody: { content: flags }, responses };
  const contract = contractOf({
    '/fleets/{fleet}': { parameters: [parameter('fleet')], get: ok(flags), put: update },
    '/fleets/{fleet}/flags': { parameters: [parameter('fleet')], get: ok(flags), put: update },
    '/fleets/{fleet}/ships': {
      parameters: [parameter('fleet')],
      post: { requestBody: { content: ship }, ...ok(ship) },
    },
    '/fleets/{fleet}/ships/{ship}': { parameters: [parameter('fleet'), parameter('ship')], get: ok(ship) },
  });
  const namesOf = (given: typeof contract) => withDerivedState(given).resources.map(({ name }) => name);
  expect(namesOf(contract)).toEqual([]);
  // The fleet itself is what others rely on.
  expect(namesOf(withFixedPaths(contract, ['fleet=north']))).toEqual(['ship', 'flag']);
});
