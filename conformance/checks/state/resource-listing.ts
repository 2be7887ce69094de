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

/** Pages over which the second walk spreads the entries. */
const SMALL_PAGES = 3;

/** A listing with more pages belongs to a large tenant and is not walked. */
const MAX_PAGES = 30;

export const resourceListing: Check = {
  id: 'resource-listing',
  family: 'state',
  title: 'A listing shows each resource once, and filters select',
  description:
    'Creates a few resources and walks their listing in large and in small pages, by page number and by checkpoint: each ' +
    'must occur exactly once, and no page may be larger than requested. Each filter must show what matches it and nothing ' +
    'else.',
  appliesTo: 'listings of resources that can be created',
  exclusive: true,
  applies: (operation, contract) =>
    operation.effect?.kind === 'list' &&
    operation.effect.on === 'resource' &&
    contract.operations.some(({ effect }) => effect?.kind === 'create' && effect.target === operation.effect?.target),
  requests: (operation, _contract, depth) =>
    depth === 'smoke' ? 0 : walkKinds(operation).length * 6 + filtersOf(operation).length + 1,
  async run(operation, context) {
    const target = operation.effect?.target ?? '';
    const subjects: Subject[] = [];
    for (let index = 0; index < NEW; index += 1) subjects.push(await context.fixtures.fresh(target));
    for (const walk of walkKinds(operation)) await tryWalk(walk, subjects, context);
    const [subject] = subjects;
    if (subject) for (const filter of filtersOf(operation)) await judgeFilter(filter, subject, context);
  },
};

/** The ways to read the whole listing; a listing without pages is read in one request. */
function walkKinds(operation: Operation): readonly (Walk | undefined)[] {
  const walks = walksOf(operation);
  const sizes = [queryParameter(operation, 'size'), queryParameter(operation, 'take')];
  return walks.length > 0 || sizes.some((parameter) => parameter !== undefined) ? walks : [undefined];
}

/** Walks the listing in the largest pages, then in pages that spread its entries over several. */
async function tryWalk(walk: Walk | undefined, subjects: readonly Subject[], context: CheckContext): Promise<void> {
  const parameter = queryParameter(context.operation, walk === 'pages' ? 'size' : 'take');
  const largest = typeof parameter?.schema.maximum === 'number' ? parameter.schema.maximum : 50;
  const whole = await tryPages({ walk, size: largest, subjects }, context);
  if (walk === undefined || whole === undefined) return;
  const size = Math.min(largest, Math.max(1, Math.ceil(whole / SMALL_PAGES)));
  await tryPages({ walk, size, subjects }, context);
}

interface WalkToTry {
  readonly walk: Walk | undefined;
  readonly size: number;
  readonly subjects: readonly Subject[];
}

/** The number of entries; absent where the walk is wrong. */
async function tryPages(given: WalkToTry, context: CheckContext): Promise<number | undefined> {
  const { operation } = context;
  const { walk, size } = given;
  const send: CheckContext['send'] = (request) => context.send(request);
  let violations: readonly Violation[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const pages = await walkPages(operation, noValues, { walk, size, maxPages: MAX_PAGES, send });
    if (pages.end === 'too many pages') {
      const target = operation.effect?.target ?? '';
      context.missed(`${walk} of ${target}`, `There are more than ${MAX_PAGES} pages.`);
      return undefined;
    }
    violations = judgeWalk(given, pages, context);
    if (violations.length === 0) return pages.pages.reduce((sum, { entries }) => sum + entries.length, 0);
    if (pages.end === 'refused') break;
  }
  context.report(...violations);
  return undefined;
}

function judgeWalk(
  { walk, size, subjects }: WalkToTry,
  { pages, end }: Pages,
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
  const name = walk ?? 'listing';
  const large = walk === undefined ? undefined : pages.find(({ entries }) => entries.length > size);
  if (large !== undefined) {
    const cause = `${name}: a page is larger than requested`;
    const actual = `${large.entries.length} entries`;
    return [{ ...found, cause, expected: `at most ${size} entries`, actual, exchange: large.exchange, before: [] }];
  }
  if (end === 'repeats') {
    const cause = `${name}: a page repeats earlier pages`;
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
        cause: `${name}: a new resource is ${count === 0 ? 'left out' : 'repeated'}`,
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
