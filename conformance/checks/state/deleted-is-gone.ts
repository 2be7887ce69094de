import type { Check } from '../../check.js';
import { readingOf } from '../../lookup/resource-operations.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';
import { weighedByEffect } from '../../trial/effect-evidence.js';
import { isUnknown, refusalFor } from '../../trial/expected-refusal.js';

export const deletedIsGone: Check = {
  id: 'deleted-is-gone',
  family: 'state',
  title: 'What was deleted is gone',
  description:
    'Deletes something, reads it, and deletes it again. Reading must get the documented answer for what is not there, and ' +
    'so must the second deletion, unless the contract says that it succeeds.',
  applies: (operation) => operation.effect?.kind === 'delete',
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 3),
  async run(operation, context) {
    const target = operation.effect?.target ?? '';
    const values = await context.fixtures.valid(operation);
    const deleted = await context.send(buildRequest(operation, values));
    context.report(...context.judge(deleted, { kind: 'success' }));
    if (!succeeded(deleted)) return;
    const [id] = Object.values(operation.effect?.of ?? {}).map((parameter) => values.path[parameter]);
    const reading = readingOf(target, context.contract);
    if (reading && id !== undefined) {
      const [parameter = ''] = Object.values(reading.effect?.of ?? {});
      const read = await context.send(buildRequest(reading, { ...noValues, path: { [parameter]: id } }));
      const expected = refusalFor(reading, isUnknown(target), `a deleted ${target}`);
      context.report(...context.judge(read, expected).map((violation) => ({ ...violation, before: [deleted] })));
    }
    const again = await context.send(buildRequest(operation, values));
    const succeeds = operation.effect?.unknownSucceeds.includes(target) === true;
    const expected = succeeds
      ? ({ kind: 'success' } as const)
      : refusalFor(operation, isUnknown(target), `a deleted ${target}`);
    const violations = context.judge(again, expected).map((violation) => ({ ...violation, before: [deleted] }));
    context.report(...(succeeds ? weighedByEffect('unknown', violations, operation, context.contract) : violations));
  },
};
