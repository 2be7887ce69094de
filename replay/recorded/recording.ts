import type { Json } from '../../contract/contract.js';
import type { RecordedToken } from './recorded-token.js';

/** Recorded traffic: requests with their answers, in the order of the file. */
export interface Recording {
  /** As given on the command line. */
  readonly file: string;
  /** The name in the file, or the name of the file. */
  readonly name: string;
  /** The list of exchanges in the file, as a JSON pointer: `#/exchanges`, `#/log/entries`. */
  readonly pointer: string;
  /** The recording does not determine the order of its exchanges. */
  readonly orderUncertain: boolean;
  readonly exchanges: readonly RecordedExchange[];
}

export interface RecordedExchange {
  /** Its index in the list, from 0. */
  readonly index: number;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  /** When it was sent, in Unix milliseconds, if recorded. */
  readonly startedAt?: number;
}

export interface RecordedRequest {
  /** Upper case. */
  readonly method: string;
  /** Encoded as recorded, without host and query. Begins with `/`. */
  readonly path: string;
  /** Encoded as recorded, without `?`; empty for none. */
  readonly query: string;
  /** Absent: none, or not recorded. A string if it is neither JSON nor a form. */
  readonly body?: Json;
  /** Lower case, without parameters, if recorded. */
  readonly contentType?: string;
  /** The claims of its access token, if recorded. */
  readonly token?: RecordedToken;
  /** The request had a body that was not recorded. */
  readonly incomplete?: boolean;
  /** No body was recorded, and nothing tells whether there was one: some recorders miss what some clients send. */
  readonly mayHaveHadBody?: boolean;
}

export interface RecordedResponse {
  readonly status: number;
  /** By lower-case name. Absent: the headers were not recorded. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lower case, without parameters, if recorded. */
  readonly contentType?: string;
  /** Absent: none, or not recorded. A string if it is not JSON. */
  readonly body?: Json;
  /** The response had a body that was not recorded. */
  readonly incomplete?: boolean;
}

/** `DELETE /v1/shelves/s1?y=1`, for messages. */
export function requestLine({ method, path, query }: RecordedRequest): string {
  return query === '' ? `${method} ${path}` : `${method} ${path}?${query}`;
}
