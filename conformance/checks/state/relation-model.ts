import type { Operation } from '../../../contract/contract.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import { listingDifference, showsExactly } from '../../model/listing-difference.js';
import {
  type Cast,
  castFor,
  type ExpectedListing,
  expectedListings,
  type RelationScene,
  relationScene,
  requestFor,
  shownBy,
} from '../../model/relation-operations.js';
import { afterStep, type RelationStep, relationSteps, tuplesOf } from '../../model/relation-step.js';
import { holdsAny, noTuples, type TupleSet } from '../../model/tuple-set.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { judgeChange } from '../../trial/judge-change.js';

const SEQUENCES: Readonly<Record<Depth, { readonly runs: number; readonly max: number }>> = {
  smoke: { runs: 0, max: 0 },
  standard: { runs: 6, max: 6 },
  exhaustive: { runs: 40, max: 20 },
};

export const relationModel: Check = {
  id: 'relation-model',
  family: 'state',
  title: 'A relation holds what was added and not removed',
  description:
    'Runs random sequences of adding and removing, through every operation that the relation has, on several subjects, ' +
    'and compares every listing, from each side, with a plain set after each step. So what is added shows once, adding ' +
    'again and removing what is not there change nothing, and nobody else is touched.',
  applies: (operation, contract) =>
    operation.effect?.kind === 'add' &&
    contract.operations.some(({ effect }) => effect?.kind === 'list' && effect.target === operation.effect?.target),
  requests: (_operation, _contract, depth) => SEQUENCES[depth].runs * (SEQUENCES[depth].max * 3 + 10),
  async run(operation, context) {
    const scene = relationScene(context.contract, context.fixtures, operation);
    if (scene === undefined) return;
    const cast = await castFor(scene, context.fixtures);
    await prepareFollowed(scene, cast, context);
    const { runs, max } = SEQUENCES[context.depth];
    const only = { ...scene, add: [operation, ...scene.add.filter((other) => other !== operation)] };
    const steps = relationSteps(only, { min: 1, max });
    await context.property(steps, (sequence) => play(only, cast, sequence, context), { runs });
  },
};

/** What a relation follows is there throughout: what it does when that goes is another check's. */
async function prepareFollowed(
  { relation }: RelationScene,
  cast: Cast,
  { contract, fixtures }: CheckContext,
): Promise<void> {
  const followed = relation.follows === undefined ? undefined : contract.relations.get(relation.follows);
  if (followed === undefined) return;
  const [first = '', ...others] = followed.between;
  const [many = first] = others.slice(-1);
  const index = (side: string): number => relation.between.indexOf(side);
  for (const subject of cast[index(first)] ?? []) {
    await fixtures.add(followed.name, { [first]: subject }, cast[index(many)] ?? []);
  }
}

async function play(
  scene: RelationScene,
  cast: Cast,
  sequence: readonly RelationStep[],
  context: CheckContext,
): Promise<readonly Violation[]> {
  let model: TupleSet = noTuples;
  const sent: Exchange[] = [];
  const violations: Violation[] = [];
  for (const step of sequence) {
    const request = requestFor(scene, cast, step);
    if (request === undefined) continue;
    const exchange = await context.send(request);
    sent.push(exchange);
    const again = step.act === 'add' && holdsAny(model, tuplesOf(scene, step));
    violations.push(...judgeChange(exchange, again, context));
    if (!succeeded(exchange)) break;
    const before = model;
    model = afterStep(scene, model, step);
    violations.push(...(await compare(changedBy(scene, cast, before, model), sent, scene, context)));
    if (violations.length > 0) break;
  }
  if (violations.length === 0)
    violations.push(...(await compare(expectedListings(scene, cast, model), sent, scene, context)));
  await empty(scene, cast, context, violations.length > 0 ? undefined : model);
  return violations;
}

async function compare(
  listings: readonly ExpectedListing[],
  sent: readonly Exchange[],
  scene: RelationScene,
  context: CheckContext,
): Promise<readonly Violation[]> {
  const evidence = context.contract.evidenceAt(scene.relation.pointer);
  const violations: Violation[] = [];
  for (const expected of listings) {
    const { listing, resource, sides, ids } = expected;
    const shown = await shownBy(context, listing, resource, sides, (seen) => showsExactly(ids, seen));
    violations.push(...listingDifference(expected, shown, evidence, sent));
    // The other listings show the same tuples from another side: they would tell the same fault again.
    if (violations.length > 0) break;
  }
  return violations;
}

/** The listings that a step changes, or one of them where it changes none. */
function changedBy(scene: RelationScene, cast: Cast, before: TupleSet, now: TupleSet): readonly ExpectedListing[] {
  const then = expectedListings(scene, cast, before);
  const listings = expectedListings(scene, cast, now);
  const changed = listings.filter(({ ids }, index) => ids.join(' ') !== then[index]?.ids.join(' '));
  return changed.length > 0 ? changed : listings.slice(0, 1);
}

/** Takes out what a sequence left behind, so that the next begins with nothing. Unknown: whatever may be there. */
async function empty(
  scene: RelationScene,
  cast: Cast,
  context: CheckContext,
  model: TupleSet | undefined,
): Promise<void> {
  const removing = scene.remove.find(({ effect }) =>
    scene.list.some((listing) => isSamePath(listing, effect?.of ?? {})),
  );
  if (removing === undefined) return;
  const known = model ?? undefined;
  for (const { listing, sides, resource, ids } of expectedListings(scene, cast, known ?? noTuples)) {
    if (!isSamePath(listing, removing.effect?.of ?? {})) continue;
    if (known === undefined) await context.fixtures.clear(scene.relation.name, sides);
    else if (ids.length > 0) {
      const side = scene.relation.between.indexOf(resource);
      await context.fixtures.remove(
        scene.relation.name,
        sides,
        (cast[side] ?? []).filter(({ id }) => ids.includes(id)),
      );
    }
  }
}

function isSamePath(operation: Operation, of: Readonly<Record<string, string>>): boolean {
  return (
    Object.keys(operation.effect?.of ?? {})
      .sort()
      .join() === Object.keys(of).sort().join()
  );
}
