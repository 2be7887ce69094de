import type { Json } from '../../contract/contract.js';
import type { PlannedRequest } from './request.js';

/** An answer of a target. */
export interface TargetResponse {
  /** 0: no answer came. */
  readonly status: number;
  /** By lower-case name; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is no body. */
  readonly text: string;
  /** The body as JSON; absent where it is empty or not JSON. */
  readonly json?: Json;
  /** The body is nested deeper than code can walk: `json` has `null` for what is deeper. Absent: it is not. */
  readonly isCut?: true;
}

/** A request and its answer. */
export interface Exchange {
  readonly request: PlannedRequest;
  /** The Authorization header as sent; absent: none. Never printed. */
  readonly authorization?: string;
  /** The scopes of the token, where it is a token of the run. */
  readonly scopes?: readonly string[];
  /** The check chose this token; otherwise it is the full-access token. */
  readonly chosen?: boolean;
  readonly response: TargetResponse;
  readonly durationMs: number;
  /** The body says that the request was refused, though the status is that of a success. Absent: it does not. */
  readonly refusedInBody?: boolean;
  /** The `Location` of the answer names something else than what was created. Absent: it does not, as far as is known. */
  readonly isLocationWrong?: boolean;
  /** The answer to a creation names something else than what was created. Absent: it does not, as far as is known. */
  readonly namesOther?: boolean;
  /** How many other requests were under way when it was answered; absent: none. */
  readonly besides?: number;
}

/** What was under way beside a request: the words that a report adds. */
export function besidesText(besides: number): string {
  return `with ${besides} other ${besides === 1 ? 'request' : 'requests'} under way`;
}

/** Whether the target answered that the request is at fault. */
export function refused({ response: { status }, refusedInBody = false }: Exchange): boolean {
  return refusedInBody || (status >= 400 && status < 500);
}

export function succeeded({
  response: { status },
  refusedInBody = false,
}: Pick<Exchange, 'response' | 'refusedInBody'>): boolean {
  return status >= 200 && status < 300 && !refusedInBody;
}
