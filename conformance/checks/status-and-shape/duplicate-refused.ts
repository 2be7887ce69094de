import type { Contract, JsonObject, Operation } from '../../../contract/contract.js';
import { sentItem } from '../../../contract/item-envelope.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext, Expectation } from '../../check.js';
import { namesOf, pathNaming } from '../../lookup/path-names.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

export const duplicateRefused: Check = {
  id: 'duplicate-refused',
  family: 'status-and-shape',
  title: 'A duplicate is refused as documented',
  description:
    'Creates a resource, then another with the same unique properties; or renames a resource to the name of another. The ' +
    'second request must get the documented refusal and change nothing. Of two creations at once one must be refused, and ' +
    'an update may give a resource the unique properties that it has already.',
  needsState: true,
  appliesTo: 'creates and updates of resources with unique properties whose refusal is documented',
  applies: (operation, contract) => uniqueGroups(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : uniqueGroups(operation, contract).length * 7),
  async run(operation, context) {
    for (const group of uniqueGroups(operation, context.contract)) await tryGroup(operation, group, context);
  },
};

function duplicates(operation: Operation) {
  const target = operation.effect?.target;
  return problemsOf(operation, (cause) => cause.kind === 'duplicate' && cause.of === target);
}

function uniqueGroups(operation: Operation, contract: Contract): readonly (readonly string[])[] {
  const { effect } = operation;
  if (effect === undefined || (effect.kind !== 'create' && effect.kind !== 'update')) return [];
  return duplicates(operation).length > 0 ? (contract.resources.get(effect.target)?.unique ?? []) : [];
}

async function tryGroup(operation: Operation, group: readonly string[], context: CheckContext): Promise<void> {
  const taken = await takenValues(operation, group, context);
  if (taken === undefined) {
    context.missed(`duplicate ${group.join(' and ')}`, 'No request has these properties.');
    return;
  }
  const { body, path } = taken;
  const given = await context.fixtures.valid(operation, { body });
  const values = path === undefined ? given : { ...given, path };
  const because = `another ${operation.effect?.target ?? ''} has the same ${group.join(' and ')}`;
  const expected = refusalFor(
    operation,
    (cause) => cause.kind === 'duplicate' && cause.of === operation.effect?.target,
    because,
  );
  const { violations } = await refusalTrial(context, values).refused(buildRequest(operation, values), expected);
  context.report(...violations);
  if (violations.length > 0) return;
  if (operation.effect?.kind === 'update') await keepOwn(operation, group, context);
  else await createTwiceAtOnce(operation, expected, context);
}

/** An update that gives a resource its own unique properties. */
async function keepOwn(operation: Operation, group: readonly string[], context: CheckContext): Promise<void> {
  const target = operation.effect?.target ?? '';
  const own = await context.fixtures.fresh(target);
  const body = picked(
    own.value,
    group.filter((name) => name in own.value),
  );
  if (body === undefined) return;
  const given = await context.fixtures.valid(operation, { body });
  const path = { ...given.path, ...pathNaming(operation, namesOf(own)) };
  const exchange = await context.send(buildRequest(operation, { ...given, path }));
  const violations = context.judge(exchange, { kind: 'success' });
  if (succeeded(exchange)) return context.report(...violations);
  context.report(
    ...violations.map((each) => ({
      ...each,
      cause: `${each.cause} where the ${target} keeps its ${group.join(' and ')}`,
    })),
  );
}

/** The same creation twice at once: at most one may succeed. */
async function createTwiceAtOnce(operation: Operation, expected: Expectation, context: CheckContext): Promise<void> {
  const request = buildRequest(operation, await context.fixtures.valid(operation, { full: true }));
  const [one, other] = await Promise.all([context.send(request), context.send(request)]);
  if (succeeded(one) && succeeded(other)) {
    const violations = context.judge(other, expected);
    context.report(...violations.map((each) => ({ ...each, cause: `${each.cause}, of two at once`, before: [one] })));
    return;
  }
  for (const exchange of [one, other])
    context.report(...context.judge(exchange, succeeded(exchange) ? { kind: 'success' } : expected));
}

interface TakenValues {
  readonly body: JsonObject;
  /** Where the path names the parent, which is then part of the group. */
  readonly path?: RequestValues['path'];
}

/** The group's values of an existing resource. */
async function takenValues(
  operation: Operation,
  group: readonly string[],
  context: CheckContext,
): Promise<TakenValues | undefined> {
  if (operation.effect?.kind === 'update') {
    const { value } = await context.fixtures.fresh(operation.effect.target);
    // Properties that are not shown keep their values; the shown ones identify the resource.
    const body = picked(
      value,
      group.filter((name) => name in value),
    );
    return body && { body };
  }
  const first: RequestValues = await context.fixtures.valid(operation, { full: true });
  const resource = context.contract.resources.get(operation.effect?.target ?? '');
  const optional = resource?.optionalInUnique;
  const inPath = resource?.refers.filter((each) => each.resource in (operation.effect?.of ?? {})) ?? [];
  const isInPath = (name: string): boolean => inPath.some(({ property }) => property === name);
  const sent = sentItem(operation.effect, first.body);
  const body = isObject(sent) ? sent : {};
  const taken = picked(
    body,
    group.filter((name) => name in body || (!isInPath(name) && optional?.has(name) !== true)),
  );
  if (taken === undefined) return undefined;
  const exchange = await context.send(buildRequest(operation, first));
  context.report(...context.judge(exchange, { kind: 'success' }));
  return inPath.length > 0 ? { body: taken, path: first.path } : { body: taken };
}

function picked(value: JsonObject, names: readonly string[]): JsonObject | undefined {
  const entries = names.map((name) => [name, value[name]] as const);
  // Absent properties cannot be shared.
  return entries.length > 0 && entries.every(([, each]) => each !== undefined)
    ? (Object.fromEntries(entries) as JsonObject)
    : undefined;
}
