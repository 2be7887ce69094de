import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';
import type { Target } from '../../target/target.js';
import { verifyTarget } from '../../test-support/verify-target.js';

const KEY = 'a1b2c3d4e5f6a7b8';

/** An API whose operation takes a credential of this scheme. */
function treesWith(scheme: JsonObject) {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    security: [{ given: [] }],
    paths: {
      '/trees': {
        get: {
          operationId: 'trees.list',
          responses: {
            '200': { description: 'Trees', content: { 'application/json': { schema: { type: 'array' } } } },
            '401': { description: 'Who?' },
          },
        },
      },
    },
    components: { securitySchemes: { given: scheme } },
  });
}

/** Takes one key, which is not a JSON Web Token. */
const server: Target = {
  name: 'trees',
  url: 'http://127.0.0.1:9',
  audience: '',
  credentials: { token: `tree:${KEY}` },
  metered: false,
  workers: 1,
  send: async ({ headers }) =>
    [`tree:${KEY}`, btoa(`tree:${KEY}`)].some((key) => Object.values(headers).join().includes(key))
      ? { status: 200, headers: { 'content-type': 'application/json' }, text: '[]', json: [] }
      : { status: 401, headers: {}, text: '' },
  close: async () => {},
};

const verdictWith = async (scheme: JsonObject) => {
  const { verdict, checks } = await verifyTarget(treesWith(scheme), server, { only: ['*/token-*'] });
  return { verdict, skipped: checks.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id) };
};

describe('a target whose token is not a JSON Web Token', () => {
  it.each<JsonObject>([
    { type: 'apiKey', in: 'header', name: 'X-Key' },
    { type: 'http', scheme: 'bearer' },
    { type: 'http', scheme: 'basic' },
  ])('conforms where the document does not ask for one: %j', async (scheme) => {
    expect(await verdictWith(scheme)).toEqual({ verdict: 'conforms', skipped: ['token-forged', 'token-claims'] });
  });

  it('is inconclusive where the document asks for one', async () => {
    const { verdict } = await verdictWith({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
    expect(verdict).toBe('inconclusive');
  });
});
