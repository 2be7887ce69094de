import type { CheckResult, RunEnd, RunEvent } from '../engine/event.js';
import { nameOf, type Plan, type PlannedCheck } from '../engine/plan.js';
import type { Finding } from '../finding.js';

/** Collects the events of a run into plain values. */
export class Collector {
  #plan: Plan | undefined;
  #end: RunEnd | undefined;
  #requests = 0;
  readonly #results: CheckResult[] = [];
  readonly #findings = new Map<string, Finding>();
  /** Fingerprints by `operationId/checkId`. */
  readonly #fingerprints = new Map<string, Set<string>>();

  take(event: RunEvent): void {
    switch (event.kind) {
      case 'planned':
        this.#plan = event.plan;
        return;
      case 'requested':
        this.#requests += 1;
        return;
      case 'finished':
        this.#results.push(event.result);
        return;
      case 'found':
        this.#add(event.finding);
        return;
      case 'ended':
        this.#end = event.end;
        return;
      default:
        return;
    }
  }

  get plan(): Plan | undefined {
    return this.#plan;
  }

  get requests(): number {
    return this.#requests;
  }

  /** In the order found, one per cause. */
  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** In the order of the plan. */
  get results(): readonly CheckResult[] {
    const order = new Map(this.#plan?.checks.map((planned, index) => [planned, index]));
    const place = ({ planned }: CheckResult) => order.get(planned) ?? order.size;
    return [...this.#results].sort((one, other) => place(one) - place(other));
  }

  /** The findings of one check, also those that another check found first. */
  fingerprintsOf(planned: Pick<PlannedCheck, 'check' | 'operation'>): readonly string[] {
    return [...(this.#fingerprints.get(nameOf(planned)) ?? [])];
  }

  get end(): RunEnd | undefined {
    return this.#end;
  }

  #add(finding: Finding): void {
    for (const operation of finding.operations) {
      const name = `${operation}/${finding.check}`;
      this.#fingerprints.set(name, (this.#fingerprints.get(name) ?? new Set()).add(finding.fingerprint));
    }
    const known = this.#findings.get(finding.fingerprint);
    const operations = mergeOperations(known?.operations ?? finding.operations, finding.operations);
    this.#findings.set(finding.fingerprint, { ...(known ?? finding), operations });
  }
}

/** The operation whose request is shown and replayed stays first; the others are sorted. */
export function mergeOperations(known: readonly string[], more: readonly string[]): readonly string[] {
  const [first = '', ...others] = known;
  return [...new Set([first, ...[...others, ...more].sort()])];
}
