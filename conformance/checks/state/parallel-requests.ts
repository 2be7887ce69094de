import fc from 'fast-check';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import { showsExactly } from '../../model/listing-difference.js';
import {
  type Cast,
  castFor,
  expectedListings,
  type RelationScene,
  relationScene,
  requestFor,
  shownBy,
} from '../../model/relation-operations.js';
import { outcomesInSomeOrder, type RelationStep, remainingSide, tuplesOf } from '../../model/relation-step.js';
import { holdsAny, noTuples } from '../../model/tuple-set.js';
import { succeeded } from '../../target/exchange.js';
import { judgeChange } from '../../trial/judge-change.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 3, exhaustive: 20 };

/** Requests at once: few enough to try every order of them. */
const AT_ONCE = 4;

export const parallelRequests: Check = {
  id: 'parallel-requests',
  family: 'state',
  title: 'Requests at once end as some order of them would',
  description:
    'Sends several additions and removals on the same subject at the same moment. Each must be answered as documented, and ' +
    'afterwards the listing must show what one of the possible orders would have left: nothing is lost between two requests.',
  applies: (operation, contract) =>
    operation.effect?.kind === 'add' &&
    contract.operations.some(({ effect }) => effect?.kind === 'list' && effect.target === operation.effect?.target),
  requests: (_operation, _contract, depth) => RUNS[depth] * (AT_ONCE + 3),
  async run(operation, context) {
    const scene = relationScene(context.contract, context.fixtures, operation);
    if (scene === undefined) return;
    const cast = await castFor(scene, context.fixtures);
    const fixed = scene.relation.between.filter((side) => side in (operation.effect?.of ?? {})).map(() => 0);
    const adding = scene.add.indexOf(operation);
    const removing = scene.remove.findIndex(
      ({ effect }) => Object.keys(effect?.of ?? {}).join() === Object.keys(operation.effect?.of ?? {}).join(),
    );
    const acts = removing === -1 ? (['add'] as const) : (['add', 'add', 'remove'] as const);
    const step = fc.record({
      act: fc.constantFrom(...acts),
      // One entry a request: what a request makes of a whole list is tried one request at a time.
      many: fc.tuple(fc.nat({ max: 3 })),
    });
    await context.property(
      fc.array(step, { minLength: 2, maxLength: AT_ONCE }),
      async (steps) => {
        const whole = steps.map(
          ({ act, many }): RelationStep => ({ act, many, fixed, via: act === 'add' ? adding : removing }),
        );
        return sendAtOnce(scene, cast, whole, context);
      },
      { runs: RUNS[context.depth] },
    );
  },
};

/** Whether another of the steps adds the same, and may do so before. */
function isRepeated(scene: RelationScene, steps: readonly RelationStep[], step: RelationStep): boolean {
  if (step.act !== 'add') return false;
  const others = steps.filter((other) => other !== step && other.act === 'add');
  return holdsAny({ tuples: others.flatMap((other) => tuplesOf(scene, other)) }, tuplesOf(scene, step));
}

async function sendAtOnce(
  scene: RelationScene,
  cast: Cast,
  steps: readonly RelationStep[],
  context: CheckContext,
): Promise<readonly Violation[]> {
  const sendings = steps.flatMap((step) => {
    const request = requestFor(scene, cast, step);
    return request === undefined ? [] : [{ request, again: isRepeated(scene, steps, step) }];
  });
  const answered = await Promise.all(
    sendings.map(async ({ request, again }) => ({ exchange: await context.send(request), again })),
  );
  const sent = answered.map(({ exchange }) => exchange);
  const violations = answered.flatMap(({ exchange, again }) => judgeChange(exchange, again, context));
  const operation = scene.add[0];
  const rest = remainingSide(scene.relation, operation?.effect);
  const possible = outcomesInSomeOrder(scene, noTuples, steps).map((outcome) => expectedListings(scene, cast, outcome));
  // The listing whose path names what all of the requests name.
  const index = (possible[0] ?? []).findIndex(({ resource }) => resource === scene.relation.between[rest]);
  const [listing] = possible.map((listings) => listings[index]);
  if (listing === undefined || sent.some((exchange) => !succeeded(exchange))) {
    if (listing) await context.fixtures.clear(scene.relation.name, listing.sides);
    return violations;
  }
  const outcomes = possible.flatMap((listings) => listings[index]?.ids ?? []);
  const isPossible = (ids: readonly string[]): boolean =>
    possible.some((listings) => showsExactly(listings[index]?.ids ?? [], ids));
  const shown = await shownBy(context, listing.listing, listing.resource, listing.sides, isPossible);
  await context.fixtures.clear(scene.relation.name, listing.sides);
  if (isPossible(shown.ids)) return violations;
  return [
    ...violations,
    {
      cause: 'no order of the parallel requests leads to what is listed',
      expected: `what some order leaves: of ${[...new Set(outcomes)].join(', ') || 'nothing'}`,
      actual: shown.ids.join(', ') || 'none',
      evidence: context.contract.evidenceAt(scene.relation.pointer),
      exchange: shown.exchange,
      before: sent,
    },
  ];
}
