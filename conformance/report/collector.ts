import type { CheckResult, RunEnd, RunEvent } from '../engine/event.js';
import type { Plan } from '../engine/plan.js';
import type { Finding } from '../finding.js';

/** What a run has told so far. Takes events, gives plain values. */
export class Collector {
  #plan: Plan | undefined;
  #end: RunEnd | undefined;
  #requests = 0;
  readonly #results: CheckResult[] = [];
  readonly #findings = new Map<string, Finding>();

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

  /** In the order in which they were found, one a cause. */
  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** In the order of the plan. */
  get results(): readonly CheckResult[] {
    const order = new Map(this.#plan?.checks.map((planned, index) => [planned, index]));
    const place = ({ planned }: CheckResult) => order.get(planned) ?? order.size;
    return [...this.#results].sort((one, other) => place(one) - place(other));
  }

  get end(): RunEnd | undefined {
    return this.#end;
  }

  #add(finding: Finding): void {
    const known = this.#findings.get(finding.fingerprint);
    if (known === undefined) {
      this.#findings.set(finding.fingerprint, finding);
      return;
    }
    // The first is the one whose request is shown, and which a replay tries.
    const [first = '', ...others] = known.operations;
    const operations = [...new Set([first, ...[...others, ...finding.operations].sort()])];
    this.#findings.set(finding.fingerprint, { ...known, operations });
  }
}
