import type { Operation, RateLimit } from '../../../contract/contract.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import type { Exchange } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';

/** No bucket takes longer to refill: a reset time further away is not in Unix seconds. */
const LONGEST_SECONDS = 7 * 24 * 3600;
/** How far a server's clock may differ from ours. */
/** Unix time in 2001: smaller numbers are not moments. */
const EARLIEST_SECONDS = 1_000_000_000;

export const rateLimitHeaders: Check = {
  id: 'rate-limit-headers',
  family: 'limits',
  title: 'The rate limit headers are complete and plausible',
  description:
    'Reads the rate limit headers. A response that has one of them must have all, as whole numbers, with no more requests ' +
    'remaining than the limit, and a reset time in Unix seconds.',
  appliesTo: 'operations that document rate limit headers',
  applies: (operation, { rateLimit }) => rateLimit !== undefined && documents(operation, rateLimit),
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 2),
  async run(operation, context) {
    const { rateLimit } = context.contract;
    if (rateLimit === undefined) return;
    for (let run = 0; run < 2; run += 1) {
      const exchange = await context.send(buildRequest(operation, await context.fixtures.valid(operation)));
      const names = Object.values(rateLimit.headers);
      if (names.every((name) => exchange.response.headers[name] === undefined)) {
        context.skip('No response of this operation has rate limit headers.', 'contract');
      }
      context.report(...judgeHeaders(exchange, rateLimit, context));
    }
    context.reached(rateLimit.pointer);
  },
};

function documents(operation: Operation, { headers }: RateLimit): boolean {
  const documented = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap((response) => response.headers);
  return Object.values(headers).every((name) => documented.some((header) => header.name === name));
}

function judgeHeaders(
  exchange: Exchange,
  { headers, pointer }: RateLimit,
  { contract }: CheckContext,
): readonly Violation[] {
  const { response } = exchange;
  const parts = ['limit', 'remaining', 'reset'] as const;
  const violation = (part: (typeof parts)[number], cause: string, expected: string): Violation => ({
    cause: `${headers[part]} ${cause}`,
    expected,
    actual: `${headers[part]}: ${response.headers[headers[part]] ?? 'absent'}`,
    evidence: contract.evidenceAt(`${pointer}/headers/${part}`),
    exchange,
  });
  const unreadable = parts.filter((part) => !/^\d+$/.test(response.headers[headers[part]] ?? ''));
  if (unreadable.length > 0) {
    return unreadable.map((part) => {
      const isAbsent = response.headers[headers[part]] === undefined;
      return violation(
        part,
        isAbsent ? 'is missing beside the others' : 'is not a whole number',
        `${headers[part]}: a whole number`,
      );
    });
  }
  const [limit = 0, remaining = 0, reset = 0] = parts.map((part) => Number(response.headers[headers[part]]));
  const date = Date.parse(response.headers.date ?? '');
  const now = Number.isNaN(date) ? undefined : date / 1000;
  // A moment in the past is odd, but no other unit: seconds left would be few, milliseconds far in the future.
  const isUnixTime = now === undefined || (reset >= EARLIEST_SECONDS && reset <= now + LONGEST_SECONDS);
  return [
    ...(remaining > limit ? [violation('remaining', 'is more than the limit', `at most ${limit}`)] : []),
    ...(isUnixTime ? [] : [violation('reset', 'is not in Unix seconds', `Unix seconds near ${Math.round(now ?? 0)}`)]),
  ];
}
