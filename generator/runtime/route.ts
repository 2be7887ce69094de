import type { Authorize, Requirements } from './authorize.js';

/**
 * What the client needs to know of an operation at run time; everything else is in the types.
 *
 * The responses are separated by spaces: `204:none 400 401 4XX default`. After the colon is the kind of body: `none`,
 * `text`, `html` (text that may be HTML), `stream`, or `any` (not documented). Without a colon it is JSON.
 */
export type Route = readonly [method: string, path: string, responses: string, traits?: Traits];

export interface Traits {
  /** Has a request body: as JSON (or `FormData`, which sets its own type), or of this content type. */
  readonly body?: true | string;
  /** The form properties of the body that have another style than the default. */
  readonly form?: { readonly [property: string]: QueryStyle };
  /** Has query parameters: all in the default style, or those named here in another. */
  readonly query?: true | { readonly [parameter: string]: QueryStyle };
  /** Has header parameters. */
  readonly headers?: true;
  /** Has cookie parameters. */
  readonly cookies?: true;
  /** The security requirements, if one has another scheme than a token. */
  readonly auth?: Requirements;
  /** Needs no token. */
  readonly open?: true;
  /** Is a paged listing: the method that walks all pages. */
  readonly all?: Pages;
  /** A list in the body has a limit: the method that takes any number of entries, the property, and the limit. */
  readonly batch?: readonly [method: string, property: string, size: number];
}

/**
 * The style of a query parameter if it is not the default (`name=a&name=b` for lists, `a=1&b=2` for objects): one value
 * with this separator, `name[a]=1`, or JSON.
 */
export type QueryStyle = ',' | '%20' | '|' | 'deepObject' | 'json';

/**
 * How to walk a listing: the name of the method, the property with the items, and items per page; then the names of the
 * query parameters. `cursor` takes the `next` of the previous page; `page` counts from 0; `totals` asks for the total
 * number of items. `untilEmpty`: an empty page is the last one, even if it has a `next`.
 */
export type Pages = readonly [
  method: string,
  items: string,
  most: number,
  size: string,
  cursor: string,
  page?: string,
  totals?: string,
  untilEmpty?: true,
];

/** Routes by method name, methods by group name. */
export interface Routes {
  readonly [name: string]: Route | Routes;
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
  /** Applies credentials other than tokens, if the contract has such schemes. */
  readonly authorize?: Authorize;
}
