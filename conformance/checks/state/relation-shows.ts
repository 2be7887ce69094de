import type { Contract, Operation, Relation } from '../../../contract/contract.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { listingDifference, showsExactly } from '../../model/listing-difference.js';
import { shownBy } from '../../model/relation-operations.js';
import { remainingSide } from '../../model/relation-step.js';

export const relationShows: Check = {
  id: 'relation-shows',
  family: 'state',
  title: 'A listing also shows what other relations lead to',
  description:
    'Puts something within reach of a listing by way of other relations, such as a permission by way of a role. The listing ' +
    'must show it, once, as long as every link is there, and no longer.',
  applies: (operation, contract) => chainsOf(operation, contract).length > 0,
  requests: (operation, contract, depth) =>
    depth === 'smoke' ? 0 : chainsOf(operation, contract).reduce((sum, chain) => sum + chain.length + 2, 0),
  async run(operation, context) {
    for (const chain of chainsOf(operation, context.contract)) await tryChain(operation, chain, context);
  },
};

/** One relation of a chain: tuples lead from one side to the other. */
interface Link {
  readonly relation: Relation;
  readonly from: string;
  readonly to: string;
}

/** The chains of an operation's listing, from the side that its path names to the one that it lists. */
function chainsOf({ effect }: Operation, contract: Contract): readonly (readonly Link[])[] {
  const listed = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  const bound = Object.keys(effect?.of ?? {});
  const [start] = bound;
  if (listed === undefined || start === undefined || bound.length > 1) return [];
  const end = listed.between[remainingSide(listed, effect)];
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
  const seen = ends.at(-1) ?? start;
  const relation = contract.relations.get(operation.effect?.target ?? '');
  const evidence = contract.evidenceAt(`${relation?.pointer ?? operation.pointer}/shows`);
  const judge = async (ids: readonly string[]): Promise<void> => {
    const shown = await shownBy(context, operation, last.to, sides, (now) => showsExactly(ids, now));
    context.report(...listingDifference({ listing: operation, sides, resource: last.to, ids }, shown, evidence, []));
  };
  // The last link first: the listing shows nothing until the chain is whole.
  for (const [index, { relation: link, from }] of [...chain.entries()].reverse()) {
    await judge([]);
    await fixtures.add(link.name, { [from]: ends[index] ?? start }, [ends[index + 1] ?? seen]);
  }
  await judge([seen.id]);
  await fixtures.remove(first.relation.name, sides, [ends[1] ?? seen]);
  await judge([]);
  context.reached(`${relation?.pointer ?? operation.pointer}/shows`);
}
