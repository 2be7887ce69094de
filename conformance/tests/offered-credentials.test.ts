import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { HttpRequest, Target } from '../target/target.js';
import { judged, verifyTarget } from '../test-support/verify-target.js';

/** Some documents declare security schemes, and no operation that needs one. */

const bearer = { type: 'http', scheme: 'bearer' };
const header = { type: 'apiKey', in: 'header', name: 'Authorization' };
const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const cookie = { type: 'apiKey', in: 'cookie', name: 'session' };

/** @param operation - what the operation has besides */
function documentOf(securitySchemes: JsonObject, operation: JsonObject = {}) {
  const content = json({ type: 'object', properties: {} });
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Relations', version: '1' },
    components: { securitySchemes },
    paths: {
      '/relations': {
        get: { operationId: 'list', responses: { '200': { description: 'ok', ...content } }, ...operation },
      },
    },
  });
}

/** Wants a token, and tells which requests it got. @param token - the user's; absent: there is none */
function targetOf(token: string | undefined, wants: (headers: HttpRequest['headers']) => string | undefined) {
  const got = new Set<string | undefined>();
  const target: Target = {
    name: 'relations',
    url: 'http://127.0.0.1:1',
    audience: '',
    credentials: token === undefined ? {} : { token },
    metered: false,
    workers: 1,
    send: async ({ headers }) => {
      got.add(wants(headers));
      const isKnown = token === undefined || wants(headers)?.endsWith(token) === true;
      return { status: isKnown ? 200 : 401, headers: { 'content-type': 'application/json' }, text: '{}', json: {} };
    },
    close: async () => undefined,
  };
  return { target, got };
}

const only = ['list/documented-success', 'list/token-missing'];

test.each([
  ['a bearer token', { bearer }, 'authorization', 'Bearer secret'],
  ['a key in its header', { header }, 'authorization', 'Bearer secret'],
  ['a key elsewhere, where there is one scheme', { key }, 'x-key', 'secret'],
  ['a bearer token, beside keys elsewhere', { cookie, key, bearer }, 'authorization', 'Bearer secret'],
])('sends the token of the user as the document offers: %s', async (_, schemes, name, want) => {
  const { target, got } = targetOf('secret', (headers) => headers[name]);
  const report = await verifyTarget(documentOf(schemes), target, { only });
  expect(judged(report)).toEqual([]);
  expect(report.checks.map(({ id, outcome }) => [id, outcome])).toEqual([['documented-success', 'passed']]);
  expect([...got]).toEqual([want]);
});

test.each<[what: string, schemes: JsonObject, operation: JsonObject]>([
  ['several schemes could take it', { cookie, key }, {}],
  ['there is no scheme', {}, {}],
  ['an operation says that it needs none', { bearer }, { security: [] }],
])('sends none where %s', async (_, schemes, operation) => {
  const { target, got } = targetOf('secret', ({ authorization, cookie: session, 'x-key': sent }) =>
    [authorization, session, sent].find((each) => each !== undefined),
  );
  await verifyTarget(documentOf(schemes, operation), target, { only }).catch(() => undefined);
  expect([...got]).toEqual([undefined]);
});

test('sends none where the user gave none', async () => {
  const { target, got } = targetOf(undefined, ({ authorization }) => authorization);
  const report = await verifyTarget(documentOf({ bearer }), target, { only });
  expect(judged(report)).toEqual([]);
  expect([...got]).toEqual([undefined]);
});
