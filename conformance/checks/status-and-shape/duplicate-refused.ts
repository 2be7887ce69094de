import type { Contract, JsonObject, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

export const duplicateRefused: Check = {
  id: 'duplicate-refused',
  family: 'status-and-shape',
  title: 'What is there already is refused, as documented',
  description:
    'Creates something, then something else that shares the properties which no two may share; or renames one thing to ' +
    'the name of another. The second request must get the documented answer and change nothing.',
  applies: (operation, contract) => uniqueGroups(operation, contract).length > 0,
  requests: (operation, contract, depth) => (depth === 'smoke' ? 0 : uniqueGroups(operation, contract).length * 5),
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
    context.missed(`duplicate ${group.join(' and ')}`, 'No request gives these properties.');
    return;
  }
  const values = await context.fixtures.valid(operation, { body: taken });
  const because = `another ${operation.effect?.target ?? ''} with the same ${group.join(' and ')}`;
  const expected = refusalFor(
    operation,
    (cause) => cause.kind === 'duplicate' && cause.of === operation.effect?.target,
    because,
  );
  const { violations } = await refusalTrial(context, values).refused(buildRequest(operation, values), expected);
  context.report(...violations);
}

/** The group's values of something that is there. */
async function takenValues(
  operation: Operation,
  group: readonly string[],
  context: CheckContext,
): Promise<JsonObject | undefined> {
  if (operation.effect?.kind === 'update') {
    const { value } = await context.fixtures.fresh(operation.effect.target);
    // What is not shown is as it was: the group's other properties say which one it is.
    return picked(
      value,
      group.filter((name) => name in value),
    );
  }
  const first: RequestValues = await context.fixtures.valid(operation, { full: true });
  const taken = isObject(first.body) ? picked(first.body, group) : undefined;
  if (taken === undefined) return undefined;
  const exchange = await context.send(buildRequest(operation, first));
  context.report(...context.judge(exchange, { kind: 'success' }));
  return taken;
}

function picked(value: JsonObject, names: readonly string[]): JsonObject | undefined {
  const entries = names.map((name) => [name, value[name]] as const);
  // Properties that are absent make no group to share.
  return entries.length > 0 && entries.every(([, each]) => each !== undefined)
    ? (Object.fromEntries(entries) as JsonObject)
    : undefined;
}
