import type { Contract, Operation } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { joinPointer } from '../../contract/pointer.js';
import type { Violation } from '../finding/finding.js';

/**
 * A detail of an effect with evidence that may be weaker than that of the effect itself. `add`: adding an existing tuple
 * succeeds. `each`: one unknown entry refuses the whole list. `unknown`: naming an unknown subject is no error.
 */
export type EffectDetail = 'add' | 'each' | 'unknown';

/** Gives violations of such a detail the weaker of both evidences. */
export function withEffectEvidence(
  detail: EffectDetail,
  violations: readonly Violation[],
  { effect }: Operation,
  contract: Contract,
): readonly Violation[] {
  if (effect === undefined || violations.length === 0) return violations;
  const evidence = contract.evidenceAt(joinPointer(effect.pointer, detail));
  return violations.map((violation) => ({ ...violation, evidence: weaker(violation.evidence, evidence) }));
}
