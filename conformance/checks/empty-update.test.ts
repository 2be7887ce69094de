import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** The same document, with updates of a tree that may be empty. */
const schema: JsonObject = { type: 'object', properties: { note: { type: 'string' } } };
const [path, item] = Object.entries(orchard.paths as Record<string, { patch?: JsonObject }>)[1] ?? [];
const patch = { ...item?.patch, requestBody: { content: { 'application/json': { schema } } } };
const plain = readContract({
  ...orchard,
  paths: { ...(orchard.paths as JsonObject), [String(path)]: { ...item, patch } },
});

test.each([
  [500, ['failed: server error 500']],
  [422, ['failed: status 422 instead of 200', 'warned: an empty update: status 422 instead of 200']],
])('an empty update that is answered %d', async (status, want) => {
  const target = await embeddedTarget(plain);
  const refusing: Target = {
    ...target,
    send: async (request, limits) =>
      request.body === '{}' ? { status, headers: {}, text: '' } : target.send(request, limits),
  };
  const only = ['pruneTree/documented-success'];
  const { findings } = await verifyTarget(withDerivedState(plain).contract, refusing, { only });
  expect(findings.map(({ severity, cause }) => `${severity}: ${cause}`).sort()).toEqual(want);
});
