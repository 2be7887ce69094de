/** A request as the core sees it, whichever shell it came by. */
export interface PlainRequest {
  /** Upper case. */
  readonly method: string;
  /** As sent: percent-encoded, dot segments resolved, without the query. */
  readonly path: string;
  /** What stands after the `?`, or empty. */
  readonly query: string;
  /** By lower-case name; the core looks at `authorization`, `content-type` and what the contract names as a parameter. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty where there is none. */
  readonly body: string;
  /** The body is longer than `MAX_BODY` and was not read. */
  readonly tooLarge?: boolean;
}

/** An answer as the core gives it. */
export interface PlainResponse {
  readonly status: number;
  /** By lower-case name; `content-length` is the shell's, unless it is there. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
}

/** The longest body that is read, in bytes: 1 MiB, far above what any operation needs. */
export const MAX_BODY = 1_048_576;
