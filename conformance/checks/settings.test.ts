import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { objectOr } from '../../contract/json/json-value.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { parseJson } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const SETTINGS: JsonObject = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 40 },
    limit: { type: 'integer', minimum: 1, maximum: 9 },
    color: { type: 'string', enum: ['red', 'blue'] },
    changed: { type: 'integer', readOnly: true },
  },
};
const changing = (operationId: string, schema: JsonObject): JsonObject => ({
  operationId,
  requestBody: { required: true, ...json(schema) },
  responses: { 204: { description: 'Changed' }, 400: { description: 'Refused' } },
});
const { contract } = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    paths: {
      '/settings': {
        get: { operationId: 'read', responses: { 200: { description: 'Settings', ...json(SETTINGS) } } },
        put: changing('replace', SETTINGS),
        patch: changing('change', { ...SETTINGS, required: [] }),
      },
    },
  }),
);

/** What a server does of its own with a valid change. */
type Keeps = (stored: JsonObject, sent: JsonObject, method: string) => JsonObject;

const asSent: Keeps = (stored, sent, method) => (method === 'PUT' ? sent : { ...stored, ...sent });

function settingsServer(keeps: Keeps) {
  let stored: JsonObject = { title: 'Ours', limit: 7, color: 'red' };
  let changed = 0;
  return answeringTarget(({ method, path, body = '' }) => {
    if (path !== '/settings') return [404];
    if (method === 'GET') return [200, { ...stored, changed }];
    if (method !== 'PUT' && method !== 'PATCH') return [405];
    const sent = parseJson(body);
    if (!('json' in sent) || !fits(sent.json, method)) return [400];
    stored = keeps(stored, objectOr(sent.json as JsonObject), method);
    changed += 1;
    return [204];
  });
}

function fits(value: unknown, method: string): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { title, limit, color, ...others } = value as Record<string, unknown>;
  const isText = typeof title === 'string' && title.length > 0 && [...title].length <= 40;
  const isNumber = Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= 9;
  const known = isText && (limit === undefined || isNumber) && ['red', 'blue', undefined].includes(color as string);
  const isPart = method === 'PATCH' && title === undefined;
  return (
    (known || (isPart && fits({ ...value, title: 'x' }, method))) &&
    Object.keys(others).every((name) => name === 'changed')
  );
}

test.each<{ server: string; keeps: Keeps; want: readonly string[] }>([
  { server: 'keeps settings', keeps: asSent, want: ['conforms'] },
  {
    server: 'takes settings and forgets them',
    keeps: (stored) => stored,
    want: ['conforms', 'warned replace: the update changes nothing'],
  },
  {
    server: 'forgets one property',
    keeps: (stored, sent, method) => ({ ...asSent(stored, sent, method), limit: stored.limit ?? 1 }),
    want: ['conforms', 'warned read: property limit was not updated'],
  },
  {
    server: 'resets what a PATCH does not send',
    keeps: (_stored, sent) => ({ title: 'Ours', limit: 7, ...sent }),
    want: [
      'conforms',
      'warned change: property limit changed although it was not sent',
      'warned change: property color changed although it was not sent',
    ],
  },
])('a server that $server', async ({ keeps, want }) => {
  const { verdict, findings } = await verifyTarget(contract, settingsServer(keeps), { only: [], seed: 2 });
  const shown = findings.map(({ severity, operations, cause }) => `${severity} ${operations[0]}: ${cause}`);
  expect([verdict, ...shown]).toEqual(want);
});

/** A document of several settings, by path, and its server. */
function verifySettings(schemas: Readonly<Record<string, JsonObject>>, respond: Respond, success = '200') {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Harbour', version: '1' },
    paths: Object.fromEntries(
      Object.entries(schemas).map(([path, schema]) => [
        path,
        {
          get: { operationId: `read ${path}`, responses: { 200: { description: 'Settings', ...json(schema) } } },
          patch: {
            operationId: `change ${path}`,
            requestBody: { required: true, ...json(schema) },
            responses: { [success]: { description: 'Changed' }, 400: { description: 'Refused' } },
          },
        },
      ]),
    ),
  };
  const { contract } = withDerivedState(readContract(JSON.parse(JSON.stringify(document))));
  const target = answeringTarget(({ method, path, body = '' }) => {
    if (!(path in schemas)) return [404];
    if (method === 'GET') return respond(path);
    const sent = parseJson(body);
    if (method !== 'PATCH') return [405];
    return 'json' in sent && isColors(sent.json) ? respond(path, sent.json) : [400];
  });
  return verifyTarget(contract, { ...target, workers: 4 }, { only: [], seed: 2 });
}

type Respond = (path: string, sent?: JsonObject) => Answer;

const COLORS: JsonObject = {
  type: 'object',
  properties: {
    fore: { type: 'integer', minimum: 0, maximum: 99 },
    back: { type: 'integer', minimum: 0, maximum: 99 },
  },
};

function isColors(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isColor = (one: unknown) => Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 99;
  return Object.entries(value).every(([name, one]) => !['fore', 'back'].includes(name) || isColor(one));
}

test('settings that several paths show are changed one at a time', async () => {
  let stored: JsonObject = { fore: 1, back: 2 };
  const paths = Object.fromEntries(['/colors', '/config', '/prefs'].map((path) => [path, COLORS]));
  const { verdict, findings } = await verifySettings(paths, (_path, sent) => {
    stored = { ...stored, ...sent };
    return sent === undefined ? [200, stored] : [200];
  });
  expect([verdict, findings]).toEqual(['conforms', []]);
});

test('a time that settings show, and no request gives, changes by itself', async () => {
  let stored: JsonObject = { fore: 1, back: 2 };
  let readings = 0;
  const { verdict, findings } = await verifySettings({ '/colors': COLORS }, (_path, sent) => {
    stored = { ...stored, ...sent };
    readings += 1;
    return sent === undefined ? [200, { ...stored, seconds: Math.floor(readings / 9) }] : [200];
  });
  expect([verdict, findings]).toEqual(['conforms', []]);
});

test('what is accepted with 202 may be changed later', async () => {
  let stored: JsonObject = { fore: 1, back: 2 };
  const waiting: JsonObject[] = [];
  let readings = 0;
  const { verdict, findings, checks } = await verifySettings(
    { '/colors': COLORS },
    (_path, sent) => {
      if (sent !== undefined) waiting.push(sent);
      if (sent !== undefined) return [202];
      readings += 1;
      if (readings % 5 === 0) stored = { ...stored, ...waiting.shift() };
      return [200, stored];
    },
    '202',
  );
  expect([verdict, findings]).toEqual(['conforms', []]);
  expect(checks.flatMap(({ reason = '' }) => (reason.includes('answers 202') ? [reason] : []))).toHaveLength(1);
});
