import type { Contract, FilterMatch, Json, JsonObject, Operation, Parameter, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { withArticle } from '../../contract/text/with-article.js';
import { needsQuery } from '../../contract/usual-pages.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import type { Subject } from '../fixtures/fixtures.js';
import { isEventual } from '../lookup/is-eventual.js';
import { type Listing, readListing } from '../lookup/listings/listing.js';
import { walksOf } from '../lookup/listings/page-walk.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesOf, pathNaming } from '../lookup/path-names.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { RequestValues } from '../target/request.js';
import { judgeSmallPages, type SelectedListing } from './small-pages.js';

/** Pages that are read of what a filter selects by a value that the resource does not match. */
const FEW_PAGES = 3;

/** Filters by each of the properties that a parameter filters. */
export function filtersOf(parameter: Parameter): readonly Filter[] {
  const { query } = parameter;
  if (query?.kind !== 'filter') return [];
  const { properties: all, match } = query;
  return all.map((property) => ({ parameter, property, all, match }));
}

/** The requests that trying all filters of a listing takes: the listing, its small pages, and two other values. */
export function filterRequests(operation: Operation): number {
  return operation.parameters.flatMap(filtersOf).length * (3 + walksOf(operation).length * 2);
}

export interface Filter {
  readonly parameter: Parameter;
  /** The property that is tried. */
  readonly property: string;
  /** The properties of which one must match. */
  readonly all: readonly string[];
  readonly match: FilterMatch;
}

/** Values of the filter that the resource matches; none where the resource lacks the property. */
function matchingValues({ parameter, property, match }: Filter, value: JsonObject): readonly Json[] {
  const own = value[property];
  if (match === 'has') return Array.isArray(own) ? own.slice(0, 1) : [];
  if (match === 'one-of') return typeof own === 'string' ? [`${own},${own}x`, `${own}x,${own}`] : [];
  if (match === 'contains') return typeof own === 'string' ? [own.slice(1).toUpperCase()] : [];
  if (own === undefined || typeof own === 'object') return [];
  return parameter.schema.type === 'array' ? [[own], [`${own}x`, own]] : [own];
}

/**
 * Of several resources the one that is listed last, with the properties that only the listing shows: a server that filters
 * each page by itself still shows the first one on the first page.
 */
export async function lastListed(subjects: readonly Subject[], context: CheckContext): Promise<Subject | undefined> {
  const { operation, fixtures } = context;
  const [first] = subjects;
  if (first === undefined || needsQuery(operation) || operation.parameters.flatMap(filtersOf).length === 0)
    return first;
  const send: CheckContext['send'] = (request) => context.send(request);
  const { entries } = await readListing(operation, valuesFor(first, {}, context), send, { maxPages: FEW_PAGES });
  const listed = entries.filter(isObject).flatMap((entry) => {
    const subject = subjects.find(({ resource, id }) => fixtures.idOf(resource, entry) === id);
    return subject === undefined ? [] : [{ ...subject, value: { ...entry, ...subject.value } }];
  });
  return listed.at(-1) ?? first;
}

/** Tries a filter with values that a resource matches, and with values that it almost matches. */
export async function judgeFilter(filter: Filter, subject: Subject, context: CheckContext): Promise<void> {
  const { parameter, property } = filter;
  const [value, ...further] = matchingValues(filter, subject.value);
  if (value === undefined) {
    return context.missed(`filter ${parameter.name}`, `No created resource has ${withArticle(property)}.`);
  }
  const filtered = await judgeMatching(filter, value, subject, context);
  if (filtered === undefined) return;
  await judgeSmallPages({ ...filtered, parameter }, context);
  for (const each of further) await judgeMatching(filter, each, subject, context);
  await judgeOtherValues(filter, { subject, others: {} }, context);
}

/** A resource that matches one value of each filter must not be listed where another value is given for one of them. */
export async function judgeFiltersTogether(subject: Subject, context: CheckContext): Promise<void> {
  const filters = context.operation.parameters.flatMap(filtersOf);
  const given = filters.flatMap((filter) => {
    const [value] = matchingValues(filter, subject.value);
    return value === undefined ? [] : [{ filter, value }];
  });
  if (given.length < 2) return;
  for (const { filter } of given) {
    const rest = given.filter((each) => each.filter.parameter !== filter.parameter);
    const others = Object.fromEntries(rest.map((each) => [each.filter.parameter.name, each.value]));
    await judgeOtherValues(filter, { subject, others }, context);
  }
}

/** Reads what a value selects; undefined where that is wrong, or not all of it could be read. */
async function judgeMatching(
  filter: Filter,
  value: Json,
  subject: Subject,
  context: CheckContext,
): Promise<Pick<SelectedListing, 'values' | 'read'> | undefined> {
  const { contract, operation, fixtures } = context;
  const { parameter } = filter;
  const values = valuesFor(subject, { [parameter.name]: value }, context);
  const isFound = (entry: Json): boolean => fixtures.idOf(subject.resource, entry) === subject.id;
  // Many may match: what was created last may be on the last page.
  const read = () => readListing(operation, values, (request) => context.send(request));
  let listing = await read();
  if (isEventual(operation) && succeeded(listing.exchange) && !listing.entries.some(isFound)) {
    await fixtures.readUntil(operation, async () => {
      listing = await read();
      return !succeeded(listing.exchange) || listing.entries.some(isFound);
    });
  }
  const { exchange, complete } = listing;
  const judged = context.judge(exchange, { kind: 'success' });
  const violations = succeeded(exchange) ? [...judged, ...wrongEntries(filter, value, listing, contract)] : judged;
  const isLeftOut = succeeded(exchange) && complete && !listing.entries.some(isFound);
  const leftOut = {
    ...about(filter, value, exchange, contract),
    cause: `filter ${parameter.name} leaves out what matches`,
    actual: `${subject.id} is not listed`,
  };
  context.report(...violations, ...(isLeftOut ? [leftOut] : []));
  if (!complete || violations.length > 0 || isLeftOut) return undefined;
  let known: Listing | undefined = listing;
  return {
    values,
    read: async () => {
      const seen = known ?? (await read());
      known = undefined;
      return { entries: seen.entries, isWhole: seen.complete };
    },
  };
}

function valuesFor(subject: Subject, query: JsonObject, { contract, operation }: CheckContext): RequestValues {
  const needed = neededValues(contract, operation);
  return { ...needed, path: pathNaming(operation, namesOf(subject)), query: { ...needed.query, ...query } };
}

/** An entry that does not show a property of the filter cannot be judged. */
function matches({ all, match }: Filter, entry: JsonObject, value: Json): boolean {
  return all.some((property) => entry[property] === undefined || matchesOne(match, entry[property], value));
}

function matchesOne(match: FilterMatch, own: Json, value: Json): boolean {
  if (match === 'has') return Array.isArray(own) && own.includes(value);
  if (match === 'one-of') return String(value).split(',').includes(String(own));
  if (match === 'contains') return String(own).toLowerCase().includes(String(value).toLowerCase());
  if (Array.isArray(value)) return value.some((each: Json) => matchesOne(match, own, each));
  return JSON.stringify(own) === JSON.stringify(value);
}

interface OtherValues {
  readonly subject: Subject;
  /** Values of other filters that the resource matches. */
  readonly others: JsonObject;
}

/**
 * Tries values that a resource almost matches: a text without its last character, with a character that some databases and
 * expressions take for any, or another of the values that the schema has. What they show must match them.
 */
async function judgeOtherValues(
  filter: Filter,
  { subject, others }: OtherValues,
  context: CheckContext,
): Promise<void> {
  const { contract, operation } = context;
  for (const value of otherValues(filter, subject.value, contract)) {
    const values = valuesFor(subject, { ...others, [filter.parameter.name]: value }, context);
    const send: CheckContext['send'] = (request) => context.send(request);
    const listing = await readListing(operation, values, send, { maxPages: FEW_PAGES });
    context.report(...context.judge(listing.exchange, { kind: 'documented' }));
    if (succeeded(listing.exchange)) context.report(...wrongEntries(filter, value, listing, contract));
  }
}

/** Values that the resource does not match, although it almost does. */
function otherValues(filter: Filter, item: JsonObject, contract: Contract): readonly Json[] {
  const own = item[filter.property];
  const { schema } = filter.parameter;
  return nearValues(filter.match, own, schema).filter(
    (value) => fitsRequest(contract, schema, value) && !matches(filter, item, value),
  );
}

function nearValues(match: FilterMatch, own: Json | undefined, schema: Schema): readonly Json[] {
  if (typeof own === 'boolean') return [!own];
  if (typeof own !== 'string' || own === '') return [];
  if (match === 'contains') return ['_', '%'].map((any) => withMiddle(own, any));
  const [other] = Array.isArray(schema.enum) ? schema.enum.filter((each: Json) => each !== own) : [];
  return [other ?? own.slice(0, -1)];
}

function withMiddle(text: string, character: string): string {
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, middle)}${character}${text.slice(middle + 1)}`;
}

/** The first entry that a filter shows although it does not match. */
function wrongEntries(
  filter: Filter,
  value: Json,
  { entries, exchange }: Listing,
  contract: Contract,
): readonly Violation[] {
  const wrong = entries.filter(isObject).find((entry) => !matches(filter, entry, value));
  if (wrong === undefined) return [];
  const { parameter, property } = filter;
  const cause = `filter ${parameter.name} shows what does not match`;
  const actual = `one with ${property} ${JSON.stringify(wrong[property])}`;
  return [{ ...about(filter, value, exchange, contract), cause, actual }];
}

function about({ parameter, all, match }: Filter, value: Json, exchange: Exchange, contract: Contract) {
  return {
    expected: `entries whose ${all.join(' or ')} ${match} ${JSON.stringify(value)}`,
    evidence: contract.evidenceAt(parameter.pointer),
    exchange,
  };
}
