import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../../../contract/contract.js';
import { answeredItem } from '../../../contract/item-envelope.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { namesInPath } from '../../lookup/path-names.js';
import { readOperation, readRequest } from '../../lookup/resource-operations.js';
import { clientProperties } from '../../lookup/shown-value.js';
import { type Exchange, refused, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { judgeListed, listingsOf, listingsShowing } from '../../trial/deleted-in-listings.js';
import { withEffectEvidence } from '../../trial/effect-evidence.js';
import { isUnknown, mayTakeUnknown, refusalFor } from '../../trial/expected-refusal.js';
import { readBeside } from '../../trial/read-beside.js';

export const deletedIsGone: Check = {
  id: 'deleted-is-gone',
  family: 'state',
  title: 'A deleted resource is gone',
  description:
    'Deletes a resource, reads it, lists it, and deletes it again. Listings must not show it, another one must still be ' +
    'there, and reading must get the documented response for an unknown resource, and so must the second deletion, unless the contract says that it succeeds; where a document without our keywords lists no 404, a success is noted.',
  appliesTo: 'deletes',
  // A server that numbers its resources may give the number to what another check creates at the same moment.
  exclusive: (operation) =>
    operation.parameters.some(({ in: place, schema }) => place === 'path' && schema.type === 'integer'),
  applies: (operation) => operation.effect?.kind === 'delete',
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : 5 + 2 * listingsOf(operation, contract).length),
  async run(operation, context) {
    const target = operation.effect?.target ?? '';
    const values = await context.fixtures.valid(operation);
    const reading = readOperation(target, context.contract);
    const read = async (): Promise<Exchange | undefined> =>
      reading && context.send(readRequest(context.contract, reading, namesInPath(operation, values)));
    const before = await read();
    const other = reading && before ? await readBeside(reading, before, context) : undefined;
    const listed = before && (await listingsShowing(operation, { before, path: values.path }, context));
    const deleted = await context.send(buildRequest(operation, values));
    context.report(...context.judge(deleted, { kind: 'success' }));
    if (!succeeded(deleted)) return;
    const after = await read();
    if (reading && after && before && isReused(reading, { before, after }, context)) {
      context.missed(`a deleted ${target}`, 'The target has given its id to another resource meanwhile.');
      return;
    }
    if (other !== undefined) await judgeOther(other, deleted, context);
    if (after === undefined || !succeeded(after))
      for (const listing of listed ?? []) await judgeListed(listing, deleted, context);
    if (reading && after) {
      const expected = refusalFor(reading, isUnknown(target), `the ${target} was deleted`);
      context.report(...context.judge(after, expected).map((violation) => ({ ...violation, before: [deleted] })));
    }
    await deleteAgain(operation, { deleted, request: buildRequest(operation, values) }, context);
  },
};

interface Readings {
  readonly before: Exchange;
  readonly after: Exchange;
}

/**
 * Whether the id now names another resource: one with other values of what a creation gives. A server may mark a deleted
 * resource and still show it.
 */
function isReused(reading: Operation, { before, after }: Readings, { contract, fixtures }: CheckContext): boolean {
  if (!succeeded(before) || !succeeded(after)) return false;
  const target = reading.effect?.target ?? '';
  const creation = fixtures.operation('create', target);
  const item = answeredItem(reading.effect, before.response.json);
  const now = answeredItem(reading.effect, after.response.json);
  if (creation === undefined || !isObject(item) || !isObject(now)) return false;
  return clientProperties(reading, [before.response], contract, { operation: creation, item }).some(
    (name) => !isDeepStrictEqual(item[name], now[name]),
  );
}

async function judgeOther(other: Exchange, deleted: Exchange, context: CheckContext): Promise<void> {
  const now = await context.send(other.request);
  if (succeeded(now) || !refused(now)) return;
  const target = deleted.request.operation?.effect?.target ?? '';
  context.report({
    cause: `another ${target} is gone, too`,
    expected: `status ${other.response.status}: the deletion does not name it`,
    actual: `${now.response.status}`,
    evidence: context.contract.evidenceAt(deleted.request.operation?.effect?.pointer ?? ''),
    exchange: now,
    before: [other, deleted],
  });
}

async function deleteAgain(
  operation: Operation,
  { deleted, request }: { readonly deleted: Exchange; readonly request: ReturnType<typeof buildRequest> },
  context: CheckContext,
): Promise<void> {
  const target = operation.effect?.target ?? '';
  const again = await context.send(request);
  const because = `the ${target} was deleted`;
  if (succeeded(again) && mayTakeUnknown(operation, context.contract)) {
    context.report(...context.judge(again, { kind: 'documented' }));
    context.observe(`${because}: ${again.response.status}; the contract lists no 404`);
    return;
  }
  const succeeds = operation.effect?.unknownSucceeds.includes(target) === true;
  const expected = succeeds ? ({ kind: 'success' } as const) : refusalFor(operation, isUnknown(target), because);
  const violations = context.judge(again, expected).map((violation) => ({ ...violation, before: [deleted] }));
  context.report(...(succeeds ? withEffectEvidence('unknown', violations, operation, context.contract) : violations));
}
