import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { readContract } from '../../../contract/read/read.js';
import { editJson } from '../../arbitraries/json-edit.js';
import { embeddedTarget } from '../../target/embedded.js';
import { parseJson, type Target } from '../../target/target.js';
import { failures, verifyTarget } from '../../test-support/verify-target.js';

const only = ['users.roles.list/client-agrees'];

describe('client-agrees', { timeout: 60_000 }, () => {
  it('finds nothing at the embedded tenant', async () => {
    const contract = await defaultContract();
    const report = await verifyTarget(contract, await embeddedTarget(contract), { only: ['roles.*/client-agrees'] });
    expect(failures(report)).toEqual([]);
    // Also where a directory provisions groups, and the API cannot create one.
    expect(report.checks.filter(({ outcome }) => outcome === 'skipped')).toEqual([]);
  });

  it('is skipped, with the reason, where the client was generated from another contract', async () => {
    const { document } = await defaultContract();
    // Removing a path leaves an object.
    const contract = readContract(
      editJson(document, { kind: 'remove', pointer: '/paths/~1roles~1{id}~1users' }) as JsonObject,
    );
    const report = await verifyTarget(contract, await embeddedTarget(contract), { only });
    expect(report.checks[0]).toMatchObject({
      outcome: 'skipped',
      reason: 'The generated client was made from another contract than this one.',
    });
  });

  it('finds a client that reports other entries than the target sends', async () => {
    const contract = await defaultContract();
    const report = await verifyTarget(contract, duplicating(await embeddedTarget(contract)), { only });
    expect(failures(report)).toContain('client-agrees: the client returns other entries than the pages show');
  });
});

/** A target that repeats each item in responses with totals, which only the client requests. */
function duplicating(target: Target): Target {
  return {
    ...target,
    async send(request, limits) {
      const response = await target.send(request, limits);
      if (!request.path.includes('include_totals')) return response;
      const body = JSON.parse(response.text) as { roles: unknown[] };
      const text = JSON.stringify({ ...body, roles: [...body.roles, ...body.roles] });
      return { ...response, text, ...parseJson(text) };
    },
  };
}
