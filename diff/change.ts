import type { Json, Pointer } from '../contract/contract.js';
import type { Kind } from './kinds/kind.js';
import { type ChangeKind, KINDS } from './kinds.js';

/** One difference between two contracts, before it is known whom it concerns. */
export interface Finding {
  readonly kind: ChangeKind;
  /** In the new document; in the old one for what is gone. */
  readonly pointer: Pointer;
  /** What changed, old → new: the first half of a sentence, without a full stop. */
  readonly what: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** A difference with the operations that it concerns. */
export interface Change extends Finding {
  /** Ids as in the new contract, or in the old one for an operation that is gone. Empty: it belongs to no operation. */
  readonly operations: readonly string[];
}

/** What callers have to do about a change: `breaking` asks for a major step, the others say theirs. */
type Impact = Kind['impact'];

/** The step of a semantic version. */
export type Step = 'major' | 'minor' | 'patch' | 'none';

export function finding(kind: ChangeKind, pointer: Pointer, what: string, values: Values = {}): Finding {
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
 * The same difference found through several operations, or on several ways through their schemas, is one change that
 * concerns them all.
 */
export function mergeChanges(changes: readonly Change[]): readonly Change[] {
  const merged = new Map<string, { change: Change; operations: Set<string> }>();
  for (const change of changes) {
    const key = JSON.stringify([change.kind, change.pointer, change.from, change.to]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { change, operations: new Set(change.operations) });
    else for (const operation of change.operations) known.operations.add(operation);
  }
  return [...merged.values()].map(({ change, operations }) => ({ ...change, operations: [...operations] }));
}

export function isBreaking(change: Finding): boolean {
  return KINDS[change.kind].impact === 'breaking';
}

/** The step that a version has to take for these changes. */
export function stepFor(changes: readonly Finding[]): Step {
  const impacts = new Set<Impact>(changes.map(({ kind }) => KINDS[kind].impact));
  if (impacts.has('breaking')) return 'major';
  if (impacts.has('minor')) return 'minor';
  return impacts.has('patch') ? 'patch' : 'none';
}
