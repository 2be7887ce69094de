import type { PassedBody } from './passed-exchange.js';

/** The bytes that all copies together may hold. */
export interface CopyBudget {
  left: number;
}

/** Copies a body while it passes. A body over the limit, or copied while too many others are, is only counted. */
export class BodyCopy {
  readonly #limit: number;
  readonly #budget: CopyBudget;
  #pieces: Buffer[] = [];
  #size = 0;
  #isDropped = false;

  /** @param limit - in bytes */
  constructor(limit: number, budget: CopyBudget) {
    this.#limit = limit;
    this.#budget = budget;
  }

  add(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#isDropped) return;
    if (this.#size > this.#limit || piece.length > this.#budget.left) {
      this.#release();
      this.#isDropped = true;
      return;
    }
    this.#budget.left -= piece.length;
    this.#pieces.push(piece);
  }

  /** The copy, in memory of its own. Call once. */
  take(): PassedBody {
    if (this.#isDropped) return { size: this.#size };
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    this.#release();
    return { bytes, size: this.#size };
  }

  #release(): void {
    for (const { length } of this.#pieces) this.#budget.left += length;
    this.#pieces = [];
  }
}
