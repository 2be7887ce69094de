import type { Contract, Operation, Relation } from '../../../contract/contract.js';
import { getPointer, isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { idOf, itemName } from '../../lookup/identity.js';
import { listingDifference, showsExactly } from '../../model/listing-difference.js';
import { namingRequest, shownBy } from '../../model/relation-operations.js';
import { remainingSide } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';

/** A relation whose tuples go with what an operation takes away, and a listing that still has somebody to ask for. */
interface Consequence {
  readonly relation: Relation;
  readonly listing: Operation;
  /** The sides that the listing names. */
  readonly bound: readonly string[];
  /** The side that it lists. */
  readonly listed: string;
}

export const cascade: Check = {
  id: 'cascade',
  family: 'state',
  title: 'What goes takes what depends on it',
  description:
    'Puts something into every relation that it can be in, then takes it away: deletes a resource, or ends a membership ' +
    'that other tuples follow. No listing may show it any more, and what belongs to others must stay.',
  applies: (operation, contract) => consequences(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : consequences(operation, contract).length * 10),
  async run(operation, context) {
    for (const consequence of consequences(operation, context.contract)) {
      if (operation.effect?.kind === 'delete') await tryDeletion(operation, consequence, context);
      else await tryRemoval(operation, consequence, context);
    }
  },
};

function consequences(operation: Operation, contract: Contract): readonly Consequence[] {
  const { effect } = operation;
  const relations = [...contract.relations.values()];
  if (effect?.kind === 'delete') {
    // The listed side is what is deleted: a listing of what is gone has nobody to ask for.
    return relations
      .flatMap((relation) => listingsOf(relation, contract))
      .filter(({ listed }) => goesWith(listed, effect.target, contract));
  }
  if (effect?.kind === 'remove') {
    const following = relations.filter(({ follows }) => follows === effect.target);
    return following.flatMap((relation) => listingsOf(relation, contract).slice(0, 1));
  }
  return [];
}

function listingsOf(relation: Relation, contract: Contract): readonly Consequence[] {
  return contract.operations.flatMap((listing) => {
    const { effect } = listing;
    if (effect?.kind !== 'list' || effect.target !== relation.name) return [];
    const bound = relation.between.filter((side) => side in effect.of);
    const listed = relation.between[remainingSide(relation, effect)] ?? '';
    const isAddable = contract.operations.some(
      (other) => other.effect?.kind === 'add' && other.effect.target === relation.name,
    );
    return bound.length + 1 === relation.between.length && isAddable ? [{ relation, listing, bound, listed }] : [];
  });
}

/** A resource goes with itself, an item with its parent. */
function goesWith(resource: string, deleted: string, contract: Contract): boolean {
  return resource === deleted || contract.resources.get(resource)?.inside?.parent === deleted;
}

async function tryDeletion(operation: Operation, consequence: Consequence, context: CheckContext): Promise<void> {
  const { fixtures } = context;
  const target = operation.effect?.target ?? '';
  const { relation, bound, listed } = consequence;
  const sides = await subjectsFor(bound, fixtures);
  const stays = await fixtures.subject(listed);
  const goes = await doomed(listed, target, context);
  if (goes === undefined) {
    context.missed(`${relation.name} of a deleted ${target}`, `No ${listed} could be prepared inside a new ${target}.`);
    return;
  }
  await prepare(relation, sides, [stays, goes.subject], context);
  const [parameter = ''] = Object.values(operation.effect?.of ?? {});
  const request = buildRequest(operation, { ...noValues, path: { [parameter]: goes.deleted.id } });
  await judgeConsequence(consequence, sides, [stays.id], await sendDeletion(request, context), context);
  await fixtures.clear(relation.name, sides);
}

async function sendDeletion(request: ReturnType<typeof buildRequest>, context: CheckContext) {
  const exchange = await context.send(request);
  context.report(...context.judge(exchange, { kind: 'success' }));
  return exchange;
}

/** Something to delete, and what of it stands in a relation. */
async function doomed(
  listed: string,
  target: string,
  { contract, fixtures }: CheckContext,
): Promise<{ readonly deleted: Subject; readonly subject: Subject } | undefined> {
  const deleted = await fixtures.fresh(target);
  if (listed === target) return { deleted, subject: deleted };
  const resource = contract.resources.get(listed);
  const items = resource?.inside && getPointer(deleted.value, resource.inside.list);
  const item = Array.isArray(items) ? items.find(isObject) : undefined;
  if (resource === undefined || item === undefined) return undefined;
  const name = itemName(resource, deleted.value, item);
  return { deleted, subject: { resource: listed, id: idOf(resource, name) ?? '', name, value: item, parent: deleted } };
}

/** Ends a tuple that others follow. */
async function tryRemoval(operation: Operation, consequence: Consequence, context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const followed = contract.relations.get(operation.effect?.target ?? '');
  if (followed === undefined) return;
  const rest = followed.between[remainingSide(followed, operation.effect)] ?? '';
  const { relation, listed } = consequence;
  const fixed = await subjectsFor(Object.keys(operation.effect?.of ?? {}), fixtures);
  const [goes, stays] = await fixtures.subjects(rest, 2);
  const [item] = await fixtures.subjects(listed, 1);
  if (goes === undefined || stays === undefined || item === undefined) return;
  await fixtures.add(followed.name, fixed, [goes, stays]);
  for (const each of [goes, stays]) await fixtures.add(relation.name, { ...fixed, [rest]: each }, [item]);
  const exchange = await context.send(namingRequest(operation, fixed, [goes.name]));
  context.report(...context.judge(exchange, { kind: 'success' }));
  await judgeConsequence(
    consequence,
    { ...fixed, [rest]: goes },
    [],
    exchange,
    context,
    `${contract.relations.get(relation.name)?.pointer ?? ''}/follows`,
  );
  await judgeConsequence(consequence, { ...fixed, [rest]: stays }, [item.id], exchange, context);
  await fixtures.clear(followed.name, fixed);
}

async function judgeConsequence(
  { relation, listing, listed }: Consequence,
  sides: Sides,
  ids: readonly string[],
  cause: Awaited<ReturnType<CheckContext['send']>>,
  context: CheckContext,
  fact = relation.pointer,
): Promise<void> {
  if (!succeeded(cause)) return;
  const expected = { listing, sides, resource: listed, ids };
  const shown = await shownBy(context, listing, listed, sides, (seen) => showsExactly(ids, seen));
  context.report(...listingDifference(expected, shown, context.contract.evidenceAt(fact), [cause]));
}

async function subjectsFor(names: readonly string[], fixtures: CheckContext['fixtures']): Promise<Sides> {
  const entries: [string, Subject][] = [];
  for (const name of names) entries.push([name, await fixtures.subject(name)]);
  return Object.fromEntries(entries);
}

/** Adds tuples, and before them the ones that they follow. */
async function prepare(
  relation: Relation,
  sides: Sides,
  many: readonly Subject[],
  { contract, fixtures }: CheckContext,
): Promise<void> {
  const followed = relation.follows === undefined ? undefined : contract.relations.get(relation.follows);
  const member = followed?.between.at(-1);
  if (followed && member && sides[member]) {
    const others = Object.fromEntries(
      Object.entries(sides).filter(([side]) => side !== member && followed.between.includes(side)),
    );
    await fixtures.add(followed.name, others, [sides[member]]);
  }
  await fixtures.add(relation.name, sides, many);
}
