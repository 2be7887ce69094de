import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../contract/contract.js';
import { readContract } from '../contract/read/read.js';
import { json } from '../test-support/json-content.js';
import type { EmbeddedTenant } from './embedded-tenant.js';
import { StateError } from './errors.js';
import { createTenant } from './tenant.js';
import { key } from './test-support/school.js';

const SCHEMA: JsonObject = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string' },
    size: { type: 'integer' },
    changed_at: { type: 'string', format: 'date-time' },
  },
};
const shown = (example: Json) => ({
  description: 'Settings',
  content: { 'application/json': { schema: { type: 'object', properties: { data: SCHEMA } }, example } },
});
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/settings': {
      get: { operationId: 'read', responses: { 200: shown({ data: { title: 'Ours', size: 3 } }) } },
      patch: {
        operationId: 'change',
        requestBody: { required: true, ...json({ ...SCHEMA, required: [] }) },
        responses: { 200: shown({ data: { title: 'Any' } }) },
      },
    },
  },
});

async function harbour(state?: JsonObject) {
  const options = { seed: 1, key: await key, clock: () => 0, ...(state && { state }) };
  const tenant = (await createTenant(contract, options)) as EmbeddedTenant;
  const call = async (method: string, body?: Json) => {
    const headers = { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await tenant.handle({ method, path: '/settings', query: '', headers, body: text });
    return JSON.parse(answer.body);
  };
  return { tenant, call };
}

test('what exists once is kept, from the example of the document on', async () => {
  const { call } = await harbour();
  expect(await call('GET')).toEqual({ data: { title: 'Ours', size: 3, changed_at: '1970-01-01T00:00:00.000Z' } });
  expect(await call('PATCH', { size: 4 })).toMatchObject({ data: { title: 'Ours', size: 4 } });
  expect(await call('GET')).toMatchObject({ data: { title: 'Ours', size: 4 } });
});

test('it is exported once it has changed, imported, and reset', async () => {
  const { tenant, call } = await harbour();
  expect(tenant.state.export()).toEqual({});
  await call('PATCH', { title: 'Theirs' });
  const state = tenant.state.export();
  expect(state).toEqual({ settings: [{ title: 'Theirs', size: 3, changed_at: '1970-01-01T00:00:00.000Z' }] });
  tenant.state.reset();
  expect(await call('GET')).toMatchObject({ data: { title: 'Ours' } });
  const other = await harbour(state);
  expect(await other.call('GET')).toMatchObject({ data: { title: 'Theirs' } });
  expect(other.tenant.state.export()).toEqual(state);
});

test('a state has one item of it', async () => {
  await expect(harbour({ settings: [{ title: 'One' }, { title: 'Two' }] })).rejects.toThrow(StateError);
  await expect(harbour({ settings: [{ title: 'One' }, { title: 'Two' }] })).rejects.toThrow(
    'There can be only one setting, and there is one already.',
  );
});

test('what each item has once belongs to that item', async () => {
  const item: JsonObject = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const profile: JsonObject = { type: 'object', properties: { title: { type: 'string' } } };
  const parameters = [{ name: 'team_id', in: 'path', required: true, schema: { type: 'integer' } }];
  const answers = (schema: JsonObject) => ({
    200: { description: 'Done', ...json(schema) },
    404: { description: 'No' },
  });
  const teams = readContract({
    openapi: '3.1.0',
    info: { title: 'Teams', version: '1' },
    paths: {
      '/teams': { post: { requestBody: json({ type: 'object', properties: {} }), responses: answers(item) } },
      '/teams/{team_id}': { parameters, get: { responses: answers(item) }, delete: { responses: answers(item) } },
      '/teams/{team_id}/profile': {
        parameters,
        get: { responses: answers(profile) },
        put: { requestBody: json(profile), responses: answers(profile) },
      },
    },
  });
  const tenant = (await createTenant(teams, { seed: 1, key: await key })) as EmbeddedTenant;
  const call = async (method: string, path: string, body?: Json) => {
    const headers = { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await tenant.handle({ method, path, query: '', headers, body: text });
    return { status: answer.status, json: JSON.parse(answer.body || 'null') };
  };
  const [one, other] = [await call('POST', '/teams', {}), await call('POST', '/teams', {})].map(({ json }) => json.id);
  await call('PUT', `/teams/${one}/profile`, { title: 'First' });
  await call('PUT', `/teams/${other}/profile`, { title: 'Second' });
  expect((await call('GET', `/teams/${one}/profile`)).json).toEqual({ title: 'First' });
  expect((await call('GET', `/teams/${other}/profile`)).json).toEqual({ title: 'Second' });
  expect((await call('GET', '/teams/7/profile')).status).toBe(404);
  expect(() => tenant.state.add({ profiles: [{ team_id: one, title: 'Third' }] })).toThrow(
    `There can be only one profile of team "${one}", and there is one already.`,
  );
  await call('DELETE', `/teams/${one}`);
  expect(tenant.state.export()).toMatchObject({ profiles: [{ team_id: other, title: 'Second' }] });
});
