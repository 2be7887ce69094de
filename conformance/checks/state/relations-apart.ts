import type { Contract, Operation, Relation } from '../../../contract/contract.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { changesInListsOrPaths } from '../../lookup/listed-entries.js';
import { listingDifference } from '../../model/listing-difference.js';
import { listsExactly, readRelationListing } from '../../model/relation-listing.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { addBase } from '../../trial/add-base.js';
import { ifCreatable } from '../../trial/if-creatable.js';

export const relationsApart: Check = {
  id: 'relations-apart',
  family: 'state',
  title: 'A change to one relation leaves the others alone',
  description:
    'Gives a subject a tuple in another relation, then adds or removes tuples of this one, if it can be a tuple with the ' +
    'same two. The listing of the other relation must show the same as before.',
  appliesTo:
    'operations that change a relation by a list in their body or by a path that names each side, where another relation of the same subject can be listed',
  applies: (operation, contract) => othersOf(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : othersOf(operation, contract).length * 2),
  async run(operation, context) {
    for (const other of othersOf(operation, context.contract)) await tryOther(operation, other, context);
  },
};

/** Another relation, and the listing that shows it for subjects of the operation's path. */
interface OtherRelation {
  readonly relation: Relation;
  readonly listing: Operation;
  /** The side that it lists. */
  readonly listed: string;
  /** Whether the listing also shows what the changed relation leads to, so that it may grow. */
  readonly mayGrow: boolean;
}

/** The other relations that the operation must not change: none that follow it, or whose listings lose what it removes. */
function othersOf(operation: Operation, contract: Contract): readonly OtherRelation[] {
  const { effect } = operation;
  if (effect === undefined || (effect.kind !== 'add' && effect.kind !== 'remove')) return [];
  if (!changesInListsOrPaths(operation, contract)) return [];
  const changed = contract.relations.get(effect.target);
  if (changed === undefined) return [];
  const rest = remainingSideOf(changed, effect);
  const bound = Object.keys(effect.of).filter((side) => side !== rest);
  return [...contract.relations.values()]
    .filter(
      (relation) => relation !== changed && relation.follows !== changed.name && changed.follows !== relation.name,
    )
    .filter((relation) => effect.kind === 'add' || !relation.shows.flat().includes(changed.name))
    .filter((relation) => !(relation.derived === true && isBetweenSame(relation, changed)))
    .flatMap((relation) => {
      const canAdd = contract.operations.some(
        (other) => other.effect?.kind === 'add' && other.effect.target === relation.name,
      );
      const listing = contract.operations.find(
        (other) =>
          other.effect?.kind === 'list' &&
          other.effect.target === relation.name &&
          Object.keys(other.effect.of).every((side) => bound.includes(side) || isWider(relation, changed, rest)) &&
          Object.keys(other.effect.of).length + 1 === relation.between.length &&
          !(isWider(relation, changed, rest) && rest in other.effect.of),
      );
      if (!canAdd || listing === undefined) return [];
      const mayGrow = relation.shows.flat().includes(changed.name);
      return [{ relation, listing, listed: remainingSideOf(relation, listing.effect), mayGrow }];
    });
}

/** Paths from both sides, `/crews/{id}/sailors` and `/sailors/{id}/crews`, may be of one set that a document does not name. */
function isBetweenSame({ between }: Relation, other: Relation): boolean {
  return between.length === other.between.length && between.every((side) => other.between.includes(side));
}

/** Whether a relation is between the same and more, such as the roles of a user in an organization. */
function isWider(relation: Relation, changed: Relation, rest: string): boolean {
  return (
    relation.derived !== true &&
    relation.between.length > changed.between.length &&
    relation.between.includes(rest) &&
    changed.between.every((side) => relation.between.includes(side))
  );
}

async function tryOther(operation: Operation, other: OtherRelation, context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const { relation, listing, listed, mayGrow } = other;
  const changed = contract.relations.get(operation.effect?.target ?? '');
  if (changed === undefined) return;
  const rest = remainingSideOf(changed, operation.effect);
  const sides: Record<string, Subject> = {};
  for (const side of Object.keys(operation.effect?.of ?? {}))
    if (side !== rest) sides[side] = await fixtures.subject(side);
  const listingSides: Record<string, Subject> = {};
  for (const side of Object.keys(listing.effect?.of ?? {}))
    listingSides[side] = sides[side] ?? (await fixtures.subject(side));
  const item = await preparedItem(other, listingSides, context);
  // To add not the first one, which may be the item of the other relation too; to remove just that one.
  const [, second] = await fixtures.subjects(rest, 2);
  const isSame = operation.effect?.kind === 'remove' && listed === rest && relation.derived !== true;
  const subject = isSame ? item : second;
  if (item === undefined || subject === undefined) return;
  if (operation.effect?.kind === 'remove') await fixtures.add(changed.name, sides, [subject]);
  const ids = await fixtures.list(relation.name, listingSides, (seen) => seen.includes(item.id));
  const exchange = await context.send(
    namingRequest(contract, operation, { sides: { ...sides, [rest]: subject }, names: [subject.name] }),
  );
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  const expected = { listing, sides: listingSides, resource: listed, ids };
  const evidence = contract.evidenceAt(relation.pointer);
  const actual = await readRelationListing(context, expected, (seen) =>
    mayGrow ? ids.every((id) => seen.includes(id)) : listsExactly(ids, seen),
  );
  const kept = mayGrow ? { ...actual, ids: actual.ids.filter((id) => ids.includes(id)) } : actual;
  const differences = listingDifference(expected, kept, { evidence, before: [exchange] });
  context.report(...differences.map((each) => ({ ...each, cause: `${each.cause} after a change of ${changed.name}` })));
  await fixtures.clear(relation.name, listingSides);
  if (operation.effect?.kind === 'add') await fixtures.clear(changed.name, sides);
}

/** The item of a tuple in the other relation; absent where the target, which need not serve that relation, refuses it. */
async function preparedItem(
  { relation, listed }: OtherRelation,
  sides: Sides,
  context: CheckContext,
): Promise<Subject | undefined> {
  const { fixtures } = context;
  const create = async (): Promise<Subject | undefined> => {
    const [item] = await fixtures.subjects(listed, 1);
    if (item === undefined) return undefined;
    await addBase(relation, sides, context);
    await fixtures.add(relation.name, sides, [item]);
    return item;
  };
  return ifCreatable(create, (reason) => context.missed(`changes beside ${relation.name}`, reason, relation.pointer));
}
