import type { Contract, Json, Operation, Pointer, Schema } from '../../contract/contract.js';
import { splitPointer } from '../../contract/pointer.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import { valueOfText } from '../../contract/text-value.js';
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
  const body = operation.requestBody?.content[0]?.schema;
  const entries = list === undefined || body === undefined ? undefined : entriesAt(contract, body, list);
  if (entries !== undefined) yield { schema: entries, fromText: false };
}

/** The schema of the items of a list in a body. */
function entriesAt(contract: Contract, body: Schema, pointer: Pointer): Schema | undefined {
  let schema: Schema | undefined = body;
  for (const name of splitPointer(pointer)) {
    if (schema === undefined) return undefined;
    schema = propertiesOf(contract, schema).get(name);
  }
  const items = schema === undefined ? undefined : contract.resolve(schema).items;
  return isSchema(items) ? items : undefined;
}
