import type { Contract, JsonObject, Operation, Parameter } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import type { Subject } from '../fixtures/fixtures.js';
import { isEventual } from '../lookup/is-eventual.js';
import { entriesOf } from '../lookup/listings/entries.js';
import { entryFields } from '../lookup/listings/entry-fields.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesOf, pathNaming } from '../lookup/path-names.js';
import { succeeded } from '../target/exchange.js';
import { buildRequest } from '../target/request.js';
import { filterRequests, filtersOf, judgeFilter } from './filter-trial.js';
import { judgeSmallPages } from './small-pages.js';
import { isOrdered } from './text-order.js';

/** What a listing must select. */
export interface Selected {
  /** A resource that was just created. */
  readonly subject: Subject;
  /** One that was created some time ago: the index of a search may lag. */
  readonly older: Subject;
}

/** Whether a listing can be searched. */
export function searchesIn({ parameters }: Operation): boolean {
  return parameters.some(({ query }) => query?.kind === 'search');
}

/** The requests that trying all filters, searches and orders takes. */
export function selectionRequests(operation: Operation, contract: Contract): number {
  const { parameters } = operation;
  const kinds = parameters.map(({ query }) => query?.kind);
  return (
    filterRequests(operation) +
    kinds.filter((kind) => kind === 'search').length +
    parameters.flatMap((parameter) => ordersOf(parameter, operation, contract)).length
  );
}

/** Tries a query parameter that filters, searches or sorts; others are left alone. */
export async function judgeSelection(
  parameter: Parameter,
  { subject, older }: Selected,
  context: CheckContext,
): Promise<void> {
  const { query } = parameter;
  if (query?.kind === 'filter') for (const filter of filtersOf(parameter)) await judgeFilter(filter, subject, context);
  if (query?.kind === 'search') await judgeSearch(parameter, older, context);
  if (query?.kind === 'sort') await judgeOrder(parameter, subject, context);
}

/** How often a search is repeated until an index that lags finds what was created. */
const SEARCHES = 4;

/** Searches for a created resource by its properties: it must be found, and nothing that has other values. */
async function judgeSearch(parameter: Parameter, subject: Subject, context: CheckContext): Promise<void> {
  const { contract, operation, fixtures } = context;
  const finds = parameter.query?.kind === 'search' ? parameter.query.finds : undefined;
  const properties = [...(finds ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const missing = properties.find((name) => typeof subject.value[name] !== 'string');
  if (finds === undefined || missing !== undefined) {
    const reason =
      missing === undefined
        ? 'The contract gives no query that finds one.'
        : `No resource has ${withArticle(missing)}.`;
    return context.missed(`search ${parameter.name}`, reason);
  }
  const text = finds.replace(/\{(\w+)\}/g, (_, name: string) => String(subject.value[name]));
  const path = pathNaming(operation, namesOf(subject));
  const needed = neededValues(contract, operation);
  const query = { ...needed.query, [parameter.name]: text };
  const request = buildRequest(operation, { ...needed, path, query });
  const isFound = (entry: JsonObject): boolean => fixtures.idOf(subject.resource, entry) === subject.id;
  let missed: readonly Violation[] = [];
  const search = async (): Promise<boolean> => {
    missed = [];
    const exchange = await context.send(request);
    context.report(...context.judge(exchange, { kind: 'success' }));
    if (!succeeded(exchange)) return true;
    const entries = entriesOf(operation, exchange.response.json).filter(isObject);
    const wrong = entries.find((entry) =>
      properties.some((name) => name in entry && entry[name] !== subject.value[name]),
    );
    const found = {
      expected: `entries that ${text} finds`,
      evidence: contract.evidenceAt(parameter.pointer),
      exchange,
    };
    if (wrong !== undefined) {
      const actual = `one with ${properties.map((name) => `${name} ${JSON.stringify(wrong[name])}`).join(', ')}`;
      context.report({ ...found, cause: `search ${parameter.name} shows what does not match`, actual });
    }
    const isDone = wrong !== undefined || entries.some(isFound);
    if (isDone) context.reached(parameter.pointer);
    else
      missed = [
        { ...found, cause: `search ${parameter.name} leaves out what matches`, actual: `${subject.id} is not found` },
      ];
    return isDone;
  };
  await fixtures.readUntil(operation, search, isEventual(operation) ? SEARCHES : 1);
  context.report(...missed);
}

/** How a listing may be sorted: `name:-1`. */
interface Order {
  readonly property: string;
  readonly direction: 1 | -1;
}

const UNKNOWN_PROPERTY = 'unknown';

/** Both directions of each property that the schema names, or else of the parameter's example. */
function ordersOf(parameter: Parameter, operation: Operation, contract: Contract): readonly Order[] {
  const { query, schema, example } = parameter;
  if (query?.kind !== 'sort') return [];
  // A schema that takes any name lists none.
  const listed = fitsRequest(contract, schema, `${UNKNOWN_PROPERTY}:1`) ? [] : entryFields(operation, contract);
  const named = String(example ?? '').split(':', 1);
  return [...new Set([...named, ...listed])].flatMap((property) =>
    ([1, -1] as const)
      .filter((direction) => named.includes(property) || fitsRequest(contract, schema, `${property}:${direction}`))
      .map((direction) => ({ property, direction })),
  );
}

/** Sorts by each property, in both directions. */
async function judgeOrder(parameter: Parameter, subject: Subject, context: CheckContext): Promise<void> {
  const { contract, operation } = context;
  const path = pathNaming(operation, namesOf(subject));
  const needed = neededValues(contract, operation);
  for (const { property, direction } of ordersOf(parameter, operation, contract)) {
    const query = { ...needed.query, [parameter.name]: `${property}:${direction}` };
    const request = buildRequest(operation, { ...needed, path, query });
    const exchange = await context.send(request);
    context.report(...context.judge(exchange, { kind: 'success' }));
    if (!succeeded(exchange)) return;
    const values = entriesOf(operation, exchange.response.json)
      .filter(isObject)
      .flatMap((entry) => (typeof entry[property] === 'string' ? [entry[property]] : []));
    if (isOrdered(values, direction)) {
      const read = async () => {
        const { response } = await context.send(request);
        return { entries: entriesOf(operation, response.json), isWhole: false };
      };
      await judgeSmallPages({ values: { ...needed, path, query }, parameter, read }, context);
      continue;
    }
    const sorted = values.toSorted((one, other) => direction * one.localeCompare(other, 'en'));
    context.report({
      cause: `${parameter.name} does not order the entries`,
      expected: sorted.join(', '),
      actual: values.join(', '),
      evidence: contract.evidenceAt(parameter.pointer),
      exchange,
    });
  }
  context.reached(parameter.pointer);
}
