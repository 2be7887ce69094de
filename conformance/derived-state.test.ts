import { expect, test } from 'vitest';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { orchard } from '../contract/derive/test-support/orchard.js';
import { readContract } from '../contract/read/read.js';
import { embeddedTarget } from './target/embedded.js';
import type { Target } from './target/target.js';
import { verifyTarget } from './test-support/verify-target.js';

const plain = readContract(orchard);
const { contract } = withDerivedState(plain);

/** The verdict, what was judged, and how the checks of state ended. */
async function verified(target: Target) {
  const { verdict, findings, checks } = await verifyTarget(contract, target, { only: [] });
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  const ofState = new Set(checks.filter(({ family }) => family === 'state').map(({ outcome }) => outcome));
  return { verdict, findings: judged.map(({ check, severity }) => `${check} ${severity}`), ofState: [...ofState] };
}

test('a server with state is checked for it', async () => {
  const { verdict, findings, ofState } = await verified(await embeddedTarget(plain));
  expect({ verdict, findings }).toEqual({ verdict: 'conforms', findings: [] });
  expect(ofState).toContain('passed');
});

test('a server that keeps no state by design conforms', async () => {
  const { verdict, findings, ofState } = await verified(await embeddedTarget(plain, { stateless: true }));
  expect({ verdict, findings }).toEqual({ verdict: 'conforms', findings: [] });
  expect(ofState).toEqual(['skipped']);
});

test('a server that keeps what it says it deletes is warned of', async () => {
  const target = await embeddedTarget(plain);
  const broken: Target = {
    ...target,
    send: async (request, limits) =>
      request.method === 'DELETE' ? { status: 204, headers: {}, text: '' } : target.send(request, limits),
  };
  expect((await verified(broken)).findings).toContain('deleted-is-gone warned');
});
