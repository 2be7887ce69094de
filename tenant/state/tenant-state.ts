import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { bootstrap, type ClientOptions, changeAudience } from '../auth0/bootstrap.js';
import type { GrantModel } from '../auth0/grant-model.js';
import type { Identity } from '../auth0/identity.js';
import type { KeptState } from '../data/base-file.js';
import type { MutableWorld } from '../effect/world.js';
import { Validators } from '../input/validator.js';
import type { Random } from '../random.js';
import { randomFrom } from '../random.js';
import type { ItemBuilders } from '../routing/endpoint.js';
import type { Change } from '../store/change.js';
import { dumpOf, storeOf } from '../store/dump.js';
import type { Entity } from '../store/entity.js';
import { Store } from '../store/store.js';
import { exportState } from './export-state.js';
import { fillState, type LoadableState } from './state.js';

export interface TenantStateOptions {
  readonly contract: Contract;
  readonly identity: Identity;
  /** Undefined if no resource of the contract grants scopes. */
  readonly grantModel: GrantModel | undefined;
  readonly itemBuilders: ItemBuilders;
  /** The clients that exist from the start. */
  readonly clients: readonly ClientOptions[];
  readonly seed: number | undefined;
  /** The initial state. */
  readonly initial: LoadableState | undefined;
  /** What a former tenant kept, to go on with instead of the initial state. */
  readonly kept?: KeptState | undefined;
}

/** What is told about the changes of a state. */
export interface StateFollower {
  /** The steps of the changes of one request; all of them or none. */
  changed(changes: readonly Change[]): void;
  /** The state is another one as a whole. */
  replaced(store: Store): void;
}

/** After so many steps the initial state is built anew, which costs less memory than to take them back. */
const MAX_UNDOS = 20_000;

/** Draws the ids of what every tenant has from the start. */
const INITIAL_SEED = 1;

/** What a tenant stores: filled at the start, and then changed as a whole by resets, imports and snapshots. */
export class TenantState {
  readonly #options: TenantStateOptions;
  readonly #world: MutableWorld;
  readonly #followers = new Set<StateFollower>();
  #keeper: StateFollower | undefined;
  /** The management API as an entity. */
  #api: Entity | undefined;
  /** What takes the steps since the initial state back; undefined if they are not known. */
  #undos: (() => void)[] | undefined;
  /** The steps since the last commit, and what takes them back. */
  #pending: Change[] = [];
  #pendingUndos: (() => void)[] = [];
  #isAdapted = false;
  /** What every tenant has from the start, with the properties that it had then. */
  #initial: ReadonlyMap<Entity, JsonObject> = new Map();
  /** Draws the numbers that follow the initial state. */
  #random: Random;

  /** @throws StateError if the initial state does not fit the contract */
  constructor(world: MutableWorld, options: TenantStateOptions) {
    this.#world = world;
    this.#options = options;
    if (options.kept === undefined) this.#start(options.initial);
    else this.#goOn(options.kept);
    this.#random = world.random.fork?.() ?? world.random;
    this.#record(options.kept === undefined ? [] : undefined);
  }

  /** Whether a kept state was changed to fit this tenant: its address, its clients. */
  get isAdapted(): boolean {
    return this.#isAdapted;
  }

