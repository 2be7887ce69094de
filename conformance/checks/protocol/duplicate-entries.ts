import type { Operation } from '../../../contract/contract.js';
import { listInBody } from '../../../contract/list-in-body.js';
import type { Check, CheckContext } from '../../check.js';
import type { Sides } from '../../fixtures/fixtures.js';
import { changesInLists } from '../../lookup/listed-entries.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readExpected } from '../../model/relation-listing.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';

export const duplicateEntries: Check = {
  id: 'duplicate-entries',
  family: 'protocol',
  title: 'A repeated entry of a list counts once',
  description:
    'Adds and removes with a list that names one subject twice. The response must be documented; after a success the ' +
    'listing must show the subject once, or not at all.',
  needsState: true,
  appliesTo: 'operations that add or remove a list of subjects',
  applies: (operation, contract) =>
    (operation.effect?.kind === 'add' || operation.effect?.kind === 'remove') && changesInLists(operation, contract),
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 3),
  async run(operation, context) {
    const { contract, fixtures } = context;
    const { effect } = operation;
    const relation = contract.relations.get(effect?.target ?? '');
    if (effect === undefined || relation === undefined) return;
    if (forbidsRepeats(operation, context)) return;
    const rest = remainingSideOf(relation, effect);
    const entries = await Promise.all(
      Object.keys(effect.of).map(async (side) => [side, await fixtures.subject(side)] as const),
    );
    const sides: Sides = Object.fromEntries(entries);
    const [twice, kept] = await fixtures.subjects(rest, 2);
    if (twice === undefined || kept === undefined) return;
    await fixtures.add(relation.name, sides, effect.kind === 'remove' ? [twice, kept] : [kept]);
    const exchange = await context.send(namingRequest(contract, operation, { sides, names: [twice.name, twice.name] }));
    context.report(...context.judge(exchange, { kind: 'documented' }));
    const listing = fixtures.operation('list', relation.name, Object.keys(effect.of));
    if (!succeeded(exchange)) {
      context.observe(`a list that names one ${rest} twice is refused with ${exchange.response.status}`);
    } else if (listing) {
      const ids = effect.kind === 'add' ? [kept.id, twice.id] : [kept.id];
      const expected = { listing, sides, resource: rest, ids };
      const actual = await readExpected(context, expected);
      const evidence = contract.evidenceAt(relation.pointer);
      context.report(...listingDifference(expected, actual, { evidence, before: [exchange] }));
    }
  },
};

/** With `uniqueItems` a repeated entry violates the schema, which the input checks try. */
function forbidsRepeats(operation: Operation, { contract }: CheckContext): boolean {
  const [pointer = ''] = Object.values(operation.effect?.each ?? {});
  return listInBody(contract, operation, pointer)?.uniqueItems === true;
}
