import type { Effect, Json, JsonObject } from '../../contract/contract.js';
import type { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';
import type { Caller } from '../provider.js';
import type { Endpoint } from '../routing/endpoint.js';
import type { World } from './world.js';

/** One request that has passed every check of its input. */
export interface Act {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly effect: Effect;
  readonly request: PlainRequest;
  readonly caller: Caller | undefined;
  readonly path: JsonObject;
  readonly query: JsonObject;
  readonly body: Json | undefined;
}

/** What goes into the body of the success; nothing where it has no content of its own. */
export interface Outcome {
  readonly body?: Json;
}

export type Effective = (act: Act) => Outcome | Refusal | Promise<Outcome | Refusal>;
