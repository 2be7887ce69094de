import type { Contract } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Violation } from '../finding/finding.js';
import type { Subject } from '../fixtures/fixtures.js';
import { responseFor } from '../lookup/response-for.js';
import { entryProperties, showsValue } from '../lookup/shown-value.js';
import type { Exchange } from '../target/exchange.js';
import type { ExpectedListing, ListedEntries } from './relation-listing.js';

/**
 * How the entries of a listing differ from what their subjects were created with, in properties that a client writes and
 * the listing shows. One difference for each property.
 */
export function entryDifferences(
  { listing, resource }: ExpectedListing,
  { entries, exchange }: ListedEntries,
  {
    contract,
    subjects,
    before,
  }: {
    readonly contract: Contract;
    /** Those of the listed side. */
    readonly subjects: readonly Subject[];
    readonly before: readonly Exchange[];
  },
): readonly Violation[] {
  const documented = responseFor(listing, exchange.response.status);
  if (documented === undefined) return [];
  const shown = entryProperties(listing, exchange.response.status, contract);
  const found = new Map<string, Violation>();
  for (const { id, entry } of entries) {
    const { sent = {} } = subjects.find((subject) => subject.id === id) ?? {};
    if (!isObject(entry)) continue;
    for (const name of shown) {
      const value = sent[name];
      if (value === undefined || found.has(name) || showsValue(entry[name], value)) continue;
      found.set(name, {
        cause: `property ${name} of a listed ${resource} is not what was sent`,
        expected: `${name}: ${JSON.stringify(value)}`,
        actual: `${name}: ${JSON.stringify(entry[name]) ?? 'absent'}`,
        evidence: documented.evidence,
        exchange,
        before,
      });
    }
  }
  return [...found.values()];
}
