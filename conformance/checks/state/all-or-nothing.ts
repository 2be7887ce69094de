import fc from 'fast-check';
import type { Contract, Json, Operation, Relation } from '../../../contract/contract.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Sides, Subject } from '../../fixtures/fixtures.js';
import { changesInLists } from '../../lookup/listed-entries.js';
import { listingDifference } from '../../model/listing-difference.js';
import { readExpected } from '../../model/relation-listing.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSideOf } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { withEffectEvidence } from '../../trial/effect-evidence.js';
import { isUnknown, problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 8, exhaustive: 40 };

/** Existing subjects in the list, besides the unknown one. */
const KNOWN = 3;

export const allOrNothing: Check = {
  id: 'all-or-nothing',
  family: 'state',
  title: 'A list is processed whole or not at all',
  description:
    'Adds or removes several subjects in one request, one of which does not exist, at any position of the list. The ' +
    'request must be refused as documented, and none of the other subjects may be added or removed. Where an unknown one is ' +
    'no error, all others must be added or removed.',
  appliesTo: 'operations that add or remove a list of subjects, and say what an unknown one gets',
  applies: (operation, contract) => {
    const listed = listedResource(operation, contract);
    return (
      listed !== undefined &&
      changesInLists(operation, contract) &&
      (ignoresUnknown(operation, listed) || problemsOf(operation, isUnknown(listed)).length > 0)
    );
  },
  requests: (_operation, _contract, depth) => RUNS[depth] * 2 + 2,
  async run(operation, context) {
    const { contract, fixtures } = context;
    const listed = listedResource(operation, contract);
    const relation = contract.relations.get(operation.effect?.target ?? '');
    if (listed === undefined || relation === undefined) return;
    const sides: Sides = Object.fromEntries(
      await Promise.all(
        Object.keys(operation.effect?.of ?? {}).map(async (side) => [side, await fixtures.subject(side)]),
      ),
    );
    const known = await fixtures.subjects(listed, KNOWN);
    const unknown = await fixtures.unknown(listed);
    if (operation.effect?.kind === 'remove') await fixtures.add(relation.name, sides, known);
    if (ignoresUnknown(operation, listed)) return tryIgnored({ relation, sides, known, unknown }, context);
    const whole = namingRequest(contract, operation, { sides, names: known.map(({ name }) => name) });
    if (whole.values === undefined) return;
    const trial = refusalTrial(context, whole.values);
    const expected = refusalFor(
      operation,
      isUnknown(listed),
      `the list names an unknown ${listed} among existing ones`,
    );
    const lists = fc.record({ known: fc.integer({ min: 1, max: KNOWN }), place: fc.nat({ max: KNOWN }) });
    await context.property(
      lists,
      async (list) => {
        const names: readonly Json[] = known
          .slice(0, list.known)
          .map(({ name }) => name)
          .toSpliced(Math.min(list.place, list.known), 0, unknown.name);
        const { exchange, violations } = await trial.refused(
          namingRequest(contract, operation, { sides, names }),
          expected,
        );
        if (operation.effect?.kind === 'add' && (succeeded(exchange) || violations.length > 0)) {
          await fixtures.clear(relation.name, sides);
        }
        // That a refused request changes nothing is certain, whatever the evidence of the effect.
        return succeeded(exchange) ? withEffectEvidence('each', violations, operation, contract) : violations;
      },
      { runs: RUNS[context.depth] },
    );
  },
};

function ignoresUnknown({ effect }: Operation, listed: string): boolean {
  return effect?.unknownSucceeds.includes(listed) === true;
}

interface KnownAndUnknown {
  readonly relation: Relation;
  readonly sides: Sides;
  readonly known: readonly Subject[];
  readonly unknown: Subject;
}

/** An unknown subject between known ones, where the contract says that it is no error. */
async function tryIgnored({ relation, sides, known, unknown }: KnownAndUnknown, context: CheckContext): Promise<void> {
  const { contract, fixtures, operation } = context;
  const names = known.map(({ name }) => name).toSpliced(1, 0, unknown.name);
  const exchange = await context.send(namingRequest(contract, operation, { sides, names }));
  const violations = context.judge(exchange, { kind: 'success' });
  context.report(...withEffectEvidence('unknown', violations, operation, contract));
  const listing = fixtures.operation('list', relation.name, Object.keys(operation.effect?.of ?? {}));
  if (!succeeded(exchange) || listing === undefined) return;
  const ids = operation.effect?.kind === 'add' ? known.map(({ id }) => id) : [];
  const expected = { listing, sides, resource: unknown.resource, ids };
  const actual = await readExpected(context, expected);
  const evidence = contract.evidenceAt(relation.pointer);
  const found = listingDifference(expected, actual, { evidence, before: [exchange] });
  context.report(...withEffectEvidence('unknown', found, operation, contract));
}

/** The resource that a list in the body names. */
function listedResource({ effect }: Operation, contract: Contract): string | undefined {
  const relation = effect?.on === 'relation' ? contract.relations.get(effect.target) : undefined;
  if (relation === undefined || (effect?.kind !== 'add' && effect?.kind !== 'remove')) return undefined;
  return remainingSideOf(relation, effect);
}
