/** The base of all that the client throws on purpose. `code` never changes, so it may be compared. */
export abstract class ClientError extends Error {
  abstract readonly code: string;
}

/** A path parameter that would change the route, refused before anything was sent. */
export class ParameterError extends ClientError {
  override readonly name = 'ParameterError';
  readonly code = 'PARAMETER_REFUSED';
  /** As the path calls it: `id`. */
  readonly parameter: string;

  constructor(parameter: string, value: unknown, path: string) {
    super(`${path}: expected an id for "${parameter}", received ${JSON.stringify(value)}`);
    this.parameter = parameter;
  }
}

/** No answer came: the network failed, or it took too long. `cause` is the error of `fetch`. */
export class RequestError extends ClientError {
  override readonly name = 'RequestError';
  readonly code: 'REQUEST_FAILED' | 'REQUEST_TIMED_OUT';

  constructor(what: string, cause: unknown) {
    // Whatever fetch throws; a time limit is told apart by the name of its DOMException.
    const timedOut = (cause as Error | undefined)?.name === 'TimeoutError';
    super(`${what}: no answer, ${cause}`, { cause });
    this.code = timedOut ? 'REQUEST_TIMED_OUT' : 'REQUEST_FAILED';
  }
}

/** The token endpoint gave no token. */
export class TokenError extends ClientError {
  override readonly name = 'TokenError';
  readonly code = 'TOKEN_REFUSED';
  readonly status: number;

  constructor(what: string, status: number, reason: string) {
    super(`${what}: expected an access token, received ${status} ${reason}`);
    this.status = status;
  }
}

/** An answer that the contract does not know: another status, another content type, or no body where one must be. */
export class UnexpectedResponseError extends ClientError {
  override readonly name = 'UnexpectedResponseError';
  readonly code = 'UNEXPECTED_RESPONSE';
  readonly status: number;
  /** As received; empty without a Content-Type header. */
  readonly contentType: string;
  /** How the body begins: at most 200 characters, tokens masked. */
  readonly excerpt: string;

  constructor(what: string, expected: string, response: Response, excerpt: string) {
    const contentType = response.headers.get('content-type') ?? '';
    super(
      `${what}: expected ${expected}, received ${response.status} ${contentType || 'of no type'}, ${
        excerpt ? JSON.stringify(excerpt) : 'no body'
      }`,
    );
    this.status = response.status;
    this.contentType = contentType;
    this.excerpt = excerpt;
  }
}

/** What `unwrap` and the iterators over pages throw for an answer that is no success. */
export class ResponseError extends ClientError {
  override readonly name = 'ResponseError';
  readonly code = 'RESPONSE_NOT_OK';
  readonly status: number;
  /** The body, or the `UnexpectedResponseError`. */
  override readonly cause: unknown;
  readonly response: Response;

  constructor(cause: unknown, response: Response) {
    super(cause instanceof Error ? cause.message : `received ${response.status} ${JSON.stringify(cause)}`);
    this.status = response.status;
    this.cause = cause;
    this.response = response;
  }
}
