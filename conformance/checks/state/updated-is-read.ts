import type { JsonObject, Operation } from '../../../contract/contract.js';
import { answeredItem, sentItem } from '../../../contract/item-envelope.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import { UPDATE_IGNORED } from '../../finding-codes.js';
import { namesInPath, pathNaming } from '../../lookup/path-names.js';
import { createdKey, readOperation, readRequest } from '../../lookup/resource-operations.js';
import { clientProperties, shownByProperty } from '../../lookup/shown-value.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';

export const updatedIsRead: Check = {
  id: 'updated-is-read',
  family: 'state',
  title: 'An update changes what it names and nothing else',
  description:
    'Reads a resource, updates some of its properties and reads it again: the properties that were sent must have changed, ' +
    'all others must be as before. Where the contract was derived from paths, the resource has all properties.',
  appliesTo: 'updates of resources that can be read',
  applies: (operation, contract) =>
    operation.effect?.kind === 'update' && readOperation(operation.effect.target, contract) !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 7),
  async run(operation, context) {
    const reading = readOperation(operation.effect?.target ?? '', context.contract);
    if (reading === undefined) return;
    for (const full of [false, true]) await updateAndRead({ operation, reading, full }, context);
  },
};

interface Update {
  readonly operation: Operation;
  readonly reading: Operation;
  /** Whether all optional properties are sent. */
  readonly full: boolean;
}

async function updateAndRead({ operation, reading, full }: Update, context: CheckContext): Promise<void> {
  const given = await context.fixtures.valid(operation, { full });
  const values = full ? given : await namingWhole(operation, given, context);
  const read = (): Promise<Exchange> => context.send(readRequest(reading, namesInPath(operation, values)));
  const before = await read();
  const updated = await context.send(buildRequest(operation, values));
  context.report(...context.judge(updated, { kind: 'success' }));
  if (!succeeded(updated) || !succeeded(before)) return;
  const after = await read();
  context.report(...context.judge(after, { kind: 'success' }));
  const sent = sentItem(operation.effect, values.body);
  if (!succeeded(after) || !isObject(sent)) return;
  const evidence = context.contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
  // A PUT replaces the whole resource, unless the contract says what its effect is.
  const { derived } = context.contract.resources.get(operation.effect?.target ?? '') ?? {};
  const mayReset = derived === true && operation.method === 'PUT';
  const differences = differencesOf(
    { before, after, body: sent, full, shows: shownByProperty(reading, after.response.status, context.contract) },
    clientProperties(reading, [after.response, before.response], context.contract, { operation, item: sent }).filter(
      (name) => !mayReset || name in sent,
    ),
  );
  context.report(
    ...differences.map((difference) => ({ ...difference, evidence, exchange: after, before: [before, updated] })),
  );
}

/**
 * The same values for an item that has all optional properties, since an update may reset those that it does not name.
 * Where the contract says what the resource has, each property is tried by `property-updates`.
 */
async function namingWhole(operation: Operation, values: RequestValues, context: CheckContext): Promise<RequestValues> {
  const { contract, fixtures } = context;
  const target = operation.effect?.target ?? '';
  const { derived, key = '' } = contract.resources.get(target) ?? {};
  const create = fixtures.operation('create', target);
  const body = sentItem(operation.effect, values.body);
  if (derived !== true || create === undefined || !isObject(body) || key in body) return values;
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
  const isAsBefore = (name: string): boolean => shows(name, now[name], then[name] ?? null);
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
