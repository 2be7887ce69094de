import type { Contract, Json, Schema } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema-validator.js';
import { type Difference, difference } from '../compare/difference.js';
import { isRedacted } from './redacted.js';

/** The violations of a schema, one per location; redacted values fit any schema. */
export type BodyValidator = (schema: Schema, value: Json, place: string) => readonly Difference[];

export function bodyValidator(contract: Pick<Contract, 'standalone'>): BodyValidator {
  const validator = new SchemaValidator(contract, { allErrors: true });
  return (schema, value, place) => differences(validator.compile(schema)(value), value, place);
}

/** Keywords whose error only says that a branch failed; the errors of the branches say why. */
const WRAPPERS = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not']);

function differences(errors: readonly SchemaError[], value: Json, place: string): readonly Difference[] {
  const relevant = errors.filter(({ instancePath }) => !isRedacted(getPointer(value, instancePath)));
  // If only redacted values failed, so did the keywords around them.
  if (errors.length > relevant.length && relevant.every(({ keyword }) => WRAPPERS.has(keyword))) return [];
  const specific = relevant.filter((error) => !WRAPPERS.has(error.keyword) && !isOtherBranch(error, relevant));
  const places = new Map<string, Difference>();
  for (const error of specific.length > 0 ? specific : relevant) {
    const missing = error.keyword === 'required' ? `/${String(error.params.missingProperty)}` : '';
    const at = `${place}${error.instancePath}${missing}`;
    if (!places.has(at)) places.set(at, differenceOf(error, value, at, missing !== ''));
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

function differenceOf(error: SchemaError, value: Json, place: string, missing: boolean): Difference {
  const actual = missing ? undefined : getPointer(value, error.instancePath);
  return difference(
    place,
    missing ? 'a value' : (error.message ?? 'a value that fits its schema'),
    actual,
    'required by the contract',
  );
}
