import { type RedirectError, ResponseError, type UnexpectedResponseError } from './errors.js';

export interface Success<Status, Data> {
  readonly ok: true;
  readonly status: Status;
  readonly data: Data;
  readonly response: Response;
}

/** `error` is the body that the contract documents for this status: parsed, but not validated against its schema. */
export interface Failure<Status, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly error: Body;
  readonly response: Response;
}

/** A response that is not in the contract. Every result type includes it. */
export type Unexpected = Failure<'unexpected', UnexpectedResponseError | RedirectError>;

/** The result of any method. `status` is the documented one: a number, a range such as `4XX`, or `default`. */
export type Result = Success<number | string, unknown> | Failure<number | string, unknown>;

/**
 * An error body as a union over its error codes. `undefined` in `Code` stands for a body without the property.
 */
export type Coded<Body, Property extends string, Code> = Code extends undefined
  ? Body & { readonly [Key in Property]?: undefined }
  : Body & { readonly [Key in Property]: Code };

/** The data of a content type; of any of them if the status has other content types. */
export type ByType<Data, Accept> = Accept extends keyof Data ? Data[Accept] : Data[keyof Data];

/** One server-sent event. */
export interface ServerSentEvent<Data> {
  readonly data: Data;
  /** The type of the event: `message` unless the server names another. */
  readonly event: string;
  /** The id of the last event that had one. */
  readonly id: string;
}

/**
 * The data of a success.
 *
 * @throws ResponseError for any other result.
 */
export function unwrap<R extends Result>(result: R): Extract<R, { readonly ok: true }>['data'];
export function unwrap(result: Result): unknown {
  // Compared with `false`, so that it is also narrowed in projects without strictNullChecks.
  if (result.ok === false) throw new ResponseError(result.error, result.response);
  return result.data;
}
