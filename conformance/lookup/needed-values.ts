import type { Contract, Json, Operation, Parameter } from '../../contract/contract.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import { noValues, type RequestValues } from '../target/request.js';

const known = new WeakMap<Operation, RequestValues>();

/**
 * What every request of an operation needs besides its path and its body, always the same: the parameters that it
 * requires, such as a header with the version of the API.
 */
export function neededValues(contract: Contract, operation: Operation): RequestValues {
  const values = known.get(operation) ?? valuesFor(contract, operation);
  known.set(operation, values);
  return values;
}

function valuesFor(contract: Contract, { parameters }: Operation): RequestValues {
  const needed = parameters.filter(({ in: place, required }) => required && place !== 'path');
  if (needed.length === 0) return noValues;
  const valuesIn = (place: Parameter['in']) =>
    Object.fromEntries(
      needed.filter((each) => each.in === place).map((each) => [each.name, valueFor(contract, each)] as const),
    );
  return { path: {}, query: valuesIn('query'), header: valuesIn('header'), cookie: valuesIn('cookie') };
}

/** The example or the default of the document, else a sample. */
function valueFor(contract: Contract, { name, example, schema }: Parameter): Json {
  const validator = SchemaValidator.of(contract, { allErrors: false, direction: 'request' });
  const given = [example, schema.default].find((value) => value !== undefined && validator.fits(schema, value));
  return given ?? sampleValue(contract, schema, { direction: 'request', name });
}
