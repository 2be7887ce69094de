import type { Contract, Json, JsonObject, Operation, Parameter } from '../contract.js';
import { isParameter, pathSegments, shapeOf } from '../derive/path-shape.js';
import { SettingError } from '../errors.js';
import { objectOr } from '../json/json-value.js';
import { getPointer, joinPointer } from '../pointer.js';
import { buildContract } from '../read/read.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { DocumentChanges } from './mendable.js';

/** A message names at most so many parameters. */
const MOST_NAMES = 10;

/**
 * A contract with fixed path parameters, so that what is below them belongs to the one item that they name, such as the
 * account that has all else. A parameter that allows one value is a part of the path for everything that reads the
 * contract.
 *
 * @param settings - `NAME=VALUE` each; a name is that of a parameter (`account_id`), or the beginning of a path that ends
 * in one (`/accounts/{id}`), where other paths have parameters of that name
 *
 * @throws SettingError for a setting of another form, for a name that no path has, and for a value that the schema of the
 * parameter does not allow; also for the key of a resource that a contract with our keywords has
 */
export function withFixedPaths(contract: Contract, settings: readonly string[]): Contract {
  if (settings.length === 0) return contract;
  const changes = new DocumentChanges();
  for (const setting of settings) {
    const { name, text } = read(setting);
    const found = contract.operations.flatMap((operation) => {
      const parameter = parameterFor(operation, name);
      return parameter === undefined ? [] : [{ operation, parameter }];
    });
    if (found.length === 0) throw unknown(contract, setting);
    for (const { operation, parameter } of found) {
      assertNoneStated(operation, parameter, setting);
      const value = valueFor(contract, parameter, { setting, text });
      changes.append(joinPointer(operation.pointer, 'parameters'), fixed(contract, parameter, value));
    }
  }
  return buildContract(changes.applyTo(contract.document, () => undefined));
}

function read(setting: string): { readonly name: string; readonly text: string } {
  const [, name, text] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
  if (name !== undefined && text !== undefined) return { name, text };
  throw new SettingError('expected NAME=VALUE, such as "account_id=42" or "/accounts/{id}=42"', setting);
}

/** Requests name several items of a resource: a contract that says so has no use for a path with one of them. */
function assertNoneStated({ effect, names = {} }: Operation, { name }: Parameter, setting: string): void {
  const [resource] = Object.entries({ ...names, ...effect?.of }).find(([, parameter]) => parameter === name) ?? [];
  if (resource !== undefined)
    throw new SettingError(
      `"${name}" names a resource of the contract, "${resource}"; pass an existing one with --fixtures`,
      setting,
    );
}

function parameterFor(operation: Operation, setting: string): Parameter | undefined {
  const name = setting.startsWith('/') ? endingIn(operation, pathSegments(setting)) : setting;
  return operation.parameters.find((each) => each.in === 'path' && each.name === name);
}

/** The name of the parameter of an operation in which a beginning of its path ends. */
function endingIn({ path }: Operation, beginning: readonly string[]): string | undefined {
  const own = pathSegments(path).slice(0, beginning.length);
  const last = own.at(-1);
  return shapeOf(own) === shapeOf(beginning) && isParameter(last) ? last?.slice(1, -1) : undefined;
}

/** A text as a value that the schema allows: a number where it wants one. */
function valueFor(
  contract: Contract,
  { name, schema }: Parameter,
  { setting, text }: { readonly setting: string; readonly text: string },
): Json {
  const validator = SchemaValidator.of(contract, { allErrors: false });
  const values: readonly Json[] = /^-?\d+(\.\d+)?$/.test(text) ? [text, Number(text)] : [text];
  const value = values.find((each) => validator.fits(schema, each));
  if (value !== undefined) return value;
  throw new SettingError(`the schema of "${name}" does not allow this value: ${JSON.stringify(schema)}`, setting);
}

/** The parameter for one operation: in the list of its own, it takes the place of that of the path, or of a shared one. */
function fixed({ document }: Contract, { name, schema, pointer }: Parameter, value: Json): JsonObject {
  const { example: _, examples: __, content: ___, ...parameter } = objectOr(getPointer(document, pointer));
  return { ...parameter, name, schema: { ...schema, const: value } };
}

function unknown({ operations }: Contract, setting: string): SettingError {
  const inPaths = operations.flatMap(({ parameters }) => parameters.filter(({ in: place }) => place === 'path'));
  const names = [...new Set(inPaths.map(({ name }) => `"${name}"`))];
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const known = names.length === 0 ? 'no path has one' : `paths have ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
  return new SettingError(
    `expected the name of a path parameter, or the beginning of a path that ends in one; ${known}`,
    setting,
  );
}
