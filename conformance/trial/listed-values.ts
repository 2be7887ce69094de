import { boundSides } from '../../contract/bound-sides.js';
import type { CheckContext } from '../check.js';
import type { Sides, Subject } from '../fixtures/fixtures.js';
import { valuesNaming } from '../lookup/path-names.js';
import type { RequestValues } from '../target/request.js';

/** Values for a listing that is not empty. */
export interface ListedValues {
  readonly values: RequestValues;
  /** Some of the listed subjects; for a relation, all of them. */
  readonly subjects: readonly Subject[];
  /** Of a relation: what the path of the listing names. */
  readonly sides?: Sides;
}

/** Creates so many entries in the listing of the context's operation. */
export async function listedValues(
  { contract, operation, fixtures }: CheckContext,
  count: number,
): Promise<ListedValues> {
  const { effect } = operation;
  const values = await fixtures.valid(operation);
  const relation = contract.relations.get(effect?.target ?? '');
  if (effect === undefined || relation === undefined) {
    const subjects: Subject[] = [];
    for (let made = 0; made < count; made += 1) subjects.push(await fixtures.fresh(effect?.target ?? ''));
    return { values, subjects };
  }
  const bound = boundSides(effect);
  const sides = Object.fromEntries(
    await Promise.all(bound.map(async (side) => [side, await fixtures.subject(side)] as const)),
  );
  const subjects = await fixtures.subjects(fixtures.remaining(relation, bound), count);
  await fixtures.add(relation.name, sides, subjects);
  await fixtures.list(relation.name, sides, (ids) => subjects.every(({ id }) => ids.includes(id)));
  return { values: { ...values, ...valuesNaming(operation, sides) }, subjects, sides };
}
