import type { Contract, Effect, Json, JsonObject } from '../../spec/contract/contract.js';
import type { Refusal } from '../answer/refusal.js';
import type { Endpoint } from '../endpoint.js';
import type { PlainRequest } from '../exchange.js';
import type { Caller, Provider } from '../provider.js';
import type { Random } from '../random.js';
import type { Store } from '../store/store.js';

/** All that effects share: the tenant, its outside world included. */
export interface World {
  readonly contract: Contract;
  readonly store: Store;
  readonly provider: Provider;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

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
