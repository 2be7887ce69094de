import type { Json, Pointer, Schema } from './json/json.js';
import type { Effect, Evidence, Mention, Problem, QueryRole } from './vocabulary.js';
import type { XmlShape } from './xml/shape.js';

/** An operation of OpenAPI with its references resolved: one interface per object of the specification. */

/** In capitals, except for methods of `additionalOperations`, which are as they are written: names are case-sensitive. */
export type Method = string;

/** Where a parameter is in a request. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  /** In the path: the only value that the schema allows, a fixed part of the path. */
  readonly only?: Json;
  readonly example?: Json;
  readonly query?: QueryRole;
  /** As in the document; absent: the default of its place. */
  readonly style?: string;
  readonly explode?: boolean;
  /** The value is JSON text: the parameter has `content`. */
  readonly json?: true;
  /** The value is the whole query: the properties of an object are its parameters (`in: querystring`). */
  readonly isWholeQuery?: true;
  readonly deprecated: boolean;
  /** No argument of a method: callers send it with the options of a request (`x-sdk-ignore`). */
  readonly isSdkIgnored?: true;
  readonly pointer: Pointer;
}

/** A representation of a body. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`. */
  readonly type: string;
  readonly schema: Schema;
  /** The schema of each value of a stream. */
  readonly itemSchema?: Schema;
  readonly example?: Json;
  /** How properties of a form or parts of a multipart body are written, by property. */
  readonly encoding?: Readonly<Record<string, Encoding>>;
  /** The properties of a multipart body whose value, or whose entries, are files; absent: none. */
  readonly files?: readonly string[];
  /** The body is a list of parts without names, as in `multipart/mixed`: how each is written. */
  readonly parts?: PartEncodings;
  /** The kinds of items that the body may create, the usual one first; only if the schema has `x-kinds`. */
  readonly kinds?: ReadonlyMap<string, KindOfBody>;
  /** How values are written, if this is a type of XML. */
  readonly xml?: XmlShape;
  /** All examples, with their summaries; only if the document has several. */
  readonly examples?: readonly NamedExample[];
}

/** What a body has to have if its item is of one kind (`x-kinds`). */
export interface KindOfBody {
  /** Properties that it requires, besides those of the schema. */
  readonly required: readonly string[];
  /** Properties of the schema that it may not have. */
  readonly refused: readonly string[];
  /** The schema with these rules. */
  readonly schema: Schema;
}

/** How one property of a form or a multipart body is written. */
export interface Encoding {
  readonly contentType?: string;
  readonly style?: string;
  readonly explode?: boolean;
  /** Of a part of a multipart body. */
  readonly headers: readonly ResponseHeader[];
}

/** How the parts of a list are written. */
export interface PartEncodings {
  /** Of the first parts, one each. */
  readonly prefix: readonly Encoding[];
  /** Of all others. */
  readonly items?: Encoding;
}

/** One of several examples of a body. */
export interface NamedExample {
  readonly summary: string;
  readonly value: Json;
}

/** The body of a request, in one or more representations. */
export interface RequestBody {
  readonly required: boolean;
  readonly description: string;
  readonly content: readonly MediaType[];
  readonly pointer: Pointer;
}

/** A header of a response. */
export interface ResponseHeader {
  /** Lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  /** The pairs of an object are `name=value`. */
  readonly explode?: true;
  /** The text is JSON: the document gives the header a media type. */
  readonly json?: true;
}

/** A documented response. */
export interface Response {
  /** `204`, `4XX` or `default`. */
  readonly status: string;
  readonly description: string;
  readonly headers: readonly ResponseHeader[];
  /** Empty: the response has no body. */
  readonly content: readonly MediaType[];
  /**
   * The problems of the catalogue that this response lists, in that order; compare them by `name`. Their evidence is that
   * of the problem at this operation.
   */
  readonly problems: readonly Problem[];
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** Where an operation takes a credential that is not a bearer token in the `Authorization` header. */
export type CredentialPlace =
  | { readonly in: 'basic' }
  | { readonly in: 'header' | 'query' | 'cookie'; readonly name: string };

/** One way to get access: a token with all of these scopes. */
export interface SecurityAlternative {
  /** The name of the security scheme. */
  readonly scheme: string;
  /** Absent: a bearer token. */
  readonly place?: CredentialPlace;
  /** The document says that tokens of the scheme are JSON Web Tokens. */
  readonly jwt?: true;
  readonly scopes: readonly string[];
  /** The sources contradict each other: whether such a token gets access is observed, not judged. */
  readonly disputed: boolean;
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** A group of operations. */
export interface Tag {
  readonly name: string;
  /** A short name for people; empty if there is none. */
  readonly summary: string;
  readonly description: string;
  /** The name of the tag that this one is part of. */
  readonly parent?: string;
  /** `nav`, `badge` or `audience`, or a kind of the document's own. */
  readonly kind?: string;
}

/** A request that the API takes: a method at a path. */
export interface Operation {
  /** The operationId, or a name made from method and path if the document has none. Unique. */
  readonly id: string;
  readonly method: Method;
  /** As in the document: `/books/{id}/loans`. */
  readonly path: string;
  /** As sent, with the server's path: `/v1/books/{id}/loans`. */
  readonly route: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  /** The whole query as a text, if it is not what a form would contain (`in: querystring`). */
  readonly queryText?: Parameter;
  readonly requestBody?: RequestBody;
  readonly responses: readonly Response[];
  /** Any one of them gives access. Empty: no token is required. */
  readonly security: readonly SecurityAlternative[];
  /** Where keys and passwords go that give access without scopes, beside alternatives that need scopes. */
  readonly keys?: readonly CredentialPlace[];
  /**
   * How a credential can be sent where none is required: the alternatives to `{}`, or, in a document that has security
   * schemes and no `security` anywhere, what is clear from the schemes.
   */
  readonly offered?: readonly SecurityAlternative[];
  readonly effect?: Effect;
  /**
   * What the path of an operation without an effect names: resource → path parameter. Only where state was derived from
   * paths: `GET /songs/{id}/chords` names a song.
   */
  readonly names?: Readonly<Record<string, string>>;
  /** What the body of an operation without an effect mentions, as in a resource. */
  readonly mentions?: readonly Mention[];
  /** The group of operations that it shares a rate limit with. */
  readonly rateGroup?: string;
  readonly pointer: Pointer;
}
