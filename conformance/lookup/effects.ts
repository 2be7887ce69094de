import { boundSides } from '../../contract/bound-sides.js';
import type { Contract, Effect, Operation, Relation } from '../../contract/contract.js';

/** The operations of a contract, indexed by their effect. */
export class Effects {
  readonly contract: Contract;
  readonly #byEffect = new Map<string, Operation[]>();

  constructor(contract: Contract) {
    this.contract = contract;
    for (const operation of contract.operations) {
      if (operation.effect === undefined) continue;
      const { kind, target, flag } = operation.effect;
      // With a flag, an addition removes too.
      for (const each of flag === undefined ? [kind] : [kind, 'remove' as const]) {
        const key = keyOf(each, target);
        const known = this.#byEffect.get(key);
        if (known === undefined) this.#byEffect.set(key, [operation]);
        else known.push(operation);
      }
    }
  }

  /** Every operation with this effect; a relation may have one for each side. */
  all(kind: Effect['kind'], target: string): readonly Operation[] {
    return this.#byEffect.get(keyOf(kind, target)) ?? [];
  }

  /**
   * The operation with this effect; with `sides`, the one whose path and query name exactly these. Operations that identify their
   * resource by another property than the key come last.
   */
  one(kind: Effect['kind'], target: string, sides?: readonly string[]): Operation | undefined {
    const candidates = this.all(kind, target).filter(
      ({ effect }) => sides === undefined || sameSides(effect === undefined ? [] : boundSides(effect), sides),
    );
    return candidates.find(({ effect }) => effect?.by === undefined) ?? candidates[0];
  }

  /** The operations with this effect whose path names only some of these sides; those that name most come first. */
  within(kind: Effect['kind'], target: string, sides: readonly string[]): readonly Operation[] {
    const bound = ({ effect }: Operation) => (effect === undefined ? [] : boundSides(effect));
    return this.all(kind, target)
      .filter((operation) => bound(operation).every((side) => sides.includes(side)))
      .sort((one, other) => bound(other).length - bound(one).length);
  }
}

/** The one side of a relation that is not among these. @throws RangeError where there is not exactly one */
export function remainingSide(relation: Relation, sides: readonly string[]): string {
  const rest = relation.between.filter((side) => !sides.includes(side));
  const [side] = rest;
  if (side === undefined || rest.length > 1) {
    throw new RangeError(
      `relation "${relation.name}": expected one side besides "${sides.join('", "')}", found ${rest.length}`,
    );
  }
  return side;
}

function sameSides(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((side) => other.includes(side));
}

function keyOf(kind: Effect['kind'], target: string): string {
  return `${kind} ${target}`;
}
