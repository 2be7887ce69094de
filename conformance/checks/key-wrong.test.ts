import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { PlainRequest } from '../../tenant/tenant.js';
import { embeddedTarget } from '../target/embedded.js';
import type { HttpRequest, Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** An API that takes a token with a scope, or this credential. */
function treesWith(scheme: JsonObject) {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    servers: [{ url: 'https://trees.example/v1' }],
    paths: {
      '/trees': {
        get: {
          operationId: 'trees.list',
          security: [{ oauth: ['read:trees'] }, { other: [] }],
          responses: {
            '200': { description: 'Trees', content: { 'application/json': { schema: { type: 'array' } } } },
            '401': { description: 'Who?' },
          },
        },
      },
    },
    components: {
      securitySchemes: { oauth: { type: 'http', scheme: 'bearer' }, other: scheme },
    },
  });
}

const SCHEMES: readonly { readonly where: string; readonly scheme: JsonObject; readonly has: RegExp }[] = [
  { where: 'header X-Key', scheme: { type: 'apiKey', in: 'header', name: 'X-Key' }, has: /"x-key":"/ },
  { where: 'query key', scheme: { type: 'apiKey', in: 'query', name: 'key' }, has: /\?key=/ },
  { where: 'cookie key', scheme: { type: 'apiKey', in: 'cookie', name: 'key' }, has: /"cookie":"key=/ },
  { where: 'Basic credentials', scheme: { type: 'http', scheme: 'basic' }, has: /"authorization":"Basic / },
];

const ONLY = { only: ['*/key-wrong'] };

/** A target that takes any credential that fits the pattern. */
function takingAny(target: Target, has: RegExp): Target {
  const isTaken = ({ path, headers }: Pick<HttpRequest | PlainRequest, 'path' | 'headers'>): boolean =>
    has.test(`${path} ${JSON.stringify(headers)}`);
  return {
    ...target,
    send: async (request, limits) =>
      isTaken(request)
        ? { status: 200, headers: { 'content-type': 'application/json' }, text: '[]', json: [] }
        : target.send(request, limits),
  };
}

describe.each(SCHEMES)('a key in $where beside a token with scopes', ({ where, scheme, has }) => {
  const contract = treesWith(scheme);

  it('is refused by the embedded tenant where it is wrong', async () => {
    const report = await verifyTarget(contract, await embeddedTarget(contract), ONLY);
    expect(failures(report)).toEqual([]);
    expect(report.checks.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['key-wrong passed']);
  });

  it('is a finding where a wrong one gives access', async () => {
    const report = await verifyTarget(contract, takingAny(await embeddedTarget(contract), has), ONLY);
    expect(failures(report)).toEqual([`key-wrong: accepted although the key in ${where} is wrong`]);
  });
});
