import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';
import { isLostOnceRemoved } from './own-account.js';
import { answers, run, taking } from './test-support/settings.js';

const SCHEMES = { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } } as const;
type Scheme = keyof typeof SCHEMES;

const PASSWORD = 'kT9-vB2_xQ7mZ4pL';
const TOKENS: Readonly<Record<Scheme, string>> = { basic: `ada:${PASSWORD}`, bearer: 'a-token-of-ada' };
const ADA = { id: 1, username: 'ada', city: 'Ulm', is_active: true };

const text: JsonObject = { type: 'string', minLength: 1, maxLength: 60 };
const shown: JsonObject = {
  type: 'object',
  required: ['id', 'username', 'city'],
  properties: {
    id: { type: 'integer', readOnly: true },
    username: text,
    city: text,
    is_active: { type: 'boolean' },
    password: { ...text, writeOnly: true },
  },
};

/** An API that shows the account of the sender at a path, and lets it change these properties. */
function contractOf(path: string, scheme: Scheme, settable: readonly string[]) {
  const { properties } = shown;
  const own = Object.entries(isObject(properties) ? properties : {}).filter(([name]) => settable.includes(name));
  const body: JsonObject = { type: 'object', required: settable, properties: Object.fromEntries(own) };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    components: { securitySchemes: { own: SCHEMES[scheme] } },
    security: [{ own: [] }],
    paths: {
      [path]: {
        get: { operationId: 'read', responses: answers(shown) },
        put: taking(body),
        delete: { operationId: 'remove', responses: { '204': { description: 'ok' } } },
      },
    },
  };
  return withDerivedState(readContract(document)).contract;
}

const isText = (value: unknown) => typeof value === 'string' && value.length >= 1 && [...value].length <= 60;
const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  username: isText,
  city: isText,
  password: isText,
  is_active: (value) => typeof value === 'boolean',
};

/** A server with one account, at which it signs in. */
function accountServer(path: string, scheme: Scheme, settable: readonly string[]) {
  let ada: JsonObject | undefined = ADA;
  let password = PASSWORD;
  const changes: JsonObject[] = [];
  const takes = (authorization = '') => {
    if (ada === undefined || ada.is_active !== true) return false;
    if (scheme === 'bearer') return authorization === `Bearer ${TOKENS.bearer}`;
    return authorization === `Basic ${Buffer.from(`${String(ada.username)}:${password}`).toString('base64')}`;
  };
  const answer = (method: string, sent: unknown): Answer => {
    if (method === 'GET') return [200, ada];
    if (method === 'DELETE') {
      ada = undefined;
      return [204];
    }
    if (method !== 'PUT' || !isObject(sent) || !settable.every((name) => FITS[name]?.(sent[name]))) return [400];
    const { password: chosen, ...others } = sent;
    if (typeof chosen === 'string') password = chosen;
    changes.push(sent);
    ada = { ...ada, ...others };
    return [204];
  };
  const target = answeringTarget(
    ({ method, path: sentTo, headers, body = '' }) => {
      if (sentTo.split('?', 1)[0] !== path) return [404];
      if (!takes(headers.authorization)) return [401];
      try {
        return answer(method, body === '' ? {} : JSON.parse(body));
      } catch {
        return [400];
      }
    },
    { token: TOKENS[scheme] },
  );
  return { target, changes, now: () => ({ ada, password }) };
}

async function verified(path: string, scheme: Scheme, settable: readonly string[]) {
  const { target, changes, now } = accountServer(path, scheme, settable);
  const report = await verifyTarget(contractOf(path, scheme, settable), target, run);
  const reasonOf = (operation: string) =>
    report.checks.find((check) => check.operation === operation && check.id === 'documented-success')?.reason;
  return { report, changes, now: now(), set: reasonOf('set'), remove: reasonOf('remove') };
}

describe('the account that a run is signed in as', () => {
  it.each<{ path: string; scheme: Scheme; settable: readonly string[]; held?: string }>([
    { path: '/users/me', scheme: 'bearer', settable: ['city'] },
    { path: '/users/me', scheme: 'bearer', settable: ['city', 'username'] },
    { path: '/users/current/', scheme: 'bearer', settable: ['city', 'password'], held: 'password' },
    { path: '/account', scheme: 'bearer', settable: ['city', 'is_active'], held: 'is_active' },
    { path: '/users/me', scheme: 'basic', settable: ['city'] },
    { path: '/users/me', scheme: 'basic', settable: ['city', 'username'], held: 'username' },
    { path: '/signed-in', scheme: 'basic', settable: ['city', 'username'], held: 'username' },
    { path: '/signed-in', scheme: 'basic', settable: ['city', 'password'], held: 'password' },
  ])('at $path by $scheme is kept where $settable can be set', async ({ path, scheme, settable, held }) => {
    const { report, changes, now, set, remove } = await verified(path, scheme, settable);
    expect(now).toEqual({ ada: ADA, password: PASSWORD });
    expect([report.leftovers, report.changed]).toEqual([[], undefined]);
    expect(remove).toBe(`DELETE ${path} is not sent: it may remove what is there, and no operation sets it back.`);
    expect(set).toBe(
      held && `PUT ${path} is not sent: it may change ${held} of the account that this run is signed in as.`,
    );
    expect(changes.length > 0).toBe(held === undefined);
  });
});

it.each([
  [{ id: 7, name: 'Ada' }, '/session', true],
  [{ data: { _id: 'a7' } }, '/session', true],
  [{ name: 'Ada' }, '/users/me', true],
  [{ name: 'Ada' }, '/settings', false],
  [{ id: null, team_id: 7, owner: { id: 8 } }, '/settings', false],
  ['text', '/motd', false],
])('%j at %s is lost once it is removed: %s', (value, route, isLost) => {
  expect(isLostOnceRemoved(value, route)).toBe(isLost);
});
