import type { Json } from '../../contract/contract.js';

/** Traffic that was recorded somewhere: requests and what they got, in the order in which the file has them. */
export interface Recording {
  /** As given on the command line. */
  readonly file: string;
  /** What the file calls it, or the file's name. */
  readonly name: string;
  /** The list of exchanges in the file, as a JSON pointer: `#/exchanges`, `#/log/entries`. */
  readonly pointer: string;
  /** It says of itself that the order of its exchanges is not certain. */
  readonly orderUncertain: boolean;
  readonly exchanges: readonly RecordedExchange[];
}

export interface RecordedExchange {
  /** Its place in the list, from 0. */
  readonly index: number;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
  /** When it was sent, in Unix milliseconds, where the recording tells. */
  readonly startedAt?: number;
}

export interface RecordedRequest {
  /** Upper case. */
  readonly method: string;
  /** Encoded as recorded, without host and query. Begins with `/`. */
  readonly path: string;
  /** Encoded as recorded, without `?`; empty for none. */
  readonly query: string;
  /** Absent: none, or not recorded. A string where it is neither JSON nor a form. */
  readonly body?: Json;
  /** Lower case, without parameters, where recorded. */
  readonly contentType?: string;
}

export interface RecordedResponse {
  readonly status: number;
  /** By lower-case name. Absent: they were stripped, and their absence proves nothing. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lower case, without parameters, where recorded. */
  readonly contentType?: string;
  /** Absent: none. A string where it is no JSON. */
  readonly body?: Json;
}

/** `DELETE /api/v2/roles/rol_x?y=1`, for people. */
export function requestLine({ method, path, query }: RecordedRequest): string {
  return query === '' ? `${method} ${path}` : `${method} ${path}?${query}`;
}
