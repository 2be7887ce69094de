import { expect, it } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const contract = readContract(orchard);

/** The findings of hostile ids at a server whose router redirects an id that ends with a slash. */
async function findingsAt(redirect: (path: string) => string): Promise<readonly string[]> {
  const target = await embeddedTarget(contract);
  const send: Target['send'] = async (request, limits) =>
    /%2F$/i.test(request.path)
      ? { status: 307, headers: { location: redirect(request.path) }, text: '' }
      : target.send(request, limits);
  const { findings } = await verifyTarget(
    withDerivedState(contract).contract,
    { ...target, send },
    { only: ['*/hostile-ids'], depth: 'exhaustive', seed: 1 },
  );
  return [...new Set(findings.map(({ severity, cause }) => `${severity}: ${cause}`))];
}

it('observes that a router redirects ids that end with a slash', async () => {
  expect(await findingsAt((path) => path.replace(/(%2F)+$/i, ''))).toEqual([
    'observed: a router redirects an encoded slash in the path',
  ]);
});

it('finds a redirect to somewhere else', async () => {
  const [finding] = await findingsAt(() => '/');
  expect(finding).toMatch(/^(warned|failed): status 307/);
});
