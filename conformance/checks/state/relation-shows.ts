import { boundSides, sideParameters } from '../../../contract/bound-sides.js';
import type { Contract, Operation, Relation } from '../../../contract/contract.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readExpected } from '../../model/relation-listing.js';
import { remainingSideOf } from '../../model/relation-step.js';

export const relationShows: Check = {
  id: 'relation-shows',
  family: 'state',
  title: 'A listing also shows what other relations lead to',
  description:
    'Connects a subject to an entry of the listing by a chain of other relations, such as a user to a permission through a ' +
    'role. The listing must show the entry once while every link exists, and not otherwise.',
  appliesTo: 'listings of relations that include what other relations lead to',
  applies: (operation, contract) => chainsOf(operation, contract).length > 0,
  requests: (operation, contract, depth) =>
    depth === 'smoke' ? 0 : chainsOf(operation, contract).reduce((sum, chain) => sum + chain.length + 2, 0),
  async run(operation, context) {
    for (const chain of chainsOf(operation, context.contract)) {
      const fixed = chain.find(({ name }) => context.fixtures.operations('add', name).length === 0);
      if (fixed === undefined) await tryChain(operation, chain, context);
      else context.missed(`what ${fixed.name} leads to`, `No operation adds to ${fixed.name}.`);
    }
  },
};

/** The chains of relations from what a listing's path and query name to what it lists. */
function chainsOf({ effect, parameters }: Operation, contract: Contract): readonly (readonly Relation[])[] {
  const listed = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  if (listed === undefined || effect === undefined) return [];
  const naming = sideParameters(effect);
  // A listing with a required filter shows a part of the relation only.
  const isFiltered = parameters.some(
    ({ in: place, name, required }) => place === 'query' && required && !naming.includes(name),
  );
  if (isFiltered || boundSides(effect).length + 1 !== listed.between.length) return [];
  return listed.shows.map((names) => names.flatMap((name) => contract.relations.get(name) ?? []));
}

async function tryChain(operation: Operation, chain: readonly Relation[], context: CheckContext): Promise<void> {
  const { contract } = context;
  const { effect } = operation;
  const [first] = chain;
  const relation = contract.relations.get(effect?.target ?? '');
  if (first === undefined || relation === undefined) return;
  const subjects = await subjectsOf([relation, ...chain], context);
  if (Object.values(subjects).some(({ existed }) => existed === true))
    return context.missed(
      `what ${first.name} leads to`,
      'The subjects existed before the run, with relations of their own.',
    );
  const sides: Sides = Object.fromEntries(
    Object.entries(subjects).filter(([side]) => effect !== undefined && boundSides(effect).includes(side)),
  );
  const resource = remainingSideOf(relation, effect);
  const fact = `${relation.pointer}/shows`;
  const judge = async (isShown: boolean): Promise<void> => {
    const ids = isShown ? [subjects[resource]?.id ?? ''] : [];
    const expected = { listing: operation, sides, resource, ids };
    const actual = await readExpected(context, expected);
    context.report(...listingDifference(expected, actual, { evidence: contract.evidenceAt(fact), before: [] }));
  };
  // The last link first: the listing shows nothing until the chain is complete.
  for (const link of chain.toReversed()) {
    await judge(false);
    await change('add', link, subjects, context);
  }
  await judge(true);
  await change('remove', first, subjects, context);
  await judge(false);
  context.reached(fact);
}

type SubjectBySide = Readonly<Record<string, Subject>>;

/** One subject for each side of these relations. */
async function subjectsOf(relations: readonly Relation[], { fixtures }: CheckContext): Promise<SubjectBySide> {
  const subjects: Record<string, Subject> = {};
  for (const side of new Set(relations.flatMap(({ between }) => between)))
    subjects[side] = await fixtures.subject(side);
  return subjects;
}

/** Adds or removes the tuple of these subjects. */
async function change(
  kind: 'add' | 'remove',
  { name, between }: Relation,
  subjects: SubjectBySide,
  { fixtures }: CheckContext,
): Promise<void> {
  const [last = '', ...fixed] = between.toReversed();
  const sides: Sides = Object.fromEntries(Object.entries(subjects).filter(([side]) => fixed.includes(side)));
  const many = [subjects[last]].filter((subject) => subject !== undefined);
  await fixtures[kind](name, sides, many);
}
