import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { foreignServers } from './servers.js';
import { DOCUMENTS, findingsOf } from './verify-foreign.js';

const here = existsSync(DOCUMENTS);
if (!here) process.stdout.write('skipped: faults in servers of public documents (../shared/documents is absent)\n');

/** All faults take longer: `npm run power:foreign` plants each. */
describe.skipIf(!here)('a server written by hand for a public document', () => {
  test.each(foreignServers)('$document conforms without a fault', async (server) => {
    expect(await findingsOf(server)).toEqual([]);
  });

  test('of one that keeps what it deletes, verify finds that', async () => {
    const museum = foreignServers.find(({ faults }) => faults.includes('deleted-stays'));
    const findings = museum === undefined ? [] : await findingsOf(museum, 'deleted-stays');
    expect(findings).toEqual(['deleted-is-gone: accepted although the event was deleted at deleteSpecialEvent']);
  });
});
