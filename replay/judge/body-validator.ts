import type { Contract, Json, Schema } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { type SchemaError, SchemaValidator } from '../../contract/schema-validator.js';
import { type Difference, difference } from '../compare/difference.js';
import { isRedacted } from './redacted.js';

/** What is wrong with a value by its schema, each place once; what was redacted in it is never wrong. */
export type BodyValidator = (schema: Schema, value: Json, place: string) => readonly Difference[];

export function bodyValidator(contract: Pick<Contract, 'standalone'>): BodyValidator {
  const validator = new SchemaValidator(contract, { allErrors: true });
  return (schema, value, place) => differences(validator.compile(schema)(value), value, place);
}

/** Keywords that only say that one of their branches failed; the branches say why. */
const WRAPPERS = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not']);

function differences(errors: readonly SchemaError[], value: Json, place: string): readonly Difference[] {
  const blamed = errors.filter(({ instancePath }) => !isRedacted(getPointer(value, instancePath)));
  // Where only redacted values were wrong, so were the wrappers around them.
  if (errors.length > blamed.length && blamed.every(({ keyword }) => WRAPPERS.has(keyword))) return [];
  const told = blamed.filter((error) => !WRAPPERS.has(error.keyword) && !isOtherBranch(error, blamed));
  const places = new Map<string, Difference>();
  for (const error of told.length > 0 ? told : blamed) {
    const missing = error.keyword === 'required' ? `/${String(error.params.missingProperty)}` : '';
    const at = `${place}${error.instancePath}${missing}`;
    if (!places.has(at)) places.set(at, differenceOf(error, value, at, missing !== ''));
  }
  return [...places.values()];
}

/** Where one of several forms fits but for something deep inside, that others do not fit at all says nothing. */
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
    missing ? 'a value' : (error.message ?? 'what its schema says'),
    actual,
    'the contract says so',
  );
}
