import { isNestedTooDeep } from '../../contract/load/json-text.js';
import type { TargetResponse } from './exchange.js';

/** A request with everything that goes on the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** By lower-case name, the token included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** With what to ask for tokens. A secret is never printed. */
export interface Credentials {
  /** A client that may be granted tokens for the audience. */
  readonly client?: { readonly id: string; readonly secret: string };
  /** A token that somebody made; it is used as it is. */
  readonly token?: string;
}

/** A server under test. */
export interface Target {
  /** As shown: its URL, or what stands for it. */
  readonly name: string;
  /** Its root, without a slash at the end: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The audience that tokens are asked for. */
  readonly audience: string;
  readonly credentials: Credentials;
  /**
   * It belongs to somebody who pays for tokens and whose rate limit we share: fewer tokens, one request at a time.
   */
  readonly metered: boolean;
  /** How many checks run side by side. */
  readonly workers: number;
  /** Sends one request; follows no redirect, decodes nothing but JSON. @throws TargetFailure */
  send(request: HttpRequest, options: SendLimits): Promise<TargetResponse>;
  /**
   * A token with these claims laid over the usual ones, signed by the target's own key: only a target of our own can.
   */
  sign?(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Back to the state at the start: only a target of our own can. */
  reset?(): Promise<void>;
  close(): Promise<void>;
}

export interface SendLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * No answer came. `refused`: nobody listens, or the name is unknown; `reset`: the connection broke; `timeout`: nothing
 * in time; `garbled`: what came is not HTTP; `tls`: the certificate is not trusted; `cancelled`: we gave up ourselves.
 */
export type FailureKind = 'refused' | 'reset' | 'timeout' | 'garbled' | 'tls' | 'cancelled';

/** Never leaves the engine. */
export class TargetFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TargetFailure';
    this.kind = kind;
  }
}

/** The body as JSON; absent if the text is not JSON, or nested deeper than code can walk. */
export function parseJson(text: string): Pick<TargetResponse, 'json'> {
  if (text === '') return {};
  const first = text.charCodeAt(0);
  // `<`: HTML, the one other thing that servers answer with; no need to have the parser throw over a whole page.
  if (first === 0x3c) return {};
  if (isNestedTooDeep(text)) return {};
  try {
    return { json: JSON.parse(text) };
  } catch {
    return {};
  }
}
