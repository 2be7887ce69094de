import fc from 'fast-check';
import type { Contract, Operation } from '../../../contract/contract.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import type { Sides } from '../../fixtures/fixtures.js';
import { type Pages, queryParameter, type Walk, walkPages, walksOf } from '../../lookup/page-walk.js';
import { remainingSide } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { noValues } from '../../target/request.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 6, exhaustive: 30 };

/** How many subjects are listed: a prime, so that pages of every size but one end unevenly. */
const LISTED = 7;

export const pagesAddUp: Check = {
  id: 'pages-add-up',
  family: 'state',
  title: 'Pages add up to the whole, without gap or repeat',
  description:
    'Puts several subjects into a relation and walks its listing in pages of every size, by page numbers and by ' +
    'checkpoints. The pages together must show each of them once, always in the same order, and none may be larger than ' +
    'was asked for.',
  applies: (operation, contract) => listedSide(operation, contract) !== undefined && walksOf(operation).length > 0,
  requests: (_operation, _contract, depth) => RUNS[depth] * 5,
  async run(operation, context) {
    const { contract, fixtures } = context;
    const listed = listedSide(operation, contract);
    if (listed === undefined || operation.effect === undefined) return;
    const sides: Sides = Object.fromEntries(
      await Promise.all(Object.keys(operation.effect.of).map(async (side) => [side, await fixtures.subject(side)])),
    );
    const subjects = await fixtures.subjects(listed, LISTED);
    await fixtures.add(operation.effect.target, sides, subjects);
    const ids = subjects.map(({ id }) => id);
    const order = await fixtures.list(operation.effect.target, sides, (seen) => ids.every((id) => seen.includes(id)));
    const path = Object.fromEntries(
      Object.entries(operation.effect.of).map(([side, name]) => [name, sides[side]?.id ?? '']),
    );
    const asked = fc.record({
      walk: fc.constantFrom(...walksOf(operation)),
      size: fc.integer({ min: 1, max: LISTED + 1 }),
    });
    const examples = walksOf(operation).map((walk) => ({ walk, size: 2 }));
    await context.property(
      asked,
      async ({ walk, size }) => {
        const pages = await walkPages(context, operation, { ...noValues, path }, walk, size, LISTED + 3);
        return judgePages(operation, pages, walk, size, order, listed, context);
      },
      { runs: RUNS[context.depth], examples },
    );
    for (const walk of walksOf(operation)) {
      const parameter = queryParameter(operation, walk === 'pages' ? 'page' : 'cursor');
      if (parameter) context.reached(parameter.pointer);
    }
  },
};

/** The side of the relation that an operation lists, where tuples can be added to it. */
function listedSide({ effect }: Operation, contract: Contract): string | undefined {
  const relation =
    effect?.kind === 'list' && effect.on === 'relation' ? contract.relations.get(effect.target) : undefined;
  if (
    relation === undefined ||
    !contract.operations.some((other) => other.effect?.kind === 'add' && other.effect.target === relation.name)
  ) {
    return undefined;
  }
  return relation.between[remainingSide(relation, effect)];
}

function judgePages(
  operation: Operation,
  { exchanges, entries, endless }: Pages,
  walk: Walk,
  size: number,
  order: readonly string[],
  listed: string,
  context: CheckContext,
): readonly Violation[] {
  const [first] = exchanges;
  const last = exchanges.at(-1) ?? first;
  if (last === undefined) return [];
  const judged = exchanges.flatMap((exchange) => context.judge(exchange, { kind: 'success' }));
  if (!succeeded(last)) return judged;
  const evidence = context.contract.evidenceAt(
    `${operation.effect?.pointer ?? operation.pointer}${walk === 'pages' ? '' : '/next'}`,
  );
  const before = exchanges.slice(0, -1);
  const violation = (cause: string, expected: string, actual: string): Violation => {
    return { cause: `${walk}: ${cause}`, expected, actual, evidence, exchange: last, before };
  };
  const pages = entries.map((page) => page.flatMap((entry) => context.fixtures.idOf(listed, entry) ?? []));
  const walked = pages.flat();
  const shown = pages.map((page) => `[${page.join(', ')}]`).join(' ');
  const whole = `${order.length} entries in pages of ${size}: ${order.join(', ')}`;
  if (endless) return [...judged, violation('the walk does not end', whole, shown)];
  const large = pages.find((page) => page.length > size);
  if (large) return [...judged, violation('a page is larger than asked for', `at most ${size}`, `${large.length}`)];
  if (walked.some((id, index) => walked.indexOf(id) !== index))
    return [...judged, violation('an entry is repeated', whole, shown)];
  if (order.some((id) => !walked.includes(id))) return [...judged, violation('an entry is left out', whole, shown)];
  if (walked.some((id) => !order.includes(id))) return [...judged, violation('an entry too many', whole, shown)];
  if (walked.join() !== order.join()) return [...judged, violation('the order changes', whole, shown)];
  return [...judged, ...judgeNext(operation, pages, walk, size, violation)];
}

/** Where the contract says when a walk by checkpoints ends, it must end there: no page more, none less. */
function judgeNext(
  operation: Operation,
  pages: readonly (readonly string[])[],
  walk: Walk,
  size: number,
  violation: (cause: string, expected: string, actual: string) => Violation,
): readonly Violation[] {
  const rule = operation.effect?.next;
  if (walk !== 'checkpoints' || rule === undefined) return [];
  const endsEmpty = pages.length > 1 && pages.at(-1)?.length === 0;
  const before = pages.at(-2)?.length ?? 0;
  if (rule === 'until-short' && endsEmpty && before < size) {
    return [
      violation('a next after a short page', 'no next on a page that is not full', `a next on a page of ${before}`),
    ];
  }
  if (rule === 'until-empty' && !endsEmpty) {
    return [
      violation(
        'no next on a page that is not empty',
        'a next until a page is empty',
        `none on a page of ${pages.at(-1)?.length}`,
      ),
    ];
  }
  return [];
}
