import type { HeaderFields } from './head.js';

/** The body of a message that has passed. */
export interface PassedBody {
  /** The bytes without the framing of chunks, still compressed. Absent: there are more than the proxy copies. */
  readonly bytes?: Uint8Array;
  /** How many bytes passed. */
  readonly size: number;
}

export interface PassedRequest {
  readonly method: string;
  /** Path and query as sent, or an absolute URL. */
  readonly target: string;
  readonly fields: HeaderFields;
  readonly trailers: HeaderFields;
  readonly body: PassedBody;
  /** False: the answer was complete before the request. */
  readonly complete: boolean;
}

export interface PassedResponse {
  readonly status: number;
  readonly reason: string;
  readonly fields: HeaderFields;
  readonly trailers: HeaderFields;
  readonly body: PassedBody;
}

/** A request and its answer, as they passed the proxy. Plain data: it goes to another thread. */
export interface PassedExchange {
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  /** From the head of the request to the end of the answer. */
  readonly durationMs: number;
  readonly request: PassedRequest;
  /** Absent: none came. */
  readonly response?: PassedResponse;
  /** `closed`: the client or the target closed the connection before the end of the answer. */
  readonly end: 'complete' | 'closed';
}
