import fc from 'fast-check';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { changesInListsOrPaths } from '../../lookup/listed-entries.js';
import {
  type ExpectedListing,
  expectedListings,
  listsExactly,
  readRelationListing,
} from '../../model/relation-listing.js';
import {
  prepareSubjects,
  relationOperations,
  requestOfStep,
  type SubjectsBySide,
} from '../../model/relation-operations.js';
import {
  fixedSideIndices,
  type RelationOperations,
  type RelationStep,
  remainingSideOf,
  resultsInAnyOrder,
  tuplesOfStep,
} from '../../model/relation-step.js';
import { containsAny, noTuples } from '../../model/tuple-set.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { judgeChange } from '../../trial/judge-change.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 4, exhaustive: 20 };

/** Parallel requests: few enough to compute the result of every order. */
const PARALLEL = 4;

/** Additions of different subjects: no other request hides that one is lost. */
const ALL_DIFFERENT = Array.from({ length: PARALLEL }, (_, index) => ({ kind: 'add' as const, many: [index] }));

export const parallelRequests: Check = {
  id: 'parallel-requests',
  family: 'state',
  title: 'Parallel requests take effect in some order',
  description:
    'Sends several additions and removals on the same subject in parallel. Each must be answered as documented, and ' +
    'afterwards the listing must show the result of one of the possible orders: no update may be lost.',
  appliesTo: 'operations that add to a relation that can be listed',
  applies: (operation, contract) =>
    operation.effect?.kind === 'add' &&
    changesInListsOrPaths(operation, contract) &&
    contract.operations.some(({ effect }) => effect?.kind === 'list' && effect.target === operation.effect?.target),
  requests: (_operation, _contract, depth) => RUNS[depth] * (PARALLEL + 3),
  async run(operation, context) {
    const operations = relationOperations(context.contract, context.fixtures, operation);
    if (operations === undefined) return;
    const subjects = await prepareSubjects(operations, context.fixtures);
    const fixed = fixedSideIndices(operations.relation, operation.effect).map(() => 0);
    const via = {
      add: operations.add.indexOf(operation),
      remove: operations.remove.findIndex(
        ({ effect }) => Object.keys(effect?.of ?? {}).join() === Object.keys(operation.effect?.of ?? {}).join(),
      ),
    };
    const kinds = via.remove === -1 ? (['add'] as const) : (['add', 'add', 'remove'] as const);
    const step = fc.record({
      kind: fc.constantFrom(...kinds),
      // One entry a request: other checks try whole lists, one request at a time.
      many: fc.tuple(fc.nat({ max: 3 })),
    });
    await context.property(
      fc.array(step, { minLength: 2, maxLength: PARALLEL }),
      async (chosen) => {
        const steps = chosen.map(({ kind, many }): RelationStep => ({ kind, many, fixed, via: via[kind] }));
        return sendInParallel({ operations, subjects, steps }, context);
      },
      { runs: RUNS[context.depth], examples: [ALL_DIFFERENT] },
    );
  },
};

interface ParallelSteps {
  readonly operations: RelationOperations;
  readonly subjects: SubjectsBySide;
  readonly steps: readonly RelationStep[];
}

async function sendInParallel(given: ParallelSteps, context: CheckContext): Promise<readonly Violation[]> {
  const { operations, subjects, steps } = given;
  const planned = steps.flatMap((step) => {
    const request = requestOfStep(context.contract, operations, subjects, step);
    const again = isRepeated(given, step);
    // In some order a removal comes before what adds its tuple.
    const expected = { again, vain: again || step.kind === 'remove' };
    return request === undefined ? [] : [{ request, expected }];
  });
  const answered = await Promise.all(
    planned.map(async ({ request, expected }) => ({ exchange: await context.send(request), expected })),
  );
  const sent = answered.map(({ exchange }) => exchange);
  const violations = answered.flatMap(({ exchange, expected }) => judgeChange(exchange, expected, context));
  const possible = possibleListings(given);
  const [listing] = possible;
  if (listing === undefined) return violations;
  const lost = sent.every(succeeded) ? await judgeResult(given, { possible, listing, sent }, context) : [];
  await context.fixtures.clear(operations.relation.name, listing.sides);
  return [...violations, ...lost];
}

/** Whether another step adds the same tuple, and may do so earlier. */
function isRepeated({ operations, steps }: ParallelSteps, step: RelationStep): boolean {
  if (step.kind !== 'add') return false;
  const others = steps.filter((other) => other !== step && other.kind === 'add');
  return containsAny(
    { tuples: others.flatMap((other) => tuplesOfStep(operations, other)) },
    tuplesOfStep(operations, step),
  );
}

/** What the listing whose path names what all requests name may show, for each order. */
function possibleListings({ operations, subjects, steps }: ParallelSteps): readonly ExpectedListing[] {
  const rest = remainingSideOf(operations.relation, operations.add[0]?.effect);
  return resultsInAnyOrder(operations, noTuples, steps).flatMap((result) => {
    const listing = expectedListings(operations, subjects, result).find(({ resource }) => resource === rest);
    return listing === undefined ? [] : [listing];
  });
}

interface SentInParallel {
  readonly possible: readonly ExpectedListing[];
  readonly listing: ExpectedListing;
  readonly sent: readonly Exchange[];
}

async function judgeResult(
  { operations }: ParallelSteps,
  { possible, listing, sent }: SentInParallel,
  context: CheckContext,
): Promise<readonly Violation[]> {
  const isPossible = (ids: readonly string[]): boolean => possible.some((result) => listsExactly(result.ids, ids));
  const { ids, exchange } = await readRelationListing(context, listing, isPossible);
  if (isPossible(ids)) return [];
  const subjects = [...new Set(possible.flatMap((result) => result.ids))];
  return [
    {
      cause: 'the listing shows the result of no order of the parallel requests',
      expected: `the result of some order, of ${subjects.join(', ') || 'none'}`,
      actual: ids.join(', ') || 'none',
      evidence: context.contract.evidenceAt(operations.relation.pointer),
      exchange,
      before: sent,
    },
  ];
}
