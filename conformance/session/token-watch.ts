import { hasFreeParameters } from '../../contract/free-parameters.js';
import { Stop } from '../engine/stop.js';
import { endsSession } from '../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { UnclearChanges } from './unclear-changes.js';

/** So many reads are sent again to find out whether a token is still taken: a read may be open to all. */
const MOST_READS = 3;

/** Sends a request as before. */
type Resend = (request: PlannedRequest, authorization: string) => Promise<Exchange>;

/**
 * Notices that the target stops taking a token of the run, as after an operation that logs out or deletes its user. What
 * is refused from then on says nothing about the operations.
 */
export class TokenWatch {
  /** Reads that succeeded, by the Authorization header and the operation. */
  readonly #reads = new Map<string, Map<string, PlannedRequest>>();
  readonly #changes: UnclearChanges;
  /** Operations whose refusal did not mean that the token was lost. */
  readonly #sound = new Set<string>();
  readonly #lost = new Map<string, Stop>();

  /** @param changes - one of which may be why a token is lost */
  constructor(changes: UnclearChanges) {
    this.#changes = changes;
  }

  /** Why the token of the run is lost, a sentence. */
  get lost(): string | undefined {
    return [...this.#lost.values()][0]?.message;
  }

  /** @throws Stop where the token was lost */
  assertNotLost(authorization: string | undefined): void {
    const stop = authorization === undefined ? undefined : this.#lost.get(authorization);
    if (stop !== undefined) throw stop;
  }

  /** Remembers reads that succeeded. */
  record(exchange: Exchange): void {
    const { request, authorization } = exchange;
    const { operation, method } = request;
    if (authorization === undefined || operation === undefined || method !== 'GET' || !succeeded(exchange)) return;
    const reads = this.#reads.get(authorization) ?? new Map<string, PlannedRequest>();
    this.#reads.set(authorization, reads);
    const isWhole = operation.security.length > 0 && !hasFreeParameters(operation) && !endsSession(operation);
    if (isWhole && reads.size < MOST_READS) reads.set(operation.id, request);
  }

  /**
   * Finds out what a refusal means: sends a few reads again that succeeded with this token. A 403 is the usual answer where
   * scopes lack; a token may have ended only if something may have ended it.
   * @throws Stop where one of them is refused now, and whatever sending throws
   */
  async assertTaken({ request, response, authorization }: Exchange, resend: Resend): Promise<void> {
    const id = request.operation?.id;
    const reads = authorization === undefined ? undefined : this.#reads.get(authorization);
    const mayBeLost = response.status === 401 || (response.status === 403 && this.#changes.areAny);
    if (!mayBeLost || authorization === undefined || id === undefined) return;
    if (reads === undefined || this.#sound.has(id)) return;
    for (const read of reads.values()) {
      const again = await resend(read, authorization);
      const { status } = again.response;
      if (status !== 401 && status !== response.status) continue;
      const stop = new Stop(this.#reason(read, status), 'credentials');
      this.#lost.set(authorization, stop);
      throw stop;
    }
    this.#sound.add(id);
  }

  #reason({ method, path }: PlannedRequest, status: number): string {
    const lost = `The target no longer takes the token: ${method} ${path}, which succeeded before, is answered with ${status}.`;
    return `${lost} ${this.#changes.tokenSuspicion() ?? 'It may have expired, or the target locks out who sends wrong tokens.'}`;
  }
}
