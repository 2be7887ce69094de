import { beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { createTenant } from '../tenant.js';
import { refused } from '../test-support/refused.js';

const text: JsonObject = { type: 'string' };
const at = (name: string) => [{ name, in: 'path', required: true, schema: text }];
const answer = (status: string, schema?: JsonObject): JsonObject => ({
  [status]: { description: 'ok', ...(schema === undefined ? {} : json(schema)) },
});
const errors = {
  '400': refused('bad-body'),
  '404': refused('no-car', 'no-person', 'no-garage'),
  '409': refused('taken', 'too-many-cars', 'full'),
};
const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required: [...required] } : {}),
});
const Car = object(
  { id: { type: 'string', 'x-value': { id: 'car_{digit:4}' } }, plate: text, owner: {}, garage: text, color: text },
  ['id', 'color'],
);
const Person = object({ name: text });
const NewCar = object({ plate: text, owner: {}, garage: text, color: { type: ['string', 'null'] } });

/** Cars of people, in garages: at most two of a person, and three in all. */
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Garage', version: '1' },
  security: [],
  paths: {
    '/cars': {
      post: {
        operationId: 'cars.create',
        'x-effect': { create: 'car' },
        requestBody: json(NewCar),
        responses: { ...answer('201', Car), ...errors },
      },
    },
    '/people/{name}/cars': {
      parameters: at('name'),
      post: {
        operationId: 'people.cars.create',
        'x-effect': { create: 'car', of: { person: 'name' } },
        requestBody: json(NewCar),
        responses: { ...answer('204'), ...errors },
      },
      get: {
        operationId: 'people.cars.list',
        'x-effect': { list: 'car', of: { person: 'name' } },
        responses: { ...answer('200', { type: 'array', items: Car }), ...errors },
      },
    },
    '/cars/{id}': {
      parameters: at('id'),
      get: {
        operationId: 'cars.get',
        'x-effect': { read: 'car', of: { car: 'id' }, unknown: { car: 'succeed' } },
        responses: { ...answer('200', Car) },
      },
      patch: {
        operationId: 'cars.update',
        'x-effect': { update: 'car', of: { car: 'id' }, unknown: { car: 'succeed' } },
        requestBody: json(NewCar),
        responses: { ...answer('200', Car), ...errors },
      },
      delete: {
        operationId: 'cars.delete',
        'x-effect': { delete: 'car', of: { car: 'id' } },
        responses: { ...answer('200', object({ gone: { type: 'string', 'x-value': 'deleted-at' } })), ...errors },
      },
    },
    '/people/{name}': {
      parameters: at('name'),
      delete: {
        operationId: 'people.delete',
        'x-effect': { delete: 'person', of: { person: 'name' }, unknown: { person: 'succeed' } },
        responses: answer('200', object({})),
      },
      put: {
        operationId: 'people.rename',
        'x-effect': { update: 'person', of: { person: 'name' } },
        requestBody: json(Person),
        responses: answer('200', Person),
      },
    },
  },
  components: {
    'x-resources': {
      person: { key: 'name' },
      garage: { key: 'id' },
      car: {
        key: 'id',
        unique: [['plate']],
        refers: { owner: 'person', garage: 'garage' },
        limit: [
          { per: ['person'], max: 2, problem: 'too-many-cars' },
          { max: 3, problem: 'full' },
        ],
      },
    },
    'x-problems': {
      'bad-body': { when: { invalid: 'body' }, message: '{reason}' },
      'no-car': { when: { unknown: 'car' }, message: 'No car {key}' },
      'no-person': { when: { unknown: 'person' }, message: 'No person {key}' },
      'no-garage': { when: { unknown: 'garage' }, message: 'No garage {garage}' },
      taken: { when: { duplicate: 'car' }, message: 'Like {key}' },
      'too-many-cars': { when: { full: 'car' }, message: 'At most {max}' },
      full: { when: { full: 'car' }, message: 'Full at {max}' },
    },
    schemas: {},
  },
});
const state = { persons: [{ name: 'ada' }, { name: 'bob' }], garages: [{ id: 'g1' }] };

type Call = (method: string, path: string, body?: unknown) => Promise<readonly [status: number, body: unknown]>;
let call: Call;

beforeEach(async () => {
  const tenant = await createTenant(contract, { state, seed: 1, clock: () => 0 });
  call = async (method, path, sent) => {
    const body = sent === undefined ? '' : JSON.stringify(sent);
    const headers = { 'content-type': 'application/json' };
    const { status, body: received } = await tenant.handle({ method, path, query: '', headers, body });
    return [status, received === '' ? undefined : JSON.parse(received)];
  };
});
const create = (body: JsonObject) => call('POST', '/cars', { color: 'red', ...body });
const idOf = async (body: JsonObject) => ((await create(body))[1] as { id: string }).id;

