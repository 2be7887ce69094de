import type { Json } from '../../contract/contract.js';
import { type Change, isBreaking, type Step, stepFor } from '../change.js';
import type { Concern } from '../kinds/kind.js';
import type { ChangeKind } from '../kinds.js';
import { KINDS } from '../kinds.js';

/** What `rolecall diff --json` prints. */
export interface DiffReport extends DiffResult {
  /** As named on the command line. */
  readonly from: string;
  readonly to: string;
}

/** What a changed contract means for callers. */
export interface DiffResult {
  readonly breaking: boolean;
  readonly step: Step;
  /** Changes, each counted once however many operations it concerns. */
  readonly counts: { readonly breaking: number; readonly other: number };
  /** One entry for each operation that a change concerns. */
  readonly changes: readonly ReportedChange[];
}

interface ReportedChange {
  /** Begins with `#/`: in the new document, in the old one for what is gone. */
  readonly pointer: string;
  /** The operation's id, or null for what belongs to none. */
  readonly operation: string | null;
  readonly kind: ChangeKind;
  readonly breaking: boolean;
  readonly concerns: Concern;
  /** What changed, a colon, and what that means. */
  readonly message: string;
  readonly from?: Json;
  readonly to?: Json;
}

export function reportOf(from: string, to: string, changes: readonly Change[]): DiffReport {
  return { from, to, ...resultOf(changes) };
}

export function resultOf(changes: readonly Change[]): DiffResult {
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

function reported(change: Change, operation: string | null): ReportedChange {
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
