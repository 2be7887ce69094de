import type { Contract, JsonObject, RatePlan } from '../contract/contract.js';
import { auth0 } from './auth0/auth0.js';
import type { ClientOptions } from './auth0/bootstrap.js';
import { bootstrap, moveApi, requireEachOnce } from './auth0/bootstrap.js';
import { grantingOf } from './auth0/granting.js';
import { identityAt } from './auth0/identity.js';
import type { SigningKey } from './auth0/tokens.js';
import { TOKEN_LIFETIME, Tokens } from './auth0/tokens.js';
import { Core } from './core.js';
import type { World } from './effect/world.js';
import { TenantError } from './errors.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { fromRequest, toResponse } from './http/fetch.js';
import type { Listening, ListenOptions } from './http/server.js';
import { serve, writeDefect } from './http/server.js';
import { Validators } from './input/validator.js';
import { randomFrom, randomText } from './random.js';
import { draftsOf } from './routing/endpoint.js';
import type { Served } from './routing/served.js';
import { copyOfState, fillState } from './state/state.js';
import type { Entity } from './store/entity.js';
import { Store } from './store/store.js';

// biome-ignore lint/performance/noBarrelFile: the entry of rolecall/tenant, where a user expects all that a test needs
export { defaultContract } from '../contract/load/default.js';
export type { ClientOptions } from './auth0/bootstrap.js';
export type { SigningKey } from './auth0/tokens.js';
export { TenantError } from './errors.js';
export type { PlainRequest, PlainResponse } from './exchange.js';
export type { Listening, ListenOptions } from './http/server.js';
export type { TlsOptions } from './http/tls.js';
export type { Served } from './routing/served.js';

export interface TenantOptions {
  /** Makes ids and secrets the same each time. */
  readonly seed?: number | undefined;
  /** Milliseconds since 1970; the system's clock unless given. */
  readonly clock?: (() => number) | undefined;
  /** A private RSA key of 2048 bits or more as a JWK; a new one unless given. */
  readonly key?: SigningKey | undefined;
  /** The name of a plan of the contract, whose rate limits then hold; none hold unless given. */
  readonly plan?: string | undefined;
  /**
   * The root of the tenant, without a path; `https://tenant.example` unless given, or where it listens. A state that names
   * the audience of a tenant that is going to listen needs it: the state is there before the address is.
   */
  readonly baseUrl?: string | undefined;
  /** Clients that are there from the start, besides the one that has every scope. */
  readonly clients?: readonly ClientOptions[] | undefined;
  /** What is there from the start, in the form that `rolecall tenant --help` tells. */
  readonly state?: unknown;
  /** Told of every request. What it throws goes to `onDefect` and changes no answer. */
  readonly onRequest?: ((served: Served) => void) | undefined;
  /** Told of an error that no request should be able to cause; writes it to stderr unless given. */
  readonly onDefect?: ((defect: unknown) => void) | undefined;
}

export interface Tenant {
  /** The root, without a slash at the end. */
  readonly url: string;
  /** The audience of the management API. */
  readonly audience: string;
  /** The client that has every scope. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Answers a request, whatever host it names. May be passed on wherever a `fetch` is wanted. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  /** The same over plain values. */
  handle(request: PlainRequest): Promise<PlainResponse>;
  /**
   * Listens at an address. Unless a `baseUrl` was given, the tenant is at this address from then on.
   *
   * @throws TenantError where the address cannot be listened at, or an API of the state has the audience that belongs
   * to it
   */
  listen(options?: ListenOptions): Promise<Listening>;
  /** A token with these scopes, or with all; by way of no client grant, so for tests alone. */
  token(options?: { readonly scopes?: readonly string[] | undefined }): Promise<string>;
  /** Back to the state at the start. */
  reset(): void;
}

/**
 * A tenant that keeps the contract, in memory.
 *
 * @throws TenantError where the options name a plan that the contract does not have, a client twice, a state that does
 * not fit the contract, a key that cannot sign, or a URL that is no root
 */
