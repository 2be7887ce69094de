import { expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A server that reads ids more generously than it should: by the path, to the path that it takes it for. */
const readings: readonly { readonly name: string; readonly finds: string; readonly read: (path: string) => string }[] =
  [
    {
      name: 'decodes ids twice',
      finds: 'failed: accepted although the id is encoded twice',
      read: (path) => path.replaceAll('%25', '%'),
    },
    {
      name: 'trims ids',
      finds: 'warned: accepted although the id has a space after it',
      read: (path) => path.replace(/%20$/, ''),
    },
  ];

it.each(readings)('finds a target that $name', async ({ finds, read }) => {
  const contract = await defaultContract();
  const target = await embeddedTarget(contract);
  const generous: Target = {
    ...target,
    send: ({ path, ...request }, limits) => target.send({ ...request, path: read(path) }, limits),
  };
  const report = await verifyTarget(contract, generous, { only: ['roles.get/id-spellings'] });
  expect(report.findings.map(({ severity, cause }) => `${severity}: ${cause}`)).toEqual([finds]);
});

it('finds a target that ignores the case of letters and the end of ids', async () => {
  const contract = await defaultContract();
  const target = await embeddedTarget(contract);
  const ids = new Set<string>();
  const generous: Target = {
    ...target,
    async send({ path, ...request }, limits) {
      const [, id = ''] = /\/roles\/([^/?]+)/.exec(path) ?? [];
      const known = [...ids].find((each) => each.toLowerCase().startsWith(id.toLowerCase()) && id.length > 8);
      const response = await target.send({ ...request, path: path.replace(id, known ?? id) }, limits);
      if (request.method === 'POST' && path.endsWith('/roles')) ids.add(JSON.parse(response.text).id);
      return response;
    },
  };
  const report = await verifyTarget(contract, generous, { only: ['roles.get/id-spellings'] });
  expect(report.findings.map(({ severity, cause }) => `${severity}: ${cause}`)).toEqual([
    'failed: accepted although the id lacks its last character',
    'warned: accepted although the id is in another case of letters',
  ]);
});
