import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { TargetResponse } from '../target/exchange.js';
import { parseJson, type Target } from '../target/target.js';
import { judged, verifyTarget } from '../test-support/verify-target.js';

/** Some paths name only what exists, and have nothing until a PUT: whether a group has a role in a project. */

const text = { type: 'string', minLength: 1 };
const item = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'string' }, name: text } };
const body = json({ type: 'object', required: ['name'], properties: { name: text } });
const missing = { '404': { description: 'unknown' } };
const GIVEN = '/projects/{project_id}/groups/{group_id}/roles/{role_id}';
const idOf = (name: string) => ({ name: `${name}_id`, in: 'path', required: true, schema: { type: 'string' } });

function collection(name: string): JsonObject {
  const shown = { description: 'ok', ...json(item) };
  return {
    [`/${name}s`]: {
      get: {
        operationId: `${name}.list`,
        responses: { '200': { description: 'ok', ...json({ type: 'array', items: item }) } },
      },
      post: { operationId: `${name}.create`, requestBody: { required: true, ...body }, responses: { '201': shown } },
    },
    [`/${name}s/{${name}_id}`]: {
      parameters: [idOf(name)],
      get: { operationId: `${name}.read`, responses: { '200': shown, ...missing } },
      delete: { operationId: `${name}.delete`, responses: { '204': { description: 'gone' }, ...missing } },
    },
  };
}

/** @param put - the operation beside the reading */
function documentOf(put: JsonObject) {
  const parameters = ['project', 'group', 'role'].map(idOf);
  const get = { operationId: 'given', responses: { '204': { description: 'it is given' }, ...missing } };
  const paths = {
    ...collection('project'),
    ...collection('group'),
    ...collection('role'),
    [GIVEN]: { parameters, get, ...put },
  };
  // Each place has a schema of its own, as in a file.
  const document = JSON.parse(JSON.stringify({ openapi: '3.1.0', info: { title: 'Roles', version: '1' }, paths }));
  return withDerivedState(readContract(document)).contract;
}

const answer = (status: number, value?: Json): TargetResponse => {
  if (value === undefined) return { status, headers: {}, text: '' };
  return {
    status,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify(value),
    ...parseJson(JSON.stringify(value)),
  };
};

/** @param isKnown - whether the server has the path of a role that is given */
function targetOf(isKnown: boolean): Target {
  const items = new Map<string, JsonObject>();
  const given = new Set<string>();
  let count = 0;
  const respond = (method: string, path: string, sent: string): TargetResponse => {
    const unknown = answer(404, { error: `No route ${path}.` });
    if (/^\/(project|group|role)s$/.test(path)) {
      if (method === 'GET')
        return answer(
          200,
          [...items].flatMap(([at, value]) => (at.startsWith(`${path}/`) ? [value] : [])),
        );
      count += 1;
      const created = { id: `i${count}`, name: String(JSON.parse(sent).name) };
      items.set(`${path}/${created.id}`, created);
      return answer(201, created);
    }
    const known = items.get(path);
    if (/^\/(project|group|role)s\/[^/]+$/.test(path)) {
      if (known === undefined) return answer(404, { error: 'No such item.' });
      return method === 'DELETE' && items.delete(path) ? answer(204) : answer(200, known);
    }
    if (!isKnown || !/^\/projects\/[^/]+\/groups\/[^/]+\/roles\/[^/]+$/.test(path)) return unknown;
    if (method === 'PUT') given.add(path);
    return given.has(path) ? answer(204) : answer(404, { error: `The role of ${path} is not given.` });
  };
  return {
    name: 'roles',
    url: 'http://127.0.0.1:1',
    audience: '',
    credentials: {},
    metered: false,
    workers: 1,
    send: async ({ method, path, body: sent = '' }) => respond(method, path, sent),
    close: async () => undefined,
  };
}

const put = { put: { operationId: 'give', responses: { '204': { description: 'given' }, ...missing } } };

test('a reading of what a PUT at its path puts there may find nothing', async () => {
  const report = await verifyTarget(documentOf(put), targetOf(true), { only: ['given/documented-success'] });
  expect(judged(report)).toEqual([]);
  expect(report.checks.map(({ outcome, reason = '' }) => [outcome, reason])).toEqual([
    ['observed', 'nothing may be at the path until a PUT puts it there: 404'],
  ]);
});

test.each([
  ['that the target does not have is not implemented', false, 'not implemented'],
  ['that answers 404 itself has the wrong status', true, 'status 404 instead of 204'],
])('a reading %s, where no PUT is documented', async (_, isKnown, want) => {
  const report = await verifyTarget(documentOf({}), targetOf(isKnown), { only: ['given/documented-success'] });
  expect(judged(report)).toEqual([`failed documented-success: ${want} at given`]);
});

/** Settings of the server, or of a project, which a PUT puts there. @param created - the status of that */
function settingsOf(base: string, created: string) {
  const settings: JsonObject = { type: 'object', properties: { name: text } };
  const shown = { description: 'ok', ...json(settings) };
  const parameters = base === '' ? [] : [idOf('project')];
  const paths = {
    ...collection('project'),
    [`${base}/settings`]: {
      parameters,
      get: { operationId: 'given', responses: { '200': shown, ...missing } },
      put: {
        operationId: 'give',
        requestBody: { required: true, ...json(settings) },
        responses: { [created]: { description: 'ok' }, ...missing },
      },
      delete: { operationId: 'take', responses: { '204': { description: 'gone' }, ...missing } },
    },
  };
  const document = JSON.parse(JSON.stringify({ openapi: '3.1.0', info: { title: 'Settings', version: '1' }, paths }));
  return withDerivedState(readContract(document)).contract;
}

const OF_PROJECT = '/projects/{project_id}';

test.each([
  ['', '200', 'observed'],
  [OF_PROJECT, '201', 'observed'],
  [OF_PROJECT, '200', 'failed'],
])('settings below "%s", where a PUT gets %s, may not be there: %s', async (base, created, want) => {
  const contract = settingsOf(base, created);
  expect([...contract.resources.values()].filter(({ once }) => once).map(({ name }) => name)).toEqual(['setting']);
  const only = ['given/documented-success', 'take/documented-success'];
  const { checks } = await verifyTarget(contract, targetOf(true), { only });
  expect(checks.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ['given', want],
    ['take', 'observed'],
  ]);
});
