import type { Json, Parameter } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { numberOf } from '../arbitraries/schema-shape.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { totalsOf } from '../lookup/listings/page-totals.js';
import {
  type Page,
  queryParameter,
  sizeParameter,
  type Walk,
  walkPages,
  walksOf,
} from '../lookup/listings/page-walk.js';
import type { RequestValues } from '../target/request.js';

/** A listing that a parameter selects or sorts. */
export interface SelectedListing {
  /** With the parameter's value. */
  readonly values: RequestValues;
  readonly parameter: Parameter;
  /** Reads it in large pages. `isWhole`: these are all of its entries. */
  readonly read: () => Promise<{ readonly entries: readonly Json[]; readonly isWhole: boolean }>;
}

/** Others may create and delete meanwhile: pages are judged only after so many attempts. */
const ATTEMPTS = 3;

/**
 * Small pages of a listing that a parameter selects or sorts must show the same entries as large ones, in the same order,
 * and their total must be the number of these: a server may apply the parameter to a page alone, or to the first page only.
 */
export async function judgeSmallPages(listing: SelectedListing, context: CheckContext): Promise<void> {
  for (const walk of walksOf(context.operation)) {
    let violations: readonly Violation[] = [];
    await context.fixtures.readUntil(
      context.operation,
      async () => {
        const found = await wrongPages(listing, walk, context);
        violations = found === CHANGED ? [] : found;
        return found !== CHANGED && found.length === 0;
      },
      ATTEMPTS,
    );
    context.report(...violations);
  }
}

/** Others changed the listing while it was read: its pages say nothing. */
const CHANGED = 'changed meanwhile';

async function wrongPages(
  { values, parameter, read }: SelectedListing,
  walk: Walk,
  context: CheckContext,
): Promise<readonly Violation[] | typeof CHANGED> {
  const { contract, operation } = context;
  const { entries, isWhole } = await read();
  const { minimum, maximum } = sizeParameter(operation, walk)?.schema ?? {};
  const size = Math.max(1, numberOf(minimum) ?? 1, Math.ceil(entries.length / 2));
  if (entries.length === 0 || size > (numberOf(maximum) ?? size)) return [];
  const totals = isWhole && walk === 'pages' ? queryParameter(operation, 'totals')?.name : undefined;
  const query = totals === undefined ? values.query : { ...values.query, [totals]: true };
  const send: CheckContext['send'] = (request) => context.send(request);
  const maxPages = isWhole ? 3 : 2;
  const { pages, end } = await walkPages(operation, { ...values, query }, { walk, size, maxPages, send });
  const judged = pages.flatMap(({ exchange }) => context.judge(exchange, { kind: 'success' }));
  if (judged.length > 0 || end === 'refused') return judged;
  const wanted = idsOf(entries, context);
  const shown = idsOf(
    pages.flatMap((page) => page.entries),
    context,
  );
  const total = totalOn(pages[0], context);
  const isSame = (isWhole ? shown : shown.slice(0, wanted.length)).join() === wanted.join();
  if (isSame && (totals === undefined || total === undefined || total === wanted.length)) return [];
  const again = idsOf((await read()).entries, context);
  if (again.join() !== wanted.join()) return CHANGED;
  const exchanges = pages.map(({ exchange }) => exchange);
  const found = {
    evidence: contract.evidenceAt(parameter.pointer),
    exchange: exchanges.at(-1) ?? missing(),
    before: exchanges.slice(0, -1),
  };
  const name = `${parameter.name}, ${walk}`;
  if (isSame) {
    const cause = `${name}: the total is not the number of what is selected`;
    return [{ ...found, cause, expected: `${wanted.length}`, actual: `${total}` }];
  }
  const cause = `${name}: small pages show other entries than large ones`;
  return [{ ...found, cause, expected: wanted.join(', '), actual: shown.join(', ') || 'none' }];
}

function missing(): never {
  throw new RangeError('A walk sends at least one request.');
}

function idsOf(entries: readonly Json[], { operation, fixtures }: CheckContext): readonly string[] {
  return entries.flatMap((entry) => fixtures.idOf(operation.effect?.target ?? '', entry) ?? []);
}

function totalOn(page: Page | undefined, { contract, operation }: CheckContext): Json | undefined {
  const json = page?.exchange.response.json;
  return isObject(json) && totalsOf(operation, contract).includes('total') ? json.total : undefined;
}
