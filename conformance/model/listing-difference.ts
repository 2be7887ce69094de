import type { Evidence } from '../../contract/contract.js';
import type { Violation } from '../finding.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { ExpectedListing, Shown } from './relation-operations.js';

/** What a listing shows wrongly: something missing, something too many, something twice. */
export function listingDifference(
  expected: ExpectedListing,
  { ids, exchange }: Shown,
  evidence: Evidence,
  before: readonly Exchange[],
): readonly Violation[] {
  const { resource } = expected;
  const violation = (what: string, entries: readonly string[]): Violation => ({
    cause: `the listing of each ${Object.keys(expected.sides).join(' and ')} ${what} a ${resource}`,
    expected: `${resource}: ${listed(expected.ids)}`,
    actual: `${resource}: ${listed(ids)} (${what} ${listed(entries)})`,
    evidence,
    exchange,
    before,
  });
  if (!succeeded(exchange)) {
    return [
      {
        cause: `the listing fails with ${exchange.response.status}`,
        expected: `${resource}: ${listed(expected.ids)}`,
        actual: `${exchange.response.status} ${exchange.response.text.slice(0, 160)}`.trimEnd(),
        evidence,
        exchange,
        before,
      },
    ];
  }
  const missing = expected.ids.filter((id) => !ids.includes(id));
  const surplus = [...new Set(ids)].filter((id) => !expected.ids.includes(id));
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...(missing.length > 0 ? [violation('lacks', missing)] : []),
    ...(surplus.length > 0 ? [violation('wrongly has', surplus)] : []),
    ...(repeated.length > 0 ? [violation('repeats', repeated)] : []),
  ];
}

/** Whether a listing shows exactly what it should. */
export function showsExactly(expected: readonly string[], ids: readonly string[]): boolean {
  return ids.length === expected.length && expected.every((id) => ids.includes(id));
}

function listed(ids: readonly string[]): string {
  if (ids.length === 0) return 'none';
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
}
