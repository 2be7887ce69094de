/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A JSON Schema of dialect 2020-12. References have the form `#/components/schemas/NAME`; `Contract.resolve` follows
 * one, `Contract.standalone` makes a schema that stands alone.
 */
export type Schema = JsonObject;

/** A place in a bundled document: a JSON pointer (RFC 6901) that begins with `/`. */
export type Pointer = string;
