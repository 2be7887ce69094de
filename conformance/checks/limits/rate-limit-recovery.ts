import type { Contract, Operation } from '../../../contract/contract.js';
import type { Check, Depth } from '../../check.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { refusalFor } from '../../trial/expected-refusal.js';

/** The most requests sent at once to exhaust the rate limit. */
const MAX_BURST: Readonly<Record<Depth, number>> = { smoke: 0, standard: 60, exhaustive: 200 };

export const rateLimitRecovery: Check = {
  id: 'rate-limit-recovery',
  family: 'limits',
  title: 'Too many requests are refused, and later ones succeed',
  description:
    'Sends requests at once until one exceeds the rate limit. The refusal must be the documented one, with the rate limit ' +
    'headers, and after the time that it gives a request must succeed.',
  appliesTo: 'one read operation, for the whole tenant',
  exclusive: true,
  applies: (operation, contract) => contract.rateLimit !== undefined && cheapest(contract) === operation,
  requests: (_operation, contract, depth) => {
    const bursts = contract.rateLimit?.plans.map(({ burst }) => burst) ?? [];
    return depth === 'smoke' ? 0 : Math.min(MAX_BURST[depth], ...bursts) + 2;
  },
  async run(operation, context) {
    const { rateLimit } = context.contract;
    if (rateLimit === undefined) return;
    if (!context.mayProvokeRateLimit) {
      return context.missed(
        'the response to too many requests',
        'The rate limit is shared with others; --provoke-rate-limit exceeds it.',
        rateLimit.pointer,
      );
    }
    const values = await context.fixtures.valid(operation);
    const send = (): Promise<Exchange> => context.send(buildRequest(operation, values), { rate: 'answer' });
    const first = await send();
    const limit = Number(first.response.headers[rateLimit.headers.limit]);
    const effort = Number.isFinite(limit)
      ? `It takes about ${limit + 1} requests at once.`
      : `The response has no ${rateLimit.headers.limit}, so the limit is not known.`;
    if (!Number.isFinite(limit) || limit + 1 > MAX_BURST[context.depth] || !context.affords(limit + 2)) {
      return context.missed('the response to too many requests', effort, rateLimit.pointer);
    }
    const burst = await Promise.all(Array.from({ length: limit + 1 }, send));
    const refused = burst.find(({ response }) => response.status === 429);
    if (refused === undefined) {
      return context.missed(
        'the response to too many requests',
        `${burst.length} requests at once were not refused.`,
        rateLimit.pointer,
      );
    }
    context.report(
      ...context.judge(
        refused,
        refusalFor(operation, ({ kind }) => kind === 'rate', 'there are too many requests'),
      ),
    );
    context.reached(rateLimit.pointer);
    const again = await context.send(buildRequest(operation, values));
    if (!succeeded(again))
      context.report(...context.judge(again, { kind: 'success' }).map((each) => ({ ...each, before: [refused] })));
  },
};

/** The operation that stands for all, since the limit is the tenant's: a read that needs no fixtures. */
function cheapest({ operations }: Contract): Operation | undefined {
  return operations.find(
    ({ method, security, parameters }) =>
      method === 'GET' && security.length > 0 && !parameters.some((parameter) => parameter.in === 'path'),
  );
}
