/** What goes wrong with the next answers of an operation. */
export interface FaultRule {
  /** The id of an operation; undefined: any operation. */
  readonly operation?: string;
  /** How many answers. */
  readonly times: number;
  /** The status of the answer. */
  readonly status?: number;
  /** Of a 429: seconds until the rate limit resets. */
  readonly retryAfter?: number;
  /** Closes the connection instead of answering. */
  readonly reset?: boolean;
  /** Seconds before the answer. */
  readonly delay?: number;
  /** The request takes effect all the same. */
  readonly after?: boolean;
}

/** A rule that is in force. */
export interface Fault extends Omit<FaultRule, 'times'> {
  readonly id: string;
  /** How many answers will still fail. */
  readonly left: number;
}

/** The faults of a tenant, in the order in which they apply. */
export class Faults {
  #faults: Fault[] = [];
  #created = 0;

  get size(): number {
    return this.#faults.length;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  add({ times, ...rule }: FaultRule): Fault {
    this.#created += 1;
    const fault = { ...rule, id: `fault-${this.#created}`, left: times };
    this.#faults.push(fault);
    return fault;
  }

  /** The fault that applies to the next answer of an operation; it counts as used. */
  take(operation: string): Fault | undefined {
    const at = this.#faults.findIndex((each) => each.operation === undefined || each.operation === operation);
    const fault = this.#faults[at];
    if (fault === undefined) return undefined;
    if (fault.left > 1) this.#faults[at] = { ...fault, left: fault.left - 1 };
    else this.#faults.splice(at, 1);
    return fault;
  }

  delete(id: string): void {
    this.#faults = this.#faults.filter((each) => each.id !== id);
  }

  clear(): void {
    this.#faults = [];
  }
}
