import type { Json, JsonObject, Resource } from '../contract/contract.js';
import type { SchemaError } from '../contract/schema/schema-validator.js';
import type { Refusal } from './answer/refusal.js';
import type { PlainRequest } from './exchange.js';
import type { Random } from './random.js';
import type { Entity } from './store/entity.js';
import type { Store } from './store/store.js';
import type { ViewItem } from './view/view-item.js';

/** The caller, as the verified token identifies it. */
export interface Caller {
  readonly subject: string;
  /** The id of the client that the token was issued to. */
  readonly client: string;
  readonly scopes: ReadonlySet<string>;
}

/** The answer of a hook operation; its status is the documented success. */
export interface HookResult {
  readonly body?: Json;
}

/** The input of a hook operation. */
export interface HookRequest {
  readonly request: PlainRequest;
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly body: Json | undefined;
}

/** The input of a create hook. */
export interface CreateHookContext {
  /** The value of the property in the request. */
  readonly given: Json | undefined;
  /** The properties of the item that are set so far. */
  readonly properties: JsonObject;
  readonly random: Random;
  /** ISO 8601. */
  readonly now: string;
}

/** What provider-specific code sets of a new item, whatever the request says; or why the item may not be created. */
export type ResourceHook = (creation: Creation) => JsonObject | Refusal;

/** Other items that the service creates together with a new one. */
export type CompanionHook = (created: {
  readonly entity: Entity;
  readonly store: Store;
  readonly random: Random;
}) => readonly { readonly resource: string; readonly properties: JsonObject }[];

/** An item to create. */
export interface Creation {
  readonly resource: Resource;
  readonly body: JsonObject;
  readonly store: Store;
}

/** Computes a value when an item is created. */
export type CreateHook = (making: CreateHookContext) => Json | undefined;

/** The properties that follow from a generated value when a state sets that value itself. */
export type ImpliedProperties = (given: Json) => JsonObject;

/** Why a state may not set this value; undefined if it may. A sentence. */
export type StateCheck = (given: Json) => string | undefined;

/** A value that follows from the properties of a new item, and is not stored until they change. */
export type DerivedHook = (properties: JsonObject) => Json | undefined;

/** Computes a value each time an item is returned. @param stored the value that the item has under this name */
export type ViewHook = (item: ViewItem, stored: Json | undefined, caller: Caller | undefined) => Json | undefined;

/** Finds the items that match a query in the provider's language; a refusal of a query that it does not accept. */
export type Search = (query: string, store: Store) => ((item: ViewItem) => boolean) | Refusal;

/**
 * The parts that the contract leaves to the provider of the API: tokens, the hooks that it names, and the wording of
 * validation errors.
 */
export interface Provider {
  /** The caller of a bearer token, or a refusal; synchronous for a cached token. @param now milliseconds since 1970 */
  verify(token: string, now: number): Caller | Refusal | Promise<Caller | Refusal>;
  /** Whether a token need not be a JSON Web Token, which has three parts. */
  readonly takesAnyToken?: boolean;
  /** Whether the contract leaves nothing out: what it does not have, does not exist. */
  readonly isWhole?: boolean;
  readonly operations: Readonly<Record<string, (request: HookRequest) => Promise<HookResult | Refusal>>>;
  /** By the hooks of the contract's resources. */
  readonly resourceHooks: Readonly<Record<string, ResourceHook>>;
  /** By the hooks of the contract's resources. */
  readonly companionHooks: Readonly<Record<string, CompanionHook>>;
  readonly createHooks: Readonly<Record<string, CreateHook>>;
  readonly viewHooks: Readonly<Record<string, ViewHook>>;
  /** By the hooks of properties that have no create hook. */
  readonly derivedHooks: Readonly<Record<string, DerivedHook>>;
  /** By the names that query parameters have in the contract. */
  readonly searches: Readonly<Record<string, Search>>;
  readonly impliedProperties: Readonly<Record<string, ImpliedProperties>>;
  readonly stateChecks: Readonly<Record<string, StateCheck>>;
  /**
   * The refusal to change or delete something that the service or the tenant needs itself; undefined if the change is
   * allowed.
   *
   * @param body of an update
   */
  protects(entity: Entity, change: 'update' | 'delete', body: JsonObject): Refusal | undefined;
  /** Validation errors in the wording of the service, as they appear in an answer. */
  reasons(errors: readonly SchemaError[]): string;
  /** A single validation error, without its place. */
  reason(error: SchemaError): string;
}
