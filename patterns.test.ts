import { beforeAll, expect, test } from 'vitest';
import { embeddedTarget } from './conformance/target/embedded.js';
import { failures, verifyTarget } from './conformance/test-support/verify-target.js';
import type { Contract, Schema } from './contract/contract.js';
import { readContract } from './contract/read/read.js';
import { replay } from './replay/replay.js';
import { exchange, recordingOf } from './replay/test-support/recorded.js';
import { createTenant } from './tenant/tenant.js';

/** Public documents have patterns that only the legacy mode of JavaScript accepts; every command must read them alike. */

const LEGACY = '^[\\w-\\.]+$';
const name = { type: 'string', pattern: LEGACY };
const sent = { type: 'object', required: ['name'], additionalProperties: false, properties: { name } };
const shown = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string', 'x-value': { id: '{hex:8}' } }, name },
};

const refusal = { type: 'object', properties: { message: { type: 'string', 'x-value': 'message' } } };

let contract: Contract;

beforeAll(() => {
  const content = (schema: Schema) => ({ 'application/json': { schema } });
  const refused = { description: 'No', content: content(refusal) };
  contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Shops', version: '1' },
    servers: [{ url: 'https://shops.example/api/v2' }],
    paths: {
      '/shops': {
        post: {
          operationId: 'open',
          'x-effect': { create: 'shop' },
          requestBody: { required: true, content: content(sent) },
          responses: {
            '201': { description: 'Opened', content: content(shown) },
            '400': { ...refused, 'x-problems': ['bad'] },
          },
        },
      },
    },
    components: {
      'x-resources': { shop: { key: 'id' } },
      'x-problems': { bad: { when: { invalid: 'body' }, message: 'bad name' } },
    },
  });
});

test('the tenant accepts and refuses values by a legacy pattern', async () => {
  const tenant = await createTenant(contract, { seed: 1 });
  const open = async (name: string): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path: '/api/v2/shops', query: '', headers, body: JSON.stringify({ name }) };
    return (await tenant.handle(request)).status;
  };
  expect([await open('corner-shop.v2'), await open('corner shop')]).toEqual([201, 400]);
});

test('verify judges and generates values by a legacy pattern', async () => {
  const report = await verifyTarget(contract, await embeddedTarget(contract), { only: ['*'] });
  expect(failures(report)).toEqual([]);
  const outcomes = Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]));
  expect(outcomes).toMatchObject({ 'documented-success': 'passed', 'invalid-body': 'passed' });
});

test('replay judges a recorded body by a legacy pattern', async () => {
  const recorded = (name: string) => recordingOf([exchange('POST /shops', { name }, 201, { id: '0123abcd', name })]);
  const recordings = await Promise.all([recorded('corner-shop.v2'), recorded('corner shop')]);
  const report = await replay({ contract, recordings });
  expect(report.recordings.map(({ mismatched }) => mismatched)).toEqual([0, 1]);
});
