import { expect, test } from 'vitest';
import type { Json } from '../contract/contract.js';
import { orchard } from '../contract/derive/test-support/orchard.js';
import { readContract } from '../contract/read/read.js';
import { createTenant, type Tenant } from './tenant.js';
import { key } from './test-support/school.js';

const contract = readContract(orchard);

async function call(tenant: Tenant, method: string, path: string, body?: Json) {
  const headers = { 'content-type': 'application/json' };
  const text = body === undefined ? '' : JSON.stringify(body);
  const answer = await tenant.handle({ method, path, query: '', headers, body: text });
  return {
    status: answer.status,
    headers: answer.headers,
    json: answer.body === '' ? undefined : JSON.parse(answer.body),
  };
}

test('a document without keywords has state by REST conventions', async () => {
  const tenant = await createTenant(contract, { seed: 1, key: await key, clock: () => 0 });
  const created = await call(tenant, 'POST', '/trees/', { kind: 'apple', height: 2, secret: 'x' });
  const { id } = created.json;
  // What answers require and no request sets is a sample; what only requests have is not shown.
  const tree = { id, kind: 'apple', height: 2, plantedAt: expect.any(String), createdAt: '1970-01-01T00:00:00.000Z' };
  expect(created).toMatchObject({ status: 201, json: tree, headers: { location: expect.any(String) } });
  expect(created.json).not.toHaveProperty('secret');
  expect(id).toEqual(expect.any(Number));
  expect(await call(tenant, 'GET', `/trees/${id}/`)).toMatchObject({ status: 200, json: tree });
  expect((await call(tenant, 'GET', '/trees/')).json).toEqual({ trees: [expect.objectContaining(tree)], total: 1 });
  expect((await call(tenant, 'PATCH', `/trees/${id}/`, { kind: 'pear' })).json).toMatchObject({
    ...tree,
    kind: 'pear',
  });
  expect(await call(tenant, 'DELETE', `/trees/${id}/`)).toMatchObject({ status: 204, json: undefined });
  expect(await call(tenant, 'GET', `/trees/${id}/`)).toMatchObject({
    status: 404,
    json: { detail: `unknown tree "${id}"` },
  });
});

test('a stateless tenant answers as documented', async () => {
  const tenant = await createTenant(contract, { seed: 1, key: await key, stateless: true });
  expect(await call(tenant, 'GET', '/trees/7/')).toMatchObject({ status: 200, json: { id: 1, kind: 'kind' } });
  await call(tenant, 'DELETE', '/trees/1/');
  expect(await call(tenant, 'GET', '/trees/1/')).toMatchObject({ status: 200 });
});

test('keys that are numbers are numbers, whatever digits they begin with', async () => {
  const tenant = await createTenant(contract, { seed: 3, key: await key });
  for (let index = 0; index < 40; index += 1) {
    const { json } = await call(tenant, 'POST', '/trees/', { kind: 'apple' });
    expect(json.id).toEqual(expect.any(Number));
  }
});

test('a collection below an item belongs to that item', async () => {
  const tenant = await createTenant(contract, { seed: 1, key: await key });
  const [one, other] = [await grown(tenant, 'apple'), await grown(tenant, 'pear')];
  const created = await call(tenant, 'POST', `/trees/${one}/fruits/`, { color: 'red' });
  const fruit = { id: created.json.id, treeId: one, color: 'red' };
  expect(created).toMatchObject({ status: 201, json: fruit });
  expect((await call(tenant, 'GET', `/trees/${one}/fruits/`)).json).toEqual([fruit]);
  expect((await call(tenant, 'GET', `/trees/${other}/fruits/`)).json).toEqual([]);
  expect((await call(tenant, 'GET', `/trees/${one}/fruits/${fruit.id}/`)).json).toEqual(fruit);
  expect((await call(tenant, 'GET', `/trees/${other}/fruits/${fruit.id}/`)).status).toBe(404);
  // A parent that is unknown has no collection.
  expect((await call(tenant, 'GET', '/trees/7/fruits/')).status).toBe(404);
  expect((await call(tenant, 'POST', '/trees/7/fruits/', { color: 'red' })).status).toBe(404);
});

test('what is below an item is deleted with it', async () => {
  const tenant = await createTenant(contract, { seed: 1, key: await key });
  const tree = await grown(tenant, 'apple');
  const fruit = (await call(tenant, 'POST', `/trees/${tree}/fruits/`, { color: 'red' })).json.id;
  const seeds = `/trees/${tree}/fruits/${fruit}/seeds`;
  const seed = await call(tenant, 'POST', seeds, { color: 'black' });
  expect(seed.json).toEqual({ id: expect.any(Number), color: 'black' });
  expect((await call(tenant, 'GET', `${seeds}/${seed.json.id}`)).json).toEqual(seed.json);
  await call(tenant, 'DELETE', `/trees/${tree}/`);
  expect((await call(tenant, 'GET', `${seeds}/${seed.json.id}`)).status).toBe(404);
});

test('a key that a request has chosen names one item of its parent', async () => {
  const tenant = await createTenant(readContract(withChosenKeys), { seed: 1, key: await key });
  const [one, other] = [await grown(tenant, 'apple'), await grown(tenant, 'pear')];
  for (const [tree, color] of [
    [one, 'red'],
    [other, 'green'],
    [one, 'yellow'],
  ] as const)
    expect((await call(tenant, 'POST', `/trees/${tree}/fruits/`, { id: 7, color })).status).toBe(201);
  // Nothing says that a second one is refused: it replaces the first.
  expect((await call(tenant, 'GET', `/trees/${one}/fruits/7/`)).json).toEqual({ id: 7, treeId: one, color: 'yellow' });
  expect((await call(tenant, 'GET', `/trees/${other}/fruits/`)).json).toEqual([
    { id: 7, treeId: other, color: 'green' },
  ]);
});

test('an item may be a property of the object around it', async () => {
  const tenant = await createTenant(contract, { seed: 1, key: await key });
  const created = await call(tenant, 'POST', '/baskets', { basket: { name: 'wicker' } });
  const basket = { id: created.json.basket.id, name: 'wicker' };
  expect(created).toMatchObject({ status: 201, json: { basket } });
  expect((await call(tenant, 'GET', `/baskets/${basket.id}`)).json).toEqual({ data: basket, meta: {} });
  expect((await call(tenant, 'GET', '/baskets')).json).toEqual({ data: [basket], meta: {} });
  const mended = { ...basket, name: 'reed' };
  expect((await call(tenant, 'PATCH', `/baskets/${basket.id}`, { basket: { name: 'reed' } })).json).toEqual({
    data: mended,
  });
  await call(tenant, 'DELETE', `/baskets/${basket.id}`);
  expect((await call(tenant, 'GET', `/baskets/${basket.id}`)).status).toBe(404);
  expect((await call(tenant, 'POST', '/baskets', { basket: {} })).status).toBeGreaterThanOrEqual(400);
});

/** The same document, where requests may have the ids of fruits. */
const withChosenKeys = JSON.parse(
  JSON.stringify(orchard).replaceAll(
    '"required":["color"],"properties":{"color"',
    '"required":["color"],"properties":{"id":{"type":"integer"},"color"',
  ),
);

/** The id of a new tree. */
async function grown(tenant: Tenant, kind: string): Promise<number> {
  return (await call(tenant, 'POST', '/trees/', { kind })).json.id;
}
