import type { Contract } from '../../contract/contract.js';
import type { Provider } from '../provider.js';
import type { Random } from '../random.js';
import type { Store } from '../store/store.js';

/** What all effects share: the contract, the state, and the sources of time and randomness. */
export interface World {
  readonly contract: Contract;
  readonly store: Store;
  readonly provider: Provider;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}
