import type { Json, JsonObject, Operation, Parameter } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import type { Subject } from '../../fixtures/fixtures.js';
import { entriesOf } from '../../lookup/listing.js';
import { queryParameter, type Walk, walkPages, walksOf } from '../../lookup/page-walk.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';

/** How many new subjects are looked for. */
const NEW = 3;

/** Others may create and delete while we walk, which shifts pages: so often is a walk repeated before it is judged. */
const WALKS = 3;

/** More pages than this are not walked: the tenant is large, and not ours. */
const MOST_PAGES = 30;

export const resourceListing: Check = {
  id: 'resource-listing',
  family: 'state',
  title: 'A listing shows each thing once, and what a filter asks for',
  description:
    'Creates a few things and walks the listing of their kind, by page numbers and by checkpoints: each must be there ' +
    'exactly once. Each filter must show what matches it and nothing else.',
  exclusive: true,
  applies: (operation, contract) =>
    operation.effect?.kind === 'list' &&
    operation.effect.on === 'resource' &&
    contract.operations.some(({ effect }) => effect?.kind === 'create' && effect.target === operation.effect?.target),
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : walksOf(operation).length * 4 + filtersOf(operation).length + 1,
  async run(operation, context) {
    const target = operation.effect?.target ?? '';
    const subjects: Subject[] = [];
    for (let index = 0; index < NEW; index += 1) subjects.push(await context.fixtures.fresh(target));
    for (const walk of walksOf(operation)) await judgeWalk(operation, walk, subjects, context);
    const [subject] = subjects;
    if (subject) for (const filter of filtersOf(operation)) await judgeFilter(operation, filter, subject, context);
  },
};

async function judgeWalk(
  operation: Operation,
  walk: Walk,
  subjects: readonly Subject[],
  context: CheckContext,
): Promise<void> {
  const target = operation.effect?.target ?? '';
  const parameter = queryParameter(operation, walk === 'pages' ? 'size' : 'take');
  const size = typeof parameter?.schema.maximum === 'number' ? parameter.schema.maximum : 50;
  let violations: readonly Violation[] = [];
  for (let attempt = 0; attempt < WALKS; attempt += 1) {
    const { exchanges, entries, endless } = await walkPages(context, operation, noValues, walk, size, MOST_PAGES);
    const last = exchanges.at(-1);
    if (last === undefined) return;
    violations = exchanges.flatMap((exchange) => context.judge(exchange, { kind: 'success' }));
    if (violations.length > 0 || !succeeded(last)) break;
    if (endless) return context.missed(`${walk} of ${target}`, `There are more than ${MOST_PAGES} pages.`);
    const ids = entries.flat().flatMap((entry) => context.fixtures.idOf(target, entry) ?? []);
    violations = subjects.flatMap(({ id }) =>
      countViolation(operation, walk, ids.filter((other) => other === id).length, last, context),
    );
    if (violations.length === 0) break;
  }
  context.report(...violations);
}

function countViolation(
  operation: Operation,
  walk: Walk,
  count: number,
  exchange: Exchange,
  { contract }: CheckContext,
): readonly Violation[] {
  if (count === 1) return [];
  return [
    {
      cause: `${walk}: something new is ${count === 0 ? 'left out' : 'repeated'}`,
      expected: 'each thing that was created, once',
      actual: count === 0 ? 'not listed' : `listed ${count} times`,
      evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
      exchange,
    },
  ];
}

interface Filter {
  readonly parameter: Parameter;
  readonly property: string;
  readonly match: 'equals' | 'contains' | 'has';
}

function filtersOf(operation: Operation): readonly Filter[] {
  return operation.parameters.flatMap((parameter) =>
    parameter.query?.kind === 'filter'
      ? [{ parameter, property: parameter.query.property, match: parameter.query.match }]
      : [],
  );
}

/** What to ask for, so that the subject matches; nothing where it does not have the property. */
function asked({ property, match }: Filter, value: JsonObject): Json | undefined {
  const own = value[property];
  if (match === 'has') return Array.isArray(own) ? own[0] : undefined;
  if (match === 'contains') return typeof own === 'string' ? own.slice(1).toUpperCase() : undefined;
  return typeof own === 'object' ? undefined : own;
}

async function judgeFilter(
  operation: Operation,
  filter: Filter,
  subject: Subject,
  context: CheckContext,
): Promise<void> {
  const value = asked(filter, subject.value);
  if (value === undefined) {
    return context.missed(`filter ${filter.parameter.name}`, `Nothing that was created has a ${filter.property}.`);
  }
  const request = buildRequest(operation, { ...noValues, query: { [filter.parameter.name]: value } });
  const exchange = await context.send(request);
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  const entries = entriesOf(operation, exchange.response.json).filter(isObject);
  const evidence = context.contract.evidenceAt(filter.parameter.pointer);
  const wrong = entries.find((entry) => !matches(filter, entry, value));
  const isThere = entries.some((entry) => context.fixtures.idOf(subject.resource, entry) === subject.id);
  const expected = `entries whose ${filter.property} ${filter.match} ${JSON.stringify(value)}`;
  if (wrong) {
    const actual = `one with ${filter.property} ${JSON.stringify(wrong[filter.property])}`;
    context.report({
      cause: `filter ${filter.parameter.name} shows what does not match`,
      expected,
      actual,
      evidence,
      exchange,
    });
  }
  if (!isThere) {
    context.report({
      cause: `filter ${filter.parameter.name} leaves out what matches`,
      expected,
      actual: 'not listed',
      evidence,
      exchange,
    });
  }
}

function matches({ property, match }: Filter, entry: JsonObject, value: Json): boolean {
  const own = entry[property];
  // What an entry does not show cannot be judged.
  if (own === undefined) return true;
  if (match === 'has') return Array.isArray(own) && own.includes(value);
  if (match === 'contains') return String(own).toLowerCase().includes(String(value).toLowerCase());
  return JSON.stringify(own) === JSON.stringify(value);
}
