/** The time that a tenant goes by: that of a source, unless it is set, advanced or frozen. Milliseconds since 1970. */
export class TenantClock {
  readonly #source: () => number;
  #offset = 0;
  #frozenAt: number | undefined;

  /** @param source - milliseconds since 1970 */
  constructor(source: () => number) {
    this.#source = source;
  }

  /** A property, so that it can be passed on without its object. */
  readonly now = (): number => this.#frozenAt ?? this.#source() + this.#offset;

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  set(now: number): void {
    if (this.#frozenAt === undefined) this.#offset = now - this.#source();
    else this.#frozenAt = now;
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds);
  }

  freeze(): void {
    this.#frozenAt = this.now();
  }

  /** Time goes on from where it was frozen. */
  release(): void {
    const now = this.now();
    this.#frozenAt = undefined;
    this.set(now);
  }

  /** Returns to the time of the source. */
  reset(): void {
    this.#frozenAt = undefined;
    this.#offset = 0;
  }
}