  /** The state as it is kept. */
  get kept(): KeptState {
    return { store: this.#world.store, api: this.#api?.order ?? 0 };
  }

  /** Restores the initial state: takes back what has changed, unless that is too much. */
  reset(): void {
    const undos = this.#undos;
    if (undos === undefined) {
      this.#world.random = randomFrom(this.#options.seed);
      this.#start(this.#options.initial);
    } else {
      for (let at = undos.length - 1; at >= 0; at -= 1) undos[at]?.();
      this.#world.random = this.#random.fork?.() ?? this.#random;
    }
    this.#replaced([]);
  }

  /** Follows the changes from now on. @returns a function that ends it */
  follow(follower: StateFollower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Keeps the changes from now on. It is told first: changes that it cannot keep are taken back. */
  keepWith(keeper: StateFollower): void {
    this.#keeper = keeper;
  }

  /** The changes of a request are complete. @throws the error of the keeper, after taking them back */
  commit(): void {
    if (this.#pending.length === 0) return;
    const changes = this.#pending;
    this.#pending = [];
    try {
      this.#keeper?.changed(changes);
    } catch (error) {
      for (let at = this.#pendingUndos.length - 1; at >= 0; at -= 1) this.#pendingUndos[at]?.();
      this.#undos?.splice(-this.#pendingUndos.length);
      throw error;
    } finally {
      this.#pendingUndos = [];
    }
    for (const follower of this.#followers) follower.changed(changes);
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
        this.#isInitial(entity) ||
        (grantModel !== undefined &&
          ((entity.resource === grantModel.api && entity.properties[grantModel.identifier] === identity.audience) ||
            (entity.resource === grantModel.client && clientIds.has(entity.properties[clientKey])) ||
            (entity.resource === grantModel.grant &&
              hasOwnAudience(entity) &&
              clientIds.has(entity.properties[grantModel.to])))),
      ownProperties: (entity) =>
        grantModel !== undefined && entity.resource === grantModel.grant && hasOwnAudience(entity)
          ? [grantModel.audience]
          : [],
    });
  }

  /** Replaces the state. @throws StateError, and changes nothing, if the new one does not fit the contract */
  import(state: Json): void {
    const { store } = this.#world;
    try {
      this.#start(state);
    } catch (error) {
      this.#world.store = store;
      throw error;
    } finally {
      this.#api = this.#findApi();
    }
    this.#replaced(undefined);
  }

  /** Adds to the state. @throws StateError, and changes nothing, if something of it does not fit */
  add(state: Json): void {
    const steps: (() => void)[] = [];
    const undos = this.#undos;
    // However many there are: without one of them the others cannot be taken back.
    this.#record(steps, Number.POSITIVE_INFINITY);
    try {
      this.#fill(state);
    } catch (error) {
      for (let at = steps.length - 1; at >= 0; at -= 1) steps[at]?.();
      this.#forgetPending();
      this.#record(undos);
      throw error;
    }
    const all = undos === undefined || undos.length + steps.length > MAX_UNDOS ? undefined : [...undos, ...steps];
    this.#record(all);
    this.commit();
  }

  /** Creates a resource as its operation would, also one that no operation creates. @returns its properties */
  provision(resource: string, body: JsonObject): JsonObject {
    return this.#create(resource, body).properties;
  }

  /** A copy of the state, which shares with it what does not change. */
  copy(): KeptState {
    return { ...this.kept, store: this.copyOf(this.#world.store) };
  }

  copyOf(store: Store): Store {
    return storeOf(this.#options.contract, dumpOf(this.#options.contract, store));
  }

  /** Goes on with a state that was kept. */
  take({ store, api }: KeptState): void {
    this.#goOn({ store, api });
    this.#replaced(undefined);
  }

  /** Gives the management API another audience. @returns false, and changes nothing, if another API has it */
  moveTo(identity: Identity): boolean {
    const { grantModel } = this.#options;
    const [api, { store }] = [this.#api, this.#world];
    if (api === undefined || grantModel === undefined) return true;
    // Not a change that a reset takes back. What was recorded before knows the old audience.
    const undos = this.#undos?.length === 0 ? this.#undos : undefined;
    this.#record(undefined);
    const isMoved = changeAudience(store, grantModel, api, identity);
    this.#record(undos);
    this.commit();
    return isMoved;
  }

  #findApi(): Entity | undefined {
    const { grantModel, identity } = this.#options;
    return grantModel && this.#world.store.table(grantModel.api).findBy(grantModel.identifier, identity.audience);
  }

  /** @param undos - what takes the state back to the initial one; undefined if that is not known */
  #replaced(undos: (() => void)[] | undefined): void {
    this.#forgetPending();
    this.#record(undos);
    for (const follower of this.#followers) follower.replaced(this.#world.store);
    this.#keeper?.replaced(this.#world.store);
  }

  #forgetPending(): void {
    this.#pending = [];
    this.#pendingUndos = [];
  }

  /** @param most - if there are more steps than this, they are no longer known */
  #record(undos: (() => void)[] | undefined, most = MAX_UNDOS): void {
    this.#undos = undos;
    this.#world.store.recorder = {
      record: (change, undo) => {
        if (this.#followers.size > 0 || this.#keeper !== undefined) this.#pending.push(change);
        if (this.#keeper !== undefined) this.#pendingUndos.push(undo);
        this.#undos?.push(undo);
        if ((this.#undos?.length ?? 0) > most) this.#undos = undefined;
      },
    };
  }

  /** Takes over a kept state, which may have been kept at another address and lack clients that exist from the start. */
  #goOn({ store, api }: KeptState): void {
    const { grantModel, identity, clients } = this.#options;
    this.#world.store = store;
    if (grantModel === undefined) return;
    this.#api = store.table(grantModel.api).entities.at(api);
    const isMoved = this.#api !== undefined && this.#api.properties[grantModel.identifier] !== identity.audience;
    if (this.#api !== undefined && isMoved) changeAudience(store, grantModel, this.#api, identity);
    const missing = clients.filter(({ clientId }) => store.table(grantModel.client).find(clientId) === undefined);
    if (missing.length > 0) this.#bootstrap(missing);
    this.#isAdapted = isMoved || missing.length > 0;
  }

  /** Creates what a tenant has from the start, then what a state lists. */
  #start(state: LoadableState | undefined): void {
    const { contract, clients } = this.#options;
    this.#world.store = new Store(contract);
    this.#bootstrap(clients);
    this.#initial = this.#createInitial();
    if (state !== undefined) this.#fill(state);
  }

  /** The same ids in every tenant: a state that is exported without these items may name them. */
  #createInitial(): ReadonlyMap<Entity, JsonObject> {
    const { random } = this.#world;
    this.#world.random = randomFrom(INITIAL_SEED);
    const created = [...this.#options.contract.resources.values()].flatMap(({ name, initial, once }) =>
      // What exists once is there from its first use on.
      once === true ? [] : initial.map((body) => this.#create(name, body)),
    );
    this.#world.random = random;
    return new Map(created.map((entity) => [entity, entity.properties]));
  }

  #isInitial(entity: Entity): boolean {
    return this.#initial.get(entity) === entity.properties;
  }

  #bootstrap(clients: readonly ClientOptions[]): void {
    const { contract, grantModel, identity } = this.#options;
    const { store } = this.#world;
    const create = (resource: string, body: JsonObject): Entity => this.#create(resource, body);
    if (grantModel !== undefined) this.#api = bootstrap({ contract, store, grantModel, identity, clients, create });
  }

  #fill(state: LoadableState): void {
    const { contract, grantModel, identity, itemBuilders } = this.#options;
    const defaults = new Map(
      grantModel === undefined ? [] : [[grantModel.grant, { [grantModel.audience]: identity.audience }]],
    );
    const validators = new Validators(contract);
    const isInitial = (entity: Entity): boolean => this.#isInitial(entity);
    fillState(state, { contract, world: this.#world, validators, itemBuilders, defaults, isInitial });
  }

  #create(resource: string, body: JsonObject): Entity {
    const builder = this.#options.itemBuilders.get(resource);
    if (builder === undefined) throw new Error(`unknown resource "${resource}"`);
    return this.#world.store.create(resource, builder.create(body, this.#world, true));
  }
}
