import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { isTotalName, PAGE_NUMBER_NAMES } from '../../contract/usual-pages.js';
import type { EffectResult, PageNumbers } from '../effect/effect-result.js';
import type { PlainResponse } from '../exchange.js';
import { DocumentedAnswer } from './documented-answer.js';

/** Properties of a page that count its items. */
const COUNT = /^(total|count|size|length|(total|item|result)s?_?(count|items|results|records|elements))$/i;

/** The answers of an operation whose effect was derived: as documented, with the items that the tenant stores. */
export class DerivedAnswer {
  readonly #documented: DocumentedAnswer;
  /** The property that every answer with an item shows; undefined for what exists once. */
  readonly #key: string | undefined;
  /** The property that holds the item, or the items of a listing. */
  readonly #as: string | undefined;
  readonly #lists: boolean;

  constructor(contract: Contract, operation: Operation) {
    const { target = '', kind, as } = operation.effect ?? {};
    this.#documented = new DocumentedAnswer(contract, operation);
    const shown = contract.relations.get(target)?.between.at(-1) ?? target;
    const { key, once } = contract.resources.get(shown) ?? {};
    this.#key = once === true ? undefined : (key ?? '');
    this.#as = as;
    this.#lists = kind === 'list';
  }

  answer(accept: string | undefined, { body, numbers }: EffectResult): PlainResponse {
    // An answer without the item is an example: the effect has no place for it.
    if (body === undefined) return this.#documented.answer(accept);
    if (this.#lists) return this.#listed(accept, body, numbers);
    const item = this.#as === undefined || !isObject(body) ? body : body[this.#as];
    if (!isObject(item) || (this.#key !== undefined && item[this.#key] === undefined))
      return this.#documented.answer(accept);
    const whole = this.#holding(item);
    if (this.#documented.fits(accept, whole)) return this.#documented.answerWith(accept, whole);
    const sample = this.#as === undefined ? this.#documented.sample() : this.#around()[this.#as];
    const fits = (one: JsonObject) => this.#documented.fits(accept, this.#holding(one));
    return this.#documented.answerWith(accept, this.#holding(this.#fitting(item, sample, fits)));
  }

  #holding(item: Json): JsonObject {
    return this.#as === undefined && isObject(item) ? item : { ...this.#around(), [this.#as ?? '']: item };
  }

  #listed(accept: string | undefined, body: Json, numbers: PageNumbers | undefined): PlainResponse {
    const pages = this.#pages(accept, body, numbers);
    const entriesIn = (page: Json | undefined) => (isObject(page) && this.#as !== undefined ? page[this.#as] : page);
    const items = entriesIn(body);
    if (!Array.isArray(items) || pages.some((page) => this.#documented.fits(accept, page)))
      return this.#documented.answerWith(accept, ...pages);
    const samples = entriesIn(this.#documented.sample());
    const sample = Array.isArray(samples) ? samples[0] : undefined;
    const around = (entries: readonly Json[]): Json =>
      this.#as !== undefined && isObject(body) ? { ...body, [this.#as]: entries } : entries;
    const fits = (one: JsonObject) =>
      this.#pages(accept, around([one]), numbers).some((page) => this.#documented.fits(accept, page));
    const fitting = items.map((item: Json) => (isObject(item) ? this.#fitting(item, sample, fits) : item));
    // A list may have fewer entries than there are: the more the better.
    const lengths = [1, 2, 4, 8, 16, 32].map((part) => Math.ceil(fitting.length / part));
    return this.#documented.answerWith(
      accept,
      ...lengths.flatMap((length) => this.#pages(accept, around(fitting.slice(0, length)), numbers)),
    );
  }

  /** The item with samples in place of what an answer may not show: a request may allow more than its answer. */
  #fitting(item: JsonObject, sample: Json | undefined, fits: (one: JsonObject) => boolean): JsonObject {
    let shown: JsonObject = isObject(sample) ? sample : {};
    // The key first, by which the item is known.
    for (const name of new Set([...(this.#key === undefined ? [] : [this.#key]), ...Object.keys(item)])) {
      const more = { ...shown, [name]: item[name] ?? null };
      if (fits(more)) shown = more;
    }
    return shown;
  }

  /**
   * A listing with what else its pages have: samples, its place in numbers, and what leads to the next page. On the last
   * page nothing does; how documents say that differs.
   */
  #pages(accept: string | undefined, body: Json, numbers: PageNumbers | undefined): readonly Json[] {
    const items = this.#as === undefined || !isObject(body) ? undefined : body[this.#as];
    if (this.#as === undefined || !isObject(body) || !Array.isArray(items)) return [body];
    const { length } = items;
    const all = { items: length, ...(numbers ?? { total: length, size: Math.max(1, length), page: 1 }) };
    const named = this.#documented.numberNames().filter((name) => numberOf(name, all) !== undefined);
    const optional = Object.fromEntries(named.map((name) => [name, 0]));
    const around = this.#around();
    const leading = (page: JsonObject) => this.#leading({ ...page, [this.#as ?? '']: items }, body.next);
    const fits = (page: JsonObject) => leading(page).some((each) => this.#documented.fits(accept, each));
    const whole = [counted({ ...optional, ...around }, all), counted(around, all)];
    const partly =
      whole.some(fits) || !fits(around) ? [] : [countedWhere(around, { ...optional, ...around }, all, fits)];
    return [...whole, ...partly, around].flatMap(leading);
  }

  /** A page with what leads to the next one. */
  #leading(page: JsonObject, next: Json | undefined): readonly JsonObject[] {
    const name = this.#documented.nextName();
    if (name === undefined || name === this.#as) return [page];
    const { [name]: _, ...last } = page;
    return next === undefined
      ? [last, { ...page, [name]: null }, { ...page, [name]: '' }, page]
      : [{ ...page, [name]: next }, page];
  }

  /** What else an answer has that holds its items in a property. */
  #around(): JsonObject {
    const sample = this.#documented.sample();
    return isObject(sample) ? sample : {};
  }
}

interface Numbers extends PageNumbers {
  /** The number of items of this page. */
  readonly items: number;
}

/** The numbers in what a page has beside its items, and in objects of that, by their usual names. */
function counted(around: JsonObject, numbers: Numbers): JsonObject {
  const entries = Object.entries(around).map(([name, value]): [string, Json] => {
    if (isObject(value)) return [name, counted(value, numbers)];
    return [name, typeof value === 'number' ? (numberOf(name, numbers) ?? value) : value];
  });
  return Object.fromEntries(entries);
}

/** A page with those numbers that it may show, where the document does not allow all of them. */
function countedWhere(
  around: JsonObject,
  named: JsonObject,
  numbers: Numbers,
  fits: (page: JsonObject) => boolean,
): JsonObject {
  let page = around;
  for (const [name, value] of Object.entries(named)) {
    const known = page;
    const holding = (inner: Json): JsonObject => ({ ...known, [name]: inner });
    const number = typeof value === 'number' ? numberOf(name, numbers) : undefined;
    if (isObject(value)) page = holding(countedWhere(value, value, numbers, (inner) => fits(holding(inner))));
    else if (number !== undefined && fits(holding(number))) page = holding(number);
  }
  return page;
}

/** Undefined if the name is none of the usual ones. */
function numberOf(name: string, { items, total, size, page }: Numbers): number | undefined {
  const bare = bareName(name);
  if (isTotalName(name) || bare === 'results') return total;
  if (COUNT.test(name)) return items;
  if (PAGE_NUMBER_NAMES.pages.has(bare)) return Math.max(1, Math.ceil(total / size));
  if (PAGE_NUMBER_NAMES.page.has(bare)) return page;
  return PAGE_NUMBER_NAMES.size.has(bare) ? size : undefined;
}
