import type { Operation, QueryRole } from '../../../contract/contract.js';
import { limitsOf } from '../limits.js';
import type { PageContext } from '../pages/page-context.js';
import { ceilingsOf } from '../reference/limits-section.js';
import { code, fenced, section, table } from '../reference/markdown.js';
import { listed } from '../text/names.js';

const PAGING_ROLES: readonly QueryRole['kind'][] = ['page', 'size', 'take', 'cursor'];

export function isPaged({ parameters }: Operation): boolean {
  return parameters.some(({ query }) => query !== undefined && PAGING_ROLES.includes(query.kind));
}

/** How to read long lists: pages by number, checkpoints, and how far each reaches. */
export function pagingGuide(page: PageContext): readonly string[] {
  const paged = page.contract.operations.filter(isPaged);
  const numbered = paged.filter((operation) => nameOf(operation, 'page') !== undefined);
  const checkpoints = paged.filter((operation) => nameOf(operation, 'take') !== undefined);
  return [
    numbered.length === 0 ? '' : numberedSection(numbered),
    checkpoints.length === 0 ? '' : checkpointSection(checkpoints),
    clientSection(page),
    section('Listings', listings(page, paged)),
  ];
}

function numberedSection(operations: readonly Operation[]): string {
  const [first] = operations;
  if (first === undefined) return '';
  const [number, size, totals] = (['page', 'size', 'totals'] as const).map((kind) => nameOf(first, kind));
  const ceilings = [...new Set(operations.flatMap((operation) => ceilingsOf(operation).map(({ max }) => max)))];
  return section(
    'Pages by number',
    `${code(number ?? '')} is the number of the page and starts at 0.${size === undefined ? '' : ` ${code(size)} is the number of items on each page.`} A page with fewer items is the last one.`,
    totals === undefined
      ? ''
      : `With ${code(`${totals}=true`)}, the response is an object with the items, ${code('start')}, ${code('limit')} and ${code('total')}. Otherwise it is an array.`,
    ceilings.length === 0
      ? ''
      : `Numbered pages of some listings reach only the first ${listed(ceilings.map(String), 'or')} items: the table below says which. For more, use checkpoints or narrow the listing.`,
  );
}

function checkpointSection(operations: readonly Operation[]): string {
  const [first] = operations;
  if (first === undefined) return '';
  const [take, cursor] = (['take', 'cursor'] as const).map((kind) => nameOf(first, kind));
  return section(
    'Checkpoints',
    `Checkpoints reach every item. ${code(take ?? '')} is the number of items, and each response has ${code('next')}: send it as ${code(cursor ?? '')} to get the items that follow.`,
    `Stop when a response has no ${code('next')}, or no items: some listings have ${code('next')} even on their last page.`,
  );
}

function clientSection({ plan }: PageContext): string {
  const method = plan.methods.find(({ pages }) => pages !== undefined);
  if (method === undefined) return '';
  const ids = method.ids.map(({ name }) => name).join(', ');
  const call = `client.${method.path.slice(0, -1).join('.')}.${method.pages?.name ?? ''}(${ids})`;
  return section(
    'With the client',
    'The client reads all pages, by checkpoints where the operation has them:',
    fenced('ts', `for await (const item of ${call}) console.log(item);`),
  );
}

function listings(page: PageContext, operations: readonly Operation[]): string {
  const rows = operations.map((operation) => {
    const most = limitsOf(page.contract, operation).page?.most;
    const named = (kinds: readonly QueryRole['kind'][]): string =>
      kinds
        .flatMap((kind) => nameOf(operation, kind) ?? [])
        .map(code)
        .join(', ');
    return [
      page.toOperation(operation),
      named(['page', 'size', 'totals']),
      named(['take', 'cursor']),
      most === undefined ? '' : String(most),
      ceilingsOf(operation)
        .map(({ max }) => `the first ${max}`)
        .join(', '),
    ];
  });
  return table(['Listing', 'Pages by number', 'Checkpoints', 'Most items per page', 'Reach of pages'], rows);
}

function nameOf({ parameters }: Operation, kind: QueryRole['kind']): string | undefined {
  return parameters.find(({ query }) => query?.kind === kind)?.name;
}
