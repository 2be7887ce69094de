/** Counts by text, the most frequent first. Once there are many texts, new ones count together. */
export class Tally {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most = 200) {
    this.#most = most;
  }

  add(text: string): void {
    const key = this.#counts.has(text) || this.#counts.size < this.#most ? text : 'others';
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  entries(): readonly (readonly [text: string, count: number])[] {
    return [...this.#counts].sort(([, one], [, other]) => other - one);
  }
}
