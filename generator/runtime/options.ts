/** How often and how long the client retries. */
export interface RetryOptions {
  /** How many times a 502, 503, 504 or a network failure of an idempotent method is retried. Default: 2. */
  readonly failures?: number;
  /** The longest that one call waits for rate limits, in milliseconds; then it returns the 429. Default: 60,000. */
  readonly maxWait?: number;
}

/** The source of time and randomness. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after this many milliseconds; rejects with the signal's reason if that fires first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

/** A token, or a function that returns one: called for each request, and once more after a 401. */
export type Token = string | (() => string | Promise<string>);

/** Credentials that the client exchanges for a token. It keeps the token until shortly before it expires. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default: `baseUrl` followed by the server's path. */
  readonly audience?: string;
}

/** A user name and a password, for HTTP Basic authentication. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** Credentials by the name of their security scheme. */
export type SchemeCredentials = Readonly<Record<string, string | BasicCredentials | undefined>>;

/** The last argument of every method. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The time limit of one attempt, in milliseconds. */
  readonly timeout?: number;
  /** `false`: a single attempt; a rejected token is not replaced. */
  readonly retry?: RetryOptions | false;
}

/** The parts of a multipart body: these properties are files, or lists of files. */
export type WithFiles<Body, Files> = {
  readonly [Key in keyof Body]: Key extends Files
    ? NonNullable<Body[Key]> extends readonly unknown[]
      ? readonly Blob[]
      : Blob
    : Body[Key];
};

/** The parts of a multipart body that is a list: each may be a file. */
export type WithBlobs<Parts> = Parts extends readonly unknown[]
  ? { readonly [Index in keyof Parts]: Parts[Index] | Blob }
  : readonly unknown[];

/** The options of methods with several content types. The types of these methods list them. */
export interface CallOptions extends RequestOptions {
  /** The content type of the response. */
  readonly accept?: string | undefined;
  /** The content type of the body. */
  readonly contentType?: string | undefined;
}

export interface ConnectionOptions<Credentials> {
  /** The root, without the server's path: `https://travel0.eu.auth0.com`. */
  readonly baseUrl: string;
  /** Without it, requests have no Authorization header. */
  readonly token?: Token | Credentials | undefined;
  /** Default: the global `fetch`. It receives a new `Request` for each attempt. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The User-Agent header, in runtimes that allow setting it. */
  readonly userAgent?: string;
  /** The time limit of one attempt, in milliseconds. Default: 30,000. */
  readonly timeout?: number;
  readonly retry?: RetryOptions | false;
  readonly clock?: Partial<Clock>;
}

/**
 * What functions send requests with: such an object sends each request once. `connect` adds retries, and tokens from
 * client credentials.
 */
export interface Connection {
  /** The root, without the server's path: `https://travel0.eu.auth0.com`. */
  readonly baseUrl: string;
  /** Without it, requests have no Authorization header. */
  readonly token?: Token | undefined;
  /** Credentials by the name of their security scheme. */
  readonly credentials?: SchemeCredentials | undefined;
  /** Default: the global `fetch`. It receives a new `Request` for each attempt. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The User-Agent header, in runtimes that allow setting it. */
  readonly userAgent?: string | undefined;
  /** The time limit of one attempt, in milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** Sends a request, once or several times. Default: once. */
  readonly send?: ((exchange: Exchange) => Promise<Response>) | undefined;
}

/** A connection that says how requests are sent. */
export interface SendingConnection extends Connection {
  readonly send: (exchange: Exchange) => Promise<Response>;
}

/** A request on its way: what a call says about it, and for everything else the connection. */
export interface Exchange extends Omit<Connection, 'headers'>, Omit<RequestOptions, 'headers' | 'timeout'> {
  /** Names the request in errors. */
  readonly what: string;
  /** It has no signal: calls share signals, and attempts add no listeners to them. */
  readonly request: Request;
  /** What was sent to authenticate, masked in errors. Whoever sends a token adds it. Without it, no token is sent. */
  readonly secrets?: (string | undefined)[] | undefined;
}