const refusal = (status: number, message: string) => [status, { text: message }];
const cars = async (name: string) =>
  ((await call('GET', `/people/${name}/cars`))[1] as readonly { plate?: string }[]).map(({ plate }) => plate);

test.each<{ body: JsonObject; want: unknown }>([
  { body: { color: null }, want: refusal(400, "'Missing required property: color'.") },
  { body: { owner: 'none' }, want: refusal(404, 'No person none') },
  { body: { owner: { a: 1 } }, want: refusal(404, 'No person {"a":1}') },
  { body: { owner: 'ada', garage: 'g2' }, want: refusal(404, 'No garage g2') },
  { body: { plate: 'A' }, want: refusal(409, 'Like car_6817') },
  // What is wrong with the item comes before what is around it.
  { body: { plate: 'A', owner: 'none' }, want: refusal(404, 'No person none') },
])('$body is refused', async ({ body, want }) => {
  await create({ plate: 'A', owner: 'ada' });
  expect(await create(body)).toEqual(want);
  expect(await cars('ada')).toEqual(['A']);
});

test.each<JsonObject>([{}, { owner: null }, { owner: 'ada', garage: 'g1' }])('%j is created', async (body) => {
  const shown = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  expect(await create(body)).toEqual([201, { id: expect.any(String), color: 'red', ...shown }]);
});

test('the path sets what an item refers to, whatever the body says', async () => {
  expect(await call('POST', '/people/ada/cars', { plate: 'A', color: 'red', owner: 'bob' })).toEqual([204, undefined]);
  expect([await cars('ada'), await cars('bob')]).toEqual([['A'], []]);
  expect(await call('POST', '/people/none/cars', { color: 'red' })).toEqual(refusal(404, 'No person none'));
});

test('a limit may be of each item that others refer to, and of all', async () => {
  for (const plate of ['A', 'B']) expect((await create({ plate, owner: 'ada' }))[0]).toBe(201);
  expect(await create({ plate: 'C', owner: 'ada' })).toEqual(refusal(409, 'At most 2'));
  expect(await call('POST', '/people/ada/cars', { color: 'red' })).toEqual(refusal(409, 'At most 2'));
  expect((await create({ plate: 'C', owner: 'bob' }))[0]).toBe(201);
  expect(await create({ plate: 'D', owner: 'bob' })).toEqual(refusal(409, 'Full at 3'));
  expect(await create({ plate: 'D' })).toEqual(refusal(409, 'Full at 3'));
});

test('an update is refused for what its item would be, and changes nothing then', async () => {
  const path = `/cars/${await idOf({ plate: 'A', owner: 'ada' })}`;
  await create({ plate: 'B' });
  const before = await call('GET', path);
  for (const [body, want] of [
    [{ plate: 'B', color: 'blue' }, refusal(409, expect.stringMatching(/^Like car_\d{4}$/) as unknown as string)],
    [{ owner: 'none', color: 'blue' }, refusal(404, 'No person none')],
    [{ color: null }, refusal(400, "'Missing required property: color'.")],
  ])
    expect(await call('PATCH', path, body)).toEqual(want);
  expect(await call('GET', path)).toEqual(before);
  expect((await call('PATCH', path, { plate: 'A', owner: null }))[1]).toEqual({
    id: expect.any(String),
    plate: 'A',
    color: 'red',
  });
  expect(await cars('ada')).toEqual([]);
});

test('what is unknown may be a success without content', async () => {
  expect(await call('GET', '/cars/none')).toEqual([200, undefined]);
  expect(await call('PATCH', '/cars/none', { color: 'red' })).toEqual([200, undefined]);
  expect(await call('DELETE', '/people/none')).toEqual([200, {}]);
});

test('a deletion shows when it was, if its answer has a place for that', async () => {
  const path = `/cars/${await idOf({ owner: 'ada' })}`;
  expect(await call('DELETE', path)).toEqual([200, { gone: '1970-01-01T00:00:00.000Z' }]);
  expect((await call('DELETE', path))[0]).toBe(404);
  expect(await call('DELETE', '/people/ada')).toEqual([200, {}]);
});

test('what refers to an item follows its key, and goes with it', async () => {
  const path = `/cars/${await idOf({ plate: 'A', owner: 'ada' })}`;
  expect(await call('PUT', '/people/ada', { name: 'eve' })).toEqual([200, { name: 'eve' }]);
  expect((await call('GET', path))[1]).toMatchObject({ owner: 'eve' });
  expect(await cars('eve')).toEqual(['A']);
  await call('DELETE', '/people/eve');
  expect(await call('GET', path)).toEqual([200, undefined]);
});
