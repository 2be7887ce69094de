import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { verifyTarget } from '../test-support/verify-target.js';
import {
  answers,
  BOUNDED,
  contractOf,
  isSettings,
  OURS,
  run,
  SETTINGS,
  serverOf,
  taking,
} from './test-support/settings.js';

/** Settings of which the document says less: they are set at a path below, or it does not say what the GET shows. */

const BODY: JsonObject = { type: 'object', properties: BOUNDED };

const form = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const FORMS: JsonObject = {
  type: 'object',
  properties: { title: form({ type: 'string' }), limit: form({ type: 'integer' }) },
};

/** A server with settings at `/settings`, which a POST or PATCH sets at this path. */
function serverAt(path: string, shows: (stored: JsonObject) => unknown = (stored) => stored) {
  let stored: JsonObject = OURS;
  const server = serverOf((method, at, body) => {
    if (method === 'GET' && at === '/settings') return [200, shows(stored)];
    if (at !== path || method === 'GET') return [404];
    if (!isSettings(body)) return [400];
    stored = { ...stored, ...body };
    return [200, { ok: true }];
  });
  return { ...server, now: () => stored };
}

it.each<{ name: string; path: string; shown: JsonObject; method?: string }>([
  { name: 'by a POST below', path: '/settings/update', shown: SETTINGS },
  { name: 'by a PATCH below', path: '/settings/edit', shown: SETTINGS, method: 'patch' },
  { name: 'by a POST at its path, where only forms have types', path: '/settings', shown: FORMS },
  { name: 'by a POST at its path, of a GET that may show anything', path: '/settings', shown: {} },
  { name: 'by a POST below, of a GET that may show anything', path: '/settings/update', shown: { type: 'object' } },
])('what exists once is set back $name', async ({ path, shown, method = 'post' }) => {
  const { target, changes, now } = serverAt(path);
  const read = { get: { operationId: 'read', responses: answers(shown) } };
  const write = { [method]: taking(BODY, 'write') };
  const contract = contractOf(
    path === '/settings' ? { [path]: { ...read, ...write } } : { '/settings': read, [path]: write },
  );
  const report = await verifyTarget(contract, target, run);
  expect(changes.length).toBeGreaterThan(2);
  expect(now()).toEqual(OURS);
  expect([report.leftovers, report.changed]).toEqual([[], undefined]);
});

it('what a GET does not show is no setting: the report names the change', async () => {
  const { target, changes } = serverAt('/settings/update', () => ({ state: 'ready' }));
  const contract = contractOf({
    '/settings': { get: { operationId: 'read', responses: answers({}) } },
    '/settings/update': { post: taking(BODY, 'write') },
  });
  const report = await verifyTarget(contract, target, { ...run, only: ['write/documented-success'] });
  expect(new Set(changes.map((change) => change.split(' ', 2).join(' ')))).toEqual(new Set(['POST /settings/update']));
  expect(report.changed).toEqual([expect.stringMatching(/^perhaps what POST \/settings\/update changed: accepted/)]);
});

it('what no operation sets back is not removed, unless nothing is there', async () => {
  const removedFrom = async (stored: JsonObject | undefined, more: JsonObject = {}) => {
    const { target, changes } = serverOf((method, path) => {
      if (path !== '/key') return [404];
      if (method === 'GET') return stored === undefined ? [404] : [200, stored];
      return [204];
    });
    const contract = contractOf({
      '/key': {
        get: { operationId: 'read', responses: answers({}) },
        delete: { operationId: 'remove', responses: { '204': { description: 'ok' }, '404': { description: 'no' } } },
        ...more,
      },
    });
    const report = await verifyTarget(contract, target, { ...run, only: ['remove/documented-success'] });
    return { isSent: changes.some((change) => change.startsWith('DELETE')), reason: report.checks[0]?.reason };
  };
  expect(await removedFrom({ title: 'Ours' })).toEqual({
    isSent: false,
    reason: 'DELETE /key is not sent: it may remove what is there, and no operation sets it back.',
  });
  expect((await removedFrom(undefined)).isSent).toBe(true);
  expect((await removedFrom({})).isSent).toBe(true);
  expect((await removedFrom({ title: 'Ours' }, { put: taking(BODY, 'write') })).isSent).toBe(true);
});

it('a POST without a body does not replace what no operation sets back either, such as a key', async () => {
  const keys = ['ours'];
  const { target } = serverOf((method, path) => {
    if (path !== '/key') return [404];
    if (method === 'POST') keys.push('new');
    return method === 'DELETE' ? [204] : [200, { key: keys.at(-1) }];
  });
  const ok = { responses: { '2XX': { description: 'ok' } } };
  const paths = {
    '/key': {
      get: { operationId: 'read', responses: answers({}) },
      post: { operationId: 'renew', ...ok },
      delete: { operationId: 'remove', ...ok },
    },
  };
  const report = await verifyTarget(contractOf(paths), target, { ...run, only: ['*/documented-success'] });
  expect([keys, report.changed]).toEqual([['ours'], undefined]);
  expect(report.checks.map(({ reason }) => reason)).toContain(
    'POST /key is not sent: it may replace what is there, and no operation sets it back.',
  );
});
