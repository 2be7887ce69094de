import fc from 'fast-check';
import type { Contract, Json, Operation } from '../../../contract/contract.js';
import type { Check, Depth } from '../../check.js';
import type { Sides } from '../../fixtures/fixtures.js';
import { namingRequest } from '../../model/relation-operations.js';
import { remainingSide } from '../../model/relation-step.js';
import { succeeded } from '../../target/exchange.js';
import { weighedByEffect } from '../../trial/effect-evidence.js';
import { isUnknown, problemsOf, refusalFor } from '../../trial/expected-refusal.js';
import { refusalTrial } from '../../trial/refusal-trial.js';

const RUNS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 8, exhaustive: 40 };

/** How many subjects that are there stand beside the one that is not. */
const KNOWN = 3;

export const allOrNothing: Check = {
  id: 'all-or-nothing',
  family: 'state',
  title: 'A list is taken whole or not at all',
  description:
    'Adds or removes several subjects in one request, one of which does not exist, at any place of the list. The request ' +
    'must be refused as documented, and of the others none may be added or removed.',
  applies: (operation, contract) => {
    const listed = listedResource(operation, contract);
    return (
      listed !== undefined &&
      problemsOf(operation, isUnknown(listed)).length > 0 &&
      !operation.effect?.unknownSucceeds.includes(listed)
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
    const whole = namingRequest(
      operation,
      sides,
      known.map(({ name }) => name),
    );
    if (whole.values === undefined) return;
    const trial = refusalTrial(context, whole.values);
    const expected = refusalFor(operation, isUnknown(listed), `an unknown ${listed} among known ones`);
    const lists = fc.record({ known: fc.integer({ min: 1, max: KNOWN }), place: fc.nat({ max: KNOWN }) });
    await context.property(
      lists,
      async (list) => {
        const names: readonly Json[] = known
          .slice(0, list.known)
          .map(({ name }) => name)
          .toSpliced(Math.min(list.place, list.known), 0, unknown.name);
        const { exchange, violations } = await trial.refused(namingRequest(operation, sides, names), expected);
        if (operation.effect?.kind === 'add' && (succeeded(exchange) || violations.length > 0)) {
          await fixtures.clear(relation.name, sides);
        }
        // That what was refused changed nothing is owed in any case.
        return succeeded(exchange) ? weighedByEffect('each', violations, operation, contract) : violations;
      },
      { runs: RUNS[context.depth] },
    );
  },
};

/** The resource that a list in the body names. */
function listedResource(operation: Operation, contract: Contract): string | undefined {
  const { effect } = operation;
  const relation = effect?.on === 'relation' ? contract.relations.get(effect.target) : undefined;
  if (relation === undefined || (effect?.kind !== 'add' && effect?.kind !== 'remove')) return undefined;
  return relation.between[remainingSide(relation, effect)];
}
