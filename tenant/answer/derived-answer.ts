import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { EffectResult, PageNumbers } from '../effect/effect-result.js';
import type { PlainResponse } from '../exchange.js';
import { DocumentedAnswer } from './documented-answer.js';
import { counted, countedWhere, numberOf } from './page-numbers.js';

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
    const whole = this.#documented.answerWith(accept, [this.#holding(item)]);
    if (whole !== undefined) return whole;
    const sample = this.#as === undefined ? this.#documented.sample() : this.#around()[this.#as];
    const fits = (one: JsonObject) => this.#documented.fits(accept, this.#holding(one));
    const fitting = this.#holding(this.#fitting(item, sample, fits));
    return this.#documented.answerWith(accept, [fitting]) ?? this.#documented.answer(accept);
  }

  #holding(item: Json): JsonObject {
    return this.#as === undefined && isObject(item) ? item : { ...this.#around(), [this.#as ?? '']: item };
  }

  #listed(accept: string | undefined, body: Json, numbers: PageNumbers | undefined): PlainResponse {
    const whole = this.#documented.answerWith(accept, this.#pages(accept, body, numbers));
    if (whole !== undefined) return whole;
    const entriesIn = (page: Json | undefined) => (isObject(page) && this.#as !== undefined ? page[this.#as] : page);
    const items = entriesIn(body);
    if (!Array.isArray(items)) return this.#documented.answer(accept);
    const samples = entriesIn(this.#documented.sample());
    const sample = Array.isArray(samples) ? samples[0] : undefined;
    const around = (entries: readonly Json[]): Json =>
      this.#as !== undefined && isObject(body) ? { ...body, [this.#as]: entries } : entries;
    const fits = (one: JsonObject) =>
      this.#documented.answerWith(accept, this.#pages(accept, around([one]), numbers)) !== undefined;
    const fitting = items.map((item: Json) => (isObject(item) ? this.#fitting(item, sample, fits) : item));
    // A list may have fewer entries than there are: the more the better.
    for (const part of [1, 2, 4, 8, 16, 32]) {
      const entries = fitting.slice(0, Math.ceil(fitting.length / part));
      const shorter = this.#documented.answerWith(accept, this.#pages(accept, around(entries), numbers));
      if (shorter !== undefined) return shorter;
    }
    return this.#documented.answer(accept);
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
   * page nothing does; how documents say that differs. The next one is made where the one before does not fit.
   */
  *#pages(accept: string | undefined, body: Json, numbers: PageNumbers | undefined): Generator<Json> {
    const items = this.#as === undefined || !isObject(body) ? undefined : body[this.#as];
    if (this.#as === undefined || !isObject(body) || !Array.isArray(items)) {
      yield body;
      return;
    }
    const { length } = items;
    const all = { items: length, ...(numbers ?? { total: length, size: Math.max(1, length), page: 1 }) };
    const named = this.#documented.numberNames().filter((name) => numberOf(name, all) !== undefined);
    const around = this.#around();
    const optional = { ...Object.fromEntries(named.map((name) => [name, 0])), ...around };
    const leading = (page: JsonObject) => this.#leading({ ...page, [this.#as ?? '']: items }, body.next);
    const fits = (page: JsonObject) => leading(page).some((each) => this.#documented.fits(accept, each));
    yield* leading(counted(optional, all));
    yield* leading(counted(around, all));
    if (fits(around)) yield* leading(countedWhere(around, optional, all, fits));
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
