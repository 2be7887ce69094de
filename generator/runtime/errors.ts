import { excerpt, origins } from './excerpt.js';

/**
 * The base of all errors that the client throws. Each `code` is stable: compare it rather than the message.
 *
 * Fields that a constructor sets have `declare`, which saves bytes: they would be emitted a second time otherwise.
 */
export abstract class ClientError extends Error {
  abstract readonly code: string;
  /** Set by methods that send entries in several requests: how many were accepted before this error. */
  declare readonly accepted?: number;
}

/** A path parameter that would change the route, or an invalid `baseUrl`. Nothing was sent. */
export class ParameterError extends ClientError {
  override readonly name = 'ParameterError';
  readonly code = 'PARAMETER_REFUSED';
  /** Its name in the path: `id`. */
  declare readonly parameter: string;

  constructor(parameter: string, where: string, expected: string, value: unknown) {
    super(`${where}: expected ${expected} for "${parameter}", received ${JSON.stringify(value)}`);
    this.parameter = parameter;
  }
}

/** No response: the network failed, or it took too long. `cause` is the error of `fetch`. */
export class RequestError extends ClientError {
  override readonly name = 'RequestError';
  declare readonly code: 'REQUEST_FAILED' | 'REQUEST_TIMED_OUT';

  constructor(what: string, cause: unknown) {
    // fetch may reject with anything; a timeout is recognized by the name of its DOMException.
    const { name, cause: reason } = (cause ?? {}) as { name?: string; cause?: { message?: string; code?: string } };
    // Node only says "fetch failed"; the reason is in the cause, for a host with several addresses only in its code.
    const why = reason && ` (${reason.message || reason.code})`;
    super(`${what}: no response, ${cause}${why ?? ''}`, { cause });
    this.code = name === 'TimeoutError' ? 'REQUEST_TIMED_OUT' : 'REQUEST_FAILED';
  }
}

/** There is no usable token: the token endpoint issued none, or the token cannot be sent in a header. */
export class TokenError extends ClientError {
  override readonly name = 'TokenError';
  readonly code = 'TOKEN_REFUSED';
  /** The status of the token endpoint's response; 0 if there was none. */
  declare readonly status: number;

  constructor(what: string, received: string, status = 0) {
    super(`${what}: expected an access token, received ${received}`);
    this.status = status;
  }
}

/** A response that is not in the contract. */
abstract class UnexpectedError extends ClientError {
  declare readonly status: number;
  /** As received; empty without a Content-Type header. */
  declare readonly contentType: string;
  /** The start of the body: at most 200 characters, tokens masked. Empty for redirects. */
  declare readonly excerpt: string;

  constructor(message: string, { status, headers }: Response, excerpt = '') {
    super(message);
    this.status = status;
    this.contentType = headers.get('content-type') ?? '';
    this.excerpt = excerpt;
  }
}

/** A response that is not in the contract: another status, another content type, a missing or an oversized body. */
export class UnexpectedResponseError extends UnexpectedError {
  override readonly name = 'UnexpectedResponseError';
  readonly code = 'UNEXPECTED_RESPONSE';

  constructor(what: string, expected: string, response: Response, excerpt: string) {
    const type = response.headers.get('content-type') || 'without Content-Type';
    const body = excerpt ? JSON.stringify(excerpt) : 'no body';
    super(`${what}: expected ${expected}, received ${response.status} ${type}, ${body}`, response, excerpt);
  }
}

/** A redirect that is not in the contract. It was not followed: no other host received the token or the body. */
export class RedirectError extends UnexpectedError {
  override readonly name = 'RedirectError';
  readonly code = 'REDIRECT_REFUSED';
  /** Where it leads, as received, at most 200 characters; empty in browsers, which hide it. */
  declare readonly location: string;

  constructor(what: string, expected: string, response: Response, location: string) {
    const target = location ? JSON.stringify(location) : 'no URL';
    super(`${what}: expected ${expected}, received ${response.status} redirect to ${target}`, response);
    this.location = location;
  }
}

/** Thrown by `unwrap` and by the page iterators for a response that is not a success. */
export class ResponseError extends ClientError {
  override readonly name = 'ResponseError';
  readonly code = 'RESPONSE_NOT_OK';
  declare readonly status: number;
  /** The body, or the `UnexpectedResponseError` or `RedirectError`. */
  declare readonly cause: unknown;
  declare readonly response: Response;

  constructor(cause: unknown, response: Response, expected = 'a success') {
    const { what = 'response', secrets = [] } = origins.get(response) ?? {};
    const body = excerpt(JSON.stringify(cause) ?? '', ...secrets);
    super(
      cause instanceof Error ? cause.message : `${what}: expected ${expected}, received ${response.status} ${body}`,
    );
    this.status = response.status;
    this.cause = cause;
    this.response = response;
  }
}
