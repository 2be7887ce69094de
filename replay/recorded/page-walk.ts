import { isObject } from '../../contract/pointer.js';
import { effectOf, isInContract, isSuccess, queryValue, type RoutedStep, type Step } from './step.js';

/** Requests that read one listing page by page. */
export interface PageWalk {
  /** The pages in reading order. */
  readonly steps: readonly RoutedStep[];
}

/** The walk of each page; a listing read in one request is a walk of one page. */
export function pageWalks(steps: readonly Step[]): ReadonlyMap<Step, PageWalk> {
  const open = new Map<string, RoutedStep[]>();
  const walks = new Map<Step, PageWalk>();
  for (const step of steps) {
    if (!isInContract(step) || effectOf(step)?.kind !== 'list' || !isSuccess(step)) continue;
    const key = listingText(step);
    const current = open.get(key);
    const last = current?.at(-1);
    if (current !== undefined && last !== undefined && continues(last, step)) {
      current.push(step);
      const walk = walks.get(last);
      if (walk !== undefined) walks.set(step, walk);
    } else {
      const pages = [step];
      open.set(key, pages);
      walks.set(step, { steps: pages });
    }
  }
  return walks;
}

/** A text that all pages of one listing share. */
function listingText(step: RoutedStep): string {
  const paging = step.match.operation.parameters.flatMap(({ name, query }) =>
    query?.kind === 'page' || query?.kind === 'cursor' ? [name] : [],
  );
  const rest = Object.entries(step.query).filter(([name]) => !paging.includes(name));
  return JSON.stringify([
    step.match.operation.id,
    step.match.path,
    rest.sort(([left], [right]) => (left < right ? -1 : 1)),
  ]);
}

/** Whether a page follows another: the next page number, or a cursor of the other's answer. */
function continues(before: RoutedStep, page: RoutedStep): boolean {
  const cursor = queryValue(page, 'cursor');
  if (cursor !== undefined) {
    const { body } = before.exchange.response;
    return isObject(body) && Object.values(body).includes(cursor);
  }
  const number = Number(queryValue(page, 'page') ?? 0);
  return number > 0 && number === Number(queryValue(before, 'page') ?? 0) + 1;
}

/**
 * Whether a walk reached the end of its listing: it starts at the first page and its last page is not full.
 * @param count - how many items the last page has
 */
export function reachesEnd({ steps }: PageWalk, count: number): boolean {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return false;
  const fromStart = queryValue(first, 'cursor') === undefined && Number(queryValue(first, 'page') ?? 0) === 0;
  const size = pageSize(last);
  return fromStart && (size === undefined || count < size);
}

/** The page size, requested or default; undefined if the listing has no pages. */
function pageSize(step: RoutedStep): number | undefined {
  const take = queryValue(step, 'take');
  if (take !== undefined) return Number(take);
  const size = step.match.operation.parameters.find(({ query }) => query?.kind === 'size');
  if (size === undefined) return undefined;
  const asked = queryValue(step, 'size');
  const fallback = size.schema.default;
  return asked !== undefined ? Number(asked) : typeof fallback === 'number' ? fallback : undefined;
}
