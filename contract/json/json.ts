/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A JSON Schema of dialect 2020-12. References have the form `#/components/schemas/NAME`; `Contract.resolve` follows
 * them, `Contract.standalone` copies the schema together with their targets.
 */
export type Schema = JsonObject;

/** A place in a bundled document: a JSON pointer (RFC 6901) that begins with `/`. */
export type Pointer = string;
