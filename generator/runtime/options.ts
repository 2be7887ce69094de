/** How often and how long the client tries again. */
export interface RetryOptions {
  /** Times that a 502, 503, 504 or a network failure of an idempotent method is tried again. Default 2. */
  readonly failures?: number;
  /** The most that one call waits for rate limits, in milliseconds; past it the 429 is the result. Default 60,000. */
  readonly maxWait?: number;
}

/** Where time and chance come from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after this many milliseconds; rejects with the signal's reason when that fires first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

/** A token, or where to get one: called for each request, and once more after a 401. */
export type Token = string | (() => string | Promise<string>);

/** Credentials that the client exchanges for a token, which it keeps until shortly before it expires. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: the root with the server's path after it. */
  readonly audience?: string;
}

/** What every call takes last. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds that one attempt may take. */
  readonly timeout?: number;
  /** `false`: one attempt, whatever comes; a refused token is not replaced. */
  readonly retry?: RetryOptions | false;
}

export interface ConnectionOptions<Credentials> {
  /** The root, before the server's path: `https://travel0.eu.auth0.com`. */
  readonly baseUrl: string;
  /** Without it requests carry no Authorization header. */
  readonly token?: Token | Credentials | undefined;
  /** Default: the global one. It gets a fresh `Request` for each attempt. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The User-Agent header, for runtimes that let one set it. */
  readonly userAgent?: string;
  /** Milliseconds that one attempt may take. Default 30,000. */
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  readonly clock?: Partial<Clock>;
}
