import { Stop } from '../engine/stop.js';
import { type Exchange, succeeded } from './exchange.js';
import type { PlannedRequest } from './request.js';

/** So many reads are sent again to find out whether a token is still taken: a read may be open to all. */
const MOST_READS = 3;
/** So many changes are named that may have ended access. */
const MOST_CHANGES = 3;

/** Sends a request as before. */
type Resend = (request: PlannedRequest, authorization: string) => Promise<Exchange>;

/**
 * Notices that the target stops taking a token of the run, as after an operation that logs out or deletes its user. What
 * is refused from then on says nothing about the operations.
 */
export class TokenWatch {
  /** Reads that succeeded, by the Authorization header and the operation. */
  readonly #reads = new Map<string, Map<string, PlannedRequest>>();
  /** Changes that succeeded, of operations that do not say what they change. The newest come last. */
  readonly #changes: { readonly line: string; readonly operation: string }[] = [];
  /** Operations whose 401 did not mean that the token was lost. */
  readonly #sound = new Set<string>();
  readonly #lost = new Map<string, Stop>();

  /** Why the token of the run is lost, a sentence. */
  get lost(): string | undefined {
    return [...this.#lost.values()][0]?.message;
  }

  /** @throws Stop where the token was lost */
  assertNotLost(authorization: string | undefined): void {
    const stop = authorization === undefined ? undefined : this.#lost.get(authorization);
    if (stop !== undefined) throw stop;
  }

  /** Remembers what succeeded. */
  record({ request, response, authorization }: Exchange): void {
    const { operation, method, path } = request;
    if (authorization === undefined || operation === undefined || !succeeded({ response })) return;
    if (method === 'GET') {
      const reads = this.#reads.get(authorization) ?? new Map<string, PlannedRequest>();
      this.#reads.set(authorization, reads);
      const isWhole = operation.security.length > 0 && !operation.route.includes('{');
      if (isWhole && reads.size < MOST_READS) reads.set(operation.id, request);
    } else if (operation.effect === undefined) {
      this.#changes.push({ line: `${method} ${path.split('?')[0]}`, operation: operation.id });
      if (this.#changes.length > MOST_CHANGES) this.#changes.shift();
    }
  }

  /**
   * Finds out what a 401 means: sends a few reads again that succeeded with this token.
   * @throws Stop where one of them is refused now, and whatever sending throws
   */
  async assertTaken({ request, response, authorization }: Exchange, resend: Resend): Promise<void> {
    const id = request.operation?.id;
    const reads = authorization === undefined ? undefined : this.#reads.get(authorization);
    if (response.status !== 401 || authorization === undefined || id === undefined) return;
    if (reads === undefined || this.#sound.has(id)) return;
    for (const read of reads.values()) {
      const again = await resend(read, authorization);
      if (again.response.status !== 401) continue;
      const stop = new Stop(this.#reason(read), 'credentials');
      this.#lost.set(authorization, stop);
      throw stop;
    }
    this.#sound.add(id);
  }

  #reason({ method, path }: PlannedRequest): string {
    const lost = `The target no longer takes the token: ${method} ${path}, which succeeded before, is answered with 401.`;
    const last = [...this.#changes].reverse();
    if (last.length === 0) return `${lost} It may have expired, or the target locks out who sends wrong tokens.`;
    const skips = [...new Set(last.map(({ operation }) => operation))].map((id) => `--skip '${id}/*'`);
    return `${lost} The last changes before, the newest first: ${last.map(({ line }) => line).join(', ')}. Leave out what ends access: ${skips.join(' or ')}.`;
  }
}
