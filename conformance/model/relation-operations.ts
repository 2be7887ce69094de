import type { Contract, Json, Operation } from '../../contract/contract.js';
import type { Fixtures, Subject } from '../fixtures/fixtures.js';
import { neededValues } from '../lookup/needed-values.js';
import { valuesNaming } from '../lookup/path-names.js';
import { bodyNaming } from '../lookup/tuples.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import {
  fixedSideIndices,
  namesEverySide,
  type RelationOperations,
  type RelationStep,
  remainingSideIndex,
} from './relation-step.js';

/** The subjects of each side of a relation, in the order of `between`. */
export type SubjectsBySide = readonly (readonly Subject[])[];

/** Subjects of a side that paths name, and of the side that lists name. */
const PATH_SUBJECTS = 2;
const LIST_SUBJECTS = 4;

/**
 * The relation that an operation changes, with all operations on it.
 * @param operation - one whose effect is on a relation; otherwise the result is absent
 */
export function relationOperations(
  contract: Contract,
  fixtures: Pick<Fixtures, 'operations'>,
  operation: Operation,
): RelationOperations | undefined {
  const { effect } = operation;
  const relation = effect?.on === 'relation' ? contract.relations.get(effect.target) : undefined;
  if (relation === undefined) return undefined;
  const rest = remainingSideIndex(relation, effect);
  return {
    relation,
    add: fixtures.operations('add', relation.name),
    remove: fixtures.operations('remove', relation.name),
    list: fixtures.operations('list', relation.name),
    counts: relation.between.map((_name, side) => (side === rest ? LIST_SUBJECTS : PATH_SUBJECTS)),
  };
}

export async function prepareSubjects(operations: RelationOperations, fixtures: Fixtures): Promise<SubjectsBySide> {
  const subjects: (readonly Subject[])[] = [];
  for (const [side, name] of operations.relation.between.entries()) {
    subjects.push(await fixtures.subjects(name, operations.counts[side] ?? PATH_SUBJECTS));
  }
  return subjects;
}

/** The request of a step. */
export function requestOfStep(
  contract: Contract,
  operations: RelationOperations,
  subjects: SubjectsBySide,
  step: RelationStep,
): PlannedRequest | undefined {
  const operation = operations[step.kind][step.via];
  if (operation === undefined) return undefined;
  const { relation } = operations;
  const fixed = fixedSideIndices(relation, operation.effect);
  const rest = remainingSideIndex(relation, operation.effect);
  const chosen = fixed.map((side, place) => [side, step.fixed[place] ?? 0] as const);
  const whole = namesEverySide(relation, operation.effect) ? [[rest, step.many[0] ?? 0] as const] : [];
  const sides = Object.fromEntries(
    [...chosen, ...whole].map(([side, index]) => [relation.between[side] ?? '', subjects[side]?.[index]]),
  );
  const names = step.many.flatMap((index) => subjects[rest]?.[index]?.name ?? []);
  return namingRequest(contract, operation, { sides, names, kind: step.kind });
}

/** What a request names. */
export interface NamedSubjects {
  /** In the path. */
  readonly sides: Readonly<Record<string, Subject | undefined>>;
  /** In the list of the body: how bodies name them. */
  readonly names: readonly Json[];
  /** What to do with the tuples; by default, what the operation does. */
  readonly kind?: 'add' | 'remove';
}

/** A request that names these subjects in its path, and these names in the list of its body. */
export function namingRequest(
  contract: Contract,
  operation: Operation,
  { sides, names, kind = operation.effect?.kind === 'remove' ? 'remove' : 'add' }: NamedSubjects,
): PlannedRequest {
  const body = bodyNaming(contract, operation, names, kind);
  const values = { ...neededValues(contract, operation), ...valuesNaming(operation, sides) };
  return buildRequest(operation, { ...values, ...(body === undefined ? {} : { body }) });
}
