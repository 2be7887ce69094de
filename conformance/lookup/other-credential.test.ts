import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { HttpRequest } from '../target/target.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Halls and kitchens, which take a token of their administrator; the token comes from an operation that takes a password. */

const TOKEN = 'opaque-4hW9-of-the-administrator';

const answers = Object.fromEntries(
  ['200', '401', '403'].map((status) => [status, { description: 'any', ...json({ type: 'object' }) }]),
);
const read = (operationId: string, security?: readonly JsonObject[]): JsonObject => ({
  get: { operationId, responses: answers, ...(security === undefined ? {} : { security }) },
});
const { contract } = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Inns', version: '1' },
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, basic: { type: 'http', scheme: 'basic' } },
    },
    paths: {
      '/halls': read('halls'),
      '/kitchens': read('kitchens'),
      '/me': read('me'),
      '/token': read('token', [{ basic: [] }]),
    },
  }),
);

async function run(refusal: Answer, { path = '/me', token = TOKEN } = {}) {
  const target = answeringTarget(
    ({ path: asked, headers }: HttpRequest): Answer => {
      if (asked === '/token' && path !== '/token') return [200, {}];
      if (asked === path) return headers.authorization === undefined ? [401, {}] : refusal;
      return headers.authorization === `Bearer ${token}` ? [200, {}] : [401, { error: 'Who?' }];
    },
    { token },
  );
  const report = await verifyTarget(contract, target, { only: ['*/documented-success'], depth: 'smoke' });
  const observed = report.checks.filter(({ outcome }) => outcome === 'observed').map(({ operation }) => operation);
  return { failed: failures(report), observed };
}

const REFUSED = (status: number) => [`documented-success: status ${status} instead of 200`];

describe('a refusal of a token that other operations take', () => {
  it.each<[number, string]>([
    [401, 'Your token audience is not valid'],
    [401, 'invalid audience'],
    [403, 'This endpoint requires a user token.'],
    [403, 'User access token required'],
    [401, 'Not a service token'],
    [401, 'wrong token type'],
    [403, 'The token cannot be used for this resource'],
  ])('is observed where it says so: %i %s', async (status, message) => {
    expect(await run([status, { message }])).toEqual({ failed: [], observed: ['me'] });
  });

  it.each<[number, string]>([
    [401, 'Unauthorized'],
    [401, 'Invalid token'],
    [401, 'Access token required'],
    [401, 'The request requires a valid token'],
    [403, 'Forbidden'],
  ])('is a finding where it does not: %i %s', async (status, message) => {
    expect(await run([status, { message }])).toEqual({ failed: REFUSED(status), observed: [] });
  });
});

describe('an operation with a scheme of its own', () => {
  it('need not take the token of the others', async () => {
    expect(await run([401, {}], { path: '/token' })).toEqual({ failed: [], observed: ['token'] });
  });

  it('has to answer otherwise as documented', async () => {
    expect(await run([403, {}], { path: '/token' })).toEqual({ failed: REFUSED(403), observed: [] });
  });
});

test('a user and a password are what an operation with HTTP Basic takes', async () => {
  const target = answeringTarget(
    ({ path, headers }: HttpRequest): Answer =>
      path !== '/token' && headers.authorization !== undefined ? [200, {}] : [401, {}],
    { token: 'admin:s3cret-of-admin' },
  );
  const report = await verifyTarget(contract, target, { only: ['token/documented-success'], depth: 'smoke' });
  expect(failures(report)).toEqual(REFUSED(401));
});
