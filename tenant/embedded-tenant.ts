import type { Contract, JsonObject } from '../contract/contract.js';
import { auth0 } from './auth0/auth0.js';
import { bootstrap, changeAudience } from './auth0/bootstrap.js';
import type { GrantModel } from './auth0/grant-model.js';
import { grantModelOf } from './auth0/grant-model.js';
import type { Identity } from './auth0/identity.js';
import { identityAt } from './auth0/identity.js';
import { TOKEN_LIFETIME, Tokens } from './auth0/tokens.js';
import { Core } from './core.js';
import type { ItemBuilder } from './effect/item-builder.js';
import type { World } from './effect/world.js';
import { TenantError } from './errors.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { fromRequest, toResponse } from './http/fetch.js';
import type { Listening, ListenOptions } from './http/server.js';
import { serve } from './http/server.js';
import { Validators } from './input/validator.js';
import type { ResolvedOptions } from './options.js';
import { randomFrom, randomText } from './random.js';
import { itemBuildersOf } from './routing/endpoint.js';
import { fillState } from './state/state.js';
import type { Entity } from './store/entity.js';
import { Store } from './store/store.js';

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** A tenant in this process: the core with its state, its tokens and its two adapters, `fetch` and `node:http`. */
export class EmbeddedTenant {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A property, so that it can be passed on without its object. */
  readonly fetch = (input: Request | URL | string, init?: RequestInit): Promise<Response> => this.#fetch(input, init);
  readonly #contract: Contract;
  readonly #options: ResolvedOptions;
  readonly #identity: Identity;
  readonly #tokens: Tokens;
  readonly #grantModel: GrantModel | undefined;
  readonly #itemBuilders: ReadonlyMap<string, ItemBuilder>;
  readonly #world: Mutable<World>;
  readonly #core: Core;
  /** Whether any operation has a parameter or a credential in a header, or chooses a media type by one. */
  readonly #readsHeaders: boolean;
  /** The management API as an entity. */
  #api: Entity | undefined;

  private constructor(contract: Contract, options: ResolvedOptions, identity: Identity, tokens: Tokens) {
    const { seed, clock, plan, onRequest } = options;
    const { clientId, clientSecret } = credentialsFrom(seed);
    const grantModel = grantModelOf(contract);
    const store = (): Store => this.#world.store;
    const provider = auth0({ contract, store, grantModel, identity, tokens, clock, clientId });
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.#contract = contract;
    this.#options = options;
    this.#identity = identity;
    this.#tokens = tokens;
    this.#grantModel = grantModel;
    this.#itemBuilders = itemBuildersOf(contract);
    this.#world = { contract, store: new Store(contract), random: randomFrom(seed), clock, provider };
    this.#core = new Core(this.#world, { itemBuilders: this.#itemBuilders, plan, onServed: onRequest });
    this.#readsHeaders = contract.operations.some(
      ({ parameters, security, effect }) =>
        effect === undefined ||
        security.some(({ place }) => place !== undefined) ||
        parameters.some((each) => each.in === 'header'),
    );
    this.#fill();
  }

  /** @throws TenantError on a key that cannot sign or a state that does not fit the contract */
  static async create(contract: Contract, options: ResolvedOptions): Promise<EmbeddedTenant> {
    const identity = identityAt(options.baseUrl ?? 'https://tenant.example', contract.serverPath);
    return new EmbeddedTenant(contract, options, identity, await Tokens.create(identity, options.key));
  }

  get url(): string {
    return this.#identity.url;
  }

  get audience(): string {
    return this.#identity.audience;
  }

  async handle(request: PlainRequest): Promise<PlainResponse> {
    return this.#core.handle(request);
  }

  async #fetch(input: Request | URL | string, init: RequestInit | undefined): Promise<Response> {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    const read = fromRequest(request);
    const plain = read instanceof Promise ? await read : read;
    const response = this.#core.handle(
      this.#readsHeaders ? { ...plain, headers: { ...Object.fromEntries(request.headers), ...plain.headers } } : plain,
    );
    return toResponse(response instanceof Promise ? await response : response);
  }

  async listen(options: ListenOptions = {}): Promise<Listening> {
    const onDefect = options.onDefect ?? this.#options.onDefect;
    const listening = await serve((request) => this.#core.handle(request), { ...options, onDefect });
    if (this.#options.baseUrl !== undefined) return listening;
    const identity = identityAt(listening.url, this.#contract.serverPath);
    if (!this.#moveTo(identity)) {
      await listening.close();
      throw new TenantError(
        'TENANT_STATE_INVALID',
        `the state has an API "${identity.audience}", which is the audience of the tenant itself at this address; remove that API`,
      );
    }
    return listening;
  }

  token({ scopes = this.#contract.scopes }: { readonly scopes?: readonly string[] | undefined } = {}): Promise<string> {
    const claims = { clientId: this.clientId, audience: this.audience, scopes, lifetime: TOKEN_LIFETIME };
    return this.#tokens.issue(claims, this.#options.clock());
  }

  reset(): void {
    this.#world.store = new Store(this.#contract);
    this.#world.random = randomFrom(this.#options.seed);
    this.#tokens.forget();
    this.#core.reset();
    this.#fill();
  }

  /** @returns false, and changes nothing, if another API has that audience */
  #moveTo(identity: Identity): boolean {
    const [api, grantModel] = [this.#api, this.#grantModel];
    const moved =
      api === undefined || grantModel === undefined || changeAudience(this.#world.store, grantModel, api, identity);
    if (moved) Object.assign(this.#identity, identity);
    return moved;
  }

  /** Creates what a tenant has from the start, then what its state lists. */
  #fill(): void {
    const [contract, world, grantModel, identity] = [this.#contract, this.#world, this.#grantModel, this.#identity];
    const { clients, state } = this.#options;
    if (grantModel !== undefined) {
      this.#api = bootstrap({
        contract,
        store: world.store,
        grantModel,
        identity,
        clients: [{ clientId: this.clientId, clientSecret: this.clientSecret }, ...clients],
        create: (resource, body) => this.#create(resource, body),
      });
    }
    if (state === undefined) return;
    const defaults = new Map(
      grantModel === undefined ? [] : [[grantModel.grant, { [grantModel.audience]: identity.audience }]],
    );
    const validators = new Validators(contract);
    fillState(state, { contract, world, validators, itemBuilders: this.#itemBuilders, defaults });
  }

  #create(resource: string, body: JsonObject): Entity {
    const builder = this.#itemBuilders.get(resource);
    if (builder === undefined) throw new Error(`unknown resource "${resource}"`);
    return this.#world.store.create(resource, builder.create(body, this.#world, true));
  }
}

/** From a generator of their own, so that generated ids do not depend on them. */
function credentialsFrom(seed: number | undefined): { readonly clientId: string; readonly clientSecret: string } {
  const random = randomFrom(seed === undefined ? undefined : ~seed);
  return { clientId: randomText('alnum', 32, random), clientSecret: randomText('alnum', 64, random) };
}
