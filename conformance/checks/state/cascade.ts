import type { Cause, Contract, Operation, Reference, Relation, Resource } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { getPointer, isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { idOf, itemName } from '../../lookup/identity.js';
import { neededValues } from '../../lookup/needed-values.js';
import { namesOf, pathNaming } from '../../lookup/path-names.js';
import { readOperation, readRequest } from '../../lookup/resource-operations.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readExpected, readRelationListing } from '../../model/relation-listing.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { judgeListed, listingsShowing } from '../../trial/deleted-in-listings.js';
import { isUnknown, refusalFor } from '../../trial/expected-refusal.js';
import { ifCreatable } from '../../trial/if-creatable.js';

/** A relation whose tuples a deletion or removal must end, and a listing that still shows what is left. */
interface Consequence {
  readonly relation: Relation;
  readonly listing: Operation;
  /** The sides that the listing's path names. */
  readonly bound: readonly string[];
  /** The side that it lists. */
  readonly listed: string;
}

export const cascade: Check = {
  id: 'cascade',
  family: 'state',
  title: 'A deletion takes what depends on it with it',
  description:
    'Adds something to every relation that it can be in, reads the listing, then deletes it, or ends a membership that ' +
    'other tuples depend on. No listing may show it any more, and the tuples of others must stay. What was created under a ' +
    'deleted resource, or refers to it, must be gone as well, also from listings.',
  appliesTo: 'deletes of resources in relations or with others under them, and removals that other tuples depend on',
  applies: (operation, contract) =>
    consequences(operation, contract).length > 0 ||
    readsBelow(operation, contract).length > 0 ||
    referringTo(operation, contract).length > 0,
  requests: (operation, contract, depth) =>
    depth === 'smoke'
      ? 0
      : consequences(operation, contract).length * 11 +
        readsBelow(operation, contract).length * 5 +
        referringTo(operation, contract).length * 8,
  async run(operation, context) {
    for (const reading of readsBelow(operation, context.contract)) await tryBelow(operation, reading, context);
    for (const referring of referringTo(operation, context.contract)) await tryReferring(operation, referring, context);
    for (const consequence of consequences(operation, context.contract)) {
      if (operation.effect?.kind === 'delete') await tryDeletion(operation, consequence, context);
      else await tryRemoval(operation, consequence, context);
    }
  },
};

/** The reads of resources that are under what an operation deletes, and that can be created there. */
function readsBelow({ effect }: Operation, contract: Contract): readonly Operation[] {
  if (effect?.kind !== 'delete') return [];
  return [...contract.resources.values()]
    .filter(({ name, under }) => {
      const isCreated = contract.operations.some(
        (other) => other.effect?.kind === 'create' && other.effect.target === name,
      );
      return under?.parent === effect.target && isCreated;
    })
    .flatMap(({ name }) => readOperation(name, contract) ?? []);
}

/** Creates something under a resource, deletes the resource, and reads what was under it. */
async function tryBelow(operation: Operation, reading: Operation, context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  const below = reading.effect?.target ?? '';
  const deleted = await context.fixtures.fresh(target);
  const child = await context.fixtures.fresh(below, {}, deleted);
  const read = (): Promise<Exchange> => context.send(readRequest(context.contract, reading, namesOf(child)));
  // A cache keeps what was read before the deletion.
  context.report(...context.judge(await read(), { kind: 'success' }));
  const path = pathNaming(operation, namesOf(deleted));
  const exchange = await context.send(buildRequest(operation, { ...neededValues(context.contract, operation), path }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  const isGone = (cause: Cause): boolean => isUnknown(target)(cause) || isUnknown(below)(cause);
  const expected = refusalFor(reading, isGone, `the ${target} of the ${below} was deleted`);
  const violations = context.judge(await read(), expected);
  context.report(...violations.map((violation) => ({ ...violation, before: [exchange] })));
}

/** A resource whose foreign key names what an operation deletes. */
interface Referring {
  readonly resource: Resource;
  readonly reference: Reference;
  readonly reading: Operation;
}

/** Those that can be created and read. A derived contract does not say what follows from a reference. */
function referringTo({ effect }: Operation, contract: Contract): readonly Referring[] {
  if (effect?.kind !== 'delete') return [];
  return [...contract.resources.values()].flatMap((resource) => {
    const reading = readOperation(resource.name, contract);
    const isCreated = contract.operations.some(
      (other) => other.effect?.kind === 'create' && other.effect.target === resource.name,
    );
    const reference = resource.refers.find(
      (each) => each.resource === effect.target && each.property !== resource.under?.property,
    );
    if (reading === undefined || reference === undefined || !isCreated || resource.derived) return [];
    return [{ resource, reference, reading }];
  });
}

/** Creates something that refers to a resource, deletes the resource, and reads and lists what referred to it. */
async function tryReferring(
  operation: Operation,
  { resource, reference, reading }: Referring,
  context: CheckContext,
): Promise<void> {
  const { contract, fixtures } = context;
  const target = operation.effect?.target ?? '';
  const deleted = await fixtures.fresh(target);
  const foreignKey = { [reference.property]: deleted.value[reference.by] ?? '' };
  const child = await ifCreatable(
    () => fixtures.fresh(resource.name, foreignKey),
    (reason) => context.missed(`what refers to a deleted ${target}`, reason),
  );
  if (child === undefined) return;
  const read = await context.send(readRequest(contract, reading, namesOf(child)));
  const path = read.request.values?.path ?? {};
  const listed = succeeded(read) ? await listingsShowing(reading, { before: read, path }, context) : [];
  const deletion = { ...neededValues(contract, operation), path: pathNaming(operation, namesOf(deleted)) };
  const exchange = await context.send(buildRequest(operation, deletion));
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange) || !succeeded(read)) return;
  const evidence = contract.evidenceAt(`${resource.pointer}/refers`);
  const expected = refusalFor(reading, isUnknown(resource.name), `the ${target} of the ${resource.name} was deleted`);
  const after = await context.send(read.request);
  const violations = context.judge(after, expected);
  context.report(
    ...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence), before: [exchange] })),
  );
  if (violations.length === 0) for (const listing of listed) await judgeListed(listing, exchange, context);
}

