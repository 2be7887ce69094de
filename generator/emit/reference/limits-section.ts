import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { limitsOf, type Quota } from '../limits.js';
import { rangeInWords } from './constraints.js';
import { bullets, code, line, link, section } from './markdown.js';

/** The limits per request, per page, in total, and the rate limit. */
export function limitsSection(contract: Contract, operation: Operation): string {
  const { lists, page, quotas } = limitsOf(contract, operation);
  const items = [
    ...lists.flatMap(({ pointer, least, most }) => {
      const place = pointer === '' ? '' : ` in ${code(pointer.slice(1))}`;
      return rangeInWords(least, most, ['entry', 'entries']).map((range) => `${capital(range)}${place} per request.`);
    }),
    ...(page ? [`At most ${page.most} items per page (${code(page.parameter)}).`] : []),
    ...ceilings(operation),
    ...quotas.map((quota) => quotaInWords(contract, quota)),
    ...(contract.rateLimit === undefined || !limited(contract, operation)
      ? []
      : [`Requests are rate-limited: see ${link('rate limits', 'README.md#rate-limits')}.`]),
  ];
  return items.length === 0 ? '' : section('Limits', bullets(items));
}

/** The last record that pages can reach, as an error response documents it. */
function ceilings({ responses }: Operation): readonly string[] {
  return responses.flatMap(({ status, problems }) =>
    problems.flatMap(({ when }) =>
      when.kind === 'beyond'
        ? [`Pages reach only the first ${when.max} records; requests beyond return ${code(status)}.`]
        : [],
    ),
  );
}

function quotaInWords(contract: Contract, { of, per, max, disputed, problem, evidence }: Quota): string {
  const each = per.length === 0 ? 'in total' : `per ${per.map((side) => side.replaceAll('-', ' ')).join(' and ')}`;
  const message = problem === undefined ? undefined : contract.problems.get(problem)?.message;
  return [
    `At most ${max} ${code(of)} ${each}${sourceInWords(evidence)}.`,
    ...(disputed === undefined ? [] : [`Another source says ${disputed}.`]),
    ...(message === undefined ? [] : [`Beyond that, the error is ${code(message)}.`]),
  ].join(' ');
}

function sourceInWords({ grade, source, against }: Evidence): string {
  if (source === NO_EVIDENCE.source) return '';
  return ` (${grade}: ${line(source)}${against === undefined ? '' : `; against: ${line(against)}`})`;
}

/** Whether the operation documents the rate limit error. */
function limited({ rateLimit }: Contract, { responses }: Operation): boolean {
  return responses.some(({ problems }) => problems.some(({ name }) => name === rateLimit?.problem));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
