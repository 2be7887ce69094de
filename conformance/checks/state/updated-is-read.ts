import { isDeepStrictEqual } from 'node:util';
import type { Contract, JsonObject, Operation } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { answeredItem, sentItem } from '../../../contract/item-envelope.js';
import { isObject, joinPointer } from '../../../contract/pointer.js';
import { editJson } from '../../arbitraries/json-edit.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { UPDATE_IGNORED } from '../../finding/finding-codes.js';
import { fitsRequest } from '../../fixtures/fitting-value.js';
import { givenProperties } from '../../lookup/given-properties.js';
import { namesInPath, pathNaming } from '../../lookup/path-names.js';
import { createdKey, readOperation, readRequest } from '../../lookup/resource-operations.js';
import { clientProperties, shownByProperty, shownProperties } from '../../lookup/shown-value.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { bodyMedia } from '../../target/request-body.js';
import { judgeFormerNames, readsByName } from '../../trial/former-names.js';
import { readBeside } from '../../trial/read-beside.js';

export const updatedIsRead: Check = {
  id: 'updated-is-read',
  family: 'state',
  title: 'An update changes what it names and nothing else',
  description:
    'Reads a resource, updates some of its properties and reads it again: the properties that were sent must have changed, ' +
    'all others must be as before, the answer to the update must show what the read shows, and another resource of the kind ' +
    'must not change. Where the contract reads a resource by a name, too, a former name must be unknown. Where the contract was derived from paths, the resource has all properties, and a few ' +
    'are updated one at a time, too, unless a PUT replaces the whole resource.',
  appliesTo: 'updates of resources that can be read',
  applies: (operation, contract) =>
    operation.effect?.kind === 'update' && readOperation(operation.effect.target, contract) !== undefined,
  requests: (operation, contract, depth) =>
    depth === 'smoke'
      ? 0
      : 9 + 2 * readsByName(operation, { contract }).length + (updatesParts(operation, contract) ? 3 * MOST_ALONE : 0),
  async run(operation, context) {
    const reading = readOperation(operation.effect?.target ?? '', context.contract);
    if (reading === undefined) return;
    for (const full of [false, true]) {
      const given = await context.fixtures.valid(operation, { full });
      const values = full ? given : await namingWhole(operation, given, context);
      await updateAndRead({ operation, reading, full, values, expects: 'success' }, context);
    }
    if (updatesParts(operation, context.contract)) await updateEachAlone(operation, reading, context);
  },
};

/** The most properties that are updated one at a time. */
const MOST_ALONE = 6;

/** Whether an update of a derived resource is one of parts. Of others, `property-updates` tries each property. */
function updatesParts({ effect, method }: Operation, contract: Contract): boolean {
  return method !== 'PUT' && isDerived(contract, effect?.target);
}

/** A server may reset what an update does not name only if it names something else. */
async function updateEachAlone(operation: Operation, reading: Operation, context: CheckContext): Promise<void> {
  const { contract, fixtures } = context;
  const schema = bodyMedia(operation)?.schema ?? {};
  const whole = sentItem(operation.effect, (await fixtures.valid(operation, { full: true })).body);
  const least = await namingWhole(operation, await fixtures.valid(operation), context);
  const given = sentItem(operation.effect, least.body);
  if (!isObject(whole) || !isObject(given) || least.body === undefined) return;
  const names = Object.keys(whole).filter((name) => !(name in given));
  for (const name of names.slice(0, MOST_ALONE)) {
    const pointer = joinPointer('', ...[operation.effect?.within ?? []].flat(), name);
    const body = editJson(least.body, { kind: 'set', pointer, value: whole[name] ?? null });
    if (!fitsRequest(contract, schema, body)) continue;
    // What an update needs beside a property may follow from rules that no schema has.
    await updateAndRead(
      { operation, reading, full: false, values: { ...least, body }, expects: 'documented' },
      context,
    );
  }
}

/** RFC 9110, section 15.3.3: the request is accepted, and may be acted upon later or never. */
const LATER = 202;

interface Update {
  readonly operation: Operation;
  readonly reading: Operation;
  /** Whether all optional properties are sent. */
  readonly full: boolean;
  readonly values: RequestValues;
  /** What the update must get. */
  readonly expects: 'success' | 'documented';
}

