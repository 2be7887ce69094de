import type { CallOptions, Connection } from './options.js';
import type { Result } from './result.js';

/**
 * What the client needs to know of an operation at run time; everything else is in the types.
 *
 * The path has the server's path in front, separated by a space: `/v1 /shelves/{id}`. The responses are separated by
 * spaces: `204:none 400 401 4XX default`. After the colon is the kind of body: `none`, `text`, `html` (text that may be
 * HTML), `stream`, `any` (not documented), `events`, `textEvents`, `lines`, or `as` (by the content type that `accept`
 * asks for). Without a colon it is JSON.
 *
 * Whatever only some operations need is a function here, so that a bundle contains it only if one of its calls does.
 */
export type Route = readonly [method: string, path: string, responses: string, traits?: Traits | undefined];

export interface Traits {
  /** What each argument after the ids becomes in the request. */
  readonly in?: readonly Part[];
  /** Fills the path if a parameter has another style than `simple`. */
  readonly path?: (template: string, ids: readonly unknown[]) => string;
  /** `0`: needs no token. A function if a security requirement has another scheme than a token. */
  readonly auth?: 0 | Access;
  /** Asks for a content type of a success, if it is not JSON or the caller can choose one. */
  readonly accept?: (asked: string | undefined) => Accepted;
  /** How bodies of other kinds than JSON are read: as streams. */
  readonly read?: { readonly [kind: string]: (response: Response) => unknown };
  /** How bodies of other kinds than JSON are read: as text. Throws if the text is not of this kind. */
  readonly parse?: { readonly [kind: string]: (text: string, isHtml: boolean) => unknown };
  /** Further methods of the client that call this route several times. */
  readonly more?: { readonly [method: string]: Repeated };
}

/** The content type that is asked for. */
export interface Accepted {
  /** The Accept header; none if it is empty. */
  readonly header: string | undefined;
  /** For a response that may stay open for hours: no time limit unless the call has one. */
  readonly limits?: { readonly timeout: number } | undefined;
  /** How a body of a received content type is read; not at all if it is another type than the one asked for. */
  kindOf(received: string): string;
}

/** Puts an argument into a request. A body that can be sent only once changes the options: no retries. */
export type Part = (draft: Draft, value: unknown, options: Writable<CallOptions>) => void;

/** The options of one call, which a part may change. */
export type Writable<Options> = { -readonly [Key in keyof Options]: Options[Key] };

/** A request that is being built. */
export interface Draft {
  /** Pairs of the query, encoded. */
  readonly query: string[];
  /** Headers without a value are not sent. */
  readonly headers: { authorization?: string; cookie?: string | undefined; [name: string]: string | undefined };
  /** What is sent to authenticate. Masked in errors. */
  readonly secrets: (string | undefined)[];
  body?: unknown;
}

/** Puts credentials into a request. @returns whether the token is sent, too */
export type Access = (draft: Draft, connection: Connection) => boolean;

/**
 * A method that calls a route several times.
 *
 * @param at the index of its first argument after the ids
 * @param group the name of the method's group
 */
export type Repeated = (
  send: (given: readonly unknown[]) => Promise<Result>,
  given: readonly unknown[],
  at: number,
  group: string,
) => unknown;

/**
 * The style of a parameter if it is not the default (`name=a&name=b` for lists, `a=1&b=2` for objects): one value with
 * this separator, `name[a]=1`, or JSON. With `+` in front, reserved characters are not encoded; `+` alone for the
 * default style.
 */
export type QueryStyle = ',' | '%20' | '|' | 'deepObject' | 'json' | '+' | '+,' | '+%20' | '+|' | '+deepObject';

/**
 * Routes by method name, groups by name. Under the empty name: what the paths of a group begin with; the name of the
 * group follows if that ends with a slash.
 */
export interface Routes {
  readonly [name: string]: Route | Routes | string;
}

/** What the contract says about the server as a whole. */
export interface Server {
  /** The audience of tokens, without the root. */
  readonly audience: string;
  /** Where credentials are exchanged for a token: relative to the root, or a whole URL. Empty if there is none. */
  readonly tokenUrl: string;
  /** The header with the size of the rate limit's token bucket. */
  readonly limitHeader?: string;
  /** The header with the Unix second at which the bucket is full again. */
  readonly resetHeader?: string;
}
