import { excerpt, originOf } from './excerpt.js';

/** The base of all that the client throws on purpose. `code` never changes, so it may be compared. */
export abstract class ClientError extends Error {
  abstract readonly code: string;
  /** From a method that sends entries in several requests: how many were taken before this. */
  readonly accepted?: number;
}

/** A path parameter that would change the route, or a `baseUrl` that is none, refused before anything was sent. */
export class ParameterError extends ClientError {
  override readonly name = 'ParameterError';
  readonly code = 'PARAMETER_REFUSED';
  /** As the path calls it: `id`. */
  readonly parameter: string;

  constructor(parameter: string, where: string, expected: string, value: unknown) {
    super(`${where}: expected ${expected} for "${parameter}", received ${JSON.stringify(value)}`);
    this.parameter = parameter;
  }
}

/** No answer came: the network failed, or it took too long. `cause` is the error of `fetch`. */
export class RequestError extends ClientError {
  override readonly name = 'RequestError';
  readonly code: 'REQUEST_FAILED' | 'REQUEST_TIMED_OUT';

  constructor(what: string, cause: unknown) {
    // Whatever fetch throws; a time limit is told apart by the name of its DOMException.
    const { name, cause: reason } = (cause ?? {}) as { name?: string; cause?: { message?: string; code?: string } };
    // Node says only "fetch failed", and why in the cause; for a host of several addresses it is all in the code.
    const why = reason && ` (${reason.message || reason.code})`;
    super(`${what}: no answer, ${cause}${why ?? ''}`, { cause });
    this.code = name === 'TimeoutError' ? 'REQUEST_TIMED_OUT' : 'REQUEST_FAILED';
  }
}

/** There is no token to send: the endpoint gave none, or it cannot stand in a header. */
export class TokenError extends ClientError {
  override readonly name = 'TokenError';
  readonly code = 'TOKEN_REFUSED';
  /** That of the token endpoint's answer; 0 where there was none. */
  readonly status: number;

  constructor(what: string, received: string, status = 0) {
    super(`${what}: expected an access token, received ${received}`);
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

  constructor(cause: unknown, response: Response, expected = 'a success') {
    const { what = 'answer', token } = originOf(response) ?? {};
    super(
      cause instanceof Error
        ? cause.message
        : `${what}: expected ${expected}, received ${response.status} ${excerpt(JSON.stringify(cause) ?? '', token)}`,
    );
    this.status = response.status;
    this.cause = cause;
    this.response = response;
  }
}
