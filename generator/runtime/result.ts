import { ResponseError, type UnexpectedResponseError } from './errors.js';

export interface Success<Status, Data> {
  readonly ok: true;
  readonly status: Status;
  readonly data: Data;
  readonly response: Response;
}

/** `error` is what the contract says of this status; the body was parsed, but not checked against its schema. */
export interface Failure<Status, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly error: Body;
  readonly response: Response;
}

/** An answer that the contract does not know: a member of every result. */
export type Unexpected = Failure<'unexpected', UnexpectedResponseError>;

/** What any method gives. `status` is the documented one: a number, a range as `4XX`, or `default`. */
export type Result = Success<number | string, unknown> | Failure<number | string, unknown>;

/**
 * An error body by its error code: a member for each code, and one without the property where `Code` has `undefined`.
 */
export type Coded<Body, Property extends string, Code> = Code extends undefined
  ? Body & { readonly [Key in Property]?: undefined }
  : Body & { readonly [Key in Property]: Code };

/**
 * The data of a success.
 * @throws ResponseError for any other result.
 */
export function unwrap<R extends Result>(result: R): Extract<R, { readonly ok: true }>['data'];
export function unwrap(result: Result): unknown {
  if (result.ok) return result.data;
  throw new ResponseError(result.error, result.response);
}
