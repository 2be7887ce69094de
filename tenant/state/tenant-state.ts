import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { bootstrap, type ClientOptions, changeAudience } from '../auth0/bootstrap.js';
import type { GrantModel } from '../auth0/grant-model.js';
import type { Identity } from '../auth0/identity.js';
import type { ItemBuilder } from '../effect/item-builder.js';
import type { World } from '../effect/world.js';
import { StateError } from '../errors.js';
import { Validators } from '../input/validator.js';
import { randomFrom } from '../random.js';
import { dumpOf, type StoreDump, storeOf } from '../store/dump.js';
import type { Entity } from '../store/entity.js';
import { Store } from '../store/store.js';
import { exportState } from './export-state.js';
import { fillState } from './state.js';

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

export interface TenantStateOptions {
  readonly contract: Contract;
  readonly identity: Identity;
  /** Undefined if no resource of the contract grants scopes. */
  readonly grantModel: GrantModel | undefined;
  readonly itemBuilders: ReadonlyMap<string, ItemBuilder>;
  /** The clients that exist from the start. */
  readonly clients: readonly ClientOptions[];
  readonly seed: number | undefined;
  /** The initial state. */
  readonly initial: Json | undefined;
}

/** What a tenant stores: filled at the start, and then changed as a whole by resets, imports and snapshots. */
export class TenantState {
  readonly #options: TenantStateOptions;
  readonly #world: Mutable<World>;
  /** The management API as an entity. */
  #api: Entity | undefined;

  /** @throws StateError if the initial state does not fit the contract */
  constructor(world: Mutable<World>, options: TenantStateOptions) {
    this.#world = world;
    this.#options = options;
    this.#start(options.initial);
  }

  /** Restores the initial state. */
  reset(): void {
    this.#world.random = randomFrom(this.#options.seed);
    this.#start(this.#options.initial);
  }

  /** The state in the format of a state file, without what every tenant has from the start. */
  export(): JsonObject {
    const { contract, grantModel, clients, identity } = this.#options;
    const clientIds = new Set<Json | undefined>(clients.map(({ clientId }) => clientId));
    const clientKey = contract.resources.get(grantModel?.client ?? '')?.key ?? '';
    const hasOwnAudience = ({ properties }: Entity): boolean =>
      grantModel !== undefined && properties[grantModel.audience] === identity.audience;
    return exportState({
      contract,
      store: this.#world.store,
      isOwn: (entity) =>
        grantModel !== undefined &&
        ((entity.resource === grantModel.api && entity.properties[grantModel.identifier] === identity.audience) ||
          (entity.resource === grantModel.client && clientIds.has(entity.properties[clientKey])) ||
          (entity.resource === grantModel.grant &&
            hasOwnAudience(entity) &&
            clientIds.has(entity.properties[grantModel.to]))),
      ownProperties: (entity) =>
        grantModel !== undefined && entity.resource === grantModel.grant && hasOwnAudience(entity)
          ? [grantModel.audience]
          : [],
    });
  }

  /** Replaces the state. @throws StateError, and changes nothing, if the new one does not fit the contract */
  import(state: Json): void {
    this.#orElseAsBefore(() => this.#start(state));
  }

  /** Adds to the state. @throws StateError, and changes nothing, if something of it does not fit */
  add(state: Json): void {
    this.#orElseAsBefore(() => {
      this.#world.store = storeOf(this.#options.contract, this.dump());
      this.#fill(state);
    });
  }

  dump(): StoreDump {
    return dumpOf(this.#options.contract, this.#world.store);
  }

  restore(dump: StoreDump): void {
    this.#world.store = storeOf(this.#options.contract, dump);
    this.#api = this.#findApi();
  }

  /** Gives the management API another audience. @returns false, and changes nothing, if another API has it */
  moveTo(identity: Identity): boolean {
    const { grantModel } = this.#options;
    const api = this.#api;
    return (
      api === undefined || grantModel === undefined || changeAudience(this.#world.store, grantModel, api, identity)
    );
  }

  #findApi(): Entity | undefined {
    const { grantModel, identity } = this.#options;
    return grantModel && this.#world.store.table(grantModel.api).findBy(grantModel.identifier, identity.audience);
  }

  #orElseAsBefore(change: () => void): void {
    const { store } = this.#world;
    try {
      change();
    } catch (error) {
      if (error instanceof StateError) this.#world.store = store;
      throw error;
    } finally {
      this.#api = this.#findApi();
    }
  }

  /** Creates what a tenant has from the start, then what a state lists. */
  #start(state: Json | undefined): void {
    const { contract, grantModel, identity, clients } = this.#options;
    const store = new Store(contract);
    this.#world.store = store;
    const create = (resource: string, body: JsonObject): Entity => this.#create(resource, body);
    if (grantModel !== undefined) this.#api = bootstrap({ contract, store, grantModel, identity, clients, create });
    if (state !== undefined) this.#fill(state);
  }

  #fill(state: Json): void {
    const { contract, grantModel, identity, itemBuilders } = this.#options;
    const defaults = new Map(
      grantModel === undefined ? [] : [[grantModel.grant, { [grantModel.audience]: identity.audience }]],
    );
    const validators = new Validators(contract);
    fillState(state, { contract, world: this.#world, validators, itemBuilders, defaults });
  }

  #create(resource: string, body: JsonObject): Entity {
    const builder = this.#options.itemBuilders.get(resource);
    if (builder === undefined) throw new Error(`unknown resource "${resource}"`);
    return this.#world.store.create(resource, builder.create(body, this.#world, true));
  }
}
