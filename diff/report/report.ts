import type { Json } from '../../contract/contract.js';
import { type ContractChange, isBreaking, type Step, stepFor } from '../change.js';
import type { Concern } from '../kinds/kind.js';
import type { ChangeKind } from '../kinds.js';
import { KINDS } from '../kinds.js';

/** The output of `rolecall diff --json`. */
export interface DiffReport extends DiffResult {
  /** The file as given. */
  readonly from: string;
  readonly to: string;
}

/** The differences between two contracts and their impact on callers. */
export interface DiffResult {
  readonly breaking: boolean;
  readonly step: Step;
  /** Numbers of changes; a change that affects several operations counts once. */
  readonly counts: { readonly breaking: number; readonly other: number };
  /** One entry per change and affected operation. */
  readonly changes: readonly ReportedChange[];
}

interface ReportedChange {
  /** Begins with `#/`: in the new document, or in the old one for what was removed. */
  readonly pointer: string;
  /** The operation's id, or null if the change belongs to none. */
  readonly operation: string | null;
  readonly kind: ChangeKind;
  readonly breaking: boolean;
  readonly concerns: Concern;
  /** What changed, a colon, and the impact. */
  readonly message: string;
  readonly from?: Json;
  readonly to?: Json;
}

export function reportOf(from: string, to: string, changes: readonly ContractChange[]): DiffReport {
  return { from, to, ...resultOf(changes) };
}

export function resultOf(changes: readonly ContractChange[]): DiffResult {
  const breaking = changes.filter(isBreaking).length;
  return {
    breaking: breaking > 0,
    step: stepFor(changes),
    counts: { breaking, other: changes.length - breaking },
    changes: changes.flatMap((change) => {
      const operations = change.operations.length === 0 ? [null] : change.operations;
      return operations.map((operation) => reported(change, operation));
    }),
  };
}

function reported(change: ContractChange, operation: string | null): ReportedChange {
  const { concerns, why } = KINDS[change.kind];
  return {
    pointer: `#${change.pointer}`,
    operation,
    kind: change.kind,
    breaking: isBreaking(change),
    concerns,
    message: `${change.what}: ${why}`,
    ...(change.from === undefined ? {} : { from: change.from }),
    ...(change.to === undefined ? {} : { to: change.to }),
  };
}
