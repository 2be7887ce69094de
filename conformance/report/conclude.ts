import type { Contract } from '../../contract/contract.js';
import type { Check } from '../check.js';
import type { CheckFacts, DiagnosableResult, DiagnosedRun } from '../diagnosis/diagnosable.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { showing } from '../diagnosis/shown-exchange.js';
import type { CheckResult } from '../engine/event.js';
import { nameOf } from '../engine/plan/plan.js';
import type { Finding } from '../finding/finding.js';
import { readOperation } from '../lookup/resource-operations.js';
import type { Collector } from './collector.js';

/** The findings and results of a run, as a report states them. */
export interface CollectedRun {
  readonly findings: readonly Finding[];
  readonly results: readonly CheckResult[];
  /** The fingerprints of the findings of each check, by `operationId/checkId`. */
  readonly fingerprints: ReadonlyMap<string, readonly string[]>;
}

/**
 * Diagnoses what was found.
 * @param allowMissing - operations that the target does not implement are skipped, not findings
 */
export function conclude(collected: Collector, { allowMissing }: { readonly allowMissing: boolean }): CollectedRun {
  const { plan, end, found } = collected;
  const absent = end?.absent ?? [];
  const isAllowed = ({ operations }: Finding): boolean =>
    allowMissing && operations.some((operation) => absent.includes(operation));
  const counted = found.filter((finding) => !isAllowed(finding));
  const results = collected.results.map((result) =>
    withoutAllowed(result, { found: ownOf(found, result), counted: ownOf(counted, result) }),
  );
  const checks = new Map(plan?.checks.map(({ check }) => [check.id, check]));
  const { findings, standsFor } = diagnose<Finding>({
    findings: counted,
    results: results.map(diagnosable),
    operations: plan?.contract.operations.map(({ id }) => id) ?? [],
    absent: allowMissing ? [] : absent,
    readings: plan === undefined ? [] : readingsOf(plan.contract),
    check: checkFacts([...checks.values()]),
    showing,
  });
  const fingerprints = new Map<string, readonly string[]>();
  for (const finding of counted) {
    const name = `${finding.foundAt}/${finding.check}`;
    const fingerprint = standsFor.get(finding) ?? finding.fingerprint;
    fingerprints.set(name, [...new Set([...(fingerprints.get(name) ?? []), fingerprint])]);
  }
  return { findings, results, fingerprints };
}

/** Each operation that creates a resource, and the one that reads it by its id. */
export function readingsOf(contract: Contract): DiagnosedRun<Finding>['readings'] {
  return contract.operations.flatMap(({ id, effect }) => {
    const reading = effect?.kind === 'create' ? readOperation(effect.target, contract) : undefined;
    return reading === undefined ? [] : [[id, reading.id] as const];
  });
}

/** What diagnosing needs to know of checks, by id. @param checks - in the order of a plan */
export function checkFacts(checks: readonly Check[]): (id: string) => CheckFacts | undefined {
  const facts = checks.map(({ id, title, family, needsState = family === 'state' }, rank): [string, CheckFacts] => [
    id,
    { title, needsState, rank },
  ]);
  const byId = new Map(facts);
  return (id) => byId.get(id);
}

function diagnosable({ planned, outcome, reason }: CheckResult): DiagnosableResult {
  const { check, operation } = planned;
  return { check: check.id, operation: operation.id, outcome, ...(reason === undefined ? {} : { reason }) };
}

function ownOf(findings: readonly Finding[], { planned }: CheckResult): readonly Finding[] {
  const name = nameOf(planned);
  return findings.filter(({ foundAt, check }) => `${foundAt}/${check}` === name);
}

/** A check that found only what is allowed to be missing did not run. */
function withoutAllowed(
  result: CheckResult,
  { found, counted }: { readonly found: readonly Finding[]; readonly counted: readonly Finding[] },
): CheckResult {
  if (found.length === 0 || counted.length > 0) return result;
  const [first] = found;
  const reason = `${first?.operations[0] ?? ''} is not implemented (--allow-missing).`;
  return { ...result, outcome: 'skipped', reason, because: 'absent' };
}
