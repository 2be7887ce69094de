import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Contract, Json, Schema } from '../contract.js';
import { ContractError } from '../errors.js';
import { canonicalText } from '../json/canonical-text.js';
import { lazy } from '../lazy.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import { VERSIONED_UUIDS } from '../sample/uuid-format.js';
import { type Direction, schemaFor } from './direction.js';
import { type FormValidators, formValidators } from './form-validators.js';
import { interpretSchema } from './interpret-schema.js';
import { explained, nearestForms, type ValidateForm } from './nearest-forms.js';

/** Loaded with the first schema: commands that validate nothing need not wait for it. */
const ajvModules = lazy(() => {
  const require = createRequire(import.meta.url);
  return {
    ...(require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')),
    ...(require('ajv/dist/vocabularies/code.js') as typeof import('ajv/dist/vocabularies/code.js')),
    addFormats: (require('ajv-formats') as typeof import('ajv-formats')).default,
  };
});

/** One failed keyword, as ajv reports it, with `data` and `parentSchema`. */
export type SchemaError = ErrorObject;

/** Why a value does not fit a schema; empty if it fits. */
export type Validate = (value: unknown) => readonly SchemaError[];

export interface SchemaValidatorOptions {
  /** Report every failed keyword instead of stopping at the first. */
  readonly allErrors: boolean;
  /** Properties that values in this direction lack are not required. Default: schemas apply as they are. */
  readonly direction?: Direction;
  /** Whether a value may fit only one form of a `oneOf`, as JSON Schema says. Default: false. */
  readonly exclusive?: boolean;
}

/**
 * Validates values against the schemas of a contract: JSON Schema 2020-12 with the formats of ajv-formats. This is the
 * only place that sets up a validator, so the tenant, verify and replay judge a value alike.
 *
 * - Unknown keywords and formats are ignored, as JSON Schema requires.
 * - A value may fit several forms of a `oneOf`: documents list what a value may be, forms with optional properties overlap,
 *   and services send such values.
 * - `Infinity`, which `JSON.parse` reads from `1e999`, is not a number.
 * - A `pattern` is compiled by `compilePattern`, and never blocks for long.
 */
export class SchemaValidator {
  readonly #ajv: () => Ajv2020;
  readonly #exclusive: boolean;
  readonly #standalone: Contract['standalone'];
  /** The same for schemas without `oneOf`, which compile alike. */
  #inclusive: SchemaValidator | undefined;
  readonly #bySchema = new WeakMap<Schema, Validate>();
  /** What is interpreted, by schema. */
  readonly #interpreted = new WeakMap<Schema, Schema>();
  /** What was compiled, with all that it refers to. */
  readonly #compiled = new WeakMap<Validate, Schema>();
  /** Validators of the forms in a compiled schema that was asked about. */
  readonly #forms = new WeakMap<Validate, FormValidators>();
  /** Many operations repeat a schema; each text is compiled once. */
  readonly #byText = new Map<string, Validate>();

  /** The validator of a contract, made once: compiling schemas takes longer than most checks, replays and tests. */
  static of(contract: Contract, options: SchemaValidatorOptions): SchemaValidator {
    const known = validators.get(contract) ?? new Map<string, SchemaValidator>();
    validators.set(contract, known);
    const key = `${options.allErrors} ${options.direction} ${options.exclusive === true}`;
    const validator = known.get(key) ?? new SchemaValidator(contract, options);
    if (options.exclusive === true)
      validator.#inclusive ??= SchemaValidator.of(contract, { ...options, exclusive: false });
    known.set(key, validator);
    return validator;
  }

  constructor(
    contract: Pick<Contract, 'standalone'>,
    { allErrors, direction, exclusive = false }: SchemaValidatorOptions,
  ) {
    this.#standalone =
      direction === undefined ? contract.standalone : (schema) => schemaFor(direction, contract.standalone(schema));
    this.#ajv = lazy(() => createAjv(allErrors, exclusive, direction));
    this.#exclusive = exclusive;
  }

  /** @throws ContractError for a schema that cannot be compiled, such as one with a reference to nothing. */
  compile(schema: Schema): Validate {
    const known = this.#bySchema.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(schema);
    const validate = this.#byText.get(text) ?? this.#compile(schema);
    this.#byText.set(text, validate);
    this.#bySchema.set(schema, validate);
    return validate;
  }

  /**
   * Whether a value fits a schema, for schemas that few values are tried against: interpreted if that decides it.
   *
   * @throws ContractError as `compile`
   */
  fits(schema: Schema, value: Json): boolean {
    const compiled = this.#bySchema.get(schema);
    if (compiled !== undefined) return compiled(value).length === 0;
    const standalone = this.#interpreted.get(schema) ?? this.#standalone(schema);
    this.#interpreted.set(schema, standalone);
    return interpretSchema(standalone, value, this.#exclusive) ?? this.compile(schema)(value).length === 0;
  }

  /**
   * Why a value does not fit a schema, as the validator says, but of a `oneOf` or `anyOf` only what the forms demand that
   * the value may be meant for. For validators that report every failed keyword.
   *
   * @throws ContractError as `compile`
   */
  explain(schema: Schema, value: Json): readonly SchemaError[] {
    const errors = this.compile(schema)(value);
    return errors.length === 0 ? errors : explained(errors, this.#formsOf(schema));
  }

  /** What each form demands that a value may be meant for. @param union - the error of a `oneOf` or `anyOf` in a schema */
  demandsOf(schema: Schema, union: SchemaError): readonly (readonly SchemaError[])[] {
    return nearestForms(union, this.#formsOf(schema));
  }

  #formsOf(schema: Schema): ValidateForm {
    const whole = this.compile(schema);
    const compiled = this.#compiled.get(whole);
    if (compiled === undefined) return this.#inclusive === undefined ? () => [] : this.#inclusive.#formsOf(schema);
    const forms = this.#forms.get(whole) ?? formValidators(this.#ajv(), compiled);
    this.#forms.set(whole, forms);
    return (form, value) => {
      const validate = forms(form);
      return validate === undefined ? [] : toValidate(validate)(value);
    };
  }

  #compile(schema: Schema): Validate {
    const standalone = this.#standalone(schema);
    if (this.#inclusive !== undefined && !JSON.stringify(standalone).includes('"oneOf"'))
      return this.#inclusive.compile(schema);
    try {
      const validate = toValidate(this.#ajv().compile(standalone));
      this.#compiled.set(validate, standalone);
      return validate;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `a schema cannot be compiled: ${reason}; expected JSON Schema 2020-12`;
      throw new ContractError('CONTRACT_INVALID', [{ file: 'document', line: 1, column: 1, pointer: '#', message }], {
        cause,
      });
    }
  }
}

/** By contract and options. */
const validators = new WeakMap<Contract, Map<string, SchemaValidator>>();

function toValidate(validate: ValidateFunction): Validate {
  return (value) => (validate(value) ? [] : withoutConditions(validate.errors ?? []));
}

/** That a condition failed says nothing more than what failed in it. */
function withoutConditions(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter(({ keyword, schemaPath }) => {
    const at = schemaPath.replace(/if$/, '');
    const isInside = (path: string): boolean => path.startsWith(`${at}then/`) || path.startsWith(`${at}else/`);
    return keyword !== 'if' || !errors.some((other) => isInside(other.schemaPath));
  });
}

function createAjv(allErrors: boolean, exclusive: boolean, direction: Direction | undefined): Ajv2020 {
  const { Ajv2020: Ajv, validateUnion, addFormats } = ajvModules();
  const ajv = new Ajv({
    allErrors,
    verbose: true,
    strict: false,
    strictNumbers: true,
    // 0.07 is a multiple of 0.01, although the quotient of doubles is not whole.
    multipleOfPrecision: 9,
    // Without it, every object has a property named constructor.
    ownProperties: true,
    logger: false,
    // The loader has checked the documents; validating each schema against the metaschema takes longer than compiling it.
    meta: false,
    validateSchema: false,
    // A component that many schemas use becomes one function instead of a copy in each.
    inlineRefs: false,
    code: { optimize: false, regExp },
  });
  addFormats(ajv);
  restrictDateTime(ajv);
  if (direction === 'answer') ajv.addFormat('email', MAILBOX);
  // Of any version: a server may show an id that was made otherwise.
  const { uuid = true } = ajv.formats;
  for (const format of VERSIONED_UUIDS) ajv.addFormat(format, uuid);
  // ajv compares every entry of a list with every other: minutes for a megabyte.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', errors: true, validate: uniqueItems });
  if (!exclusive) {
    ajv.removeKeyword('oneOf');
    ajv.addKeyword({ keyword: 'oneOf', schemaType: 'array', trackErrors: true, code: validateUnion, error: NO_FORM });
  }
  return ajv;
}

const NO_FORM = { message: 'must match a schema in oneOf' };

/** A date-time of RFC 3339, section 5.6, as far as its form goes. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** ajv-formats also accepts a space for the T and an offset without a colon, which RFC 3339 does not allow. */
function restrictDateTime(ajv: Ajv2020): void {
  // ajv-formats defines it as an object with a function for strings.
  const { validate: isDate } = ajv.formats['date-time'] as { readonly validate: (text: string) => boolean };
  ajv.addFormat('date-time', { type: 'string', validate: (text) => DATE_TIME.test(text) && isDate(text) });
}

/**
 * A mailbox of RFC 5321, section 4.1.2: servers show `admin@localhost`, which ajv-formats refuses. Of what requests send,
 * its narrower idea stays, since many servers have it.
 */
const MAILBOX =
  /^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*")@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*|\[(?:IPv6:)?[0-9a-f:.]+\])$/i;

/** ajv's hook for another regular expression engine. `code` is the name in generated standalone code, not used here. */
const regExp = Object.assign(
  (source: string): Pattern => {
    const compiled = compilePattern(source);
    if ('pattern' in compiled) return compiled.pattern;
    throw new Error(`"pattern" "${source}" is not a regular expression: ${compiled.wrong}`);
  },
  { code: 'compilePattern' },
);

/** The keyword in one pass; its error has the same parameters as ajv's own. */
function uniqueItems(wanted: boolean, list: readonly unknown[]): boolean {
  if (!wanted) return true;
  const seen = new Map<string, number>();
  for (const [index, entry] of list.entries()) {
    const text = canonicalText(entry);
    const other = seen.get(text);
    if (other !== undefined) {
      uniqueItems.errors = [{ keyword: 'uniqueItems', params: { i: other, j: index }, message: 'must be unique' }];
      return false;
    }
    seen.set(text, index);
  }
  return true;
}
uniqueItems.errors = [] as Partial<ErrorObject>[]; // ajv reads the errors of a custom keyword from here
