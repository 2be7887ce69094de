import { expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A target at which another client creates an organization before each sorted page, and deletes the one before. */
function withOtherClient(target: Target): Target {
  let count = 0;
  let last: string | undefined;
  const send: Target['send'] = async (request, limits) => {
    if (request.method === 'GET' && request.path.includes('sort=')) {
      const { authorization = '' } = request.headers;
      const as = { authorization, 'content-type': 'application/json' };
      if (last !== undefined)
        await target.send({ method: 'DELETE', path: `/api/v2/organizations/${last}`, headers: as }, limits);
      count += 1;
      const body = JSON.stringify({ name: `another-${count}` });
      const { json } = await target.send({ method: 'POST', path: '/api/v2/organizations', headers: as, body }, limits);
      last = typeof json === 'object' && json !== null && 'id' in json ? String(json.id) : undefined;
    }
    return target.send(request, limits);
  };
  return { ...target, send };
}

it('pages that another client shifts while they are read are no finding', async () => {
  const contract = await defaultContract();
  const target = withOtherClient(await embeddedTarget(contract));
  const report = await verifyTarget(contract, target, { only: ['organizations.list/resource-listing'] });
  expect(report.findings).toEqual([]);
});
