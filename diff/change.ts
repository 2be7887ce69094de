import type { Json, Pointer } from '../contract/contract.js';
import type { Kind } from './kinds/kind.js';
import { type ChangeKind, KINDS } from './kinds.js';

/** One difference between two contracts. */
export interface Change {
  readonly kind: ChangeKind;
  /** In the new document, or in the old one for what was removed. */
  readonly pointer: Pointer;
  /** What changed, old → new: the first half of a sentence, without a period. */
  readonly what: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** A difference with the operations it affects. */
export interface ContractChange extends Change {
  /** Ids in the new contract, or in the old one for removed operations. Empty: it belongs to no operation. */
  readonly operations: readonly string[];
}

/** The impact on callers: `breaking` requires a major version, the others the step of that name. */
type Impact = Kind['impact'];

/** A step of semantic versioning. */
export type Step = 'major' | 'minor' | 'patch' | 'none';

export function changeAt(kind: ChangeKind, pointer: Pointer, what: string, values: Values = {}): Change {
  return {
    kind,
    pointer,
    what,
    ...(values.from === undefined ? {} : { from: values.from }),
    ...(values.to === undefined ? {} : { to: values.to }),
  };
}

interface Values {
  readonly from?: Json | undefined;
  readonly to?: Json | undefined;
}

/**
 * Merges the same change found through several operations or schema paths into one that lists all operations. Changes
 * are the same if kind, pointer and values are: two changes at one pointer stay two.
 */
export function mergeChanges(changes: readonly ContractChange[]): readonly ContractChange[] {
  const merged = new Map<string, { change: ContractChange; operations: Set<string> }>();
  for (const change of changes) {
    const key = JSON.stringify([change.kind, change.pointer, change.from, change.to]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { change, operations: new Set(change.operations) });
    else for (const operation of change.operations) known.operations.add(operation);
  }
  return [...merged.values()].map(({ change, operations }) => ({ ...change, operations: [...operations] }));
}

export function isBreaking(change: Change): boolean {
  return KINDS[change.kind].impact === 'breaking';
}

/** The version step that these changes require. */
export function stepFor(changes: readonly Change[]): Step {
  const impacts = new Set<Impact>(changes.map(({ kind }) => KINDS[kind].impact));
  if (impacts.has('breaking')) return 'major';
  if (impacts.has('minor')) return 'minor';
  return impacts.has('patch') ? 'patch' : 'none';
}
