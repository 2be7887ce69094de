import type { Operation } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { answeredItem } from '../../../contract/item-envelope.js';
import { needsQuery, usualPages } from '../../../contract/usual-pages.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import type { Subject } from '../../fixtures/fixtures.js';
import {
  largestPage,
  type Page,
  type Pages,
  queryParameter,
  sizeParameter,
  type Walk,
  walkPages,
  walksOf,
} from '../../lookup/listings/page-walk.js';
import { fullPage } from '../../lookup/listings/usual-pages.js';
import { usualTotals } from '../../lookup/listings/usual-totals.js';
import { neededValues } from '../../lookup/needed-values.js';
import { namesOf, pathNaming } from '../../lookup/path-names.js';
import { mostEntriesShown } from '../../lookup/shown-value.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { judgeFiltersTogether, lastListed } from '../../trial/filter-trial.js';
import { judgeListedUpdate, LISTED_UPDATE_REQUESTS } from '../../trial/listed-update.js';
import { judgeSelection, searchesIn, selectionRequests } from '../../trial/selection-trial.js';

/** The number of new resources that the listing must show. */
const NEW = 3;

/** Others may create and delete meanwhile, which shifts pages: a walk is judged only after so many attempts. */
const ATTEMPTS = 3;

/** Pages of the smallest size that are read. */
const FIRST_PAGES = 3;

/** The size of pages where the contract has no maximum. */
const LARGE = 50;

/** A listing with more pages belongs to a large tenant and is not walked. */
const MAX_PAGES = 30;

export const resourceListing: Check = {
  id: 'resource-listing',
  family: 'state',
  title: 'A listing shows each resource once, and filters select',
  description:
    'Creates a few resources and walks their listing, by page number and by checkpoint: each must occur exactly once. ' +
    'Small pages must show the first entries of large ones. Each filter and search must show what matches it and nothing ' +
    'else, also together, in small pages and beside a total, and a sorted listing must be in order. A listing under a parent must not show what another parent has, and after an update it must show the new values. Where the ' +
    'contract was derived from paths, a total beside the entries must be their number.',
  appliesTo: 'listings of resources that can be created',
  exclusive: true,
  // A listing with a required filter shows a part of the resources only: the filter is tried, no walk.
  applies: (operation, contract) =>
    operation.effect?.kind === 'list' &&
    (!needsQuery(operation) || operation.parameters.some((each) => each.required && each.query?.kind === 'filter')) &&
    operation.effect.on === 'resource' &&
    contract.operations.some(({ effect }) => effect?.kind === 'create' && effect.target === operation.effect?.target),
  requests: (operation, contract, depth) =>
    depth === 'smoke'
      ? 0
      : walkKinds(operation).length * 8 +
        selectionRequests(operation, contract) +
        LISTED_UPDATE_REQUESTS +
        1 +
        (contract.resources.get(operation.effect?.target ?? '')?.under === undefined ? 0 : 4),
  async run(operation, context) {
    const target = operation.effect?.target ?? '';
    const subjects: Subject[] = [];
    for (let index = 0; index < NEW; index += 1) {
      subjects.push(await context.fixtures.fresh(target, {}, subjects[0]?.parent));
    }
    const walks = needsQuery(operation) ? [] : walkKinds(operation);
    for (const walk of walks) await new ListingWalk({ walk, subjects }, context).try(subjects);
    const [subject] = subjects;
    if (subject === undefined) return;
    const [walk] = walks;
    if (walks.length > 0 && subject.parent !== undefined)
      await new ListingWalk({ walk, subjects }, context).tryOther(subject.parent);
    // A search finds what was created some time ago.
    const older = searchesIn(operation) ? await context.fixtures.subject(target) : subject;
    const selected = { subject: (await lastListed(subjects, context)) ?? subject, older };
    for (const parameter of operation.parameters) await judgeSelection(parameter, selected, context);
    await judgeFiltersTogether(selected.subject, context);
    await judgeListedUpdate(subject, context);
  },
};

/** The ways to read the whole listing; a listing without pages is read in one request. */
function walkKinds(operation: Operation): readonly (Walk | undefined)[] {
  const walks = walksOf(operation);
  const sizes = [queryParameter(operation, 'size'), queryParameter(operation, 'take')];
  return walks.length > 0 || sizes.some((parameter) => parameter !== undefined) ? walks : [undefined];
}

/** Whether the answer shows its entries all the same. */
function isOfShape({ code }: Violation): boolean {
  return code === 'BODY_SCHEMA' || code === 'HEADER';
}

/** Pages of one size. */
interface SizedPages extends Pages {
  readonly size: number;
}

/** One way to read the listing of the context's operation. */
class ListingWalk {
  readonly #walk: Walk | undefined;
  readonly #context: CheckContext;

  readonly #values: RequestValues;

  /** @param subjects - what the listing must show, all under the same parent if under one */
  constructor(
    { walk, subjects }: { readonly walk: Walk | undefined; readonly subjects: readonly Subject[] },
    context: CheckContext,
  ) {
    this.#walk = walk;
    this.#context = context;
    const [subject] = subjects;
    const { contract, operation } = context;
    const path = pathNaming(operation, subject === undefined ? {} : namesOf(subject));
    this.#values = { ...neededValues(contract, operation), path };
  }

