import fc from 'fast-check';
import type { Contract, Operation } from '../../../contract/contract.js';
import { isDerived } from '../../../contract/is-derived.js';
import { usualPages } from '../../../contract/usual-pages.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import type { Sides } from '../../fixtures/fixtures.js';
import {
  type Pages,
  queryParameter,
  sizeParameter,
  type Walk,
  walkPages,
  walksOf,
} from '../../lookup/listings/page-walk.js';
import { usualNext } from '../../lookup/listings/usual-pages.js';
import { neededValues } from '../../lookup/needed-values.js';
import { remainingSideOf } from '../../model/relation-step.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 6, exhaustive: 30 };

/** The number of listed subjects: a prime, so that pages of every size but one end unevenly. */
const LISTED = 7;

export const pagesAddUp: Check = {
  id: 'pages-add-up',
  family: 'state',
  title: 'Pages add up to the whole listing',
  description:
    'Adds several subjects to a relation and reads its listing in pages of every size, by page number and by checkpoint. ' +
    'The pages together must show each subject once, in the same order every time, and no page may be larger than ' +
    'requested.',
  appliesTo: 'paged listings of relations that can be added to',
  applies: (operation, contract) => listedSide(operation, contract) !== undefined && walksOf(operation).length > 0,
  requests: (_operation, _contract, depth) => RUNS[depth] * 5,
  async run(operation, context) {
    const { contract, fixtures } = context;
    const listed = listedSide(operation, contract);
    const { effect } = operation;
    if (listed === undefined || effect === undefined) return;
    const sides: Sides = Object.fromEntries(
      await Promise.all(Object.keys(effect.of).map(async (side) => [side, await fixtures.subject(side)])),
    );
    const subjects = await fixtures.subjects(listed, LISTED);
    await fixtures.add(effect.target, sides, subjects);
    const ids = subjects.map(({ id }) => id);
    const order = await fixtures.list(effect.target, sides, (seen) => ids.every((id) => seen.includes(id)));
    const path = Object.fromEntries(Object.entries(effect.of).map(([side, name]) => [name, sides[side]?.id ?? '']));
    const walks = fc.record({
      walk: fc.constantFrom(...walksOf(operation)),
      size: fc.integer({ min: 1, max: LISTED + 1 }),
    });
    const send: CheckContext['send'] = (request) => context.send(request);
    await context.property(
      walks,
      async ({ walk, size: wanted }) => {
        // Where no parameter is known to say how many, a page has as many as the server likes.
        const size = sizeParameter(operation, walk) === undefined ? Number.POSITIVE_INFINITY : wanted;
        const pages = await walkPages(
          operation,
          { ...neededValues(context.contract, operation), path },
          { walk, size, maxPages: LISTED + 3, send },
        );
        return new WalkJudge({ walk, size, order, listed, pages }, context).judge();
      },
      { runs: RUNS[context.depth], examples: walksOf(operation).map((walk) => ({ walk, size: 2 })) },
    );
    for (const walk of walksOf(operation)) {
      const parameter = queryParameter(operation, walk === 'pages' ? 'page' : 'cursor');
      if (parameter) context.reached(parameter.pointer);
    }
  },
};

/** The side of the relation that an operation lists, where tuples can be added to it. */
function listedSide({ effect }: Operation, contract: Contract): string | undefined {
  if (effect?.kind !== 'list' || effect.on !== 'relation') return undefined;
  const relation = contract.relations.get(effect.target);
  const isAddable = contract.operations.some(
    (other) => other.effect?.kind === 'add' && other.effect.target === relation?.name,
  );
  return relation !== undefined && isAddable ? remainingSideOf(relation, effect) : undefined;
}

interface WalkToJudge {
  readonly walk: Walk;
  readonly size: number;
  /** The ids of the whole listing, in its order. */
  readonly order: readonly string[];
  /** The resource that is listed. */
  readonly listed: string;
  readonly pages: Pages;
}

class WalkJudge {
  readonly #given: WalkToJudge;
  readonly #context: CheckContext;
  /** The ids on each page. */
  readonly #ids: readonly (readonly string[])[];

