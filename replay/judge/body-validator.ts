import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Contract, Json, Schema } from '../../contract/contract.js';
import { getPointer } from '../../contract/pointer.js';
import { type Difference, difference } from '../compare/difference.js';
import { isRedacted } from './redacted.js';

// A CommonJS module whose types say `default` where Node gives the function itself.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** What is wrong with a value by its schema, each place once; what was redacted in it is never wrong. */
export type BodyValidator = (schema: Schema, value: Json, place: string) => readonly Difference[];

export function bodyValidator(contract: Pick<Contract, 'standalone'>): BodyValidator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger: false });
  addFormats(ajv);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  return (schema, value, place) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(contract.standalone(schema));
      compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return differences(validate.errors ?? [], value, place);
  };
}

/** Keywords that only say that one of their branches failed; the branches say why. */
const WRAPPERS = new Set(['oneOf', 'anyOf', 'allOf', 'if', 'not']);

function differences(errors: readonly ErrorObject[], value: Json, place: string): readonly Difference[] {
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
function isOtherBranch({ instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  const isChoice = errors.some(
    ({ keyword, instancePath: place }) => (keyword === 'oneOf' || keyword === 'anyOf') && place === instancePath,
  );
  return isChoice && errors.some(({ instancePath: place }) => place.startsWith(`${instancePath}/`));
}

function differenceOf(error: ErrorObject, value: Json, place: string, missing: boolean): Difference {
  const actual = missing ? undefined : getPointer(value, error.instancePath);
  return difference(
    place,
    missing ? 'a value' : (error.message ?? 'what its schema says'),
    actual,
    'the contract says so',
  );
}
