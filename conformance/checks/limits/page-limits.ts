import type { Contract, Operation } from '../../../contract/contract.js';
import { numberOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import { entriesOf } from '../../lookup/listing.js';
import { queryParameter } from '../../lookup/page-walk.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { problemsOf, refusalFor } from '../../trial/expected-refusal.js';

export const pageLimits: Check = {
  id: 'page-limits',
  family: 'limits',
  title: 'Pages reach as far as documented, and no further',
  description:
    'Asks for pages of the smallest and the largest size, which must not hold more than that; for the last page that a ' +
    'listing reaches, which must succeed; and for the page after it, which must get the documented refusal.',
  applies: (operation) =>
    queryParameter(operation, 'size') !== undefined || queryParameter(operation, 'take') !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 7),
  async run(operation, context) {
    for (const kind of ['size', 'take'] as const) await trySizes(operation, kind, context);
    await tryReach(operation, context);
  },
};

async function trySizes(operation: Operation, kind: 'size' | 'take', context: CheckContext): Promise<void> {
  const parameter = queryParameter(operation, kind);
  if (parameter === undefined) return;
  const { minimum, maximum } = shapeOf(context.contract, parameter.schema);
  for (const size of [Math.max(1, numberOf(minimum) ?? 1), numberOf(maximum)].filter((each) => each !== undefined)) {
    const values = await context.fixtures.valid(operation);
    const exchange = await context.send(
      buildRequest(operation, { ...values, query: { ...values.query, [parameter.name]: size } }),
    );
    context.report(...context.judge(exchange, { kind: 'success' }));
    const count = entriesOf(operation, exchange.response.json).length;
    if (!succeeded(exchange) || count <= size) continue;
    context.report({
      cause: `a page holds more than ${parameter.name}`,
      expected: `at most ${size} entries`,
      actual: `${count} entries`,
      evidence: context.contract.evidenceAt(parameter.pointer),
      exchange,
    });
  }
}

/** How far pages reach: the number of records, by the problem of a page beyond it. */
function reachOf(operation: Operation): number | undefined {
  const [problem] = problemsOf(operation, (cause) => cause.kind === 'beyond');
  return problem?.when.kind === 'beyond' ? problem.when.max : undefined;
}

async function tryReach(operation: Operation, context: CheckContext): Promise<void> {
  const reach = reachOf(operation);
  const page = queryParameter(operation, 'page');
  const size = queryParameter(operation, 'size');
  if (reach === undefined || page === undefined || size === undefined) return;
  const most = largestSize(context.contract, size.schema, reach);
  const values = await context.fixtures.valid(operation);
  const ask = (number: number) =>
    context.send(
      buildRequest(operation, { ...values, query: { ...values.query, [page.name]: number, [size.name]: most } }),
    );
  const last = Math.floor(reach / most) - 1;
  context.report(...context.judge(await ask(last), { kind: 'success' }));
  const expected = refusalFor(operation, (cause) => cause.kind === 'beyond', `a page beyond ${reach} records`);
  for (const beyond of [last + 1, last + 2]) context.report(...context.judge(await ask(beyond), expected));
  for (const problem of problemsOf(operation, (cause) => cause.kind === 'beyond')) context.reached(problem.pointer);
}

/** The largest page size that divides the reach, so that one page ends exactly there. */
function largestSize(contract: Contract, schema: Operation['parameters'][number]['schema'], reach: number): number {
  const most = Math.min(numberOf(shapeOf(contract, schema).maximum) ?? 100, reach);
  for (let size = most; size > 1; size -= 1) if (reach % size === 0) return size;
  return 1;
}
