import type { ValidateSchema } from '../../conformance/judge/answer-shape.js';
import type { Contract, Json } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { type Direction, schemaFor } from '../../contract/schema/direction.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema/schema-validator.js';
import { type Difference, difference } from '../compare/difference.js';
import { holdsRedacted, isRedacted } from './redacted.js';
import { redactedSchema } from './redacted-schema.js';

/** Validates recorded values that were sent in one direction: redacted values fit any schema. */
export function recordedValidator(contract: Pick<Contract, 'standalone'>, direction: Direction): ValidateSchema {
  const plain = new SchemaValidator(contract, { allErrors: true, direction });
  const relaxed = new SchemaValidator(
    { standalone: (schema) => redactedSchema(schemaFor(direction, contract.standalone(schema))) },
    { allErrors: true },
  );
  return (schema, value) => {
    if (isRedacted(value)) return [];
    return (holdsRedacted(value) ? relaxed : plain).explain(schema, value);
  };
}

/** Keywords whose error only says that a branch failed; the errors of the branches say why. */
const WRAPPERS = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not']);

/** Failed keywords as differences, one per location. */
export function schemaDifferences(errors: readonly SchemaError[], value: Json, place: string): readonly Difference[] {
  const specific = errors.filter((error) => !WRAPPERS.has(error.keyword) && !isOtherBranch(error, errors));
  const places = new Map<string, Difference>();
  for (const error of specific.length > 0 ? specific : errors) {
    const isMissing = error.keyword === 'required';
    const missing = isMissing ? `/${String(error.params.missingProperty)}` : '';
    const at = `${place}${error.instancePath}${missing}`;
    const expected = isMissing ? 'a value' : (error.message ?? 'a value that fits its schema');
    const actual = isMissing ? undefined : getPointer(value, error.instancePath);
    if (!places.has(at)) places.set(at, difference(at, expected, actual, 'required by the contract'));
  }
  return [...places.values()];
}

/** Whether an error belongs to a union branch that does not fit at all, while another fails only deeper inside. */
function isOtherBranch({ instancePath }: SchemaError, errors: readonly SchemaError[]): boolean {
  const isChoice = errors.some(
    ({ keyword, instancePath: place }) => (keyword === 'oneOf' || keyword === 'anyOf') && place === instancePath,
  );
  return isChoice && errors.some(({ instancePath: place }) => place.startsWith(`${instancePath}/`));
}
