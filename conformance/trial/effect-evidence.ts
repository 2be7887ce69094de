import type { Contract, Operation } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { joinPointer } from '../../contract/pointer.js';
import type { Violation } from '../finding.js';

/**
 * A part of an effect that the contract can be less sure of than of the effect itself. `add`: that adding what is there
 * already succeeds. `each`: that one unknown entry refuses the whole list. `unknown`: that what is not there is no error.
 */
export type EffectPart = 'add' | 'each' | 'unknown';

/** Violations that only show where this part of the effect holds: no surer than it is. */
export function weighedByEffect(
  part: EffectPart,
  violations: readonly Violation[],
  { effect }: Operation,
  contract: Contract,
): readonly Violation[] {
  if (effect === undefined || violations.length === 0) return violations;
  const evidence = contract.evidenceAt(joinPointer(effect.pointer, part));
  return violations.map((violation) => ({ ...violation, evidence: weaker(violation.evidence, evidence) }));
}
