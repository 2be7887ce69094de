import type { Evidence } from '../../contract/contract.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { Violation } from '../finding/finding.js';
import { excerpt } from '../judge/safety.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { ExpectedListing, ListedIds } from './relation-listing.js';

/** How a listing differs from the expected one: a missing entry, an unexpected one, a repeated one. */
export function listingDifference(
  expected: ExpectedListing,
  { ids, exchange }: ListedIds,
  { evidence, before }: { readonly evidence: Evidence; readonly before: readonly Exchange[] },
): readonly Violation[] {
  const { resource } = expected;
  const found = { expected: `${resource}: ${idsText(expected.ids)}`, evidence, exchange, before };
  if (!succeeded(exchange)) {
    const { status, text } = exchange.response;
    return [{ ...found, cause: `the listing fails with ${status}`, actual: `${status} ${excerpt(text)}`.trimEnd() }];
  }
  const violation = (verb: string, entries: readonly string[]): readonly Violation[] =>
    entries.length === 0
      ? []
      : [
          {
            ...found,
            cause: `the listing by ${Object.keys(expected.sides).join(' and ')} ${verb} ${withArticle(resource)}`,
            actual: `${resource}: ${idsText(ids)} (${verb} ${idsText(entries)})`,
          },
        ];
  return [
    ...violation(
      'lacks',
      expected.ids.filter((id) => !ids.includes(id)),
    ),
    ...violation(
      'wrongly shows',
      [...new Set(ids)].filter((id) => !expected.ids.includes(id)),
    ),
    ...violation(
      'repeats',
      ids.filter((id, index) => ids.indexOf(id) !== index),
    ),
  ];
}

function idsText(ids: readonly string[]): string {
  if (ids.length === 0) return 'none';
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`;
}
