import type { Contract, Json, Operation, Pointer, Schema } from '../../contract/contract.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { entrySchema, listInBody } from '../../contract/list-in-body.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import type { Validators } from '../input/validator.js';
import { nameOf } from '../store/name-of.js';
import { isSchema, propertiesOf } from '../view/properties.js';

/** An operation that refuses a key in its path or body, and the validation error. */
interface UnreachableKey {
  readonly operation: Operation;
  readonly error: SchemaError;
}

interface KeyPlace {
  readonly operation: Operation;
  /** Validates a key in this place. */
  readonly errors: (key: Json) => readonly SchemaError[];
}

/**
 * Finds an operation that refuses a key of this resource, because the key does not fit the schema of a path parameter or
 * a body property.
 */
export function keyCheckFor(
  contract: Contract,
  validators: Validators,
  resource: string,
): (key: Json) => UnreachableKey | undefined {
  const places = new Map<string, KeyPlace>();
  for (const operation of contract.operations) {
    for (const { schema, fromText } of keySchemas(contract, operation, resource)) {
      // Most operations share a schema, which is checked once.
      const signature = JSON.stringify([fromText, schema]);
      if (places.has(signature)) continue;
      const validate = validators.compile(schema);
      const parsed = (key: Json): Json => (fromText ? valueOfText(contract, schema, [nameOf(key) ?? '']) : key);
      places.set(signature, { operation, errors: (key) => validate(parsed(key)) });
    }
  }
  return (key) => {
    for (const { operation, errors } of places.values()) {
      const [error] = errors(key);
      if (error !== undefined) return { operation, error };
    }
    return undefined;
  };
}

interface KeySchema {
  readonly schema: Schema;
  /** Whether keys are sent as text, as in a path. */
  readonly fromText: boolean;
}

function* keySchemas(contract: Contract, operation: Operation, resource: string): Iterable<KeySchema> {
  const { effect } = operation;
  if (effect === undefined) return;
  const name = effect.by === undefined ? effect.of[resource] : undefined;
  const parameter = operation.parameters.find((each) => each.in === 'path' && each.name === name);
  if (parameter !== undefined) yield { schema: parameter.schema, fromText: true };
  const list = effect.each[resource];
  const key = list === undefined ? undefined : keySchemaIn(contract, operation, { resource, list });
  if (key !== undefined) yield { schema: key, fromText: false };
}

/** The schema of the keys in a list of a body: of its entries, or of the key property of its entries. */
function keySchemaIn(
  contract: Contract,
  operation: Operation,
  { resource, list }: { readonly resource: string; readonly list: Pointer },
): Schema | undefined {
  const { inside, key = '' } = contract.resources.get(resource) ?? {};
  const entry = inside === undefined ? entrySchema(contract, operation, list) : undefined;
  if (entry !== undefined) return propertiesOf(contract, entry).get(key);
  const items = listInBody(contract, operation, list)?.items;
  return isSchema(items) ? items : undefined;
}
