/**
 * How `npm run test:sdks` talks with a driver: a small program in the SDK's language that finds the SDK's methods by
 * reflection and calls them. Both sides write one JSON value per line. The driver first writes its `Method`s, then
 * answers each `Call` with an `Answer`. The driver for Java also answers each `SignatureQuestion` with a `Signature`.
 */

/** A method of an SDK; only its name, if it sent no request. */
export type Method = SendingMethod | { readonly name: string; readonly verb?: undefined };

/** A method of an SDK, and the request that it sends. */
export interface SendingMethod {
  /** As users write it: `users.roles.assign`. */
  readonly name: string;
  readonly verb: string;
  /** Below the server path, with `{}` for each argument in it: `/users/{}/roles`. */
  readonly path: string;
}

export interface Call {
  readonly method: string;
  /** The arguments of the path, in its order. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface Sent {
  readonly verb: string;
  readonly url: string;
  readonly status: number;
  readonly body?: string;
  /** The header that marks an answer to a request outside the contract. */
  readonly outside?: string;
}

export interface Answer {
  /** The requests of the call, in order. */
  readonly sent: readonly Sent[];
  /** What the method returned, as JSON; of a listing, the items of all pages. */
  readonly value?: unknown;
  /** The type and message of what it threw. */
  readonly error?: string;
}

/** Asks for the types that a program needs to call a method. */
export interface SignatureQuestion {
  readonly method: string;
  /** Query and body of some calls, as one value each. */
  readonly values: readonly unknown[];
}

/** How a method is called, or why it cannot send the values. */
export type Signature = TypedSignature | { readonly error: string };

export interface TypedSignature {
  readonly error?: undefined;
  readonly returns: 'nothing' | 'value' | 'pages';
  /** The type of the argument that has query and body: `List<String>`; absent if there were no values. */
  readonly takes?: string;
  /** The types of the values of all questions so far, by names of classes. */
  readonly types: Readonly<Record<string, object>>;
}
