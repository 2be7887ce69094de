import type { Contract, Effect, Operation, Relation } from '../../contract/contract.js';

/** Finds operations by what they do. */
export class Effects {
  readonly #byEffect = new Map<string, Operation[]>();

  constructor(contract: Contract) {
    for (const operation of contract.operations) {
      if (operation.effect === undefined) continue;
      const key = keyOf(operation.effect.kind, operation.effect.target);
      const known = this.#byEffect.get(key);
      if (known === undefined) this.#byEffect.set(key, [operation]);
      else known.push(operation);
    }
  }

  /** Every operation with this effect: the same set from either side. */
  all(kind: Effect['kind'], target: string): readonly Operation[] {
    return this.#byEffect.get(keyOf(kind, target)) ?? [];
  }

  /**
   * The operation with this effect, the one whose path binds exactly these sides where they are given. One that names
   * its resource by another property than the key comes last.
   */
  one(kind: Effect['kind'], target: string, sides?: readonly string[]): Operation | undefined {
    const candidates = this.all(kind, target).filter(
      ({ effect }) => sides === undefined || sameSides(Object.keys(effect?.of ?? {}), sides),
    );
    return candidates.find(({ effect }) => effect?.by === undefined) ?? candidates[0];
  }

  /** The operations with this effect whose path binds only sides among these, those that bind most of them first. */
  within(kind: Effect['kind'], target: string, sides: readonly string[]): readonly Operation[] {
    const bound = (operation: Operation) => Object.keys(operation.effect?.of ?? {});
    return this.all(kind, target)
      .filter((operation) => bound(operation).every((side) => sides.includes(side)))
      .sort((one, other) => bound(other).length - bound(one).length);
  }
}

/** The one side of a relation that is not among these. */
export function remainingSide(relation: Relation, sides: readonly string[]): string {
  const rest = relation.between.filter((side) => !sides.includes(side));
  const [side] = rest;
  if (side === undefined || rest.length > 1) {
    throw new RangeError(`"${relation.name}" has ${rest.length} sides beside ${sides.join(', ')}; expected one.`);
  }
  return side;
}

function sameSides(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((side) => other.includes(side));
}

function keyOf(kind: Effect['kind'], target: string): string {
  return `${kind} ${target}`;
}
