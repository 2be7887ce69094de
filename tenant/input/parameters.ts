import type { Contract, Json, JsonObject, Operation, Parameter, ParameterPlace } from '../../contract/contract.js';
import { singleOfText, valueOfText } from '../../contract/http/text-value.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { type ParameterStyle, styleOf } from './style.js';
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

const NO_NAMES: ReadonlySet<string> = new Set();

/** The texts under a parameter's own name, beside those of its parts. */
const OWN = '';

export interface ParameterReaderOptions {
  /** The declared parameters of one place. */
  readonly parameters: readonly Parameter[];
  /** Whether undeclared parameters are refused. */
  readonly closed: boolean;
  /** Names that are no parameters: those of credentials. */
  readonly ignored?: ReadonlySet<string>;
}

/** Reads the parameters of an operation in one place and validates them as the properties of one object. */
export class ParameterReader {
  readonly #contract: Contract;
  readonly #ignored: ReadonlySet<string>;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #defaults: JsonObject;
  readonly #styles: ReadonlyMap<string, ParameterStyle>;
  /** The parameter that names which no other takes belong to. */
  readonly #rest: string | undefined;
  /** Whether any parameter is required. */
  readonly #required: boolean;
  readonly #validate: (value: unknown) => readonly SchemaError[];

  constructor(
    contract: Contract,
    validators: Validators,
    { parameters, closed, ignored = NO_NAMES }: ParameterReaderOptions,
  ) {
    this.#contract = contract;
    this.#ignored = ignored;
    this.#parameters = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    this.#defaults = Object.fromEntries(
      parameters.flatMap(({ name, schema }) => {
        const value = contract.resolve(schema).default;
        return value === undefined ? [] : [[name, value]];
      }),
    );
    this.#styles = new Map(
      parameters.flatMap((parameter) => {
        const style = styleOf(contract, parameter);
        return style === undefined ? [] : [[parameter.name, style]];
      }),
    );
    this.#rest = [...this.#styles].find(([, { takesOthers }]) => takesOthers === true)?.[0];
    this.#required = parameters.some(({ required }) => required);
    this.#validate = validators.compile({
      type: 'object',
      properties: Object.fromEntries(
        parameters.map(({ name, schema, description }) => [
          validatedName(name),
          description === '' ? schema : { ...schema, description },
        ]),
      ),
      required: parameters.filter(({ required }) => required).map(({ name }) => validatedName(name)),
      ...(closed ? { additionalProperties: false } : {}),
    });
  }

  get names(): Iterable<string> {
    return this.#parameters.keys();
  }

  /** Whether a name in the request belongs to a parameter. */
  takes(name: string): boolean {
    return this.#parameters.has(name) || this.#ownerOf(name)[0] !== undefined;
  }

  /** The parameter with a style of its own that a name in the request belongs to, and as which part. */
  #ownerOf(name: string): readonly [owner: string | undefined, part: string] {
    if (this.#styles.size === 0) return [undefined, OWN];
    if (this.#styles.has(name)) return [name, OWN];
    for (const [owner, { takes }] of this.#parameters.has(name) ? [] : this.#styles) {
      const part = takes(name);
      if (part !== undefined) return [owner, part];
    }
    return this.#parameters.has(name) ? [undefined, OWN] : [this.#rest, name];
  }

  /** Required objects that nothing was sent for are empty. */
  #withEmptyObjects(values: JsonObject): JsonObject {
    if (this.#styles.size === 0) return values;
    const absent = [...this.#styles].filter(
      ([name, { emptyIsAbsent }]) =>
        emptyIsAbsent && this.#parameters.get(name)?.required === true && !Object.hasOwn(values, name),
    );
    return absent.length === 0 ? values : { ...values, ...Object.fromEntries(absent.map(([name]) => [name, {}])) };
  }

  /**
   * @param texts the decoded values by name, in the order in which they were sent
   * @param encodedOf the last value of a name, still percent-encoded, if it was
   */
  parse(
    texts: ReadonlyMap<string, readonly string[]>,
    encodedOf: (name: string) => string | undefined = () => undefined,
  ): ParsedParameters {
    if (texts.size === 0 && !this.#required) return { values: this.#defaults };
    const sent: [string, Json][] = [];
    let styled: Map<string, Map<string, readonly string[]>> | undefined;
    for (const [name, values] of texts) {
      if (this.#ignored.has(name)) continue;
      const [owner, part] = this.#ownerOf(name);
      if (owner !== undefined) {
        styled ??= new Map();
        styled.set(owner, (styled.get(owner) ?? new Map()).set(part, values));
        continue;
      }
      const parameter = this.#parameters.get(name);
      sent.push([
        name,
        parameter === undefined ? (values.at(-1) ?? '') : valueOfText(this.#contract, parameter.schema, values),
      ]);
    }
    for (const [name, parts] of styled ?? []) {
      const own = parts.get(OWN) ?? [];
      parts.delete(OWN);
      const style = this.#styles.get(name);
      // The value of JSON may be null.
      if (style !== undefined) sent.push([name, style.value(own, parts, encodedOf(name))]);
    }
    const values: JsonObject = Object.fromEntries(sent); // defines own properties even for names such as __proto__
    const errors = this.#errorsOf(values);
    if (errors.length === 0) return { values: { ...this.#defaults, ...values } };
    return this.#withSingles({ values, errors }, texts);
  }

  #errorsOf(values: JsonObject): readonly SchemaError[] {
    return this.#validate(withValidatedNames(this.#withEmptyObjects(values)));
  }

  /** One text may be a list of one or a single value, where a schema allows both: it is what fits. */
  #withSingles(
    given: { readonly values: JsonObject; readonly errors: readonly SchemaError[] },
    texts: ReadonlyMap<string, readonly string[]>,
  ): ParsedParameters {
    let { values, errors } = given;
    for (const [name, { schema }] of this.#parameters) {
      const [text, ...others] = texts.get(name) ?? [];
      const isList = Object.hasOwn(values, name) && Array.isArray(values[name]);
      if (text === undefined || others.length > 0 || !isList) continue;
      const single = singleOfText(this.#contract, schema, text);
      const changed = single === undefined ? values : Object.fromEntries([...Object.entries(values), [name, single]]);
      const left = single === undefined ? errors : this.#errorsOf(changed);
      if (left.length < errors.length) [values, errors] = [changed, left];
    }
    return errors.length > 0 ? { errors } : { values: { ...this.#defaults, ...values } };
  }
}

/** The validator knows no property of this name, which JavaScript has for something else. */
const PROTO = '__proto__';

function validatedName(name: string): string {
  return name === PROTO ? `${PROTO} ` : name;
}

function withValidatedNames(values: JsonObject): JsonObject {
  if (!Object.hasOwn(values, PROTO)) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [validatedName(name), value]));
}
