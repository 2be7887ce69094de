import { operationsOf } from '../../../contract/check/openapi.js';
import { walk } from '../../../contract/check/walk.js';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { limitsInWords } from '../reference/constraints.js';
import { type AddedMethod, isAdded, separateAddedMethods } from './added-methods.js';
import { replaceBases } from './bases.js';
import { itemOfStream } from './item-of-stream.js';
import { hasReferenceCharacters, type ProtectedDocument, protectNames } from './protect-names.js';
import { nameReferredParts } from './referred-parts.js';
import { mappedDiscriminator } from './stated-values.js';

/** What openapi-typescript converts, and what to change in what it makes. */
export interface TypesInput extends ProtectedDocument {
  readonly addedMethods: readonly AddedMethod[];
}

/**
 * Parses a document for openapi-typescript, which reads OpenAPI 3.1 and changes what it gets. The description of each schema includes its limits
 * (`1 to 10 entries`), so that they appear in the comments of types. The schema of a stream's items takes the place of
 * the schema of the whole. Operations of other methods get path items of their own.
 */
export function typesInput(source: string): TypesInput {
  const document: JsonObject = JSON.parse(source);
  nameReferredParts(document);
  replaceBases(document);
  const input = hasReferenceCharacters(document)
    ? protectNames(document)
    : { document, restore: (text: string) => text };
  const items = new Map<string, JsonObject>();
  const ids = new Set<Json>();
  walk(input.document, (kind, value, at) => {
    // openapi-typescript takes extensions among responses for responses.
    if (kind === 'responses')
      for (const name of Object.keys(value)) if (name.startsWith('x-')) Reflect.deleteProperty(value, name);
    // A name that is empty or taken names no type.
    if (kind === 'operation' && value.operationId !== undefined) {
      if (value.operationId === '' || ids.has(value.operationId)) Reflect.deleteProperty(value, 'operationId');
      else ids.add(value.operationId);
    }
    if (kind === 'schema') Object.assign(value, changesOf(input.document, value));
    else if (kind === 'media-type' && isObject(value.itemSchema))
      Object.assign(value, { schema: itemOfStream(input.document, value.itemSchema) });
    else if (kind === 'path-item' && operationsOf(value).some(isAdded)) items.set(at(), value);
  });
  return { ...input, addedMethods: separateAddedMethods(input.document, items) };
}

function changesOf(document: JsonObject, schema: JsonObject): JsonObject {
  const limits = limitsInWords(schema);
  if (isObject(schema.discriminator) && schema.discriminator.defaultMapping !== undefined) {
    // The types would require the property, and give it one of the mapped values, in each of the schemas.
    Object.assign(schema, { discriminator: undefined });
  }
  if (isObject(schema.discriminator)) Object.assign(schema, { discriminator: mappedDiscriminator(document, schema) });
  // openapi-typescript takes the values of an object's enum for schemas.
  if (schema.type === 'object') Reflect.deleteProperty(schema, 'enum');
  if (limits.length === 0) return {};
  const before = typeof schema.description === 'string' ? `${schema.description}\n` : '';
  return { description: `${before}Limits: ${limits.join(', ')}.` };
}