function consequences(operation: Operation, contract: Contract): readonly Consequence[] {
  const { effect } = operation;
  const relations = [...contract.relations.values()];
  if (effect?.kind === 'delete') {
    // Only listings that list the deleted side: a path that names it would be refused.
    return relations
      .flatMap((relation) => listingsOf(relation, contract))
      .filter(({ listed }) => isDeletedWith(listed, effect.target, contract));
  }
  if (effect?.kind === 'remove') {
    const dependent = relations.filter(({ follows }) => follows === effect.target);
    return dependent.flatMap((relation) => listingsOf(relation, contract).slice(0, 1));
  }
  return [];
}

function listingsOf(relation: Relation, contract: Contract): readonly Consequence[] {
  return contract.operations.flatMap((listing) => {
    const { effect } = listing;
    if (effect?.kind !== 'list' || effect.target !== relation.name) return [];
    const bound = relation.between.filter((side) => side in effect.of);
    const listed = remainingSideOf(relation, effect);
    const isAddable = contract.operations.some(
      (other) => other.effect?.kind === 'add' && other.effect.target === relation.name,
    );
    return bound.length + 1 === relation.between.length && isAddable ? [{ relation, listing, bound, listed }] : [];
  });
}

/** A resource is deleted with itself, an item with its parent. */
function isDeletedWith(resource: string, deleted: string, contract: Contract): boolean {
  return resource === deleted || contract.resources.get(resource)?.inside?.parent === deleted;
}

