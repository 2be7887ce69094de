import type { Contract, JsonObject, Operation, Relation } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { answeredItem, bodyAround, sentItem, sentSchema } from '../../../contract/item-envelope.js';
import { objectOr } from '../../../contract/json/json-value.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import type { Subject } from '../../fixtures/fixtures.js';
import { namesInPath } from '../../lookup/path-names.js';
import { readRequest } from '../../lookup/resource-operations.js';
import { clientProperties, showsValue } from '../../lookup/shown-value.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readRelationListing } from '../../model/relation-listing.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { addBase } from '../../trial/add-base.js';

export const readsAfterWrites: Check = {
  id: 'reads-after-writes',
  family: 'state',
  title: 'A read right after a write shows the write',
  description:
    'Reads, writes and reads again, twice, so that a response from a cache is noticed whichever of the reads gets it: a ' +
    'resource that is updated and set back, or a listing of a relation to which a tuple is added and removed again.',
  appliesTo: 'reads of resources that can be updated, and listings of relations that can be changed',
  applies: (operation, contract) =>
    updateFor(operation, contract) !== undefined || changedRelation(operation, contract) !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 5),
  async run(operation, context) {
    const updating = updateFor(operation, context.contract);
    const relation = changedRelation(operation, context.contract);
    if (updating !== undefined) await tryUpdates({ reading: operation, updating }, context);
    else if (relation !== undefined) await tryTuple(operation, relation, context);
  },
};

/** The operation that updates what an operation reads. */
function updateFor({ effect }: Operation, contract: Contract): Operation | undefined {
  if (effect?.kind !== 'read' || effect.by !== undefined) return undefined;
  // A derived effect does not say what happens to the properties that are not sent.
  if (isDerived(contract, effect.target)) return undefined;
  return contract.operations.find(
    (other) =>
      other.effect?.kind === 'update' &&
      other.effect.target === effect.target &&
      other.effect.by === undefined &&
      Object.keys(effect.of).every((side) => side in (other.effect?.of ?? {})),
  );
}

/** The relation that an operation lists, where operations add to it and remove from it by the sides that its path names. */
function changedRelation({ effect, parameters }: Operation, contract: Contract): Relation | undefined {
  const relation = effect?.kind === 'list' ? contract.relations.get(effect.target) : undefined;
  if (relation === undefined || effect === undefined || Object.keys(effect.query).length > 0) return undefined;
  // A listing with a required filter shows a part of the relation only.
  if (parameters.some(({ in: place, required }) => place === 'query' && required)) return undefined;
  const sides = Object.keys(effect.of);
  const isChangedBy = (kind: 'add' | 'remove'): boolean =>
    contract.operations.some((other) => {
      const named = Object.keys(other.effect?.of ?? {});
      const isOfKind = other.effect?.kind === kind || (kind === 'remove' && other.effect?.flag !== undefined);
      return isOfKind && other.effect?.target === relation.name && named.length + 1 >= relation.between.length;
    });
  return sides.length + 1 === relation.between.length && isChangedBy('add') && isChangedBy('remove')
    ? relation
    : undefined;
}

interface ReadAndUpdate {
  readonly reading: Operation;
  readonly updating: Operation;
}

async function tryUpdates({ reading, updating }: ReadAndUpdate, context: CheckContext): Promise<void> {
  const values = await context.fixtures.valid(updating);
  const read = (): Promise<Exchange> =>
    context.send(readRequest(context.contract, reading, namesInPath(updating, values)));
  let before = await read();
  context.report(...context.judge(before, { kind: 'success' }));
  const first = answeredItem(reading.effect, before.response.json);
  for (const makeBody of [
    () => sentItem(updating.effect, values.body),
    () => formerBody(updating, { values, first }, context),
  ]) {
    const body = makeBody();
    if (!succeeded(before) || !isObject(body)) return;
    const updated = await context.send(
      buildRequest(updating, { ...values, body: bodyAround(updating.effect, body, objectOr(values.body)) }),
    );
    if (!succeeded(updated)) {
      context.missed('a read after an update', `The update is refused with ${updated.response.status}.`);
      return;
    }
    const after = await read();
    const violations = staleProperties({ reading, body }, { before, updated, after }, context);
    context.report(...violations);
    if (violations.length > 0) return;
    before = after;
  }
}

