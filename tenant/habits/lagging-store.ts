import type { Contract } from '../../contract/contract.js';
import { applyChange } from '../store/apply-change.js';
import type { Change } from '../store/change.js';
import { dumpOf, storeOf } from '../store/dump.js';
import type { Store } from '../store/store.js';

/** A copy of a store that follows it after a while, like the search index of the real service. */
export class LaggingStore {
  readonly #contract: Contract;
  readonly #clock: () => number;
  readonly #lag: number;
  #store: Store;
  /** In the order of their times. */
  #pending: { readonly at: number; readonly changes: readonly Change[] }[] = [];

  /** @param clock - milliseconds since 1970 @param lag - milliseconds */
  constructor(contract: Contract, store: Store, options: { readonly clock: () => number; readonly lag: number }) {
    this.#contract = contract;
    this.#clock = options.clock;
    this.#lag = options.lag;
    this.#store = storeOf(contract, dumpOf(contract, store));
  }

  add(changes: readonly Change[]): void {
    this.#pending.push({ at: this.#clock(), changes });
  }

  /** The store as it was a while ago. */
  get current(): Store {
    const until = this.#clock() - this.#lag;
    const due = this.#pending.findIndex(({ at }) => at > until);
    const count = due < 0 ? this.#pending.length : due;
    for (const { changes } of this.#pending.splice(0, count)) {
      for (const change of changes) applyChange(this.#contract, this.#store, change);
    }
    return this.#store;
  }

  /** Follows another store from now on. */
  replace(store: Store): void {
    this.#pending = [];
    this.#store = storeOf(this.#contract, dumpOf(this.#contract, store));
  }
}
