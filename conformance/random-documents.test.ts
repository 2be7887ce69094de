import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { readContract } from '../contract/read/read.js';
import { embeddedTarget } from './target/embedded.js';
import { restDocument } from './test-support/random-document.js';
import { verifyTarget } from './test-support/verify-target.js';

/** `ROLECALL_DOCUMENTS=200` tries so many other documents; a failure prints the seed, for `ROLECALL_SEED`. */
const { ROLECALL_DOCUMENTS: more, ROLECALL_SEED: seed } = process.env;

test('the tenant of any document conforms to it, without a warning', async () => {
  const property = fc.asyncProperty(restDocument, async (document) => {
    const { contract } = withDerivedState(readContract(document));
    const { verdict, findings } = await verifyTarget(contract, await embeddedTarget(contract), { only: [] });
    const judged = findings
      .filter(({ severity }) => severity !== 'observed')
      .map(({ check, cause, operations }) => `${operations[0]} ${check}: ${cause}`);
    expect([verdict, ...judged]).toEqual(['conforms']);
  });
  const chosen = seed === undefined ? (more === undefined ? { seed: 1 } : {}) : { seed: Number(seed) };
  await fc.assert(property, { ...chosen, numRuns: Number(more ?? 6), endOnFailure: true });
}, 600_000);
