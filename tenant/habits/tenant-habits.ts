import type { MutableWorld } from '../effect/world.js';
import type { TenantState } from '../state/tenant-state.js';
import { habitSettings } from './habit.js';
import { LaggingStore } from './lagging-store.js';

/** The habits of a tenant, which can change while it runs. */
export class TenantHabits {
  readonly #world: MutableWorld;
  readonly #state: TenantState;
  #values: Readonly<Record<string, string>> = {};
  #unfollow: (() => void) | undefined;

  constructor(world: MutableWorld, state: TenantState) {
    this.#world = world;
    this.#state = state;
  }

  /** The value of each habit. */
  get values(): Readonly<Record<string, string>> {
    return this.#values;
  }

  /** @throws TenantError, and changes nothing, on an unknown habit or a value that it does not take */
  set values(values: Readonly<Record<string, string>>) {
    const settings = habitSettings(values);
    this.#values = values;
    this.#world.habits = settings;
    this.#world.lagging = this.#follow(settings.lag ?? 0);
  }

  #follow(lag: number): LaggingStore | undefined {
    this.#unfollow?.();
    this.#unfollow = undefined;
    if (lag === 0) return undefined;
    const { contract, store, clock } = this.#world;
    const lagging = new LaggingStore(contract, store, { clock, lag });
    this.#unfollow = this.#state.follow({
      changed: (changes) => lagging.add(changes),
      replaced: (other) => lagging.replace(other),
    });
    return lagging;
  }
}
