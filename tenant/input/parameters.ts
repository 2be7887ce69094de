import type { Contract, Json, JsonObject, Operation, Parameter, ParameterPlace } from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import { valueOfText } from '../../contract/text-value.js';
import type { Validators } from './validator.js';

/** Parameter values, or validation errors. */
export type ParsedParameters = { readonly values: JsonObject } | { readonly errors: readonly SchemaError[] };

/** Headers that OpenAPI reserves: it ignores parameters with these names. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** The parameters of an operation in one place. Header names are lower-cased, since they are case-insensitive. */
export function parametersOf({ parameters }: Operation, place: ParameterPlace): readonly Parameter[] {
  const inPlace = parameters.filter((parameter) => parameter.in === place);
  if (place !== 'header') return inPlace;
  return inPlace
    .map((parameter) => ({ ...parameter, name: parameter.name.toLowerCase() }))
    .filter(({ name }) => !RESERVED_HEADERS.has(name));
}

export interface ParameterReaderOptions {
  /** The declared parameters of one place. */
  readonly parameters: readonly Parameter[];
  /** Whether undeclared parameters are refused. */
  readonly closed: boolean;
}

/** Reads the parameters of an operation in one place and validates them as the properties of one object. */
export class ParameterReader {
  readonly #contract: Contract;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #defaults: JsonObject;
  /** Whether any parameter is required. */
  readonly #required: boolean;
  readonly #validate: (value: unknown) => readonly SchemaError[];

  constructor(contract: Contract, validators: Validators, { parameters, closed }: ParameterReaderOptions) {
    this.#contract = contract;
    this.#parameters = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    this.#defaults = Object.fromEntries(
      parameters.flatMap(({ name, schema }) => {
        const value = contract.resolve(schema).default;
        return value === undefined ? [] : [[name, value]];
      }),
    );
    this.#required = parameters.some(({ required }) => required);
    this.#validate = validators.compile({
      type: 'object',
      properties: Object.fromEntries(
        parameters.map(({ name, schema, description }) => [
          name,
          description === '' ? schema : { ...schema, description },
        ]),
      ),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      ...(closed ? { additionalProperties: false } : {}),
    });
  }

  get names(): Iterable<string> {
    return this.#parameters.keys();
  }

  /** @param texts the decoded values by name, in the order in which they were sent */
  parse(texts: ReadonlyMap<string, readonly string[]>): ParsedParameters {
    if (texts.size === 0 && !this.#required) return { values: this.#defaults };
    const sent: [string, Json][] = [];
    for (const [name, values] of texts) {
      const parameter = this.#parameters.get(name);
      sent.push([
        name,
        parameter === undefined ? (values.at(-1) ?? '') : valueOfText(this.#contract, parameter.schema, values),
      ]);
    }
    const values: JsonObject = Object.fromEntries(sent); // defines own properties even for names such as __proto__
    const errors = this.#validate(values);
    return errors.length > 0 ? { errors } : { values: { ...this.#defaults, ...values } };
  }
}
