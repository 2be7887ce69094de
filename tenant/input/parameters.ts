import type { Contract, Json, JsonObject, Operation, Parameter, ParameterPlace } from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import { coerce } from './coerce.js';
import type { Validators } from './validator.js';

/** Values of the parameters of one place, or what is wrong with them. */
export type Parsed = { readonly values: JsonObject } | { readonly errors: readonly SchemaError[] };

/** Headers that OpenAPI says in other ways: a parameter of such a name is ignored. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** The parameters of one place by which an operation is asked. The names of headers are lower case: case is nothing to them. */
export function parametersOf({ parameters }: Operation, place: ParameterPlace): readonly Parameter[] {
  const there = parameters.filter((parameter) => parameter.in === place);
  if (place !== 'header') return there;
  return there
    .map((parameter) => ({ ...parameter, name: parameter.name.toLowerCase() }))
    .filter(({ name }) => !SAID_OTHERWISE.has(name));
}

/**
 * The parameters of one place of an operation. They are validated as one object, whose properties are the parameters.
 *
 * @param closed whether an undeclared one is an error
 */
export class Parameters {
  readonly #contract: Contract;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #defaults: JsonObject;
  /** Whether one has to be there. */
  readonly #required: boolean;
  readonly #validate: (value: unknown) => readonly SchemaError[];

  constructor(
    contract: Contract,
    validators: Validators,
    operation: Operation,
    place: ParameterPlace,
    closed: boolean,
  ) {
    const parameters = parametersOf(operation, place);
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

  /** @param texts decoded values by name, in the order in which they were sent */
  parse(texts: ReadonlyMap<string, readonly string[]>): Parsed {
    if (texts.size === 0 && !this.#required) return { values: this.#defaults };
    const given: [string, Json][] = [];
    for (const [name, values] of texts) {
      const parameter = this.#parameters.get(name);
      given.push([
        name,
        parameter === undefined ? (values.at(-1) ?? '') : coerce(this.#contract, parameter.schema, values),
      ]);
    }
    const values: JsonObject = Object.fromEntries(given); // own properties alone, whatever their names
    const errors = this.#validate(values);
    return errors.length > 0 ? { errors } : { values: { ...this.#defaults, ...values } };
  }
}
