import type { Contract, Limit, Operation, Problem, Relation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import type { Check, CheckContext, Depth, Expectation } from '../../check.js';
import type { Subject } from '../../fixtures/fixtures.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSide } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** The largest quota that is filled up: each entry may take a request of its own to prepare. */
const LARGEST: Readonly<Record<Depth, number>> = { smoke: 0, standard: 64, exhaustive: 1100 };

export const relationLimits: Check = {
  id: 'relation-limits',
  family: 'limits',
  title: 'A relation holds as much as its quota, and not one more',
  description:
    'Fills a relation up to one below its quota, adds one more, which must succeed, and another one, which must get the ' +
    'documented refusal and change nothing. Where sources give two numbers, what lies between is told, not judged.',
  applies: (operation, contract) => limitsOf(operation, contract).length > 0,
  requests: (operation, contract, depth) => {
    const reached = limitsOf(operation, contract).filter(({ max }) => max <= LARGEST[depth]);
    return depth === 'smoke' ? 0 : Math.max(1, reached.length * 8);
  },
  async run(operation, context) {
    const relation = context.contract.relations.get(operation.effect?.target ?? '');
    if (relation === undefined) return;
    for (const limit of limitsOf(operation, context.contract)) await tryLimit(operation, relation, limit, context);
  },
};

/** The quotas of a relation that are for what this operation's path names. */
function limitsOf({ effect }: Operation, contract: Contract): readonly Limit[] {
  const relation = effect?.kind === 'add' ? contract.relations.get(effect.target) : undefined;
  const bound = Object.keys(effect?.of ?? {});
  return (relation?.limits ?? []).filter(
    ({ per }) => per.length === bound.length && per.every((side) => bound.includes(side)),
  );
}

async function tryLimit(operation: Operation, relation: Relation, limit: Limit, context: CheckContext): Promise<void> {
  const { fixtures } = context;
  const { max } = limit;
  const needed = max + 1;
  const listed = relation.between[remainingSide(relation, operation.effect)] ?? '';
  const name = `${relation.name}: ${max} for each ${limit.per.join(' and ')}`;
  if (needed > LARGEST[context.depth] || needed > fixtures.capacity(listed) || !context.affords(needed * 2)) {
    return context.missed(name, `It takes about ${needed * 2 + 10} requests.`, limit.pointer);
  }
  const sides: Record<string, Subject> = {};
  for (const side of Object.keys(operation.effect?.of ?? {})) sides[side] = await fixtures.fresh(side);
  const subjects = await fixtures.subjects(listed, needed);
  const [one, last] = subjects.slice(-2);
  if (one === undefined || last === undefined) return;
  const before = subjects.slice(0, max - 1);
  if (before.length > 0) await fixtures.add(relation.name, sides, before);

  const filled = await fixtures.list(relation.name, sides, (ids) => ids.length === before.length);
  if (filled.length !== before.length) {
    return context.missed(name, `Of ${before.length} that were added, ${filled.length} are listed.`, limit.pointer);
  }
  const full = await context.send(namingRequest(operation, sides, [one.name]));
  const evidence = context.contract.evidenceAt(`${limit.pointer}/max`);
  const refusals = context.judge(full, { kind: 'success' });
  if (succeeded(full)) context.report(...refusals);
  else {
    context.report(
      ...refusals.map((each) => ({
        ...each,
        cause: `${relation.name} is full before its quota`,
        expected: `${each.expected}: there is room for ${max}`,
        evidence: weaker(each.evidence, evidence),
      })),
    );
    return;
  }

  const request = namingRequest(operation, sides, [last.name]);
  if (request.values === undefined) return;
  const expected = fullExpectation(operation, limit, `${relation.name} beyond its quota`);
  const { exchange, violations } = await refusalTrial(context, request.values).refused(request, expected);
  context.reached(limit.pointer);
  if (limit.disputed !== undefined) {
    context.observe(
      `${relation.name}: number ${needed} for one ${limit.per.join(' and ')} is ${succeeded(exchange) ? 'taken' : 'refused'}; the sources say ${max} and ${limit.disputed}`,
    );
    if (succeeded(exchange) && limit.disputed > max) return;
  }
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
}

function fullExpectation(operation: Operation, limit: Limit, because: string): Expectation {
  const problems: readonly Problem[] = operation.responses
    .flatMap((response) => response.problems)
    .filter(({ name }) => name === limit.problem);
  return problems.length > 0 ? { kind: 'problem', problems, because } : { kind: 'refusal', because };
}
