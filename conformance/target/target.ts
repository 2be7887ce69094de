import type { Json, JsonObject } from '../../contract/contract.js';
import { isNestedTooDeep, MOST_NESTED } from '../../contract/load/json-text.js';
import type { TargetResponse } from './exchange.js';
import type { GivenHeaders } from './given-headers.js';

/** A request as sent. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** By lower-case name, the token included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What to request tokens with. Secrets are never printed. */
export interface Credentials {
  /** A client that may get tokens for the audience. */
  readonly client?: { readonly id: string; readonly secret: string };
  /** An access token, used as it is. */
  readonly token?: string;
  /** The word before the token in the `Authorization` header. Default: `Bearer`. */
  readonly scheme?: string;
  /** Tokens with chosen scopes, for the checks that need some. */
  readonly scoped?: readonly { readonly value: string; readonly scopes: readonly string[] }[];
}

/** A server under test. */
export interface Target {
  /** How messages and reports name it: its URL, or a description. */
  readonly name: string;
  /** Its root, without a slash at the end: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** The audience to request tokens for. */
  readonly audience: string;
  readonly credentials: Credentials;
  /** Sent with every request, by lower-case name. */
  readonly headers?: GivenHeaders;
  /** A shared tenant where tokens cost money and the rate limit is shared: few tokens, one request at a time. */
  readonly metered: boolean;
  /** How many checks run side by side. */
  readonly workers: number;
  /** Sends one request, once; follows no redirect, decodes nothing but JSON. @throws TargetFailure */
  send(request: HttpRequest, options: SendLimits): Promise<TargetResponse>;
  /** Makes a token with exactly these claims, signed by the target's own key. Only the embedded tenant can. */
  sign?(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Issues a token with exactly these scopes. Only the embedded tenant can. */
  issue?(scopes: readonly string[]): Promise<string>;
  /**
   * Creates a resource that no operation creates, with these foreign keys, and returns it. Only the embedded tenant can.
   */
  provision?(resource: string, seed: number, keys: JsonObject): JsonObject;
  /** Restores the initial state. Only the embedded tenant can. */
  reset?(): Promise<void>;
  close(): Promise<void>;
}

export interface SendLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Why no answer came. `refused`: nothing listens, or the name is unknown; `reset`: the connection broke; `gateway`: a
 * gateway answers for a service that does not; `timeout`: no complete answer in time; `garbled`: not HTTP; `too-large`: more than 16 MiB; `tls`: the certificate is not trusted;
 * `cancelled`: the run was cancelled.
 */
export type FailureKind = 'refused' | 'reset' | 'gateway' | 'timeout' | 'garbled' | 'too-large' | 'tls' | 'cancelled';

/** Internal: never leaves the engine. */
export class TargetFailure extends Error {
  readonly kind: FailureKind;
  /** An answer had begun, whose Content-Type is that of a stream of events, which need not end. */
  readonly isStream: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    { isStream = false, ...options }: ErrorOptions & { readonly isStream?: boolean } = {},
  ) {
    super(message, options);
    this.isStream = isStream;
    this.name = 'TargetFailure';
    this.kind = kind;
  }
}

/** The body as JSON; absent if the text is not JSON, or nested deeper than code can walk. */
export function parseJson(text: string): Pick<TargetResponse, 'json'> {
  return mayBeJson(text) && !isNestedTooDeep(text) ? read(text) : {};
}

/** Beyond this many levels nothing is read. */
const MOST_READ = 10_000;

/** The body of an answer as JSON. One that is nested too deep is cut, so that what stands beside is seen all the same. */
export function parseAnswer(text: string): Pick<TargetResponse, 'json' | 'isCut'> {
  if (!mayBeJson(text)) return {};
  if (!isNestedTooDeep(text)) return read(text);
  const { json } = isNestedTooDeep(text, MOST_READ) ? {} : read(text);
  return json === undefined ? {} : { json: cutBelow(json, MOST_NESTED), isCut: true };
}

/** A value with `null` for the objects and lists below this many levels. */
export function cutBelow(value: Json, levels: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((part) => cutBelow(part, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cutBelow(part, levels - 1)]));
}

/** `<`: HTML. Skips a parse error over a whole page. */
function mayBeJson(text: string): boolean {
  return text !== '' && text.charCodeAt(0) !== 0x3c;
}

function read(text: string): Pick<TargetResponse, 'json'> {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return {};
  }
}
