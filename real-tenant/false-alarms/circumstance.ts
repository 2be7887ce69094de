import type { Clock } from '../../conformance/target/clock.js';
import type { Target } from '../../conformance/target/target.js';
import type { Contract } from '../../contract/contract.js';

/** A conforming tenant, and what is around it. */
export interface Surroundings {
  readonly target: Target;
  /** The clock of the run. Default: of the system. */
  readonly clock?: Clock;
  /** Ends what was started for it; the target is closed by the run. */
  end(): Promise<void>;
}

/** Circumstances in which verify must find nothing: the tenant conforms. */
export interface Circumstance {
  readonly name: string;
  /** What is unusual, in a few words. */
  readonly title: string;
  /** @returns a text that says why it cannot be tried on this machine */
  begin(contract: Contract, seed: number): Promise<Surroundings | string>;
}
