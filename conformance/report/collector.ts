import type { CheckResult, RunEnd, RunEvent } from '../engine/event.js';
import type { Plan, PlannedCheck } from '../engine/plan/plan.js';
import type { Finding } from '../finding/finding.js';

/** Collects the events of a run into plain values. */
export class Collector {
  #plan: Plan | undefined;
  #end: RunEnd | undefined;
  #requests = 0;
  readonly #results: CheckResult[] = [];
  readonly #found: Finding[] = [];

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
        this.#found.push(event.finding);
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

  /** As the checks found them, before diagnosis. */
  get found(): readonly Finding[] {
    return this.#found;
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
}

/** The findings of one check while a run goes on, before diagnosis. */
export function findingsOf(collected: Collector, { check, operation }: Pick<PlannedCheck, 'check' | 'operation'>) {
  return collected.found.filter((finding) => finding.check === check.id && finding.foundAt === operation.id);
}