async function updateAndRead(update: Update, context: CheckContext): Promise<void> {
  const { operation, reading, full, values, expects } = update;
  const read = (): Promise<Exchange> =>
    context.send(readRequest(context.contract, reading, namesInPath(operation, values)));
  const before = await read();
  const other = full ? await readBeside(reading, before, context) : undefined;
  const updated = await context.send(buildRequest(operation, values));
  context.report(...context.judge(updated, { kind: expects }));
  if (!succeeded(updated) || !succeeded(before)) return;
  if (updated.response.status === LATER && isDerived(context.contract, operation.effect?.target))
    context.skip('The target answers 202: what the update changes may be read later.', 'contract');
  const after = await read();
  context.report(...context.judge(after, { kind: 'success' }));
  const sent = sentItem(operation.effect, values.body);
  if (!succeeded(after) || !isObject(sent)) return;
  const evidence = context.contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
  const mayChange = changesAlong(operation, context);
  const awaits = awaitsConsent({ before, after, sent }, operation, context);
  const written = clientProperties(reading, [after.response, before.response], context.contract, {
    operation,
    item: sent,
  });
  const created = timesOfCreation(reading, before, context.contract);
  const differences = differencesOf(
    { before, after, body: sent, full, shows: shownByProperty(reading, after.response.status, context.contract) },
    [
      ...written.filter((name) => (name in sent ? !awaits(name) : !mayChange(name))),
      ...created.filter((name) => !(name in sent)),
    ],
  );
  context.report(
    ...differences.map((difference) => ({ ...difference, evidence, exchange: after, before: [before, updated] })),
  );
  if (differences.length > 0) return;
  await judgeFormerNames(operation, { before, updated, after }, context);
  const stale = staleInAnswer({ before, updated, after, sent }, operation, context.contract);
  context.report(...stale.map((difference) => ({ ...difference, evidence, exchange: updated, before: [before] })));
  if (other !== undefined) await judgeOther(other, { updated, sent }, context);
}

/** What the answer to an update shows as it was before, although a read shows that it has changed. */
function staleInAnswer(
  { before, updated, after, sent }: Sent & { readonly updated: Exchange },
  operation: Operation,
  contract: Contract,
): readonly Difference[] {
  const [then, now] = [before, after].map(({ request, response }) =>
    answeredItem(request.operation?.effect, response.json),
  );
  const answered = answeredItem(operation.effect, updated.response.json);
  if (!isObject(then) || !isObject(now) || !isObject(answered)) return [];
  const shows = shownByProperty(operation, updated.response.status, contract);
  return Object.entries(sent)
    .filter(([name]) => name in then && name in answered && !isDeepStrictEqual(then[name], now[name]))
    .filter(([name, value]) => isDeepStrictEqual(answered[name], then[name]) && !shows(name, answered[name], value))
    .map(([name, value]) => ({
      cause: `the answer to the update shows the former ${name}`,
      expected: `${name}: ${JSON.stringify(value)}`,
      actual: `${name}: ${JSON.stringify(answered[name])}`,
    }));
}

async function judgeOther(
  other: Exchange,
  { updated, sent }: { readonly updated: Exchange; readonly sent: JsonObject },
  context: CheckContext,
): Promise<void> {
  const { operation: reading } = other.request;
  const after = await context.send(other.request);
  const then = answeredItem(reading?.effect, other.response.json);
  const now = answeredItem(reading?.effect, after.response.json);
  if (reading === undefined || !succeeded(after) || !isObject(then) || !isObject(now)) return;
  const { operation } = updated.request;
  const evidence = context.contract.evidenceAt(operation?.effect?.pointer ?? '');
  const changed = Object.entries(sent).filter(
    ([name, value]) => name in now && !isDeepStrictEqual(then[name], now[name]) && isDeepStrictEqual(now[name], value),
  );
  context.report(
    ...changed.map(([name, value]) => ({
      cause: `the update changes ${name} of another ${reading.effect?.target ?? ''}`,
      expected: `${name}: ${JSON.stringify(then[name]) ?? 'absent'}`,
      actual: `${name}: ${JSON.stringify(value)}`,
      evidence,
      exchange: after,
      before: [other, updated],
    })),
  );
}

/** The properties that show when an item was created, which no update changes. */
function timesOfCreation(reading: Operation, { response }: Exchange, contract: Contract): readonly string[] {
  const item = answeredItem(reading.effect, response.json);
  return Object.entries(shownProperties(reading, response.status, contract))
    .filter(([, property]) => contract.valueOf(property)?.kind === 'created-at')
    .flatMap(([name]) => (isObject(item) && typeof item[name] === 'string' ? [name] : []));
}

/**
 * Which properties an update may change that it does not name. Of a derived resource, a PUT replaces the whole, and what
 * no request gives is the server's own, such as a version.
 */
