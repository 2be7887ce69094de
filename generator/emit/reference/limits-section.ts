import type { Contract, Operation, Relation } from '../../../contract/contract.js';
import { limitsOf, type Quota } from '../limits.js';
import type { PageContext } from '../pages/page-context.js';
import { capital, inWords, listed, plural } from '../text/names.js';
import { rangeInWords } from './constraints.js';
import { bullets, code, section } from './markdown.js';

/** The limits per request, per page, in total, and the rate limit. */
export function limitsSection(page: PageContext, operation: Operation): string {
  const { contract } = page;
  const limits = limitsOf(contract, operation);
  const items = [
    ...limits.lists.flatMap(({ pointer, least, most }) => {
      const place = pointer === '' ? '' : ` in ${code(pointer.slice(1))}`;
      return rangeInWords(least, most, ['entry', 'entries']).map((range) => `${capital(range)}${place} per request.`);
    }),
    ...(limits.page ? [`At most ${limits.page.most} items per page (${code(limits.page.parameter)}).`] : []),
    ...ceilingsOf(operation).map(
      ({ max, status }) => `Pages reach only the first ${max} records; requests beyond return ${code(status)}.`,
    ),
    ...limits.quotas.map((quota) => quotaInWords(page, quota)),
    ...(isRateLimited(contract, operation)
      ? [`Requests are rate-limited: see ${page.toGuide('rate-limits', 'rate limits')}.`]
      : []),
  ];
  return items.length === 0 ? '' : section('Limits', bullets(items));
}

/** The last record that pages can reach, and the status of a request beyond it. */
export function ceilingsOf({ responses }: Operation): readonly { readonly max: number; readonly status: string }[] {
  return responses.flatMap(({ status, problems }) =>
    problems.flatMap(({ when }) => (when.kind === 'beyond' ? [{ max: when.max, status }] : [])),
  );
}

function quotaInWords(page: PageContext, quota: Quota): string {
  const { problem, disputed, evidence } = quota;
  const message = problem === undefined ? undefined : page.contract.problems.get(problem)?.message;
  return [
    `${capital(quotaOf(page.contract, quota))}${page.notes.mark(evidence)}.`,
    ...(disputed === undefined ? [] : [`Another source says ${disputed}.`]),
    ...(message === undefined ? [] : [`Beyond that, the error is ${code(message)}.`]),
  ].join(' ');
}

/** `at most 50 roles per user`, `at most 1000 roles in total`. */
export function quotaOf({ relations }: Pick<Contract, 'relations'>, { of, per, max }: Quota): string {
  const each = per.length === 0 ? 'in total' : `per ${listed(per.map(inWords))}`;
  return `at most ${max} ${countedIn(relations.get(of), of, per)} ${each}`;
}

/** What a limit counts: the items of a resource, or the sides of a relation that are not fixed. */
function countedIn(relation: Relation | undefined, of: string, per: readonly string[]): string {
  const counted = relation?.between.filter((side) => !per.includes(side)) ?? [];
  return counted.length === 1 ? plural(counted[0] ?? of) : inWords(of);
}

/** Whether the operation documents the rate limit error. */
export function isRateLimited({ rateLimit }: Contract, { responses }: Operation): boolean {
  return (
    rateLimit !== undefined && responses.some(({ problems }) => problems.some(({ name }) => name === rateLimit.problem))
  );
}
