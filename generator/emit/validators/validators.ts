import type { Contract, Json, Parameter, Schema } from '../../../contract/contract.js';
import { isJson } from '../../../contract/http/media-type.js';
import type { ClientMethod } from '../../client/method.js';
import { pascalCase, reserveTypeName } from '../../client/names.js';
import type { ClientPlan } from '../../client/plan.js';
import { dependencyOrder } from '../dependency-order.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader, comment } from '../text/comment.js';
import { entry, quoted, type ValidatorLibrary } from './library.js';
import { componentsIn, type Property, type Shape, shapeOfSchema } from './shape.js';
import { valibot } from './valibot.js';
import { zod } from './zod.js';

/** The libraries of `--validators`. */
export const VALIDATOR_LIBRARIES = { zod, valibot } as const satisfies Readonly<Record<string, ValidatorLibrary>>;

export type ValidatorName = keyof typeof VALIDATOR_LIBRARIES;

/** Emits `validators.ts`: a schema for each component, and for bodies, queries and responses of each operation. */
export function emitValidators(contract: Contract, plan: ClientPlan, name: ValidatorName): GeneratedFile {
  const emitter = new ValidatorEmitter(contract, VALIDATOR_LIBRARIES[name]);
  const statements = [...emitter.components(), ...plan.methods.flatMap((method) => emitter.operation(method))];
  if (statements.length === 0) return { path: 'validators.ts', text: `${codeHeader}export {};\n` };
  const imports = [
    VALIDATOR_LIBRARIES[name].importLine,
    ...(statements.some((text) => text.includes("components['schemas']"))
      ? ["import type { components } from './types.js';"]
      : []),
  ];
  const about = comment([
    'Schemas of requests and responses. Properties that the contract does not name are kept, unless it forbids them.',
    'Not checked, because the library has no word for it: `not`, `if`, `uniqueItems`, and names of properties by pattern.',
  ]);
  const used = Object.entries(VALIDATOR_LIBRARIES[name].constants).filter(([constant]) =>
    statements.some((text) => new RegExp(`\\b${constant}(?![\\w:'])`).test(text)),
  );
  const constants = used.map(([constant, value]) => `const ${constant} = ${value};`);
  const text = `${[imports.join('\n'), about, ...constants, ...statements].join('\n\n')}\n`;
  return { path: 'validators.ts', text: codeHeader + text };
}

class ValidatorEmitter {
  readonly #contract: Contract;
  readonly #library: ValidatorLibrary;
  readonly #shapes: ReadonlyMap<string, Shape>;
  readonly #names: ReadonlyMap<string, string>;
  readonly #taken = new Set<string>(['z', 'v', 'components', 'RegExp', 'date', 'dateTime']);

  constructor(contract: Contract, library: ValidatorLibrary) {
    this.#contract = contract;
    this.#library = library;
    this.#shapes = new Map([...contract.schemas].map(([name, schema]) => [name, shapeOfSchema(schema)]));
    this.#names = new Map(
      [...this.#shapes.keys()].map((name) => [name, reserveTypeName(pascalCase(name), this.#taken)]),
    );
  }

  /** Each component after those that it refers to. One that leads back to itself has the type of the document. */
  components(): readonly string[] {
    const order = dependencyOrder(new Map([...this.#shapes].map(([name, shape]) => [name, componentsIn(shape)])));
    return order.map(({ name, isCircular }) => {
      const constant = this.#nameOf(name);
      const written = this.#write(this.#shapes.get(name) ?? { kind: 'unknown' });
      const { typeOf, lazy, inferred } = this.#library;
      const type = typeOf(`components['schemas'][${quoted(name)}]`);
      const statement = isCircular
        ? `export const ${constant} = ${lazy(written)} as unknown as ${type};`
        : `export const ${constant} = ${written};`;
      return `${statement}\nexport type ${constant} = ${inferred(constant)};`;
    });
  }

  /** The JSON body, the query, and the JSON responses by status. */
  operation({ operation, types, body, query }: ClientMethod): readonly string[] {
    const media = operation.requestBody?.content.find(({ type }) => type === body?.type && isJson(type));
    const responses = operation.responses.flatMap(({ status, content }) => {
      const json = content.find(({ type }) => isJson(type));
      return json === undefined ? [] : [entry(status, this.#write(shapeOfSchema(json.schema)))];
    });
    return [
      ...(media ? [this.#constant(types.body, this.#write(shapeOfSchema(media.schema)))] : []),
      ...(query && !query.whole ? [this.#constant(types.query, this.#write(queryShape(query.parameters)))] : []),
      ...(responses.length > 0
        ? [this.#constant(types.result.replace(/Result\d*$/, 'Responses'), `{ ${responses.join(', ')} } as const`)]
        : []),
    ];
  }

  #constant(wanted: string, value: string): string {
    return `export const ${reserveTypeName(wanted, this.#taken)} = ${value};`;
  }

  #write(shape: Shape): string {
    return this.#library.write(this.#resolved(shape), (name) => this.#nameOf(name));
  }

  /** A reference to a component that does not exist allows anything. */
  #resolved(shape: Shape): Shape {
    const missing = componentsIn(shape).some((name) => !this.#contract.schemas.has(name));
    return missing ? { kind: 'unknown' } : shape;
  }

  #nameOf(component: string): string {
    return this.#names.get(component) ?? '';
  }
}

function queryShape(parameters: readonly Parameter[]): Shape {
  const properties = parameters.map(
    ({ name, schema, required }): Property => ({ name, required, shape: shapeOfSchema(schema as Schema as Json) }),
  );
  return { kind: 'object', properties, others: 'any' };
}
