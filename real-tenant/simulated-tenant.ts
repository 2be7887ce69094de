import { randomFrom } from '../conformance/engine/seed.js';
import type { TargetResponse } from '../conformance/target/exchange.js';
import {
  type HttpRequest,
  parseJson,
  type SendLimits,
  type Target,
  TargetFailure,
} from '../conformance/target/target.js';
import type { Contract } from '../contract/contract.js';
import { splitTarget } from '../tenant/http/server.js';
import { createTenant, type SigningKey, type Tenant } from '../tenant/tenant.js';
import { LateMembers } from './late-members.js';
import type { HarnessClock } from './simulated-clock.js';

/** What goes wrong between client and tenant. Shares are of all requests. */
export interface Disturbances {
  /** Connections that break, half of them after the tenant processed the request. */
  readonly resets?: number;
  /** Requests that get no answer at all, half of them processed. */
  readonly stalls?: number;
  /** Answers that end in the middle: the connection breaks. */
  readonly halves?: number;
  /** A time in which every request gets a 429: from, until, in milliseconds from `disturb`. */
  readonly storm?: readonly [number, number];
  /** Tokens end this many milliseconds after they were issued, whatever they say. */
  readonly tokensLast?: number;
}

export interface SimulatedTenantOptions {
  readonly contract: Contract;
  readonly clock: HarnessClock;
  readonly plan?: string;
  readonly seed: number;
  readonly key: SigningKey;
  readonly baseUrl?: string;
  readonly disturbances?: Disturbances;
  /** How many requests a client sends side by side. */
  readonly workers?: number;
}

const FASTEST_MS = 20;
const SLOWEST_MS = 300;

/** A tenant as one reaches it over the internet. */
export class SimulatedTenant {
  readonly tenant: Tenant;
  readonly #options: SimulatedTenantOptions;
  readonly #random: () => number;
  readonly #late: LateMembers;
  /** Token → when it was issued. */
  readonly #tokens = new Map<string, number>();
  /** Requests that clients of this target sent, and how many of them were refused with 429. */
  readonly counts = { requests: 0, refused: 0 };
  #disturbedFrom = Number.POSITIVE_INFINITY;

  private constructor(tenant: Tenant, options: SimulatedTenantOptions) {
    this.tenant = tenant;
    this.#options = options;
    this.#random = randomFrom(options.seed);
    this.#late = new LateMembers(options.clock, this.#random);
  }

  static async create(options: SimulatedTenantOptions): Promise<SimulatedTenant> {
    const { contract, clock, plan, seed, key, baseUrl } = options;
    const tenant = await createTenant(contract, { clock: clock.now, plan, seed, key, baseUrl });
    return new SimulatedTenant(tenant, options);
  }

  /** From now on things go wrong. */
  disturb(): void {
    this.#disturbedFrom = this.#options.clock.elapsed;
  }

  get #disturbs(): boolean {
    return this.#options.clock.elapsed >= this.#disturbedFrom;
  }

  /** The tenant as a target of verify. */
  target(): Target {
    const { tenant } = this;
    return {
      name: 'https://travel0.eu.auth0.com',
      url: tenant.url,
      audience: tenant.audience,
      credentials: { client: { id: tenant.clientId, secret: tenant.clientSecret } },
      metered: true,
      workers: this.#options.workers ?? 8,
      send: (request, limits) => this.#send(request, limits),
      close: async () => undefined,
    };
  }

  /** What the tenant answers, at once. */
  async handle(request: HttpRequest): Promise<TargetResponse> {
    const { path, query } = splitTarget(request.path);
    const plain = { method: request.method, path, query, headers: request.headers, body: request.body ?? '' };
    const answer = await this.#options.clock.during(() => this.tenant.handle(plain));
    const text = request.method === 'HEAD' ? '' : answer.body;
    return { status: answer.status, headers: { ...answer.headers, date: this.#date }, text, ...parseJson(text) };
  }

  async #send(request: HttpRequest, { timeoutMs, signal }: SendLimits): Promise<TargetResponse> {
    const { clock, disturbances = {} } = this.#options;
    const { resets = 0, stalls = 0, halves = 0 } = this.#disturbs ? disturbances : {};
    if (signal?.aborted === true) throw new TargetFailure('cancelled', 'cancelled');
    this.counts.requests += 1;
    const latency = FASTEST_MS + this.#random() * (SLOWEST_MS - FASTEST_MS);
    const fate = this.#random();
    const isProcessed = this.#random() < 0.5;
    await clock.sleep(latency / 2);
    const isLost = fate < resets + stalls;
    const answer = isLost && !isProcessed ? undefined : await this.#answer(request);
    await clock.sleep(latency / 2);
    const describe = `${request.method} ${request.path}`;
    if (fate < resets) throw new TargetFailure('reset', `${describe}: socket hang up`);
    if (answer === undefined || isLost) {
      await clock.sleep(timeoutMs - latency, signal);
      throw new TargetFailure('timeout', `${describe}: no complete answer within ${timeoutMs} ms`);
    }
    if (fate < resets + stalls + halves) throw new TargetFailure('reset', `${describe}: aborted`);
    if (answer.status === 429) this.counts.refused += 1;
    return answer;
  }

  async #answer(request: HttpRequest): Promise<TargetResponse> {
    const { clock, disturbances = {} } = this.#options;
    const [from, until] = disturbances.storm ?? [0, 0];
    const elapsed = clock.elapsed - this.#disturbedFrom;
    const isStormy = elapsed >= from && elapsed < until;
    if (this.#disturbs && isStormy && request.path.includes('/api/v2/'))
      return problem(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests');
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const issuedAt = this.#tokens.get(token);
    const { tokensLast = Number.POSITIVE_INFINITY } = this.#disturbs ? disturbances : {};
    if (issuedAt !== undefined && clock.now() - issuedAt > tokensLast)
      return problem(401, 'Unauthorized', 'Expired token received for JSON Web Token validation');
    const answer = await this.handle(request);
    if (request.path === '/oauth/token') {
      const issued: unknown = Reflect.get(Object(answer.json), 'access_token');
      if (typeof issued === 'string') this.#tokens.set(issued, clock.now());
    }
    return this.#late.apply(request, answer);
  }

  get #date(): string {
    return new Date(this.#options.clock.now()).toUTCString();
  }
}

function problem(statusCode: number, error: string, message: string, errorCode?: string): TargetResponse {
  const text = JSON.stringify({
    statusCode,
    error,
    message,
    ...(errorCode === undefined ? { attributes: { error: message } } : { errorCode }),
  });
  return {
    status: statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    text,
    ...parseJson(text),
  };
}
