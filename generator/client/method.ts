import type { Operation, Parameter } from '../../contract/contract.js';
import type { PathStyle } from '../runtime/path.js';
import type { QueryStyle } from '../runtime/route.js';

export type { PathStyle, QueryStyle };

/** A method of the client, as the emitters of the client, the operations table and the reference use it. */
export interface ClientMethod {
  readonly operation: Operation;
  /** `['users', 'roles', 'assign']` for `client.users.roles.assign`. */
  readonly path: readonly string[];
  /** The names of its functions: `usersRolesAssign`, and those for all pages and for any number of entries. */
  readonly functions: FunctionNames;
  readonly types: TypeNames;
  /** One per path parameter, in the order of the path. */
  readonly ids: readonly PathArgument[];
  readonly body?: BodyArgument;
  readonly query?: QueryArgument;
  readonly headers?: ParametersArgument;
  readonly cookies?: ParametersArgument;
  /**
   * The argument with body, query, headers and cookies as its properties, if they are not an argument each: that would
   * be three or more, or an optional one in front of another.
   */
  readonly input?: InputArgument;
  /** The content types of a success if the caller can choose or the client has to ask for it; the first is the default. */
  readonly accept?: readonly AcceptedType[];
  /** The document has a request body that the client cannot send: `fetch` refuses it with this method. */
  readonly unsentBody?: true;
  /** The members of the result, one per documented response, in the order of the document. */
  readonly variants: readonly ResultVariant[];
  readonly pages?: PagesMethod;
  readonly batch?: BatchMethod;
}

export interface FunctionNames {
  readonly call: string;
  readonly pages: string;
  readonly batch: string;
}

/** A content type of a response that the caller can ask for. */
export interface AcceptedType {
  readonly type: string;
  readonly kind: BodyKind;
}

/** The names of the types that the client exports for a method. Some may be unused. */
export interface TypeNames {
  readonly body: string;
  readonly query: string;
  readonly headers: string;
  readonly cookies: string;
  readonly data: string;
  readonly failure: string;
  readonly result: string;
  readonly item: string;
  readonly input: string;
  /** The content types of the body, or the data of a success, by content type. */
  readonly bodies: string;
  readonly accept: string;
}

export interface PathArgument {
  /** The name of the method's parameter: `userId`. */
  readonly name: string;
  readonly parameter: Parameter;
  /** Undefined for a plain value in the style `simple`. */
  readonly style?: PathStyle;
}

export interface InputArgument {
  readonly name: string;
  readonly required: boolean;
}

export interface BodyArgument {
  readonly name: string;
  readonly required: boolean;
  /** The content type that the client sends unless the caller chooses another. */
  readonly type: string;
  /** All content types, the default first. */
  readonly contents: readonly BodyContent[];
  readonly description: string;
}

/** A content type of a request body. */
export interface BodyContent {
  readonly type: string;
  /** The styles of form properties that do not have the default one; empty for other types. */
  readonly styles: Readonly<Record<string, QueryStyle>>;
  /** Whether a form has plain values only, and lists of them. */
  readonly isPlain: boolean;
  /** The properties of a multipart body that are files. */
  readonly files: readonly string[];
  /**
   * The content types of the parts of a multipart body that is a list: of the first ones, and of all others. Empty where the
   * document has none.
   */
  readonly parts?: { readonly types: readonly string[]; readonly others: string };
}

/** An argument with all parameters of one kind: an object with a property for each. */
export interface ParametersArgument {
  readonly name: string;
  /** Whether one of its parameters is required. */
  readonly required: boolean;
  readonly parameters: readonly Parameter[];
}

export interface QueryArgument extends ParametersArgument {
  /** The styles of parameters that do not have the default one. */
  readonly styles: Readonly<Record<string, QueryStyle>>;
  /** Whether all parameters are plain values or lists of them, in the default style. */
  readonly isPlain: boolean;
  /** The only parameter, which is the whole query (`in: querystring`). */
  readonly whole?: Parameter;
}

/** How the client reads the body of a response. */
export type BodyKind = 'json' | 'text' | 'html' | 'stream' | 'none' | 'any' | 'events' | 'textEvents' | 'lines';

/** A documented response as a member of the method's result. */
export interface ResultVariant {
  /** `204`, `4XX` or `default`. */
  readonly status: string;
  readonly ok: boolean;
  readonly kind: BodyKind;
  /** The content type whose schema the body has; absent if there is no body. */
  readonly type?: string;
  /** All content types of a success that the caller can choose from, the default first; absent if there is only one. */
  readonly choices?: readonly AcceptedType[];
  readonly description: string;
  /** The property with the error code, and the documented codes, if the contract has some. */
  readonly codes?: { readonly property: string; readonly values: readonly string[]; readonly others: boolean };
}

/** The method that walks all pages of a listing. */
export interface PagesMethod {
  readonly name: string;
  /** The property with the items if a page is an object; empty if it is always an array. */
  readonly items: string;
  /** Items per page, unless the caller passes another number. */
  readonly most: number;
  /** Names of the query parameters for the page size, the cursor, the page number and the totals. */
  readonly size: string;
  readonly cursor?: string;
  readonly page?: string;
  readonly totals?: string;
  /** The query parameters that the caller cannot pass. */
  readonly reserved: readonly string[];
  /** By the contract, an empty page ends the listing even if it has a cursor. */
  readonly untilEmpty?: true;
}

/** The method that takes any number of entries for a list that is limited per request. */
export interface BatchMethod {
  readonly name: string;
  /** The name of its parameter for the entries. */
  readonly entries: string;
  /** The property of the body with the list. */
  readonly property: string;
  readonly size: number;
}