  constructor(given: WalkToJudge, context: CheckContext) {
    this.#given = given;
    this.#context = context;
    this.#ids = given.pages.pages.map(({ entries }) =>
      entries.flatMap((entry) => context.fixtures.idOf(given.listed, entry) ?? []),
    );
  }

  judge(): readonly Violation[] {
    const { pages, end } = this.#given.pages;
    const judged = pages.flatMap(({ exchange }) => this.#context.judge(exchange, { kind: 'success' }));
    if (end === 'refused') return judged;
    const wrong = this.#wrongPages() ?? this.#wrongEnd();
    return wrong === undefined ? judged : [...judged, wrong];
  }

  /** Whether a full page is all that can be read: neither the document nor the answer says where the next one begins. */
  #mayBePart(): boolean {
    const { walk, size, order, pages } = this.#given;
    const { contract, operation } = this.#context;
    const usual = walk === 'usual pages' ? usualPages(operation) : undefined;
    const target = operation.effect?.target ?? '';
    const [only, ...others] = pages.pages;
    const isPart =
      usual?.by === 'cursor' &&
      isDerived(contract, target) &&
      only?.entries.length === size &&
      size < order.length &&
      others.length === 0 &&
      usualNext(only.exchange.response, usual.parameter.name) === undefined;
    if (isPart)
      this.#context.missed(`entries of ${target}`, 'Nothing says how to read more than one page of the listing.');
    return isPart;
  }

  #wrongPages(): Violation | undefined {
    const { size, order, pages } = this.#given;
    const walked = this.#ids.flat();
    const whole = `${order.length} entries in pages of ${size}: ${order.join(', ')}`;
    const shown = this.#ids.map((page) => `[${page.join(', ')}]`).join(' ');
    const large = this.#ids.find((page) => page.length > size);
    if (large) return this.#violation('a page is larger than requested', `at most ${size}`, `${large.length}`);
    if (pages.end === 'repeats') return this.#violation('a page repeats earlier pages', whole, shown);
    if (pages.end === 'too many pages') return this.#violation('the walk does not end', whole, shown);
    const isPart = this.#mayBePart();
    const faults: readonly (readonly [string, boolean])[] = [
      ['an entry is repeated', walked.some((id, index) => walked.indexOf(id) !== index)],
      ['an entry is left out', !isPart && order.some((id) => !walked.includes(id))],
      ['an entry is unexpected', walked.some((id) => !order.includes(id))],
      ['the order changes', walked.join() !== order.slice(0, isPart ? size : undefined).join()],
    ];
    const [fault] = faults.find(([, isWrong]) => isWrong) ?? [];
    return fault === undefined ? undefined : this.#violation(fault, whole, shown);
  }

  /** Where the contract says when a walk by checkpoints ends, it must end there, no page earlier or later. */
  #wrongEnd(): Violation | undefined {
    const { walk, size } = this.#given;
    const rule = this.#context.operation.effect?.next;
    if (walk !== 'checkpoints' || rule === undefined) return undefined;
    const endsEmpty = this.#ids.length > 1 && this.#ids.at(-1)?.length === 0;
    const beforeLast = this.#ids.at(-2)?.length ?? 0;
    if (rule === 'until-short' && endsEmpty && beforeLast < size) {
      const expected = 'no next on a page that is not full';
      return this.#violation('a next after a short page', expected, `a next on a page of ${beforeLast}`);
    }
    if (rule === 'until-empty' && !endsEmpty) {
      const actual = `none on a page of ${this.#ids.at(-1)?.length}`;
      return this.#violation('no next on a page that is not empty', 'a next until a page is empty', actual);
    }
    return undefined;
  }

  #violation(cause: string, expected: string, actual: string): Violation {
    const { walk, pages } = this.#given;
    const { contract, operation } = this.#context;
    const exchanges = pages.pages.map(({ exchange }) => exchange);
    const [last] = exchanges.slice(-1);
    if (last === undefined) throw new RangeError('A walk sends at least one request.');
    const pointer = `${operation.effect?.pointer ?? operation.pointer}${walk === 'pages' ? '' : '/next'}`;
    return {
      cause: `${walk}: ${cause}`,
      expected,
      actual,
      evidence: contract.evidenceAt(pointer),
      exchange: last,
      before: exchanges.slice(0, -1),
    };
  }
}
