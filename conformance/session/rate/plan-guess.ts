import type { Rate, RateLimit, RatePlan } from '../../../contract/contract.js';

/** The key of the bucket that operations without a group share. */
export const SHARED = '';
/** Where no plan is known: the documented bucket that takes longest to fill does so in this many seconds. */
const SLOWEST_FILL_S = 12;

/** Finds out under which plan a target is, from what its answers announce; the plans that fit so far. */
export class PlanGuess {
  readonly #announced = new Map<string, number>();
  #candidates: readonly RatePlan[];

  /** @param name - the plan that the user named */
  constructor(rateLimit: RateLimit | undefined, name?: string) {
    const plans = rateLimit?.plans ?? [];
    this.#candidates = name === undefined ? plans : plans.filter((plan) => plan.name === name);
  }

  /** The plans that fit all answers so far. */
  get names(): readonly string[] {
    return this.#candidates.map(({ name }) => name);
  }

  /** The plan to count with: the slowest that fits; absent where none does. */
  get plan(): RatePlan | undefined {
    return [...this.#candidates].sort((one, other) => one.perSecond - other.perSecond)[0];
  }

  /** The bucket of a group: the shared one unless a plan that fits lists the group. */
  keyOf(group: string | undefined): string {
    return group !== undefined && this.#candidates.some(({ groups }) => groups.has(group)) ? group : SHARED;
  }

  /** Call with the limit that an answer announces for a bucket. */
  announced(key: string, limit: number): void {
    if (this.#announced.get(key) === limit) return;
    this.#announced.set(key, limit);
    const fitting = this.#candidates.filter((plan) => rateIn(plan, key).burst === limit);
    if (fitting.length > 0) this.#candidates = fitting;
  }

  /** The rate of a bucket: the slowest that fits, and of the announced size. */
  rateOf(key: string): Rate {
    const limit = this.#announced.get(key);
    const rates = this.#candidates.map((plan) => rateIn(plan, key));
    const fitting = limit === undefined ? rates : rates.filter(({ burst }) => burst === limit);
    if (fitting.length > 0) {
      const burst = limit ?? Math.min(...fitting.map((rate) => rate.burst));
      return { burst, perSecond: Math.min(...fitting.map(({ perSecond }) => perSecond)) };
    }
    const burst = limit ?? 1;
    return { burst, perSecond: burst / SLOWEST_FILL_S };
  }
}

function rateIn(plan: RatePlan, key: string): Rate {
  return plan.groups.get(key) ?? plan;
}
