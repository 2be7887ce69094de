/**
 * What the client has to know of an operation when it runs; the types know the rest.
 *
 * The answers stand one after the other: `204:none 400 401 4XX default`. After the colon what the body is: `none`,
 * `text`, `html` (text that may be HTML), `stream`, `any` (the contract does not say), and JSON where nothing stands
 * there.
 */
export type Route = readonly [method: string, path: string, answers: string, traits?: Traits];

export interface Traits {
  /** It takes a body: as JSON (or `FormData`, which says its own type), or of this content type. */
  readonly body?: true | string;
  /** It takes query parameters: all in the usual style, or these in another. */
  readonly query?: true | { readonly [parameter: string]: QueryStyle };
  /** It asks for no token. */
  readonly open?: true;
  /** It lists by pages: the method that walks them all. */
  readonly all?: Pages;
  /** A list in its body has a limit: the method that takes any number of entries, the property and the limit. */
  readonly batch?: readonly [method: string, property: string, size: number];
}

/**
 * How a parameter is written where that is not `name=a&name=b` for a list and `a=1&b=2` for an object: in one value
 * with this between its parts, as `name[a]=1`, or as JSON.
 */
export type QueryStyle = ',' | '%20' | '|' | 'deepObject' | 'json';

/**
 * How to walk a listing: the method's name, the property that holds the items, and items a page; then the query
 * parameters for that size and for where the page is. `cursor` takes what the page before called `next`; `page` counts
 * from 0, and `totals` asks for the number of all items. `untilEmpty`: an empty page is the last, whatever it says.
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

/** Routes by method, methods by group. */
export interface Routes {
  readonly [name: string]: Route | Routes;
}

/** What the contract says of the server as a whole. */
export interface Server {
  /** What the audience has after the root. */
  readonly audience: string;
  /** Where credentials are exchanged for a token, relative to the root, or a whole URL. Empty: nowhere. */
  readonly tokenUrl: string;
  /** The header with the Unix second in which the rate limit is over. */
  readonly resetHeader?: string;
}
