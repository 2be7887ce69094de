/** A 429 of which it is not known yet whether it is about other paths, too. */
interface OpenQuestion {
  readonly since: number;
  readonly until: number;
}

/**
 * Until when requests wait after a 429, where the contract says nothing of rate limits: a limit may be that of the target
 * or of one path, as servers limit logins. A path that was refused waits alone, unless another one is refused before any
 * other got an answer: then all wait.
 */
export class RefusalPauses {
  readonly #pauses = new Map<string, number>();
  readonly #open = new Map<string, OpenQuestion>();
  /** Paths with a limit of their own. */
  readonly #own = new Set<string>();
  /** How long requests of a path with a limit of its own waited in all, in milliseconds. */
  readonly #waited = new Map<string, number>();
  readonly #isOfTarget: boolean;
  #all = 0;

  /** @param isOfTarget - whether every limit is that of the target */
  constructor(isOfTarget: boolean) {
    this.#isOfTarget = isOfTarget;
  }

  /** The moment before which no request of this path goes out, in milliseconds. */
  notBefore(path: string): number {
    return Math.max(this.#all, this.#pauses.get(path) ?? 0);
  }

  /** How long requests of this path would have waited in all, until then; 0 where its limit may be that of others, too. */
  waitedUntil(path: string, now: number, until: number): number {
    if (!this.#own.has(path)) return 0;
    return (this.#waited.get(path) ?? 0) + Math.max(0, until - Math.max(now, this.#pauses.get(path) ?? 0));
  }

  /** A request of the path got a 429. @param until - when it may be sent again */
  refused(path: string, now: number, until: number): void {
    const others = [...this.#open].filter(([other, { until: end }]) => other !== path && end > now);
    if (this.#isOfTarget || (others.length > 0 && !this.#own.has(path))) {
      this.#all = Math.max(this.#all, until, ...others.map(([, { until: end }]) => end));
      return;
    }
    this.#waited.set(path, this.waitedUntil(path, now, until));
    this.#pauses.set(path, Math.max(this.#pauses.get(path) ?? 0, until));
    if (!this.#own.has(path)) this.#open.set(path, { since: now, until });
  }

  /** A request of the path got another answer. @param sentAt - milliseconds */
  answered(path: string, sentAt: number): void {
    for (const [other, { since, until }] of this.#open) {
      if (other === path || sentAt <= since || sentAt >= until) continue;
      this.#own.add(other);
      this.#open.delete(other);
    }
  }
}
