import type { ServedRequest } from '../log/served-request.js';

/** A request that was answered. */
export interface LoggedRequest extends ServedRequest {
  /** Counts from 1; set by the log. */
  readonly number: number;
  /** By the clock of the tenant, in milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds. */
  readonly duration: number;
  /** The client that the token belongs to, if the token is valid. */
  readonly client: string | undefined;
  /** The id of the fault that applied. */
  readonly fault: string | undefined;
}

/** How many requests are remembered. */
const CAPACITY = 1000;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Waiting {
  readonly isDone: () => boolean;
  readonly resolve: () => void;
}

/**
 * The last requests of a tenant, for those who look at them or wait for them. Once it is full, the oldest entry is
 * overwritten: a new object for each request would live long enough to make garbage collection cost more than the rest of
 * the log.
 */
export class RequestLog {
  readonly #entries: Writable<LoggedRequest>[] = [];
  readonly #waiting = new Set<Waiting>();
  #count = 0;
  /** The place of the next entry, where the oldest one is once the log is full. */
  #next = 0;

  /** The number of the newest request; 0 before the first. */
  get last(): number {
    return this.#count;
  }

  add(request: Omit<LoggedRequest, 'number'>): void {
    this.#count += 1;
    const entry = this.#entries[this.#next];
    if (entry === undefined) this.#entries.push({ number: this.#count, ...request });
    else overwrite(entry, this.#count, request);
    this.#next = (this.#next + 1) % CAPACITY;
    if (this.#waiting.size === 0) return;
    for (const waiting of this.#waiting) if (waiting.isDone()) waiting.resolve();
  }

  /** The remembered requests that match, the oldest first. @param after - only those with a greater number */
  list(after: number, matches: (request: LoggedRequest) => boolean): readonly LoggedRequest[] {
    return this.#entries
      .filter((entry) => entry.number > after && matches(entry))
      .map((entry) => ({ ...entry }))
      .sort((one, other) => one.number - other.number);
  }

  /** Resolves after a request that makes `isDone` true, or after the timeout. @param timeout - milliseconds */
  wait(isDone: () => boolean, timeout: number): Promise<void> {
    if (isDone() || timeout === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        resolve();
      };
      const timer = setTimeout(stop, timeout);
      const waiting = { isDone, resolve: stop };
      this.#waiting.add(waiting);
    });
  }

  /** Forgets all requests. Numbers go on. */
  clear(): void {
    this.#entries.length = 0;
    this.#next = 0;
  }
}

/** Written out: a loop over the properties would take several times as long. */
function overwrite(entry: Writable<LoggedRequest>, number: number, request: Omit<LoggedRequest, 'number'>): void {
  entry.number = number;
  entry.at = request.at;
  entry.duration = request.duration;
  entry.method = request.method;
  entry.path = request.path;
  entry.query = request.query;
  entry.status = request.status;
  entry.operation = request.operation;
  entry.client = request.client;
  entry.reason = request.reason;
  entry.fault = request.fault;
}
