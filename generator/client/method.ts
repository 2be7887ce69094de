import type { Operation, Parameter } from '../../contract/contract.js';
import type { QueryStyle } from '../runtime/route.js';

export type { QueryStyle };

/** A method of the client: what the emitters of client, operations table and reference say of an operation. */
export interface ClientMethod {
  readonly operation: Operation;
  /** `['users', 'roles', 'assign']` for `client.users.roles.assign`. */
  readonly path: readonly string[];
  readonly types: TypeNames;
  /** One for each place in the path, in its order. */
  readonly ids: readonly PathArgument[];
  readonly body?: BodyArgument;
  readonly query?: QueryArgument;
  /** One for each documented answer, in the order of the document. */
  readonly outcomes: readonly Outcome[];
  readonly pages?: PagesMethod;
  readonly batch?: BatchMethod;
}

/** The names of the types that the client exports for a method, whether or not it needs them all. */
export interface TypeNames {
  readonly body: string;
  readonly query: string;
  readonly data: string;
  readonly failure: string;
  readonly result: string;
  readonly item: string;
}

export interface PathArgument {
  /** As a parameter of the method: `userId`. */
  readonly name: string;
  readonly parameter: Parameter;
}

export interface BodyArgument {
  readonly name: string;
  readonly required: boolean;
  /** The content type that the client sends. */
  readonly type: string;
  readonly description: string;
}

export interface QueryArgument {
  readonly name: string;
  /** A parameter in it is required. */
  readonly required: boolean;
  readonly parameters: readonly Parameter[];
  /** How parameters are written, where it is not the way that is meant when nothing is said. */
  readonly styles: Readonly<Record<string, QueryStyle>>;
}

/** What the client makes of an answer's body. */
export type BodyKind = 'json' | 'text' | 'html' | 'stream' | 'none' | 'any';

/** A documented answer as a member of the method's result. */
export interface Outcome {
  /** `204`, `4XX` or `default`. */
  readonly status: string;
  readonly ok: boolean;
  readonly kind: BodyKind;
  /** The content type whose schema the body has; absent where there is none. */
  readonly type?: string;
  readonly description: string;
  /** The property with the error code, and the documented codes, where the contract has some. */
  readonly codes?: { readonly property: string; readonly values: readonly string[]; readonly others: boolean };
}

/** The method that walks all pages of a listing. */
export interface PagesMethod {
  readonly name: string;
  /** The property that holds the items when they come in an object; empty where they never do. */
  readonly items: string;
  /** Items a page, unless the caller says otherwise. */
  readonly most: number;
  /** Query parameters: how many, from which cursor, or which page and whether with totals. */
  readonly size: string;
  readonly cursor?: string;
  readonly page?: string;
  readonly totals?: string;
  /** The query parameters that are not the caller's to give. */
  readonly taken: readonly string[];
  /** The contract says that an empty page ends the listing, whatever else stands in it. */
  readonly untilEmpty?: true;
}

/** The method that takes any number of entries for a list that has a limit in one request. */
export interface BatchMethod {
  readonly name: string;
  /** Its parameter for the entries. */
  readonly entries: string;
  /** The property of the body that holds the list. */
  readonly property: string;
  readonly size: number;
}
