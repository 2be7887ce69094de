import type { JsonObject, Pointer, Schema } from './json/json.js';
import type { Operation, Tag } from './operation.js';
import type { Evidence, Problem, RateLimit, Relation, Resource, Sdk, Task, ValueRole } from './vocabulary.js';

/**
 * The contract as the rest of the project uses it: operations with their scopes, limits, responses and effects, with
 * references resolved, in one dialect (JSON Schema 2020-12), regardless of the document's version of OpenAPI.
 *
 * Everything here is a plain value. `readContract` builds it from a bundled document, `loadContract` from files.
 */

export type * from './json/json.js';
export type * from './operation.js';
export type * from './vocabulary.js';

/** A contract: the operations of an API, and what they store, refuse and limit. */
export interface Contract {
  readonly title: string;
  readonly version: string;
  /** The path of the first server, without a slash at the end: `/api/v2`, or empty. */
  readonly serverPath: string;
  readonly operations: readonly Operation[];
  /** The tags that the document declares, by name. */
  readonly tags: ReadonlyMap<string, Tag>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly problems: ReadonlyMap<string, Problem>;
  /** Pages that explain how to do something, in the order of the document. */
  readonly tasks: ReadonlyMap<string, Task>;
  readonly sdks: ReadonlyMap<string, Sdk>;
  readonly rateLimit?: RateLimit;
  /** `components.schemas`. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** Every scope that a requirement or a security scheme names, sorted. */
  readonly scopes: readonly string[];
  /** Scope → its description in the security scheme. Scopes without a description are missing. */
  readonly scopeDescriptions: ReadonlyMap<string, string>;
  /** The bundled document, in the dialect of OpenAPI 3.1. */
  readonly document: JsonObject;
  /** Follows the `$ref`s of a schema. @throws ContractError on a reference to nothing. */
  resolve(schema: Schema): Schema;
  /** A copy of a schema with the schemas that it refers to under `$defs`, for a validator without the document. */
  standalone(schema: Schema): Schema;
  /** The evidence closest to a place in the bundled document; `NO_EVIDENCE` if there is none. */
  evidenceAt(pointer: Pointer): Evidence;
  /** The role of a property's schema (`x-value`), or nothing. */
  valueOf(schema: Schema): ValueRole | undefined;
}
