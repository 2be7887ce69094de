import type { Contract } from '../../contract/contract.js';
import type { HabitSettings } from '../habits/habit.js';
import type { LaggingStore } from '../habits/lagging-store.js';
import type { Provider } from '../provider.js';
import type { Random } from '../random.js';
import type { Store } from '../store/store.js';

/** What all effects share: the contract, the state, and the sources of time and randomness. */
export interface World {
  readonly contract: Contract;
  readonly store: Store;
  readonly provider: Provider;
  readonly random: Random;
  /** What answers do as the real service does, although the contract says something simpler. */
  readonly habits: HabitSettings;
  /** What eventually consistent listings show; undefined if that is the store itself. */
  readonly lagging: LaggingStore | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The same for its owner, which replaces parts of it while the tenant runs. */
export type MutableWorld = { -readonly [Part in keyof World]: World[Part] };
