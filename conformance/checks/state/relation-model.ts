import type { Operation } from '../../../contract/contract.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { changesInListsOrPaths } from '../../lookup/listed-entries.js';
import { entryDifferences } from '../../model/entry-difference.js';
import { listingDifference } from '../../model/listing-difference.js';
import { type ExpectedListing, expectedListings, readExpected } from '../../model/relation-listing.js';
import {
  prepareSubjects,
  relationOperations,
  requestOfStep,
  type SubjectsBySide,
} from '../../model/relation-operations.js';
import {
  afterStep,
  isVain,
  type RelationOperations,
  type RelationStep,
  relationSteps,
  tuplesOfStep,
} from '../../model/relation-step.js';
import { containsAny, noTuples, type TupleSet } from '../../model/tuple-set.js';
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
  title: 'A relation shows what was added and not removed',
  description:
    'Sends random sequences of additions and removals through every operation of the relation, for several subjects, and ' +
    'compares every listing, from each side, with a plain set after each step. An added tuple must show once, adding it ' +
    'again and removing an absent one must change nothing, and other subjects must not be affected. Entries must show the ' +
    'properties with which their subjects were created.',
  appliesTo: 'operations that add to a relation that can be listed',
  applies: (operation, contract) =>
    operation.effect?.kind === 'add' &&
    changesInListsOrPaths(operation, contract) &&
    contract.operations.some(({ effect }) => effect?.kind === 'list' && effect.target === operation.effect?.target),
  requests: (_operation, _contract, depth) => SEQUENCES[depth].runs * (SEQUENCES[depth].max * 3 + 10),
  async run(operation, context) {
    const all = relationOperations(context.contract, context.fixtures, operation);
    if (all === undefined) return;
    const subjects = await prepareSubjects(all, context.fixtures);
    await prepareBaseRelation(all, subjects, context);
    const { runs, max } = SEQUENCES[context.depth];
    const operations = { ...all, add: [operation, ...all.add.filter((other) => other !== operation)] };
    const trial = new ModelTrial(operations, subjects, context);
    await context.property(relationSteps(operations, { min: 1, max }), (steps) => trial.run(steps), { runs });
  },
};

/** Adds all tuples of the relation that this one depends on; the cascade check removes such tuples. */
async function prepareBaseRelation(
  { relation }: RelationOperations,
  subjects: SubjectsBySide,
  { contract, fixtures }: CheckContext,
): Promise<void> {
  const base = relation.follows === undefined ? undefined : contract.relations.get(relation.follows);
  if (base === undefined) return;
  const [first = '', ...others] = base.between;
  const [many = first] = others.slice(-1);
  const index = (side: string): number => relation.between.indexOf(side);
  for (const subject of subjects[index(first)] ?? []) {
    await fixtures.add(base.name, { [first]: subject }, subjects[index(many)] ?? []);
  }
}

/** Compares sequences of steps at the target with the model. */
class ModelTrial {
  readonly #operations: RelationOperations;
  readonly #subjects: SubjectsBySide;
  readonly #context: CheckContext;

  constructor(operations: RelationOperations, subjects: SubjectsBySide, context: CheckContext) {
    this.#operations = operations;
    this.#subjects = subjects;
    this.#context = context;
  }

  async run(steps: readonly RelationStep[]): Promise<readonly Violation[]> {
    let model: TupleSet = noTuples;
    const sent: Exchange[] = [];
    const violations: Violation[] = [];
    for (const step of steps) {
      const request = requestOfStep(this.#context.contract, this.#operations, this.#subjects, step);
      if (request === undefined) continue;
      const exchange = await this.#context.send(request);
      sent.push(exchange);
      const again = step.kind === 'add' && containsAny(model, tuplesOfStep(this.#operations, step));
      const vain = isVain(this.#operations, model, step);
      violations.push(...judgeChange(exchange, { again, vain }, this.#context));
      if (!succeeded(exchange) && violations.length > 0) break;
      // A refusal that is no violation has changed nothing.
      if (!succeeded(exchange)) continue;
      const before = model;
      model = afterStep(this.#operations, model, step);
      violations.push(...(await this.#compare(this.#changedListings(before, model), sent)));
      if (violations.length > 0) break;
    }
    if (violations.length === 0) violations.push(...(await this.#compare(this.#listings(model), sent)));
    await this.#removeAll(violations.length > 0 ? undefined : model);
    return violations;
  }

  /** The first difference only: the other listings show the same tuples from another side. */
  async #compare(listings: readonly ExpectedListing[], before: readonly Exchange[]): Promise<readonly Violation[]> {
    const { contract } = this.#context;
    const { relation } = this.#operations;
    const evidence = contract.evidenceAt(relation.pointer);
    for (const expected of listings) {
      const actual = await readExpected(this.#context, expected);
      const subjects = this.#subjects[relation.between.indexOf(expected.resource)] ?? [];
      const differences = [
        ...listingDifference(expected, actual, { evidence, before }),
        ...entryDifferences(expected, actual, { contract, subjects, before }),
      ];
      if (differences.length > 0) return differences;
    }
    return [];
  }

  #listings(model: TupleSet): readonly ExpectedListing[] {
    return expectedListings(this.#operations, this.#subjects, model);
  }

  /** The listings that a step changes; one of them where it changes none. */
  #changedListings(before: TupleSet, after: TupleSet): readonly ExpectedListing[] {
    const then = this.#listings(before);
    const now = this.#listings(after);
    const changed = now.filter(({ ids }, index) => ids.join(' ') !== then[index]?.ids.join(' '));
    return changed.length > 0 ? changed : now.slice(0, 1);
  }

  /** Removes what a sequence added, so that the next starts empty. @param model - absent: the state is not known */
  async #removeAll(model: TupleSet | undefined): Promise<void> {
    const { relation, remove, list } = this.#operations;
    const { fixtures } = this.#context;
    const removal = remove.find((operation) => list.some((listing) => namesSidesOf(listing, operation)));
    if (removal === undefined) return;
    for (const { listing, sides, resource, ids } of this.#listings(model ?? noTuples)) {
      if (!namesSidesOf(listing, removal)) continue;
      if (model === undefined) await fixtures.clear(relation.name, sides);
      else if (ids.length > 0) {
        const subjects = this.#subjects[relation.between.indexOf(resource)] ?? [];
        await fixtures.remove(
          relation.name,
          sides,
          subjects.filter(({ id }) => ids.includes(id)),
        );
      }
    }
  }
}

/** Whether the path of a change names every side that the path of a listing does. */
function namesSidesOf(listing: Operation, change: Operation): boolean {
  return Object.keys(listing.effect?.of ?? {}).every((side) => side in (change.effect?.of ?? {}));
}
