import type { Relation } from '../../contract/contract.js';
import type { CheckContext } from '../check.js';
import type { Sides } from '../fixtures/fixtures.js';

/** Adds the tuple of another relation that a tuple with these sides depends on. */
export async function addBase(relation: Relation, all: Sides, { contract, fixtures }: CheckContext): Promise<void> {
  const base = relation.follows === undefined ? undefined : contract.relations.get(relation.follows);
  if (base === undefined) return;
  const [last = '', ...fixed] = base.between.toReversed();
  const many = [all[last]].filter((subject) => subject !== undefined);
  const sides = Object.fromEntries(Object.entries(all).filter(([side]) => fixed.includes(side)));
  await fixtures.add(base.name, sides, many);
}
