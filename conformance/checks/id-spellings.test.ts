import { expect, it } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
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

/** The findings of one check at a server of a document by REST conventions, whose ids are UUIDs. */
async function foundBy(check: string, around: (send: Target['send']) => Target['send']): Promise<readonly string[]> {
  const document = JSON.stringify(orchard).replaceAll('"type":"integer"', '"type":"string","format":"uuid"');
  const plain = readContract(JSON.parse(document));
  const target = await embeddedTarget(plain);
  const { contract } = withDerivedState(plain);
  const report = await verifyTarget(
    contract,
    { ...target, send: around(target.send) },
    { only: [`readTree/${check}`] },
  );
  return report.findings.filter(({ severity }) => severity !== 'observed').map(({ cause }) => cause);
}

it('lets a server read UUIDs in any case of letters', async () => {
  const generous = await foundBy(
    'id-spellings',
    (send) => (request, limits) => send({ ...request, path: request.path.toLowerCase() }, limits),
  );
  expect(generous).toEqual([]);
});

it('lets a server limit the length of paths', async () => {
  const tooLong = { status: 414, headers: {}, text: '' };
  const limiting =
    (send: Target['send']): Target['send'] =>
    async (request, limits) =>
      request.path.includes('does-not-exist') ? tooLong : send(request, limits);
  expect(await foundBy('hostile-ids', limiting)).toEqual([]);
});
