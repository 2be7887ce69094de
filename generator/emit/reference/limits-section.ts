import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { limitsOf, type Quota } from '../limits.js';
import { rangeInWords } from './constraints.js';
import { bullets, code, line, link, section } from './markdown.js';

/** How much of what: in one request, on one page, in all, and in a second. */
export function limitsSection(contract: Contract, operation: Operation): string {
  const { lists, page, quotas } = limitsOf(contract, operation);
  const items = [
    ...lists.flatMap(({ pointer, least, most }) => {
      const place = pointer === '' ? '' : ` in ${code(pointer.slice(1))}`;
      return rangeInWords(least, most, ['entry', 'entries']).map(
        (range) => `${capital(range)}${place} in one request.`,
      );
    }),
    ...(page ? [`At most ${page.most} items on a page, by ${code(page.parameter)}.`] : []),
    ...ceilings(operation),
    ...quotas.map((quota) => quotaInWords(contract, quota)),
    ...(contract.rateLimit === undefined || !limited(contract, operation)
      ? []
      : [`Requests are limited in rate: see ${link('rate limits', 'README.md#rate-limits')}.`]),
  ];
  return items.length === 0 ? '' : section('Limits', bullets(items));
}

/** Pages end at some record, which a refusal says. */
function ceilings({ responses }: Operation): readonly string[] {
  return responses.flatMap(({ status, problems }) =>
    problems.flatMap(({ when }) =>
      when.kind === 'beyond'
        ? [`Pages reach the first ${when.max} records; what lies beyond is refused by ${code(status)}.`]
        : [],
    ),
  );
}

function quotaInWords(contract: Contract, { of, per, max, disputed, problem, evidence }: Quota): string {
  const each = per.length === 0 ? 'in all' : `for each ${per.map((side) => side.replaceAll('-', ' ')).join(' and ')}`;
  const message = problem === undefined ? undefined : contract.problems.get(problem)?.message;
  return [
    `At most ${max} ${code(of)} ${each}${sourceInWords(evidence)}.`,
    ...(disputed === undefined ? [] : [`Another source says ${disputed}.`]),
    ...(message === undefined ? [] : [`One too many gets: ${code(message)}`]),
  ].join(' ');
}

function sourceInWords({ grade, source, against }: Evidence): string {
  if (source === NO_EVIDENCE.source) return '';
  return ` (${grade}: ${line(source)}${against === undefined ? '' : `, against ${line(against)}`})`;
}

/** Whether the operation can answer that there were too many requests. */
function limited({ rateLimit }: Contract, { responses }: Operation): boolean {
  return responses.some(({ problems }) => problems.some(({ name }) => name === rateLimit?.problem));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
