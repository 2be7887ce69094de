import { randomFrom } from '../conformance/engine/seed.js';
import type { RatePlan } from '../contract/contract.js';
import { Bucket } from '../tenant/routing/rate.js';
import type { SimulatedClock } from './simulated-clock.js';
import type { SimulatedTenant } from './simulated-tenant.js';

export interface OtherClientsOptions {
  readonly simulated: SimulatedTenant;
  readonly clock: SimulatedClock;
  readonly ratePlan: RatePlan;
  readonly token: string;
  readonly seed: number;
}

const CLIENTS = 2;
/** The share of the shared budget that all of them use together. */
const SHARE = 0.5;
/** A client is not exactly on time, by this share of its interval; on average it is. */
const JITTER = 0.1;

/** Other clients of the tenant, which send at their own pace and know nothing of the run. */
export class OtherClients {
  readonly #options: OtherClientsOptions;
  /** The bucket as it would be without the run. */
  readonly #alone: Bucket;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[] = [];
  #requests = 0;
  #refusedByUs = 0;

  constructor(options: OtherClientsOptions) {
    this.#options = options;
    this.#alone = new Bucket(options.ratePlan, options.clock.now);
  }

  get requests(): number {
    return this.#requests;
  }

  /** How many requests were refused that the bucket would have allowed without the run. */
  get refusedByUs(): number {
    return this.#refusedByUs;
  }

  begin(): void {
    for (let index = 0; index < CLIENTS; index += 1) this.#running.push(this.#work(index));
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #work(index: number): Promise<void> {
    const { simulated, clock, ratePlan, token, seed } = this.#options;
    const random = randomFrom(seed + 1 + index);
    const interval = (CLIENTS / (ratePlan.perSecond * SHARE)) * 1000;
    const first = clock.now() + (interval * index) / CLIENTS;
    for (let turn = 0; ; turn += 1) {
      const at = first + interval * (turn + JITTER * (random() - 0.5));
      await clock.sleep(at - clock.now(), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      const headers = { authorization: `Bearer ${token}` };
      const isAllowedAlone = this.#alone.take().allowed;
      const { status } = await simulated.handle({ method: 'GET', path: '/api/v2/roles?per_page=1', headers });
      this.#requests += 1;
      if (status === 429 && isAllowedAlone) this.#refusedByUs += 1;
    }
  }
}
