import { expect, test } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { clubs } from '../../contract/derive/test-support/clubs.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Servers of several frameworks take a key in the Authorization header after a word of their own. */
const document = readContract({
  ...clubs,
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
});
const { contract } = withDerivedState(document);
const KEY = 'a1b2c3d4e5f6a7b8';

async function serverWithKey(scheme?: string): Promise<Target> {
  const target = await embeddedTarget(document);
  const { token = '' } = target.credentials;
  return {
    ...target,
    credentials: { token: KEY, ...(scheme === undefined ? {} : { scheme }) },
    send: async (request, limits) => {
      const { authorization, ...headers } = request.headers;
      const isTaken = authorization === `Token ${KEY}`;
      if (!isTaken) {
        const text = '{"detail":"Credentials were not provided."}';
        return { status: 401, headers: { 'www-authenticate': 'Token' }, text, json: JSON.parse(text) };
      }
      return target.send({ ...request, headers: { ...headers, authorization: `Bearer ${token}` } }, limits);
    },
  };
}

test('a key is sent after the word that the user gives, and commands have it', async () => {
  const only = ['read/documented-success', 'read/unknown-refused', 'found/created-is-read', 'found/token-malformed'];
  const { findings } = await verifyTarget(contract, await serverWithKey('Token'), { only });
  expect(findings.filter(({ severity }) => severity === 'failed')).toEqual([]);
  const target = await serverWithKey('Token');
  const forgetful: Target = {
    ...target,
    send: async (request, limits) =>
      request.method === 'DELETE' ? { status: 204, headers: {}, text: '' } : target.send(request, limits),
  };
  const { findings: found } = await verifyTarget(contract, forgetful, { only: ['dissolve/deleted-is-gone'] });
  // The finding shows the deletion, so what it got afterwards names the reading.
  expect(found.map(({ actual }) => actual)).toEqual([expect.stringMatching(/^GET \/clubs\/\{\w+\} then: 200 /)]);
  const commands = found.map(({ curl }) => curl).join('\n');
  expect(commands).toContain('-H "authorization: Token $TOKEN"');
  expect(commands).not.toContain('Bearer');
});

test('a server that asks for another word is quoted', async () => {
  await expect(verifyTarget(contract, await serverWithKey(), { only: ['list/*'] })).rejects.toThrow(
    "asks for another scheme (WWW-Authenticate: Token); put its name before the token, as in ROLECALL_TOKEN='Token …'.",
  );
});
