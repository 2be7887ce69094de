import { boundSides } from '../../contract/bound-sides.js';
import type { Contract, Relation } from '../../contract/contract.js';

type Bindings = readonly (readonly string[])[];

/** Every reset and copy makes a store. */
const known = new WeakMap<Contract, ReadonlyMap<string, Bindings>>();

/** The sets of sides to index, by relation. */
export function allBindings(contract: Contract): ReadonlyMap<string, Bindings> {
  const bindings =
    known.get(contract) ?? new Map([...contract.relations].map(([name, each]) => [name, bindingsOf(contract, each)]));
  known.set(contract, bindings);
  return bindings;
}

/** The sets of sides by which the contract's operations look up the tuples of a relation; each gets an index. */
function bindingsOf(contract: Contract, relation: Relation): Bindings {
  const sides = (names: Iterable<string>): string[] => relation.between.filter((side) => [...names].includes(side));
  const bindings: string[][] = [];
  for (const operation of contract.operations) {
    const effect = operation.effect;
    if (effect?.on !== 'relation') continue;
    bindings.push(sides(boundSides(effect)));
    // A set inside the items of this listing is looked up by the listing's sides.
    bindings.push(sides(contract.relations.get(effect.target)?.between ?? []));
  }
  for (const limit of relation.limits) bindings.push(sides(limit.per));
  for (const other of contract.relations.values()) {
    if (relation.follows === other.name) bindings.push(sides(other.between));
    for (const chain of other.shows) {
      const known = new Set(other.between);
      for (const link of chain) {
        if (link === relation.name) bindings.push(sides(known));
        for (const side of contract.relations.get(link)?.between ?? []) known.add(side);
      }
    }
  }
  return bindings.filter((binding) => binding.length > 0);
}
