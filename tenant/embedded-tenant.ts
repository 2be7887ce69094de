import type { Contract } from '../contract/contract.js';
import { lazy } from '../contract/lazy.js';
import { auth0, stateHooks } from './auth0/auth0.js';
import { grantModelOf } from './auth0/grant-model.js';
import type { Identity } from './auth0/identity.js';
import { identityAt } from './auth0/identity.js';
import { TOKEN_LIFETIME, Tokens } from './auth0/tokens.js';
import { TenantClock } from './control/clock.js';
import type { ControlAccess, ControlledTenant } from './control/controlled-tenant.js';
import { Monitor } from './control/monitor.js';
import { Core } from './core.js';
import type { KeptState } from './data/base-file.js';
import type { DataFolder, DataOptions } from './data/data-folder.js';
import type { MutableWorld } from './effect/world.js';
import { TenantError } from './errors.js';
import type { Handle, PlainRequest, PlainResponse } from './exchange.js';
import { TenantHabits } from './habits/tenant-habits.js';
import { CONTROL_PATH } from './health.js';
import type { Listening, ListenOptions } from './http/server.js';
import { serve } from './http/server.js';
import { Validators } from './input/validator.js';
import type { ResolvedOptions } from './options.js';
import { planNamed } from './options.js';
import { randomFrom, randomText } from './random.js';
import { type ItemBuilders, itemBuildersOf } from './routing/endpoint.js';
import type { LoadableState } from './state/state.js';
import { TenantState } from './state/tenant-state.js';
import { StateText } from './state/text/state-text.js';
import { Store } from './store/store.js';

/** A tenant in this process: the core with its state, its tokens and its two adapters, `fetch` and `node:http`. */
export class EmbeddedTenant implements ControlledTenant {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly contract: Contract;
  readonly clock: TenantClock;
  /** Undefined without the control API. */
  readonly monitor: Monitor | undefined;
  readonly state: TenantState;
  /** Undefined: the state is in memory only. */
  readonly data: DataFolder | undefined;
  /** A property, so that it can be passed on without its object. */
  readonly fetch = (input: Request | URL | string, init?: RequestInit): Promise<Response> => this.#fetch(input, init);
  readonly #options: ResolvedOptions;
  readonly #identity: Identity;
  readonly #tokens: Tokens;
  readonly #core: Core;
  readonly #habits: TenantHabits;
  /** Loaded by its first request. */
  #controlApi: Promise<(request: PlainRequest) => Promise<PlainResponse>> | undefined;
  /** Whether any operation has a parameter or a credential in a header, or chooses a media type by one. */
  readonly #readsHeaders: () => boolean;
  /** Loaded by the first request to `fetch`. */
  #adapter: typeof import('./http/fetch.js') | undefined;

