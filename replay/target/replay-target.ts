import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { HttpRequest } from '../../conformance/target/target.js';

/** Where recordings are sent to. */
export interface ReplayTarget {
  /** As shown. */
  readonly name: string;
  /** A 429 is waited out. @throws ReplayError where no answer comes */
  send(request: HttpRequest): Promise<TargetResponse>;
  /** The token that may everything. @throws ReplayError where there is none to be had */
  token(): Promise<string>;
  /** A token with these scopes and no other; nothing where none is to be had. */
  scopedToken(scopes: readonly string[]): Promise<string | undefined>;
  /** Takes everything away, so that the next recording finds a new tenant; absent where the target is somebody's. */
  restart?(): Promise<void>;
  /** Waits a moment, for what was written and does not show yet. */
  pause(): Promise<void>;
  /**
   * Removes what was created and is still there.
   * @returns what is left nevertheless, named so that a person can remove it
   */
  clear(): Promise<readonly string[]>;
  close(): Promise<void>;
}
