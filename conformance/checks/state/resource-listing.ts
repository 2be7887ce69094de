import type { Json, JsonObject, Operation, Parameter } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import type { Subject } from '../../fixtures/fixtures.js';
import { entriesOf } from '../../lookup/entries.js';
import { type Pages, queryParameter, type Walk, walkPages, walksOf } from '../../lookup/page-walk.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, noValues } from '../../target/request.js';

/** The number of new resources that the listing must show. */
const NEW = 3;

/** Others may create and delete meanwhile, which shifts pages: a walk is judged only after so many attempts. */
const ATTEMPTS = 3;

/** A listing with more pages belongs to a large tenant and is not walked. */
const MAX_PAGES = 30;

export const resourceListing: Check = {
  id: 'resource-listing',
  family: 'state',
  title: 'A listing shows each resource once, and filters select',
  description:
    'Creates a few resources and walks their listing, by page number and by checkpoint: each must occur exactly once. Each ' +
    'filter must show what matches it and nothing else.',
  appliesTo: 'listings of resources that can be created',
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
    for (const walk of walksOf(operation)) await tryWalk(walk, subjects, context);
    const [subject] = subjects;
    if (subject) for (const filter of filtersOf(operation)) await judgeFilter(filter, subject, context);
  },
};

async function tryWalk(walk: Walk, subjects: readonly Subject[], context: CheckContext): Promise<void> {
  const { operation } = context;
  const parameter = queryParameter(operation, walk === 'pages' ? 'size' : 'take');
  const size = typeof parameter?.schema.maximum === 'number' ? parameter.schema.maximum : 50;
  const send: CheckContext['send'] = (request) => context.send(request);
  let violations: readonly Violation[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const pages = await walkPages(operation, noValues, { walk, size, maxPages: MAX_PAGES, send });
    if (pages.end === 'too many pages') {
      const target = operation.effect?.target ?? '';
      return context.missed(`${walk} of ${target}`, `There are more than ${MAX_PAGES} pages.`);
    }
    violations = judgeWalk(walk, pages, subjects, context);
    if (violations.length === 0 || pages.end === 'refused') break;
  }
  context.report(...violations);
}

function judgeWalk(
  walk: Walk,
  { pages, end }: Pages,
  subjects: readonly Subject[],
  context: CheckContext,
): readonly Violation[] {
  const { contract, operation, fixtures } = context;
  const judged = pages.flatMap(({ exchange }) => context.judge(exchange, { kind: 'success' }));
  const last = pages.at(-1)?.exchange;
  if (judged.length > 0 || end === 'refused' || last === undefined) return judged;
  const found = {
    evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
    exchange: last,
    before: pages.slice(0, -1).map(({ exchange }) => exchange),
  };
  if (end === 'repeats') {
    const cause = `${walk}: a page repeats earlier pages`;
    return [{ ...found, cause, expected: 'new entries on each page', actual: `page ${pages.length} has none` }];
  }
  const target = operation.effect?.target ?? '';
  const ids = pages.flatMap(({ entries }) => entries.flatMap((entry) => fixtures.idOf(target, entry) ?? []));
  return subjects.flatMap(({ id }) => {
    const count = ids.filter((other) => other === id).length;
    if (count === 1) return [];
    return [
      {
        ...found,
        cause: `${walk}: a new resource is ${count === 0 ? 'left out' : 'repeated'}`,
        expected: 'each created resource once',
        actual: count === 0 ? 'not listed' : `listed ${count} times`,
      },
    ];
  });
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

/** A value of the filter that the resource matches; absent where the resource lacks the property. */
function matchingValue({ property, match }: Filter, value: JsonObject): Json | undefined {
  const own = value[property];
  if (match === 'has') return Array.isArray(own) ? own[0] : undefined;
  if (match === 'contains') return typeof own === 'string' ? own.slice(1).toUpperCase() : undefined;
  return typeof own === 'object' ? undefined : own;
}

async function judgeFilter(filter: Filter, subject: Subject, context: CheckContext): Promise<void> {
  const { contract, operation, fixtures } = context;
  const { parameter, property, match } = filter;
  const value = matchingValue(filter, subject.value);
  if (value === undefined) {
    return context.missed(`filter ${parameter.name}`, `No created resource has a ${property}.`);
  }
  const exchange = await context.send(buildRequest(operation, { ...noValues, query: { [parameter.name]: value } }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  if (!succeeded(exchange)) return;
  const entries = entriesOf(operation, exchange.response.json).filter(isObject);
  const wrong = entries.find((entry) => !matches(filter, entry, value));
  const found = {
    expected: `entries whose ${property} ${match} ${JSON.stringify(value)}`,
    evidence: contract.evidenceAt(parameter.pointer),
    exchange,
  };
  if (wrong) {
    const cause = `filter ${parameter.name} shows what does not match`;
    context.report({ ...found, cause, actual: `one with ${property} ${JSON.stringify(wrong[property])}` });
  }
  if (!entries.some((entry) => fixtures.idOf(subject.resource, entry) === subject.id)) {
    context.report({ ...found, cause: `filter ${parameter.name} leaves out what matches`, actual: 'not listed' });
  }
}

function matches({ property, match }: Filter, entry: JsonObject, value: Json): boolean {
  const own = entry[property];
  // An entry that does not show the property cannot be judged.
  if (own === undefined) return true;
  if (match === 'has') return Array.isArray(own) && own.includes(value);
  if (match === 'contains') return String(own).toLowerCase().includes(String(value).toLowerCase());
  return JSON.stringify(own) === JSON.stringify(value);
}