  private constructor(
    contract: Contract,
    options: ResolvedOptions,
    { identity, tokens, data, kept, itemBuilders, initial }: TenantParts,
  ) {
    const { seed, plan, onRequest, control, clients } = options;
    const { clientId, clientSecret } = data?.tenant ?? credentialsFrom(seed);
    const clock = new TenantClock(options.clock);
    const grantModel = grantModelOf(contract);
    const store = (): Store => world.store;
    const provider = auth0({ contract, store, grantModel, identity, tokens, clock: clock.now, clientId });
    const world: MutableWorld = {
      contract,
      store: new Store(contract),
      random: randomFrom(seed),
      clock: clock.now,
      provider,
      habits: {},
      lagging: undefined,
    };
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.contract = contract;
    this.clock = clock;
    this.#options = options;
    this.#identity = identity;
    this.data = data;
    this.#tokens = tokens;
    this.monitor = control === undefined ? undefined : new Monitor();
    this.#core = new Core(world, {
      itemBuilders,
      plan,
      onServed: onRequest,
      monitor: this.monitor,
      control: control === undefined ? undefined : (request) => this.#answerControl(request),
      commit: () => this.state.commit(),
      url: () => this.url,
    });
    this.#readsHeaders = lazy(() =>
      contract.operations.some(
        ({ parameters, security, effect }) =>
          effect === undefined ||
          security.some(({ place }) => place !== undefined) ||
          parameters.some((each) => each.in === 'header'),
      ),
    );
    this.state = new TenantState(world, {
      contract,
      identity,
      grantModel,
      itemBuilders,
      clients: [{ clientId, clientSecret }, ...clients],
      seed,
      initial,
      kept,
    });
    this.#habits = new TenantHabits(world, this.state);
    this.habits = options.habits;
  }

  /** @throws TenantError on a key that cannot sign, a state that does not fit the contract, or data that cannot be used */
  static async create(contract: Contract, options: ResolvedOptions): Promise<EmbeddedTenant> {
    const data = options.data === undefined ? undefined : await openData(contract, options.data);
    try {
      const kept = await data?.load();
      const url = options.baseUrl ?? keptUrl(contract, kept) ?? 'https://tenant.example';
      const identity = identityAt(url, contract.serverPath);
      const tokens = await Tokens.create(identity, options.key ?? data?.tenant?.key);
      const itemBuilders = itemBuildersOf(contract);
      const initial = await loadable(contract, options.state, itemBuilders);
      const tenant = new EmbeddedTenant(contract, options, { identity, tokens, data, kept, itemBuilders, initial });
      if (data !== undefined) await tenant.#keep(data, kept);
      return tenant;
    } catch (error) {
      await data?.close();
      throw error;
    }
  }

  /** Keeps the state in a folder from now on. */
  async #keep(data: DataFolder, kept: KeptState | undefined): Promise<void> {
    const { clientId, clientSecret, state } = this;
    if (data.tenant === undefined) {
      const { tenantFileOf } = await import('./data/tenant-file.js');
      const key = await this.#tokens.signingKey();
      await data.introduce(tenantFileOf(this.contract, { clientId, clientSecret, key }));
    }
    if (kept === undefined || state.isAdapted) data.replace(state.kept);
    state.keepWith({
      changed: (changes) => data.keep(changes, () => state.kept),
      replaced: () => data.replace(state.kept),
    });
  }

  get url(): string {
    return this.#identity.url;
  }

  get audience(): string {
    return this.#identity.audience;
  }

  get control(): ControlAccess | undefined {
    const { control } = this.#options;
    return control && { url: `${this.url}${CONTROL_PATH.slice(0, -1)}`, token: control.token };
  }

  get habits(): Readonly<Record<string, string>> {
    return this.#habits.values;
  }

  /** @throws TenantError on an unknown habit, or a value that it does not take */
  set habits(values: Readonly<Record<string, string>>) {
    this.#habits.values = values;
  }

  get plan(): string | undefined {
    return this.#core.plan?.name;
  }

  /** @throws TenantError on an unknown plan */
  set plan(name: string | undefined) {
    this.#core.plan = planNamed(this.contract, name);
  }

  async handle(request: PlainRequest): Promise<PlainResponse> {
    return this.#core.handle(request);
  }

  async #fetch(input: Request | URL | string, init: RequestInit | undefined): Promise<Response> {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    // Loading it loads the fetch of Node, which a tenant that only listens does not need.
    this.#adapter ??= await import('./http/fetch.js');
    const { fromRequest, toResponse } = this.#adapter;
    const read = fromRequest(request);
    const plain = read instanceof Promise ? await read : read;
    const response = this.#core.handle(
      this.#readsHeaders()
        ? { ...plain, headers: { ...Object.fromEntries(request.headers), ...plain.headers } }
        : plain,
    );
    return toResponse(response instanceof Promise ? await response : response);
  }

  async listen(options: ListenOptions = {}): Promise<Listening> {
    const onDefect = options.onDefect ?? this.#options.onDefect;
    const { pages } = options;
    const api: Handle = (request) => this.#core.handle(request);
    const handle: Handle = pages === undefined ? api : (request) => pages(request, api);
    const listening = await serve(handle, { ...options, onDefect });
    if (this.#options.baseUrl !== undefined) return listening;
    const identity = identityAt(listening.url, this.contract.serverPath);
    if (!this.state.moveTo(identity)) {
      await listening.close();
      throw new TenantError(
        'TENANT_STATE_INVALID',
        `the state has an API "${identity.audience}", which is the audience of the tenant itself at this address; remove that API`,
      );
    }
    Object.assign(this.#identity, identity);
    return listening;
  }

  async close(): Promise<void> {
    await this.data?.close();
  }

  token({ scopes = this.contract.scopes }: { readonly scopes?: readonly string[] | undefined } = {}): Promise<string> {
    const claims = { clientId: this.clientId, audience: this.audience, scopes, lifetime: TOKEN_LIFETIME };
    return this.#tokens.issue(claims, this.clock.now());
  }

  reset(): void {
    this.clock.reset();
    this.state.reset();
    this.#tokens.forget();
    this.#core.reset();
    this.monitor?.clear();
  }

  async #answerControl(request: PlainRequest): Promise<PlainResponse> {
    this.#controlApi ??= import('./control/api/control-api.js').then(({ createControlApi }) =>
      createControlApi(this, this.#options.control ?? { token: undefined, hosts: [] }),
    );
    return (await this.#controlApi)(request);
  }
}

/** What a tenant is made of that takes time to get. */
interface TenantParts {
  readonly identity: Identity;
  readonly tokens: Tokens;
  readonly data: DataFolder | undefined;
  /** What the folder has of a former tenant. */
  readonly kept: KeptState | undefined;
  readonly itemBuilders: ItemBuilders;
  readonly initial: LoadableState | undefined;
}

/** @throws TenantError on text that is neither JSON nor YAML */
function loadable(
  contract: Contract,
  state: ResolvedOptions['state'],
  itemBuilders: ItemBuilders,
): LoadableState | undefined | Promise<LoadableState> {
  if (!(state instanceof StateText)) return state;
  return state.read({ contract, provider: stateHooks, itemBuilders, validators: new Validators(contract) });
}

/** The URL at which a kept tenant was last. */
function keptUrl(contract: Contract, kept: KeptState | undefined): string | undefined {
  const { api, identifier = '' } = grantModelOf(contract) ?? {};
  const entity = kept === undefined || api === undefined ? undefined : kept.store.table(api).entities.at(kept.api);
  const audience = entity?.properties[identifier];
  const path = `${contract.serverPath}/`;
  return typeof audience === 'string' && audience.endsWith(path) ? audience.slice(0, -path.length) : undefined;
}

async function openData(contract: Contract, options: DataOptions): Promise<DataFolder> {
  const { DataFolder } = await import('./data/data-folder.js');
  return DataFolder.open(contract, options);
}

/** From a generator of their own, so that generated ids do not depend on them. */
function credentialsFrom(seed: number | undefined): { readonly clientId: string; readonly clientSecret: string } {
  const random = randomFrom(seed === undefined ? undefined : ~seed);
  return { clientId: randomText('alnum', 32, random), clientSecret: randomText('alnum', 64, random) };
}
