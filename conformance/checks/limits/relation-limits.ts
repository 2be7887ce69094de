import type { Contract, Limit, Operation, Problem, Relation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import type { Check, CheckContext, Depth, Expectation } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { changesInLists } from '../../lookup/listed-entries.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readRelationListing } from '../../model/relation-listing.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { judgeChange } from '../../trial/judge-change.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

/** The largest quota that is filled: preparing each entry may take a request. */
const LARGEST: Readonly<Record<Depth, number>> = { smoke: 0, standard: 64, exhaustive: 1100 };

export const relationLimits: Check = {
  id: 'relation-limits',
  family: 'limits',
  title: 'A relation holds as many tuples as its quota, and no more',
  description:
    'Fills a relation up to one below its quota, adds one tuple, which must succeed, and another, which must get the ' +
    'documented refusal and change nothing. What is there already takes no room, and a removal makes some. Where sources ' +
    'disagree on the number, the range between is only observed.',
  needsState: true,
  appliesTo: 'operations that add to a relation with a quota',
  applies: (operation, contract) => limitsOf(operation, contract).length > 0 && changesInLists(operation, contract),
  requests: (operation, contract, depth) => {
    const reached = limitsOf(operation, contract).filter(({ max }) => max <= LARGEST[depth]);
    return depth === 'smoke' ? 0 : Math.max(1, reached.length * 11);
  },
  async run(operation, context) {
    const relation = context.contract.relations.get(operation.effect?.target ?? '');
    if (relation === undefined) return;
    for (const limit of limitsOf(operation, context.contract)) {
      const quota = await fill(operation, relation, limit, context);
      if (quota === undefined) continue;
      if (!(await reachesQuota(quota, context))) continue;
      await addAgain(quota, context);
      if (await exceed(quota, context)) await replaceLast(quota, context);
    }
  },
};

/** The quotas for what this operation's path names. */
function limitsOf({ effect }: Operation, contract: Contract): readonly Limit[] {
  const relation = effect?.kind === 'add' ? contract.relations.get(effect.target) : undefined;
  const bound = Object.keys(effect?.of ?? {});
  return (relation?.limits ?? []).filter(
    ({ per }) => per.length === bound.length && per.every((side) => bound.includes(side)),
  );
}

/** A relation with one tuple less than its quota. */
interface Quota {
  readonly operation: Operation;
  readonly relation: Relation;
  readonly limit: Limit;
  readonly sides: Sides;
  /** The last subject that fits, and the first one that does not. */
  readonly last: Subject;
  readonly excess: Subject;
}

async function fill(
  operation: Operation,
  relation: Relation,
  limit: Limit,
  context: CheckContext,
): Promise<Quota | undefined> {
  const { fixtures } = context;
  const needed = limit.max + 1;
  const listed = remainingSideOf(relation, operation.effect);
  const name = `${relation.name}: ${limit.max} for each ${limit.per.join(' and ')}`;
  const miss = (reason: string): undefined => {
    context.missed(name, reason, limit.pointer);
  };
  if (needed > LARGEST[context.depth] || needed > fixtures.capacity(listed) || !context.affords(needed * 2)) {
    return miss(`It takes about ${needed * 2 + 10} requests.`);
  }
  const sides: Record<string, Subject> = {};
  for (const side of Object.keys(operation.effect?.of ?? {})) sides[side] = await fixtures.fresh(side);
  const subjects = await fixtures.subjects(listed, needed);
  const [last, excess] = subjects.slice(-2);
  if (last === undefined || excess === undefined) return undefined;
  const before = subjects.slice(0, limit.max - 1);
  if (before.length > 0) await fixtures.add(relation.name, sides, before);
  const filled = await fixtures.list(relation.name, sides, (ids) => ids.length === before.length);
  if (filled.length !== before.length) {
    await reportMissing({ operation, relation, sides, added: before }, context);
    return miss(`${before.length} were added, but ${filled.length} are listed.`);
  }
  return { operation, relation, limit, sides, last, excess };
}

interface AddedSubjects {
  readonly operation: Operation;
  readonly relation: Relation;
  readonly sides: Sides;
  readonly added: readonly Subject[];
}

/** How many entries a short list has. */
const FEW = 2;

/**
 * Adds again what the listing lacks: a server may store only a part of a long list. One that loses entries of short lists
 * is found by other checks.
 */
async function reportMissing(given: AddedSubjects, context: CheckContext): Promise<void> {
  if (!changesInLists(given.operation, context.contract)) return;
  const short = await missingAfter({ ...given, added: given.added.slice(-FEW) }, context);
  if (short.length === 0) context.report(...(await missingAfter(given, context)));
}

/** What the listing lacks of what one request adds. */
async function missingAfter(
  { operation, relation, sides, added }: AddedSubjects,
  context: CheckContext,
): Promise<readonly Violation[]> {
  const listing = context.fixtures.operation('list', relation.name, Object.keys(operation.effect?.of ?? {}));
  const names = added.map(({ name }) => name);
  const exchange = await context.send(namingRequest(context.contract, operation, { sides, names }));
  if (listing === undefined || !succeeded(exchange)) return [];
  const ids = added.map(({ id }) => id);
  const expected = { listing, sides, resource: remainingSideOf(relation, operation.effect), ids };
  const listed = await readRelationListing(context, expected, (seen) => ids.every((id) => seen.includes(id)));
  const own = { ...listed, ids: listed.ids.filter((id) => ids.includes(id)) };
  const evidence = context.contract.evidenceAt(relation.pointer);
  return listingDifference(expected, own, { evidence, before: [exchange] });
}

/** What is there already takes no room. */
async function addAgain(quota: Quota, context: CheckContext): Promise<void> {
  const { operation, sides, last } = quota;
  const exchange = await context.send(namingRequest(context.contract, operation, { sides, names: [last.name] }));
  const violations = judgeChange(exchange, { again: true, vain: true }, context);
  context.report(...withLimitEvidence(violations, quota.limit, context));
}

/** What is removed makes room for another one. */
async function replaceLast(
  { operation, relation, limit, sides, last, excess }: Quota,
  context: CheckContext,
): Promise<void> {
  if (context.fixtures.operations('remove', relation.name).length === 0) return;
  await context.fixtures.remove(relation.name, sides, [last]);
  const exchange = await context.send(namingRequest(context.contract, operation, { sides, names: [excess.name] }));
  const violations = context.judge(exchange, { kind: 'success' });
  // What is wrong with a success has nothing to do with the quota.
  if (succeeded(exchange)) return context.report(...violations);
  context.report(
    ...withLimitEvidence(violations, limit, context).map((each) => ({
      ...each,
      cause: `${relation.name} stays full after a removal`,
      expected: `${each.expected}: one of ${limit.max} was removed`,
    })),
  );
}

/** Adds the last tuple within the quota: whether it succeeds. */
async function reachesQuota(
  { operation, relation, limit, sides, last }: Quota,
  context: CheckContext,
): Promise<boolean> {
  const exchange = await context.send(namingRequest(context.contract, operation, { sides, names: [last.name] }));
  const violations = context.judge(exchange, { kind: 'success' });
  if (succeeded(exchange)) {
    context.report(...violations);
    return true;
  }
  context.report(
    ...withLimitEvidence(violations, limit, context).map((each) => ({
      ...each,
      cause: `${relation.name} is full before its quota`,
      expected: `${each.expected}: there is room for ${limit.max}`,
    })),
  );
  return false;
}

/** Adds the first tuple beyond the quota: whether it is refused. */
async function exceed({ operation, relation, limit, sides, excess }: Quota, context: CheckContext): Promise<boolean> {
  const request = namingRequest(context.contract, operation, { sides, names: [excess.name] });
  if (request.values === undefined) return false;
  const expected = fullExpectation(operation, limit, `${relation.name} is beyond its quota`);
  const { exchange, violations } = await refusalTrial(context, request.values).refused(request, expected);
  context.reached(limit.pointer);
  if (limit.disputed !== undefined) {
    const taken = succeeded(exchange) ? 'accepted' : 'refused';
    context.observe(
      `${relation.name}: number ${limit.max + 1} for one ${limit.per.join(' and ')} is ${taken}; the sources say ${limit.max} and ${limit.disputed}`,
    );
    if (succeeded(exchange) && limit.disputed > limit.max) return false;
  }
  context.report(...withLimitEvidence(violations, limit, context));
  return !succeeded(exchange);
}

function withLimitEvidence(
  violations: readonly Violation[],
  limit: Limit,
  { contract }: CheckContext,
): readonly Violation[] {
  const evidence = contract.evidenceAt(`${limit.pointer}/max`);
  return violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) }));
}

function fullExpectation(operation: Operation, limit: Limit, because: string): Expectation {
  const problems: readonly Problem[] = operation.responses
    .flatMap((response) => response.problems)
    .filter(({ name }) => name === limit.problem);
  return problems.length > 0 ? { kind: 'problem', problems, because } : { kind: 'refusal', because };
}
