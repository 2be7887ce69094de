import type { Operation } from '../../../contract/contract.js';
import { getPointer, isObject } from '../../../contract/pointer.js';
import { shapeOf } from '../../arbitraries/schema-shape.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides } from '../../fixtures/fixtures.js';
import { listingDifference, showsExactly } from '../../model/listing-difference.js';
import { namingRequest, shownBy } from '../../model/relation-operations.js';
import { remainingSide } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';

export const duplicateEntries: Check = {
  id: 'duplicate-entries',
  family: 'protocol',
  title: 'An entry that stands twice in a list counts once',
  description:
    'Adds and removes with a list that names one subject twice. The answer must be documented; where it is a success, the ' +
    'listing must show the subject once, or not at all.',
  applies: (operation) => operation.effect?.kind === 'add' || operation.effect?.kind === 'remove',
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 3),
  async run(operation, context) {
    const { contract, fixtures } = context;
    const { effect } = operation;
    const relation = contract.relations.get(effect?.target ?? '');
    if (effect === undefined || relation === undefined) return;
    if (forbidsRepeats(operation, context)) return;
    const rest = relation.between[remainingSide(relation, effect)] ?? '';
    const entries = await Promise.all(
      Object.keys(effect.of).map(async (side) => [side, await fixtures.subject(side)] as const),
    );
    const sides: Sides = Object.fromEntries(entries);
    const [twice, stays] = await fixtures.subjects(rest, 2);
    if (twice === undefined || stays === undefined) return;
    await fixtures.add(relation.name, sides, effect.kind === 'remove' ? [twice, stays] : [stays]);
    const exchange = await context.send(namingRequest(operation, sides, [twice.name, twice.name]));
    context.report(...context.judge(exchange, { kind: 'documented' }));
    const listing = fixtures.operation('list', relation.name, Object.keys(effect.of));
    if (!succeeded(exchange)) {
      context.observe(`a list that names one ${rest} twice is refused with ${exchange.response.status}`);
    } else if (listing) {
      const ids = effect.kind === 'add' ? [stays.id, twice.id] : [stays.id];
      const shown = await shownBy(context, listing, rest, sides, (seen) => showsExactly(ids, seen));
      const expected = { listing, sides, resource: rest, ids };
      context.report(...listingDifference(expected, shown, contract.evidenceAt(relation.pointer), [exchange]));
    }
  },
};

/** `uniqueItems`: a repeat breaks the schema, and is the input checks' to try. */
function forbidsRepeats(operation: Operation, { contract }: CheckContext): boolean {
  const schema = shapeOf(contract, operation.requestBody?.content[0]?.schema ?? {});
  const [pointer = ''] = Object.values(operation.effect?.each ?? {});
  const list = getPointer(schema, `/properties${pointer}`);
  return isObject(list) && shapeOf(contract, list).uniqueItems === true;
}