async function tryDeletion(operation: Operation, consequence: Consequence, context: CheckContext): Promise<void> {
  const { fixtures } = context;
  const target = operation.effect?.target ?? '';
  const { relation, bound, listed } = consequence;
  const sides = await subjectsFor(bound, fixtures);
  const kept = await fixtures.subject(listed);
  const toDelete = await prepareDeletion(listed, target, context);
  if (toDelete === undefined) {
    context.missed(`${relation.name} of a deleted ${target}`, `No ${listed} could be created inside a new ${target}.`);
    return;
  }
  await addWithDependencies({ relation, sides, many: [kept, toDelete.listed] }, context);
  const before = { sides, ids: [kept.id, toDelete.listed.id], fact: relation.pointer };
  if (!(await isShownBefore(consequence, before, context))) return fixtures.clear(relation.name, sides);
  const path = pathNaming(operation, namesOf(toDelete.deleted));
  const exchange = await context.send(buildRequest(operation, { ...neededValues(context.contract, operation), path }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  await judgeListing(consequence, { sides, ids: [kept.id], cause: exchange, fact: relation.pointer }, context);
  await fixtures.clear(relation.name, sides);
}

/** Something to delete, and what the listings show of it: itself, or an item inside it. */
interface ToDelete {
  readonly deleted: Subject;
  readonly listed: Subject;
}

async function prepareDeletion(
  listed: string,
  target: string,
  { contract, fixtures }: CheckContext,
): Promise<ToDelete | undefined> {
  const deleted = await fixtures.fresh(target);
  if (listed === target) return { deleted, listed: deleted };
  const resource = contract.resources.get(listed);
  const items = resource?.inside && getPointer(deleted.value, resource.inside.list);
  const item = Array.isArray(items) ? items.find(isObject) : undefined;
  if (resource === undefined || item === undefined) return undefined;
  const name = itemName(resource, deleted.value, item);
  const id = idOf(resource, name) ?? '';
  return { deleted, listed: { resource: listed, id, name, value: item, parent: deleted } };
}

/** Removes a tuple that tuples of another relation depend on. */
async function tryRemoval(operation: Operation, consequence: Consequence, context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const base = contract.relations.get(operation.effect?.target ?? '');
  if (base === undefined) return;
  const rest = remainingSideOf(base, operation.effect);
  const { relation, listed } = consequence;
  const fixed = await subjectsFor(Object.keys(operation.effect?.of ?? {}), fixtures);
  const [removed, kept] = await fixtures.subjects(rest, 2);
  const [item] = await fixtures.subjects(listed, 1);
  if (removed === undefined || kept === undefined || item === undefined) return;
  await fixtures.add(base.name, fixed, [removed, kept]);
  for (const each of [removed, kept]) await fixtures.add(relation.name, { ...fixed, [rest]: each }, [item]);
  const before = { sides: { ...fixed, [rest]: removed }, ids: [item.id], fact: relation.pointer };
  if (!(await isShownBefore(consequence, before, context))) return fixtures.clear(base.name, fixed);
  const exchange = await context.send(
    namingRequest(context.contract, operation, { sides: fixed, names: [removed.name] }),
  );
  context.report(...context.judge(exchange, { kind: 'success' }));
  const ofRemoved = { sides: { ...fixed, [rest]: removed }, ids: [], fact: `${relation.pointer}/follows` };
  const ofKept = { sides: { ...fixed, [rest]: kept }, ids: [item.id], fact: relation.pointer };
  for (const expected of [ofRemoved, ofKept]) {
    await judgeListing(consequence, { ...expected, cause: exchange }, context);
  }
  await fixtures.clear(base.name, fixed);
}

interface ExpectedBefore {
  readonly sides: Sides;
  readonly ids: readonly string[];
  /** Where the contract states what is expected. */
  readonly fact: string;
}

interface ExpectedAfter extends ExpectedBefore {
  /** The deletion or removal. */
  readonly cause: Exchange;
}

/**
 * Reads the listing before a deletion, so that a cache keeps it. Entries that are missing already are not a consequence
 * of the deletion.
 *
 * @returns whether it shows what was added
 */
async function isShownBefore(
  { listing, listed }: Consequence,
  { sides, ids, fact }: ExpectedBefore,
  context: CheckContext,
): Promise<boolean> {
  const expected = { listing, sides, resource: listed, ids };
  const actual = await readRelationListing(context, expected, (seen) => ids.every((id) => seen.includes(id)));
  const own = { ...actual, ids: actual.ids.filter((id) => ids.includes(id)) };
  const violations = listingDifference(expected, own, { evidence: context.contract.evidenceAt(fact), before: [] });
  context.report(...violations);
  return violations.length === 0;
}

async function judgeListing(
  { listing, listed }: Consequence,
  { sides, ids, cause, fact }: ExpectedAfter,
  context: CheckContext,
): Promise<void> {
  if (!succeeded(cause)) return;
  const expected = { listing, sides, resource: listed, ids };
  const actual = await readExpected(context, expected);
  const evidence = context.contract.evidenceAt(fact);
  context.report(...listingDifference(expected, actual, { evidence, before: [cause] }));
}

async function subjectsFor(names: readonly string[], fixtures: CheckContext['fixtures']): Promise<Sides> {
  const entries: [string, Subject][] = [];
  for (const name of names) entries.push([name, await fixtures.subject(name)]);
  return Object.fromEntries(entries);
}

interface TuplesToAdd {
  readonly relation: Relation;
  readonly sides: Sides;
  readonly many: readonly Subject[];
}

/** Adds tuples, and before them the tuples of the relation that they depend on. */
async function addWithDependencies(
  { relation, sides, many }: TuplesToAdd,
  { contract, fixtures }: CheckContext,
): Promise<void> {
  const base = relation.follows === undefined ? undefined : contract.relations.get(relation.follows);
  const member = base?.between.at(-1);
  if (base && member && sides[member]) {
    const others = Object.fromEntries(
      Object.entries(sides).filter(([side]) => side !== member && base.between.includes(side)),
    );
    await fixtures.add(base.name, others, [sides[member]]);
  }
  await fixtures.add(relation.name, sides, many);
}