export async function createTenant(contract: Contract, options: TenantOptions = {}): Promise<Tenant> {
  const { seed, clock = Date.now, key, clients = [], onRequest, onDefect = writeDefect } = options;
  const baseUrl = options.baseUrl === undefined ? undefined : rootUrl(options.baseUrl);
  const plan = planOf(contract, options.plan);
  const identity = identityAt(baseUrl ?? 'https://tenant.example', contract.serverPath);
  const tokens = await Tokens.create(identity, key);
  const granting = grantingOf(contract);
  const credentials = credentialsFrom(seed);
  const drafts = draftsOf(contract);
  requireEachOnce(clients);
  const state = options.state === undefined ? undefined : copyOfState(options.state);
  const world: { -readonly [Name in keyof World]: World[Name] } = {
    contract,
    store: new Store(contract),
    random: randomFrom(seed),
    clock,
    provider: auth0(contract, () => world.store, granting, identity, tokens, clock, credentials.clientId),
  };
  const readsHeaders = contract.operations.some(({ parameters }) => parameters.some((each) => each.in === 'header'));
  const core = new Core(world, drafts, plan, onRequest === undefined ? undefined : reporting(onRequest, onDefect));

  const make = (resource: string, body: JsonObject): Entity => {
    const draft = drafts.get(resource);
    if (draft === undefined) throw new Error(`The contract has no resource "${resource}".`);
    return world.store.create(resource, draft.create(body, world, true));
  };

  let api: Entity | undefined;
  const fill = (): void => {
    if (granting !== undefined)
      api = bootstrap(contract, world.store, granting, identity, [credentials, ...clients], make);
    if (state === undefined) return;
    const defaults = new Map(
      granting === undefined ? [] : [[granting.grant, { [granting.audience]: identity.audience }]],
    );
    fillState(state, { contract, world, validators: new Validators(contract), drafts, defaults });
  };
  fill();

  return {
    get url() {
      return identity.url;
    },
    get audience() {
      return identity.audience;
    },
    ...credentials,
    handle: async (request) => core.handle(request),
    fetch: async (input, init) => {
      const asked = input instanceof Request && init === undefined ? input : new Request(input, init);
      const read = fromRequest(asked);
      const request = read instanceof Promise ? await read : read;
      const response = core.handle(
        readsHeaders ? { ...request, headers: { ...Object.fromEntries(asked.headers), ...request.headers } } : request,
      );
      return toResponse(response instanceof Promise ? await response : response);
    },
    listen: async (where = {}) => {
      const listening = await serve((request) => core.handle(request), {
        ...where,
        onDefect: where.onDefect ?? onDefect,
      });
      if (baseUrl !== undefined) return listening;
      const there = identityAt(listening.url, contract.serverPath);
      if (api !== undefined && granting !== undefined && !moveApi(world.store, granting, api, there)) {
        await listening.close();
        throw new TenantError(
          'TENANT_STATE_INVALID',
          `The state has an API "${there.audience}", which is the tenant's own where it listens; take that API out.`,
        );
      }
      Object.assign(identity, there);
      return listening;
    },
    token: ({ scopes = contract.scopes } = {}) =>
      tokens.issue(
        { clientId: credentials.clientId, audience: identity.audience, scopes, lifetime: TOKEN_LIFETIME },
        clock(),
      ),
    reset: () => {
      world.store = new Store(contract);
      world.random = randomFrom(seed);
      tokens.forget();
      core.reset();
      fill();
    },
  };
}

/** @throws TenantError where it is no root of a server */
function rootUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRoot = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isRoot) return url.origin;
  throw new TenantError(
    'TENANT_URL_INVALID',
    `The baseUrl is "${text}"; expected the root of a server, without a path, such as https://tenant.example.`,
  );
}

/** By then the effect of the request has happened: whatever the watcher does, it is answered. */
function reporting(
  onRequest: (served: Served) => unknown,
  onDefect: (defect: unknown) => void,
): (served: Served) => void {
  return (served) => {
    try {
      const told = onRequest(served);
      if (told instanceof Promise) told.catch(onDefect);
    } catch (defect) {
      onDefect(defect);
    }
  };
}

function planOf(contract: Contract, name: string | undefined): RatePlan | undefined {
  if (name === undefined) return undefined;
  const plans = contract.rateLimit?.plans ?? [];
  const plan = plans.find((each) => each.name === name);
  if (plan !== undefined) return plan;
  const known = plans.map((each) => each.name).join(', ');
  throw new TenantError(
    'TENANT_PLAN_UNKNOWN',
    `There is no plan "${name}"; choose ${known === '' ? 'none, the contract has no plans' : `one of ${known}`}.`,
  );
}

/** Drawn apart from all else, so that ids do not depend on them. */
function credentialsFrom(seed: number | undefined): { readonly clientId: string; readonly clientSecret: string } {
  const random = randomFrom(seed === undefined ? undefined : ~seed);
  return { clientId: randomText('alnum', 32, random), clientSecret: randomText('alnum', 64, random) };
}
