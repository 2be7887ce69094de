import type { Contract, Json, Operation, Pointer, Schema } from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import { coerce } from '../input/coerce.js';
import type { Validators } from '../input/validator.js';
import { nameOf } from '../store/name-of.js';
import { isSchema, propertiesOf } from '../view/properties.js';

/** An operation that could never name a thing by its key, and what is wrong with that key there. */
interface Unnameable {
  readonly operation: Operation;
  readonly error: SchemaError;
}

interface Place {
  readonly operation: Operation;
  /** What is wrong with a key that stands there. */
  readonly errors: (key: Json) => readonly SchemaError[];
}

/**
 * Looks for an operation whose path or body could not name a thing of this resource by a key: the key's form is not
 * what that operation asks for.
 */
export function namingOf(
  contract: Contract,
  validators: Validators,
  resource: string,
): (key: Json) => Unnameable | undefined {
  const places = new Map<string, Place>();
  for (const operation of contract.operations) {
    for (const { schema, fromText } of schemasNaming(contract, operation, resource)) {
      // Most operations ask for the same: each form is looked at once.
      const form = JSON.stringify([fromText, schema]);
      if (places.has(form)) continue;
      const validate = validators.compile(schema);
      const given = (key: Json): Json => (fromText ? coerce(contract, schema, [nameOf(key) ?? '']) : key);
      places.set(form, { operation, errors: (key) => validate(given(key)) });
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

interface Naming {
  readonly schema: Schema;
  /** In a path all is text. */
  readonly fromText: boolean;
}

function* schemasNaming(contract: Contract, operation: Operation, resource: string): Iterable<Naming> {
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

/** The schema of the entries of a list in a body. */
function entriesAt(contract: Contract, body: Schema, pointer: Pointer): Schema | undefined {
  let schema: Schema | undefined = body;
  for (const token of pointer.split('/').slice(1)) {
    if (schema === undefined) return undefined;
    schema = propertiesOf(contract, schema).get(token.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  const items = schema === undefined ? undefined : contract.resolve(schema).items;
  return isSchema(items) ? items : undefined;
}
