import type { Json, JsonObject } from '../contract/contract.js';
import type { SchemaError } from '../contract/schema-validator.js';
import type { Refusal } from './answer/refusal.js';
import type { PlainRequest } from './exchange.js';
import type { Random } from './random.js';
import type { Entity } from './store/entity.js';
import type { Shown } from './view/shown.js';

/** Who calls: what a verified token says. */
export interface Caller {
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
}

/** What an operation of the provider's own answers; the status is the documented success. */
export interface HookAnswer {
  readonly body: Json;
}

/** What a hook of an operation gets. */
export interface HookRequest {
  readonly request: PlainRequest;
  readonly body: Json | undefined;
}

/** What the making of a value may draw on. */
export interface Making {
  /** What the request gave for the property itself. */
  readonly given: Json | undefined;
  /** What is known of the item by then. */
  readonly properties: JsonObject;
  readonly random: Random;
  /** ISO 8601. */
  readonly now: string;
}

/** Makes a value when an item is created. */
export type CreatedValue = (making: Making) => Json | undefined;

/** What a value that a state gives, and that would be made otherwise, says of other properties of its item. */
export type ImpliedValues = (given: Json) => JsonObject;

/** Makes a value each time an item is shown. `kept` is what the item holds under the property's name. */
export type ShownValue = (shown: Shown, kept: Json | undefined, caller: Caller | undefined) => Json | undefined;

/**
 * What the contract leaves to the provider of the API: tokens, the values and operations that it names as hooks, and
 * the wording of validation errors.
 */
export interface Provider {
  /** The caller of a bearer token, or what is wrong with it; at once where the token is known. @param now milliseconds since 1970 */
  verify(token: string, now: number): Caller | Refusal | Promise<Caller | Refusal>;
  readonly operations: Readonly<Record<string, (request: HookRequest) => Promise<HookAnswer | Refusal>>>;
  readonly created: Readonly<Record<string, CreatedValue>>;
  readonly shown: Readonly<Record<string, ShownValue>>;
  readonly implied: Readonly<Record<string, ImpliedValues>>;
  /** Why one of the tenant's own things may not be changed so; nothing where it may. */
  protects(entity: Entity, change: 'update' | 'delete'): Refusal | undefined;
  /** Validation errors in the service's words, as they stand in an answer. */
  reasons(errors: readonly SchemaError[]): string;
  /** One of them, without the place. */
  reason(error: SchemaError): string;
}
