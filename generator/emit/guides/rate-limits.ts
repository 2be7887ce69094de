import type { Rate } from '../../../contract/contract.js';
import type { PageContext } from '../pages/page-context.js';
import { causeInWords } from '../reference/causes.js';
import { code, line, literally, section, table } from '../reference/markdown.js';
import { capital, inWords } from '../text/names.js';

/** The plans, the headers, and what to do after a refusal. */
export function rateLimitsGuide(page: PageContext): readonly string[] {
  const { rateLimit, problems } = page.contract;
  if (rateLimit === undefined) return [];
  const { headers, plans, evidence, problem: name } = rateLimit;
  const problem = problems.get(name);
  const remedy = problem && (problem.remedy ?? causeInWords(problem).remedy);
  return [
    `Rate limits are token buckets. A full bucket holds as many requests as the burst says, each request takes one, and the bucket fills at a constant rate.`,
    section(
      'Plans',
      table(
        ['Plan', 'Burst', 'Rate', 'Grade'],
        plans.map((plan) => [literally(capital(inWords(plan.name))), ...rateCells(plan), page.badge(plan.evidence)]),
      ),
    ),
    groupsSection(page),
    section(
      'Headers of responses',
      table(
        ['Header', 'Value'],
        [
          [code(headers.limit), 'The size of the bucket'],
          [code(headers.remaining), 'The requests that are left'],
          [code(headers.reset), 'The Unix second at which the bucket is full again'],
        ],
      ),
      `The bucket gets room for the next request long before it is full again. To wait for the reset is safe, but slower than necessary.${page.notes.mark(evidence)}`,
    ),
    section(
      'When a request is refused',
      `The response has the status ${code(statusOf(page, name))}${problem?.errorCode === undefined ? '' : ` and the error code ${code(problem.errorCode)}`}.`,
      remedy === undefined ? '' : line(remedy),
      'The generated client waits and retries by itself.',
    ),
  ];
}

/** Operations that have a bucket of their own in some plan. */
function groupsSection(page: PageContext): string {
  const { operations, rateLimit } = page.contract;
  const plans = (rateLimit?.plans ?? []).filter(({ groups }) => groups.size > 0);
  const names = [...new Set(plans.flatMap(({ groups }) => [...groups.keys()]))];
  if (names.length === 0) return '';
  const rows = names.map((name) => [
    operations.flatMap((operation) => (operation.rateGroup === name ? [page.toOperation(operation)] : [])).join(', '),
    ...plans.map(({ groups }) => rateInWords(groups.get(name))),
  ]);
  return section(
    'Groups of operations',
    'Some operations share a bucket of their own, in addition to the bucket of the plan:',
    table(['Operations', ...plans.map(({ name }) => literally(capital(inWords(name))))], rows),
    'The first number is the burst. In a plan without a value, the operations share the bucket of the plan.',
  );
}

function rateCells(rate: Rate): readonly string[] {
  return [String(rate.burst), refillInWords(rate)];
}

function rateInWords(rate: Rate | undefined): string {
  return rate === undefined ? '' : `${rate.burst}, then ${refillInWords(rate)}`;
}

/** `16 per second`, `50 per minute`. */
function refillInWords({ perSecond }: Rate): string {
  return Number.isInteger(perSecond) ? `${perSecond} per second` : `${Math.round(perSecond * 60)} per minute`;
}

function statusOf({ contract }: PageContext, problem: string): string {
  const found = contract.operations
    .flatMap(({ responses }) => responses)
    .find(({ problems }) => problems.some(({ name }) => name === problem));
  return found?.status ?? '429';
}