/** A body that sets the updated properties back to what the first read showed; absent where it showed none of them. */
function formerBody(
  updating: Operation,
  { values, first }: { readonly values: RequestValues; readonly first: unknown },
  { contract }: CheckContext,
): JsonObject | undefined {
  const sent = sentItem(updating.effect, values.body);
  if (!isObject(sent) || !isObject(first)) return undefined;
  const former = Object.fromEntries(
    Object.keys(sent).flatMap((name) => {
      const value = first[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );
  const schema = sentSchema(contract, updating.effect, bodyMedia(updating)?.schema ?? {});
  const isSent = Object.keys(former).length > 0 && fitsRequest(contract, schema, former);
  return isSent ? former : undefined;
}

interface UpdateExchanges {
  readonly before: Exchange;
  readonly updated: Exchange;
  readonly after: Exchange;
}

/** The updated properties that a read still shows as they were. */
function staleProperties(
  { reading, body }: { readonly reading: Operation; readonly body: JsonObject },
  { before, updated, after }: UpdateExchanges,
  context: CheckContext,
): readonly Violation[] {
  const then = answeredItem(reading.effect, before.response.json);
  const now = answeredItem(reading.effect, after.response.json);
  if (!succeeded(after) || !isObject(then) || !isObject(now)) return context.judge(after, { kind: 'success' });
  const evidence = context.contract.evidenceAt(reading.effect?.pointer ?? reading.pointer);
  const { operation } = updated.request;
  const sent = operation && { operation, item: body };
  const written = clientProperties(reading, [after.response, before.response], context.contract, sent);
  const answered = objectOr(answeredItem(operation?.effect, updated.response.json));
  return Object.entries(body).flatMap(([name, value]) => {
    // The server may write some properties itself: those count where the update shows what was sent.
    if (!written.includes(name) && !showsValue(answered[name], value)) return [];
    // What is neither old nor new is the fault of the update, which other checks try.
    if (showsValue(now[name], value) || !showsValue(now[name], then[name] ?? null)) return [];
    return [
      {
        cause: `a read after an update shows the former ${name}`,
        expected: `${name}: ${JSON.stringify(value)}`,
        actual: `${name}: ${JSON.stringify(now[name]) ?? 'absent'}`,
        evidence,
        exchange: after,
        before: [before, updated],
      },
    ];
  });
}

async function tryTuple(operation: Operation, relation: Relation, context: CheckContext): Promise<void> {
  const { fixtures, contract } = context;
  const sides: Record<string, Subject> = {};
  for (const side of Object.keys(operation.effect?.of ?? {})) sides[side] = await fixtures.subject(side);
  const resource = remainingSideOf(relation, operation.effect);
  const subject = await fixtures.subject(resource);
  const haveExisted = [subject, ...Object.values(sides)].every(({ existed }) => existed === true);
  if (haveExisted && (await fixtures.list(relation.name, sides)).includes(subject.id))
    return context.missed(
      `a read after a change of ${relation.name}`,
      'The subjects given have this relation already.',
    );
  await addBase(relation, { ...sides, [resource]: subject }, context);
  const judge = async (isListed: boolean): Promise<boolean> => {
    const expected = { listing: operation, sides, resource, ids: isListed ? [subject.id] : [] };
    const actual = await readRelationListing(context, expected, (ids) => ids.includes(subject.id) === isListed);
    const faults = context.judge(actual.exchange, { kind: 'success' });
    context.report(...faults);
    if (faults.length > 0) return false;
    // Others may add to the relation meanwhile, and listings may show what other relations lead to.
    const own = { ...actual, ids: actual.ids.filter((id) => id === subject.id) };
    const evidence = contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
    const violations = listingDifference(expected, own, { evidence, before: [] });
    context.report(...violations);
    return violations.length === 0;
  };
  if (!(await judge(false))) return;
  await fixtures.add(relation.name, sides, [subject]);
  if (!(await judge(true))) return;
  await fixtures.remove(relation.name, sides, [subject]);
  await judge(false);
}