function changesAlong(operation: Operation, context: CheckContext): (name: string) => boolean {
  const { contract } = context;
  if (!isDerived(contract, operation.effect?.target)) return () => false;
  if (operation.method === 'PUT') return () => true;
  const given = namesGiven(operation, context);
  return (name) => given.size > 0 && !given.has(name);
}

/** The properties of a resource that its requests give. */
function namesGiven(operation: Operation, { contract, fixtures }: CheckContext): ReadonlySet<string> {
  const create = fixtures.operation('create', operation.effect?.target ?? '');
  return givenProperties(contract, [operation, ...(create === undefined ? [] : [create])]);
}

interface Sent {
  readonly before: Exchange;
  readonly after: Exchange;
  readonly sent: JsonObject;
}

/**
 * Which properties a target changes once somebody consents: until then it shows the new value under a name that no
 * request gives, such as `new_email`.
 */
function awaitsConsent(
  { before, after, sent }: Sent,
  operation: Operation,
  context: CheckContext,
): (name: string) => boolean {
  const then = answeredItem(before.request.operation?.effect, before.response.json);
  const now = answeredItem(after.request.operation?.effect, after.response.json);
  if (!isDerived(context.contract, operation.effect?.target) || !isObject(then) || !isObject(now)) return () => false;
  const given = namesGiven(operation, context);
  const shownAside = Object.entries(now).filter(([name, value]) => !given.has(name) && then[name] !== value);
  return (name) => typeof sent[name] === 'string' && shownAside.some(([, value]) => value === sent[name]);
}

/**
 * The same values for an item that has all optional properties, since an update may reset those that it does not name.
 * Where the contract says what the resource has, each property is tried by `property-updates`.
 */
async function namingWhole(operation: Operation, values: RequestValues, context: CheckContext): Promise<RequestValues> {
  const { contract, fixtures } = context;
  const target = operation.effect?.target ?? '';
  const { key = '' } = contract.resources.get(target) ?? {};
  const create = fixtures.operation('create', target);
  const body = sentItem(operation.effect, values.body);
  if (!isDerived(contract, target) || create === undefined || !isObject(body) || key in body) return values;
  const whole = await fixtures.valid(create, { full: true });
  const created = await context.send(buildRequest(create, whole));
  const name = succeeded(created) ? createdKey(target, created, contract) : undefined;
  if (name === undefined) return values;
  return {
    ...values,
    path: { ...values.path, ...pathNaming(operation, { ...namesInPath(create, whole), [target]: name }) },
  };
}

interface UpdatedState {
  readonly before: Exchange;
  readonly after: Exchange;
  readonly body: JsonObject;
  readonly full: boolean;
  readonly shows: ReturnType<typeof shownByProperty>;
}

type Difference = Pick<Violation, 'cause' | 'expected' | 'actual'>;

/** One cause instead of one for each property: all that were sent have the value of before. */
function ignored(
  names: readonly string[],
  { body, now }: { readonly body: JsonObject; readonly now: JsonObject },
): Difference {
  const shown = (values: JsonObject): string =>
    names.map((name) => `${name}: ${JSON.stringify(values[name]) ?? 'absent'}`).join(', ');
  return { cause: UPDATE_IGNORED, expected: shown(body), actual: shown(now) };
}

/** The properties that differ from what the update should have left. */
function differencesOf(
  { before, after, body, full, shows }: UpdatedState,
  properties: readonly string[],
): readonly Difference[] {
  const then = answeredItem(before.request.operation?.effect, before.response.json);
  const now = answeredItem(after.request.operation?.effect, after.response.json);
  if (!isObject(then) || !isObject(now)) return [];
  // An empty map of before is in whatever map there is now.
  const isAsBefore = (name: string): boolean =>
    shows(name, now[name], then[name] ?? null) && !shows(name, now[name], body[name] ?? null);
  const sent = properties.filter((name) => name in body && !shows(name, then[name], body[name] ?? null));
  if (full && sent.length > 0 && sent.every(isAsBefore)) return [ignored(sent, { body, now })];
  return properties.flatMap((name) => {
    const wanted = name in body ? body[name] : then[name];
    if (shows(name, now[name], wanted ?? null)) return [];
    return [
      {
        cause: name in body ? `property ${name} was not updated` : `property ${name} changed although it was not sent`,
        expected: `${name}: ${JSON.stringify(wanted) ?? 'absent'}`,
        actual: `${name}: ${JSON.stringify(now[name]) ?? 'absent'}`,
      },
    ];
  });
}
