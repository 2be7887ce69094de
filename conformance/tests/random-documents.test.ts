import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { withChildSchemas } from '../../contract/load/with-child-schemas.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import { restDocument } from '../test-support/random-document.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** `ROLECALL_DOCUMENTS=200` tries so many other documents; a failure prints the seed, for `ROLECALL_SEED`. */
const { ROLECALL_DOCUMENTS: more, ROLECALL_SEED: seed } = process.env;

const conforms = fc.asyncProperty(restDocument, async (document) => {
  const { contract } = withDerivedState(readContract(withChildSchemas(document, () => {})));
  const { verdict, findings } = await verifyTarget(contract, await embeddedTarget(contract), { only: [] });
  const judged = findings
    .filter(({ severity }) => severity !== 'observed')
    .map(({ check, cause, operations }) => `${operations[0]} ${check}: ${cause}`);
  expect([verdict, ...judged]).toEqual(['conforms']);
});

test('the tenant of any document conforms to it, without a warning', async () => {
  const chosen = seed === undefined ? (more === undefined ? { seed: 1 } : {}) : { seed: Number(seed) };
  await fc.assert(conforms, { ...chosen, numRuns: Number(more ?? 6), endOnFailure: true });
}, 600_000);

test.each([
  { given: 'pages by a cursor that no answer shows', seed: 612349408, path: '15' },
  { given: 'operations without state below an item', seed: -1940536305, path: '0' },
  { given: 'an update of a map that was empty', seed: -1345177447, path: '15' },
])('so does that of $given', async ({ seed, path }) => {
  await fc.assert(conforms, { seed, path, numRuns: 1 });
});
