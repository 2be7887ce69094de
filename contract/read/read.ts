import { checkStructure } from '../check/structure.js';
import type { Contract, JsonObject, Schema, ValueRole } from '../contract.js';
import { ContractError } from '../errors.js';
import { entriesOf, objectOr } from '../json/json-value.js';
import { unshared } from '../json/unshared.js';
import { serverPathOf, sourceOf, unlocated } from '../load/source.js';
import { isObject } from '../pointer.js';
import { readOperations } from './read-operations.js';
import { readSdks } from './read-sdks.js';
import { readScopes } from './read-security.js';
import { readTags } from './read-tags.js';
import { readTasks } from './read-tasks.js';
import { readValueRole } from './read-value.js';
import { readProblems, readRateLimit, readRelations, readResources } from './read-vocabulary.js';
import { standaloneSchema } from './standalone.js';

/**
 * Reads a bundled document: in the dialect of OpenAPI 3.1, with every reference of the form `#/…`. Unlike `loadContract`
 * it does not check our keywords.
 *
 * @throws ContractError if the document is not OpenAPI; its problems have pointers into the bundled document, and no file.
 */
export function readContract(document: JsonObject): Contract {
  const flaws = checkStructure(document);
  if (flaws.some(({ mend }) => mend === undefined)) throw new ContractError('CONTRACT_INVALID', flaws.map(unlocated));
  return buildContract(document);
}

/** Builds the contract of a document whose structure has been checked. */
export function buildContract(given: JsonObject): Contract {
  const document = unshared(given);
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
    tags: readTags(document),
    resources: readResources(source),
    relations: readRelations(source),
    problems,
    tasks: readTasks(document),
    sdks: readSdks(document),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    schemas,
    scopes,
    scopeDescriptions: descriptions,
    document,
    resolve,
    standalone: (schema) => standaloneSchema(schema, document),
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
