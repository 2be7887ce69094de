import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { EffectResult } from '../effect/effect-result.js';
import type { PlainResponse } from '../exchange.js';
import { DocumentedAnswer } from './documented-answer.js';

/** Properties of a page that count its items. */
const COUNT = /^(total|count|size|length|(total|item|result)s?_?(count|items|results|records|elements))$/i;

/** The answers of an operation whose effect was derived: as documented, with the items that the tenant stores. */
export class DerivedAnswer {
  readonly #documented: DocumentedAnswer;
  /** The property that every answer with an item shows. */
  readonly #key: string;
  /** The property that holds the item, or the items of a listing. */
  readonly #as: string | undefined;
  readonly #lists: boolean;

  constructor(contract: Contract, operation: Operation) {
    const { target = '', kind, as } = operation.effect ?? {};
    this.#documented = new DocumentedAnswer(contract, operation);
    this.#key = contract.resources.get(target)?.key ?? '';
    this.#as = as;
    this.#lists = kind === 'list';
  }

  answer(accept: string | undefined, { body }: EffectResult): PlainResponse {
    // An answer without the item is an example: the effect has no place for it.
    if (body === undefined) return this.#documented.answer(accept);
    if (this.#lists) return this.#documented.answerWith(accept, ...this.#pages(body));
    const item = this.#as === undefined || !isObject(body) ? body : body[this.#as];
    if (!isObject(item) || item[this.#key] === undefined) return this.#documented.answer(accept);
    return this.#documented.answerWith(accept, this.#as === undefined ? item : { ...this.#around(), [this.#as]: item });
  }

  /**
   * A listing with what else its pages have: samples, the number of items, and what leads to the next page. On the last
   * page nothing does; how documents say that differs.
   */
  #pages(body: Json): readonly Json[] {
    const items = this.#as === undefined || !isObject(body) ? undefined : body[this.#as];
    if (this.#as === undefined || !isObject(body) || !Array.isArray(items)) return [body];
    const around = Object.entries(this.#around()).map(([name, value]): [string, Json] => [
      name,
      typeof value === 'number' && COUNT.test(name) ? items.length : value,
    ]);
    const page = { ...Object.fromEntries(around), [this.#as]: items };
    const name = this.#documented.nextName();
    if (name === undefined || name === this.#as) return [page];
    const { [name]: sample, ...last } = page;
    return body.next === undefined
      ? [last, { ...page, [name]: null }, { ...page, [name]: '' }, page]
      : [{ ...page, [name]: body.next }, page];
  }

  /** What else an answer has that holds its items in a property. */
  #around(): JsonObject {
    const sample = this.#documented.sample();
    return isObject(sample) ? sample : {};
  }
}
