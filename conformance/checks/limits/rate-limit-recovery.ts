import type { Contract, Operation } from '../../../contract/contract.js';
import type { Check, Depth } from '../../check.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { refusalFor } from '../../trial/expected-refusal.js';

/** The most requests that are sent at once to use up the rate limit. */
const MOST: Readonly<Record<Depth, number>> = { smoke: 0, standard: 60, exhaustive: 200 };

export const rateLimitRecovery: Check = {
  id: 'rate-limit-recovery',
  family: 'limits',
  title: 'Too many requests are refused, and later ones succeed again',
  description:
    'Sends requests as fast as it can until one is refused for the rate. The refusal must be the documented one, with the ' +
    'rate limit headers, and after the time that it names a request must succeed.',
  exclusive: true,
  applies: (operation, contract) => contract.rateLimit !== undefined && cheapest(contract) === operation,
  requests: (_operation, contract, depth) => {
    const bursts = contract.rateLimit?.plans.map(({ burst }) => burst) ?? [];
    return depth === 'smoke' ? 0 : Math.min(MOST[depth], ...bursts) + 2;
  },
  async run(operation, context) {
    const { rateLimit } = context.contract;
    if (rateLimit === undefined) return;
    if (context.tokens.metered && context.depth !== 'exhaustive') {
      return context.missed(
        'the answer to too many requests',
        'The rate limit belongs to others too.',
        rateLimit.pointer,
      );
    }
    const values = await context.fixtures.valid(operation);
    const send = (): Promise<Exchange> => context.send(buildRequest(operation, values), { rate: 'answer' });
    const first = await send();
    const limit = Number(first.response.headers[rateLimit.headers.limit]);
    const told = `It takes about ${Number.isFinite(limit) ? limit + 1 : 'an unknown number of'} requests at once.`;
    if (!Number.isFinite(limit) || limit + 1 > MOST[context.depth] || !context.affords(limit + 2)) {
      return context.missed('the answer to too many requests', told, rateLimit.pointer);
    }
    const burst = await Promise.all(Array.from({ length: limit + 1 }, send));
    const refused = burst.find(({ response }) => response.status === 429);
    if (refused === undefined) {
      return context.missed(
        'the answer to too many requests',
        `${burst.length} requests at once were not refused.`,
        rateLimit.pointer,
      );
    }
    context.report(
      ...context.judge(
        refused,
        refusalFor(operation, ({ kind }) => kind === 'rate', 'too many requests'),
      ),
    );
    context.reached(rateLimit.pointer);
    const again = await context.send(buildRequest(operation, values));
    if (!succeeded(again))
      context.report(...context.judge(again, { kind: 'success' }).map((each) => ({ ...each, before: [refused] })));
  },
};

/** One operation stands for all: the limit is the tenant's. The one that reads and needs the least. */
function cheapest({ operations }: Contract): Operation | undefined {
  return operations.find(
    ({ method, security, parameters }) =>
      method === 'GET' && security.length > 0 && !parameters.some((parameter) => parameter.in === 'path'),
  );
}
