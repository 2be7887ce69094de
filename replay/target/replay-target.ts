import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { HttpRequest } from '../../conformance/target/target.js';
import type { Operation } from '../../contract/contract.js';

/** The target that recordings are sent to. */
export interface ReplayTarget {
  /** The name in reports. */
  readonly name: string;
  /** Sends a request; waits and retries after a 429. @throws ReplayError if there is no answer */
  send(request: HttpRequest): Promise<TargetResponse>;
  /** Why a request must not be sent: it would change what was there before. Absent: it may. */
  refusal?(request: Pick<HttpRequest, 'method' | 'path'>): string | undefined;
  /** Whether requests of an operation are sent with a token: one that it needs, or one of the user that it may take. */
  takesToken(operation: Operation): boolean;
  /** The full-access token. @throws ReplayError if the target issues none */
  token(): Promise<string>;
  /** A token with exactly these scopes; undefined if the target does not issue one. */
  scopedToken(scopes: readonly string[]): Promise<string | undefined>;
  /** Resets an embedded tenant between recordings. Absent for a remote target. */
  restart?(): Promise<void>;
  /** Waits until an eventually consistent listing may have caught up. */
  pause(): Promise<void>;
  /**
   * Removes what this replay created.
   * @returns what could not be removed, one text each
   */
  clear(): Promise<readonly string[]>;
  close(): Promise<void>;
}
