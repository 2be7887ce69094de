import { checkStructure } from '../check/structure.js';
import type { Contract, Json, JsonObject, Schema, ValueRole } from '../contract.js';
import { ContractError } from '../errors.js';
import { entriesOf, objectOr, serverPathOf, sourceOf, unlocated } from '../load/source.js';
import { isObject } from '../pointer.js';
import { readOperations } from './read-operations.js';
import { readScopes } from './read-security.js';
import { readValueRole } from './read-value.js';
import { readProblems, readRateLimit, readRelations, readResources } from './read-vocabulary.js';

/**
 * Reads a bundled document, of the dialect of OpenAPI 3.1, with every reference of the form `#/…`.
 *
 * @throws ContractError where the document is not OpenAPI; its problems give pointers into the bundled document alone.
 * Whether our keywords agree with each other is `loadContract`'s to check.
 */
export function readContract(document: JsonObject): Contract {
  const flaws = checkStructure(document);
  if (flaws.length > 0) throw new ContractError('CONTRACT_INVALID', flaws.map(unlocated));
  return buildContract(document);
}

/** The contract of a document whose structure has been checked. */
export function buildContract(document: JsonObject): Contract {
  const source = sourceOf(document);
  const components = isObject(document.components) ? document.components : {};
  const info = isObject(document.info) ? document.info : {};
  const problems = readProblems(source);
  const rateLimit = readRateLimit(source);
  const schemas = new Map(entriesOf(components.schemas).map(([name, schema]) => [name, objectOr(schema)]));
  const serverPath = serverPathOf(document);
  const operations = readOperations(source, { problems, serverPath });
  const { scopes, descriptions } = readScopes(source, operations);
  const resolve = (schema: Schema): Schema => source.follow(schema, '').value;
  const roles = new WeakMap<Schema, ValueRole | null>();
  return {
    title: String(info.title),
    version: String(info.version),
    serverPath,
    operations,
    resources: readResources(source),
    relations: readRelations(source),
    problems,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    schemas,
    scopes,
    scopeDescriptions: descriptions,
    document,
    resolve,
    standalone: (schema) => standalone(schema, schemas),
    evidenceAt: source.evidenceAt,
    valueOf: (schema) => {
      let role = roles.get(schema);
      if (role === undefined) {
        role = readValueRole(schema) ?? readValueRole(resolve(schema)) ?? null;
        roles.set(schema, role);
      }
      return role ?? undefined;
    },
  };
}

const PREFIX = '#/components/schemas/';

/** Copies a schema with `#/components/schemas/X` turned into `#/$defs/X`, and those schemas, and theirs, under `$defs`. */
function standalone(schema: Schema, schemas: ReadonlyMap<string, Schema>): Schema {
  const defs: Record<string, Json> = {};
  const rewrite = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isObject(value)) return value;
    const copy: Record<string, Json> = {};
    for (const [key, entry] of Object.entries(value)) {
      if (key === '$ref' && typeof entry === 'string' && entry.startsWith(PREFIX))
        copy.$ref = `#/$defs/${define(entry)}`;
      else copy[key] = key === 'example' || key === 'examples' || key === 'default' ? entry : rewrite(entry);
    }
    return copy;
  };
  const define = (reference: string): string => {
    const name = reference.slice(PREFIX.length);
    if (!Object.hasOwn(defs, name)) {
      defs[name] = true;
      defs[name] = rewrite(schemas.get(name) ?? true);
    }
    return name;
  };
  const copy = rewrite(schema);
  return isObject(copy) ? { ...copy, ...(Object.keys(defs).length > 0 ? { $defs: defs } : {}) } : {};
}
