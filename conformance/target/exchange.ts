import type { Json } from '../../contract/contract.js';
import type { PlannedRequest } from './request.js';

/** What a target answered. */
export interface TargetResponse {
  readonly status: number;
  /** By lower-case name; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly text: string;
  /** The body as JSON, parsed once; absent where it is empty or is none. */
  readonly json?: Json;
}

/** A request and its answer. */
export interface Exchange {
  readonly request: PlannedRequest;
  /** The Authorization header as sent; absent for none. Never printed. */
  readonly authorization?: string;
  /** The scopes of the token that went with it, where one of ours did. */
  readonly scopes?: readonly string[];
  /** The check chose this token; otherwise it is the one that may everything. */
  readonly chosen?: boolean;
  readonly response: TargetResponse;
  readonly durationMs: number;
}

/** Whether the target said that the request is at fault. */
export function refused(exchange: Exchange): boolean {
  return exchange.response.status >= 400 && exchange.response.status < 500;
}

export function succeeded(exchange: Exchange): boolean {
  return exchange.response.status >= 200 && exchange.response.status < 300;
}
