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
    for (const chain of chainsOf(operation, context.contract)) await tryChain(operation, chain, context);
  },
};

/** One relation of a chain, and the sides that it connects. */
interface Link {
  readonly relation: Relation;
  readonly from: string;
  readonly to: string;
}

/** The chains from the side that an operation's path names to the side that it lists. */
function chainsOf({ effect, parameters }: Operation, contract: Contract): readonly (readonly Link[])[] {
  const listed = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  const bound = Object.keys(effect?.of ?? {});
  const [start] = bound;
  // A listing with a required filter shows a part of the relation only.
  const isFiltered = parameters.some(({ in: place, required }) => place === 'query' && required);
  if (listed === undefined || start === undefined || bound.length > 1 || isFiltered) return [];
  const end = remainingSideOf(listed, effect);
  return listed.shows.flatMap((names) => {
    const chain = linksOf(names, start, contract);
    return chain !== undefined && chain.at(-1)?.to === end ? [chain] : [];
  });
}

function linksOf(names: readonly string[], start: string, contract: Contract): readonly Link[] | undefined {
  const links: Link[] = [];
  let from = start;
  for (const name of names) {
    const relation = contract.relations.get(name);
    const to = relation?.between.find((side) => side !== from);
    if (relation === undefined || to === undefined || relation.between.length !== 2 || !relation.between.includes(from))
      return undefined;
    links.push({ relation, from, to });
    from = to;
  }
  return links;
}

async function tryChain(operation: Operation, chain: readonly Link[], context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return;
  const start = await fixtures.subject(first.from);
  const sides: Sides = { [first.from]: start };
  const ends: Subject[] = [start];
  for (const { to } of chain) ends.push(await fixtures.subject(to));
  const entry = ends.at(-1) ?? start;
  const relation = contract.relations.get(operation.effect?.target ?? '');
  const fact = `${relation?.pointer ?? operation.pointer}/shows`;
  const judge = async (ids: readonly string[]): Promise<void> => {
    const expected = { listing: operation, sides, resource: last.to, ids };
    const actual = await readExpected(context, expected);
    context.report(...listingDifference(expected, actual, { evidence: contract.evidenceAt(fact), before: [] }));
  };
  // The last link first: the listing shows nothing until the chain is complete.
  for (const [index, { relation: link, from }] of [...chain.entries()].reverse()) {
    await judge([]);
    await fixtures.add(link.name, { [from]: ends[index] ?? start }, [ends[index + 1] ?? entry]);
  }
  await judge([entry.id]);
  await fixtures.remove(first.relation.name, sides, [ends[1] ?? entry]);
  await judge([]);
  context.reached(fact);
}
