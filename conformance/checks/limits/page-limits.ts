import type { Contract, Operation, Schema } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { joinPointer } from '../../../contract/pointer.js';
import { numberOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import { entriesOf } from '../../lookup/listings/entries.js';
import { queryParameter } from '../../lookup/listings/page-walk.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { problemsOf, refusalFor } from '../../trial/expected-refusal.js';

export const pageLimits: Check = {
  id: 'page-limits',
  family: 'limits',
  title: 'Pages reach as far as documented, and no further',
  description:
    'Requests pages of the smallest and the largest size, which must not hold more entries; the last page within the ' +
    'documented reach, which must succeed; and the page after it, which must get the documented refusal. The largest ' +
    'page number must not be refused as such.',
  needsState: true,
  appliesTo: 'listings with a page size',
  applies: (operation) =>
    queryParameter(operation, 'size') !== undefined || queryParameter(operation, 'take') !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 8),
  async run(operation, context) {
    for (const kind of ['size', 'take'] as const) await trySizes(operation, kind, context);
    await tryReach(operation, context);
    await tryLastPage(operation, context);
  },
};

async function trySizes(operation: Operation, kind: 'size' | 'take', context: CheckContext): Promise<void> {
  const parameter = queryParameter(operation, kind);
  if (parameter === undefined) return;
  const { minimum, maximum } = shapeOf(context.contract, parameter.schema);
  for (const size of [Math.max(1, numberOf(minimum) ?? 1), numberOf(maximum)].filter((each) => each !== undefined)) {
    const values = await context.fixtures.valid(operation);
    const query = { ...values.query, [parameter.name]: size };
    const exchange = await context.send(buildRequest(operation, { ...values, query }));
    context.report(...context.judge(exchange, { kind: 'success' }));
    const count = entriesOf(operation, exchange.response.json).length;
    if (!succeeded(exchange) || count <= size) continue;
    context.report({
      cause: `a page has more entries than ${parameter.name}`,
      expected: `at most ${size} entries`,
      actual: `${count} entries`,
      evidence: context.contract.evidenceAt(parameter.pointer),
      exchange,
    });
  }
}

/** The number of records that pages reach, by the problem of a page beyond it. */
function reachOf(operation: Operation): number | undefined {
  const [problem] = problemsOf(operation, (cause) => cause.kind === 'beyond');
  return problem?.when.kind === 'beyond' ? problem.when.max : undefined;
}

async function tryReach(operation: Operation, context: CheckContext): Promise<void> {
  const reach = reachOf(operation);
  const page = queryParameter(operation, 'page');
  const size = queryParameter(operation, 'size');
  if (reach === undefined || page === undefined || size === undefined) return;
  const perPage = largestDivisor(context.contract, size.schema, reach);
  const values = await context.fixtures.valid(operation);
  const request = (number: number) => {
    const query = { ...values.query, [page.name]: number, [size.name]: perPage };
    return context.send(buildRequest(operation, { ...values, query }));
  };
  const last = Math.floor(reach / perPage) - 1;
  context.report(...context.judge(await request(last), { kind: 'success' }));
  const expected = refusalFor(operation, ({ kind }) => kind === 'beyond', `the page is beyond ${reach} records`);
  for (const beyond of [last + 1, last + 2]) context.report(...context.judge(await request(beyond), expected));
  for (const problem of problemsOf(operation, (cause) => cause.kind === 'beyond')) context.reached(problem.pointer);
}

/** The largest page number is valid: it is empty, or beyond the reach. */
async function tryLastPage(operation: Operation, context: CheckContext): Promise<void> {
  const page = queryParameter(operation, 'page');
  const maximum = page && numberOf(shapeOf(context.contract, page.schema).maximum);
  if (page === undefined || maximum === undefined) return;
  const values = await context.fixtures.valid(operation);
  const exchange = await context.send(
    buildRequest(operation, { ...values, query: { ...values.query, [page.name]: maximum } }),
  );
  const beyond = problemsOf(operation, ({ kind }) => kind === 'beyond');
  const isRefused = !succeeded(exchange) && beyond.length > 0;
  const because = `page ${maximum} is beyond the reach`;
  const violations = context.judge(
    exchange,
    isRefused ? { kind: 'problem', problems: beyond, because } : { kind: 'success' },
  );
  const evidence = context.contract.evidenceAt(joinPointer(page.pointer, 'schema', 'maximum'));
  context.report(...violations.map((each) => ({ ...each, evidence: weaker(each.evidence, evidence) })));
}

/** The largest page size that divides the reach, so that one page ends exactly there. */
function largestDivisor(contract: Contract, schema: Schema, reach: number): number {
  const most = Math.min(numberOf(shapeOf(contract, schema).maximum) ?? 100, reach);
  for (let size = most; size > 1; size -= 1) if (reach % size === 0) return size;
  return 1;
}