  /** Walks the listing in the largest pages, then reads its first pages in the smallest size. */
  async try(subjects: readonly Subject[]): Promise<void> {
    const { operation } = this.#context;
    const sized = sizeParameter(operation, this.#walk);
    const { minimum } = sized?.schema ?? {};
    const smallest = Math.max(1, typeof minimum === 'number' ? minimum : 1);
    let violations: readonly Violation[] = [];
    const attempt = async (): Promise<boolean> => {
      const whole = await this.#read(this.#largest, MAX_PAGES);
      if (whole.end === 'too many pages') {
        const target = operation.effect?.target ?? '';
        this.#context.missed(`${this.#walk} of ${target}`, `There are more than ${MAX_PAGES} pages.`);
        violations = [];
        return true;
      }
      violations = this.#judgeWhole(whole, subjects);
      if (violations.every(isOfShape) && sized !== undefined) {
        const first = await this.#read(smallest, FIRST_PAGES);
        violations = [...violations, ...this.#judgeFirst(first, this.#idsOn(whole))];
        // Who has given a cursor once gives one wherever more follows.
        const mayEndEarly = this.#mayEndEarly && first.pages.length === 1;
        if (violations.every(isOfShape) && !mayEndEarly)
          violations = [...violations, ...(await this.#tryHalves(whole, smallest))];
      }
      return violations.length === 0 || whole.end === 'refused';
    };
    await this.#context.fixtures.readUntil(operation, attempt, ATTEMPTS);
    this.#context.report(...violations);
  }

  /**
   * Creates one more under another parent, which this listing must not show. Ids may be unique under each parent only, so
   * an id that was listed before proves nothing.
   */
  async tryOther(parent: Subject): Promise<void> {
    const { operation, fixtures } = this.#context;
    const create = fixtures.operation('create', operation.effect?.target ?? '');
    if (create === undefined) return;
    const before = await this.#read(this.#largest, MAX_PAGES);
    const other = await fixtures.fresh(parent.resource, {}, parent.parent);
    const values = await fixtures.valid(create, { parent: other });
    const creation = await this.#context.send(buildRequest(create, values));
    const item = answeredItem(create.effect, creation.response.json);
    const id = item === undefined ? undefined : fixtures.idOf(create.effect?.target ?? '', item);
    const after = await this.#read(this.#largest, MAX_PAGES);
    if (id === undefined || !this.#idsOn(after).includes(id) || this.#idsOn(before).includes(id)) return;
    const violation = this.#violation(after.pages, {
      cause: 'shows what belongs to another parent',
      expected: `only what belongs to the ${parent.resource} that the path names`,
      actual: `${id}, which was created under ${parent.resource} ${other.id}`,
    });
    this.#context.report({ ...violation, before: [creation, ...(violation.before ?? [])] });
  }

  get #largest(): number {
    return largestPage(this.#context.operation, this.#walk) ?? LARGE;
  }

  async #read(size: number, maxPages: number): Promise<SizedPages> {
    const send: CheckContext['send'] = (request) => this.#context.send(request);
    const pages = await walkPages(this.#context.operation, this.#values, { walk: this.#walk, size, maxPages, send });
    return { ...pages, size };
  }

  /** The whole listing must show each new resource once. */
  #judgeWhole(whole: SizedPages, subjects: readonly Subject[]): readonly Violation[] {
    const wrong = this.#judgePages(whole);
    if (!this.#isReadable(whole, wrong) || this.#mayBePart(whole)) return wrong;
    const ids = this.#idsOn(whole);
    // Of a wrong schema, ids may be what is wrong.
    if (wrong.length > 0 && !subjects.some(({ id }) => ids.includes(id))) return wrong;
    const created = subjects.map(({ id }) => id).join(', ');
    const listed = subjects.flatMap(({ id }) => {
      const count = ids.filter((other) => other === id).length;
      if (count === 1) return [];
      const cause = `a new resource is ${count === 0 ? 'left out' : 'repeated'}`;
      const actual = `${id} is ${count === 0 ? 'not listed' : `listed ${count} times`}`;
      return [this.#violation(whole.pages, { cause, expected: `each of ${created} once`, actual })];
    });
    return [...wrong, ...listed, ...(listed.length === 0 ? this.#judgeTotals(whole) : [])];
  }

  /** Where a document without our keywords has totals by their usual names, they must be the number of entries. */
  #judgeTotals({ pages, end }: SizedPages): readonly Violation[] {
    const { contract, operation } = this.#context;
    if (end !== 'complete' || !isDerived(contract, operation.effect?.target)) return [];
    const count = pages.reduce((sum, { entries }) => sum + entries.length, 0);
    for (const page of pages) {
      const isOnly = count > 0 && page.entries.length === count;
      // A listing that names no pages may show a part of the entries.
      const wrong = usualTotals(page.exchange.response.json, isOnly).find(({ value }) =>
        this.#walk === undefined ? value < count : value !== count,
      );
      if (wrong === undefined) continue;
      const [cause, expected] = [`${wrong.name} is not the number of entries`, `${wrong.name}: ${count}`];
      return [this.#violation([page], { cause, expected, actual: `${wrong.name}: ${wrong.value}` })];
    }
    return [];
  }

  /** Whether nothing may say where the next page begins. */
  get #mayEndEarly(): boolean {
    const { contract, operation } = this.#context;
    if (!isDerived(contract, operation.effect?.target)) return false;
    return this.#walk === undefined || usualPages(operation)?.by === 'cursor';
  }

  /**
   * Whether the last page may leave entries out: a document without our keywords does not say how many it shows, and its
   * answers may not say where the next page begins.
   */
  #mayBePart({ pages, size }: SizedPages): boolean {
    const { contract, operation } = this.#context;
    const target = operation.effect?.target ?? '';
    const [page] = pages;
    const most = mostEntriesShown(operation, page?.exchange.response.status ?? 200, contract);
    const sized = this.#walk !== undefined && Number.isFinite(size) ? size : (fullPage(operation) ?? Infinity);
    const full = Math.min(sized, most);
    const isPart = this.#mayEndEarly && (pages.at(-1)?.entries.length ?? 0) >= full;
    if (isPart)
      this.#context.missed(`entries of ${target}`, 'Nothing says how to read more than one page of the listing.');
    return isPart;
  }

  /** Small pages must show the first entries of the whole listing, in its order. */
  #judgeFirst(first: SizedPages, order: readonly string[]): readonly Violation[] {
    const wrong = this.#judgePages(first);
    if (!this.#isReadable(first, wrong)) return wrong;
    const ids = this.#idsOn(first);
    // Where the contract says how to ask for the next page, the last one must come after all entries.
    const isEnd = first.end === 'complete' && this.#walk !== 'usual pages';
    const wanted = isEnd ? order : order.slice(0, first.size * first.pages.length);
    if (ids.join() === wanted.join()) return wrong;
    const cause = 'small pages show other entries than large ones';
    const actual = ids.join(', ') || 'none';
    return [...wrong, this.#violation(first.pages, { cause, expected: wanted.join(', '), actual })];
  }

  /** Whether it can be told which entries pages show: where they do not match their schema, they must have ids. */
  #isReadable(listing: SizedPages, wrong: readonly Violation[]): boolean {
    if (listing.end === 'refused') return false;
    if (wrong.length === 0) return true;
    const entries = listing.pages.reduce((sum, page) => sum + page.entries.length, 0);
    return wrong.every(isOfShape) && this.#idsOn(listing).length === entries;
  }

  /** Where one page shows everything, two of half its size must show the same: a last page may be lost. */
  async #tryHalves(whole: SizedPages, smallest: number): Promise<readonly Violation[]> {
    const order = this.#idsOn(whole);
    const size = Math.max(smallest, Math.ceil(order.length / 2));
    const filled = whole.pages.filter(({ entries }) => entries.length > 0).length;
    if (this.#walk !== 'usual pages' || filled > 1 || order.length <= size) return [];
    const halves = await this.#read(size, FIRST_PAGES);
    return halves.end === 'complete' ? this.#judgeFirst({ ...halves, size: order.length }, order) : [];
  }

  /** Violations of the pages themselves, whatever they show. */
  #judgePages({ pages, end, size }: SizedPages): readonly Violation[] {
    const judged = pages.flatMap(({ exchange }) => this.#context.judge(exchange, { kind: 'success' }));
    if (judged.length > 0 || end === 'refused') return judged;
    const large = this.#walk === undefined ? undefined : pages.find(({ entries }) => entries.length > size);
    if (large !== undefined) {
      const actual = `${large.entries.length} entries`;
      const cause = 'a page is larger than requested';
      return [this.#violation([large], { cause, expected: `at most ${size} entries`, actual })];
    }
    if (end !== 'repeats') return [];
    const actual = `page ${pages.length} has none`;
    const cause = 'a page repeats earlier pages';
    return [this.#violation(pages, { cause, expected: 'new entries on each page', actual })];
  }

  #idsOn({ pages }: Pages): readonly string[] {
    const { operation, fixtures } = this.#context;
    const target = operation.effect?.target ?? '';
    return pages.flatMap(({ entries }) => entries.flatMap((entry) => fixtures.idOf(target, entry) ?? []));
  }

  #violation(
    pages: readonly Page[],
    { cause, expected, actual }: Pick<Violation, 'cause' | 'expected' | 'actual'>,
  ): Violation {
    const { contract, operation } = this.#context;
    const exchanges = pages.map(({ exchange }) => exchange);
    const [last] = exchanges.slice(-1);
    if (last === undefined) throw new RangeError('A walk sends at least one request.');
    return {
      cause: `${this.#walk === 'usual pages' ? 'pages' : (this.#walk ?? 'listing')}: ${cause}`,
      expected,
      actual,
      evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
      exchange: last,
      before: exchanges.slice(0, -1),
    };
  }
}
