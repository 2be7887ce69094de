/** A request to the core, independent of its transport. */
export interface PlainRequest {
  /** Upper case. */
  readonly method: string;
  /** Percent-encoded as sent, with dot segments resolved, without the query. */
  readonly path: string;
  /** The text after the `?`, or empty. */
  readonly query: string;
  /** By lower-case name. The core reads `authorization`, `content-type` and the header parameters of the contract. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty without a body. */
  readonly body: string;
  /** The body is longer than `MAX_BODY` and was not read. */
  readonly tooLarge?: boolean;
  /** The request comes from another machine. Known of requests to the control API only. */
  readonly isRemote?: boolean;
}

/** An answer of the core. */
export interface PlainResponse {
  readonly status: number;
  /** By lower-case name. The server adds `content-length` unless it is set. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty without a body. */
  readonly body: string;
  /** The connection is closed instead: a fault on demand. */
  readonly isReset?: boolean;
}

/** Answers requests. */
export type Handle = (request: PlainRequest) => PlainResponse | Promise<PlainResponse>;

/** Answers requests in front of the API: those for pages of people itself, all others with `api`. */
export type Pages = (request: PlainRequest, api: Handle) => PlainResponse | Promise<PlainResponse>;

/** The maximum length of a request body, in bytes: 1 MiB, far more than any operation needs. */
export const MAX_BODY = 1_048_576;
