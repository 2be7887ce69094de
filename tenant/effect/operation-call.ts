import type { Effect, Json, JsonObject } from '../../contract/contract.js';
import type { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';
import type { Caller } from '../provider.js';
import type { Endpoint } from '../routing/endpoint.js';
import type { EffectResult } from './effect-result.js';
import type { World } from './world.js';

/** A call of an operation with valid input. */
export interface OperationCall {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly effect: Effect;
  readonly request: PlainRequest;
  readonly caller: Caller | undefined;
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly body: Json | undefined;
}

export type EffectHandler = (call: OperationCall) => EffectResult | Refusal | Promise<EffectResult | Refusal>;
