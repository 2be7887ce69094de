import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { embeddedTarget } from '../target/embedded.js';
import { parseJson, type Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Requests of a run that ends: without a bound it sends a hundred thousand. */
const MAX_REQUESTS = 400;

async function verify(change: (target: Target) => Target, only: string) {
  const contract = await defaultContract();
  const report = await verifyTarget(contract, change(await embeddedTarget(contract)), { only: [only] });
  expect(report.summary.requests).toBeLessThan(MAX_REQUESTS);
  return failures(report);
}

describe('a target whose pages do not end', () => {
  it('since it ignores the page number', async () => {
    const found = await verify(withoutParameter('page'), 'users.roles.list/pages-add-up');
    expect(found).toEqual(['pages-add-up: pages: a page repeats earlier pages']);
  });

  it('since it ignores the checkpoint', async () => {
    const found = await verify(withoutParameter('from'), 'organizations.members.list/pages-add-up');
    expect(found).toEqual(['pages-add-up: checkpoints: a page repeats earlier pages']);
  });

  it('since it invents entries', async () => {
    const found = await verify(inventingRoles, 'users.roles.list/pages-add-up');
    expect(found).toEqual(['pages-add-up: pages: the walk does not end']);
  });

  it('ends the walk of the generated client too', async () => {
    const found = await verify(withoutParameter('page'), 'users.roles.list/client-agrees');
    expect(found).toEqual(['client-agrees: the client returns other entries than the pages show']);
  });
});

/** A target that ignores a query parameter. */
function withoutParameter(name: string): (target: Target) => Target {
  return (target) => ({
    ...target,
    send: ({ path, ...request }, limits) => {
      const [pathname = '', query = ''] = path.split('?');
      const parameters = new URLSearchParams(query);
      parameters.delete(name);
      return target.send({ ...request, path: `${pathname}?${parameters}` }, limits);
    },
  });
}

/** A target that fills every later page with roles that it makes up. */
function inventingRoles(target: Target): Target {
  let made = 0;
  return {
    ...target,
    async send(request, limits) {
      const response = await target.send(request, limits);
      const query = new URLSearchParams(request.path.split('?')[1] ?? '');
      if (!request.path.includes('/roles?') || !query.has('per_page') || Number(query.get('page')) === 0)
        return response;
      const roles = Array.from({ length: Number(query.get('per_page')) }, () => {
        made += 1;
        return { id: `rol_${String(made).padStart(16, '0')}`, name: `role ${made}`, description: '' };
      });
      const text = JSON.stringify(roles);
      return { ...response, text, ...parseJson(text) };
    },
  };
}
