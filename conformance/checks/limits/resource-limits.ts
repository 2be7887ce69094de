import type { Contract, Limit, Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { problemsOf, refusalFor } from '../../trial/expected-refusal.js';

/** The largest quota that is filled: each resource takes a request to create and one to delete. */
const LARGEST: Readonly<Record<Depth, number>> = { smoke: 0, standard: 64, exhaustive: 1100 };

export const resourceLimits: Check = {
  id: 'resource-limits',
  family: 'limits',
  title: 'A tenant holds as many resources as its quota, and no more',
  description:
    'Creates resources of a kind until the tenant refuses one. It must refuse as documented, not before the quota can ' +
    'have been reached and not after.',
  needsState: true,
  appliesTo: 'creates of resources with a quota',
  exclusive: true,
  applies: (operation, contract) => limitOf(operation, contract) !== undefined,
  requests: (operation, contract, depth) => {
    const max = limitOf(operation, contract)?.max ?? 0;
    if (depth === 'smoke') return 0;
    return max <= LARGEST[depth] ? max + 2 : 1;
  },
  async run(operation, context) {
    const limit = limitOf(operation, context.contract);
    const target = operation.effect?.target ?? '';
    if (limit === undefined) return;
    const { max, pointer } = limit;
    if (max > LARGEST[context.depth] || !context.affords(max + 2)) {
      return context.missed(
        `${max} ${target} resources in the tenant`,
        `It takes about ${2 * max + 2} requests.`,
        pointer,
      );
    }
    if (context.tokens.metered && context.depth !== 'exhaustive') {
      return context.missed(`${max} ${target} resources in the tenant`, 'The tenant is shared with others.', pointer);
    }
    await fill(operation, limit, context);
  },
};

function limitOf({ effect }: Operation, contract: Contract): Limit | undefined {
  return effect?.kind === 'create' ? contract.resources.get(effect.target)?.limit : undefined;
}

async function fill(operation: Operation, limit: Limit, context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  const isFull = (cause: { readonly kind: string; readonly of?: string }): boolean =>
    cause.kind === 'full' && cause.of === target;
  const evidence = context.contract.evidenceAt(`${limit.pointer}/max`);
  const [per] = limit.per;
  const parent = per === undefined ? undefined : await context.fixtures.fresh(per);
  const options = parent === undefined ? {} : { parent };
  const where = parent === undefined ? 'the tenant' : `the ${per}`;
  for (let made = 1; made <= limit.max + 1; made += 1) {
    const exchange = await context.send(buildRequest(operation, await context.fixtures.valid(operation, options)));
    if (succeeded(exchange)) {
      if (made <= limit.max) continue;
      const [problem] = problemsOf(operation, isFull);
      context.report({
        cause: `accepted although ${target} is beyond its quota`,
        expected: `a refusal of number ${limit.max + 1}${problem ? ` (${problem.name})` : ''}`,
        actual: `${exchange.response.status}`,
        evidence,
        exchange,
      });
      return;
    }
    context.reached(limit.pointer);
    const violations = context.judge(
      exchange,
      refusalFor(operation, isFull, `${where} has as many ${target} resources as its quota`),
    );
    context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
    return;
  }
}
