import type { Contract, Evidence, Operation } from '../../../contract/contract.js';
import { exactEvidenceAt } from '../../../contract/evidence.js';
import { isObject, joinPointer } from '../../../contract/pointer.js';
import { numberOf, shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { isEventual } from '../../lookup/is-eventual.js';
import { entriesOf } from '../../lookup/listings/entries.js';
import { TOTALS, type TotalsProperty, totalsOf } from '../../lookup/listings/page-totals.js';
import { type Page, queryParameter, walkPages, walksOf } from '../../lookup/listings/page-walk.js';
import { neededValues } from '../../lookup/needed-values.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { problemsOf } from '../../trial/expected-refusal.js';
import { listedValues } from '../../trial/listed-values.js';

/** Entries in the listing: more than 10, at which some servers cap a total. */
const ENTRIES = 11;

/** Pages that the entries are spread over. */
const PAGES = 3;

/** Others may create and delete meanwhile: totals are judged only after so many attempts. */
const ATTEMPTS = 3;

/** A listing with more pages belongs to a large tenant and is not walked. */
const MAX_PAGES = 30;

export const pageTotals: Check = {
  id: 'page-totals',
  family: 'state',
  title: 'Totals agree with the pages',
  description:
    'Fills a listing with several entries and walks its pages with totals, to the one after the last. On each page the ' +
    'total must be the number of entries on all pages, and start and limit those of the requested page. Where all entries are ' +
    'removed, the total must be what is left.',
  appliesTo: 'paged listings whose pages can have totals',
  exclusive: ({ effect }) => effect?.on === 'resource',
  applies: (operation, contract) =>
    queryParameter(operation, 'totals') !== undefined &&
    walksOf(operation).includes('pages') &&
    totalsOf(operation, contract).length > 0,
  requests: (operation, _contract, depth) => {
    if (depth === 'smoke') return 0;
    return operation.effect?.on === 'resource' ? PAGES + 3 : PAGES + 4;
  },
  async run(operation, context) {
    const { values, count, sides } = await fillListing(operation, context);
    const size = pageSize(operation, count, context.contract);
    let violations: readonly Violation[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const pages = await walkWithTotals({ values, size }, context);
      if (pages === undefined) return;
      violations = judgeTotals({ values, size }, pages, context);
      if (violations.length === 0 || operation.effect?.on !== 'resource') break;
    }
    context.report(...violations);
    if (violations.length === 0 && sides !== undefined) await judgeRemoved({ values, size }, sides, context);
  },
};

/** Where all entries are removed, the total is what is left. */
async function judgeRemoved(walk: WalkToJudge, sides: Sides, context: CheckContext): Promise<void> {
  const { operation, fixtures } = context;
  const relation = operation.effect?.target ?? '';
  if (isEventual(operation) || fixtures.operations('remove', relation).length === 0) return;
  await fixtures.clear(relation, sides);
  const pages = await walkWithTotals(walk, context);
  const violations = pages === undefined ? [] : judgeTotals(walk, pages, context);
  context.report(...violations.map((each) => ({ ...each, cause: `${each.cause}, after all were removed` })));
}

interface FilledListing {
  readonly values: RequestValues;
  /** The number of entries; for resources at the time of counting. */
  readonly count: number;
  /** Of a relation that was filled: what the path names. */
  readonly sides?: Sides;
}

/** Adds entries to the listing where the contract has an operation for it. */
async function fillListing(operation: Operation, context: CheckContext): Promise<FilledListing> {
  const { effect } = operation;
  const { fixtures } = context;
  if (effect?.on === 'relation') {
    const canAdd = fixtures.operations('add', effect.target).length > 0;
    if (!canAdd) return { values: await fixtures.valid(operation), count: 0 };
    const { values, sides } = await listedValues(context, ENTRIES);
    return { values, count: ENTRIES, ...(sides && { sides }) };
  }
  const send: CheckContext['send'] = (request) => context.send(request);
  const size = numberOf(queryParameter(operation, 'size')?.schema.maximum) ?? ENTRIES;
  // A listing under a parent names it in its path.
  const { path } = await fixtures.valid(operation);
  const values = { ...neededValues(context.contract, operation), path };
  const { pages } = await walkPages(operation, values, { walk: 'pages', size, maxPages: MAX_PAGES, send });
  const known = pages.reduce((sum, { entries }) => sum + entries.length, 0);
  const target = effect?.target ?? '';
  const canCreate = fixtures.operation('create', target) !== undefined;
  const missing = canCreate ? Math.max(0, Math.min(ENTRIES, fixtures.capacity(target)) - known) : 0;
  const parent = await parentInPath(operation, context);
  for (let made = 0; made < missing; made += 1) await fixtures.fresh(target, {}, parent);
  return { values, count: known + missing };
}

/** The parent that the path of a valid request names, where the listing is under one. */
async function parentInPath({ effect }: Operation, { contract, fixtures }: CheckContext): Promise<Subject | undefined> {
  const { under } = contract.resources.get(effect?.target ?? '') ?? {};
  return under === undefined ? undefined : fixtures.subject(under.parent);
}

/** A page size that spreads the entries over several pages. */
function pageSize(operation: Operation, count: number, contract: Contract): number {
  const { minimum, maximum } = shapeOf(contract, queryParameter(operation, 'size')?.schema ?? {});
  const size = Math.max(1, numberOf(minimum) ?? 1, Math.ceil(count / PAGES));
  return Math.min(size, numberOf(maximum) ?? size);
}

interface WalkToJudge {
  readonly values: RequestValues;
  readonly size: number;
}

/** All pages, and the one after the last; absent where the walk fails or is too long. */
async function walkWithTotals(
  { values, size }: WalkToJudge,
  context: CheckContext,
): Promise<readonly Page[] | undefined> {
  const { operation } = context;
  const send: CheckContext['send'] = (request) => context.send(request);
  const totals = queryParameter(operation, 'totals')?.name ?? '';
  const withTotals = { ...values, query: { ...values.query, [totals]: true } };
  const { pages, end } = await walkPages(operation, withTotals, { walk: 'pages', size, maxPages: MAX_PAGES, send });
  context.report(...pages.flatMap(({ exchange }) => context.judge(exchange, { kind: 'success' })));
  if (end === 'too many pages') {
    context.missed('totals', `There are more than ${MAX_PAGES} pages.`);
    return undefined;
  }
  if (end !== 'complete') return undefined;
  const after = await pageAfter(pages.length, { values: withTotals, size }, context);
  if (after === undefined || !succeeded(after)) return pages;
  return [...pages, { exchange: after, entries: entriesOf(operation, after.response.json) }];
}

/** The page after the last one; absent where it is beyond the reach of the listing. */
async function pageAfter(
  page: number,
  { values, size }: WalkToJudge,
  context: CheckContext,
): Promise<Exchange | undefined> {
  const { operation } = context;
  const [beyond] = problemsOf(operation, ({ kind }) => kind === 'beyond');
  if (beyond?.when.kind === 'beyond' && (page + 1) * size > beyond.when.max) return undefined;
  const nameOf = (kind: 'page' | 'size'): string => queryParameter(operation, kind)?.name ?? '';
  const query = { ...values.query, [nameOf('page')]: page, [nameOf('size')]: size };
  const exchange = await context.send(buildRequest(operation, { ...values, query }));
  context.report(...context.judge(exchange, { kind: 'success' }));
  return exchange;
}

const MEANING: Readonly<Record<TotalsProperty, string>> = {
  start: 'the position of the first entry',
  limit: 'the requested page size',
  total: 'the number of entries on all pages',
};

function judgeTotals({ size }: WalkToJudge, pages: readonly Page[], context: CheckContext): readonly Violation[] {
  const { operation, contract } = context;
  const documented = totalsOf(operation, contract);
  const total = pages.reduce((sum, { entries }) => sum + entries.length, 0);
  return pages.flatMap(({ exchange }, page) => {
    const body = exchange.response.json;
    if (!isObject(body)) return [];
    const wanted: Readonly<Record<TotalsProperty, number>> = { start: page * size, limit: size, total };
    return TOTALS.filter((name) => documented.includes(name) && body[name] !== wanted[name]).map((name) => ({
      cause: `${name} is not ${MEANING[name]}`,
      expected: `${name}: ${wanted[name]} on page ${page} in pages of ${size}`,
      actual: `${name}: ${JSON.stringify(body[name]) ?? 'absent'}`,
      evidence: evidenceOf(name, operation, contract),
      exchange,
      before: pages.slice(0, page).map((each) => each.exchange),
    }));
  });
}

/** What the contract says of the property at this listing, or else of the parameter that asks for totals. */
function evidenceOf(name: TotalsProperty, operation: Operation, contract: Contract): Evidence {
  const exact = exactEvidenceAt(contract.document, joinPointer(operation.pointer, 'x-effect', name));
  return exact ?? contract.evidenceAt(queryParameter(operation, 'totals')?.pointer ?? operation.pointer);
}
