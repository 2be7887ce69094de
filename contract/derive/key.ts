import type { Contract, Json, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { bareName } from '../text/bare-name.js';
import { propertiesOf } from './item-schemas.js';

/** What a path says of an item. */
export interface ItemPath {
  /** The name of the resource, in the singular. */
  readonly resource: string;
  readonly parameter: string;
  /** What the document says of the parameter. */
  readonly description?: string;
}

/**
 * The property that a path parameter holds: of the same name, else the usual name of a key, else that after the name of
 * the resource, such as `client_id` for `/clients/{id}`. A parameter without such a name, `/orgs/{org}`, may be described:
 * "name of the organization".
 */
export function keyIn(
  contract: Contract,
  schema: Schema,
  { resource, parameter, description = '' }: ItemPath,
): string | undefined {
  const properties = propertiesOf(contract, schema);
  const wanted = bareName(parameter);
  const named = USUAL_KEYS.filter((name) => wanted.endsWith(name));
  const described = NAME_KEYS.filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(description));
  const mentionsId = /\b(id|uuid|guid|identifier)\b/i.test(description);
  const byText = mentionsId ? [] : described;
  // A parameter `id` may hold "the name of the role", where a role has no id.
  const usual = [...named, ...(named.length === 0 ? byText : []), 'id', 'uuid', ...(named.length === 0 ? [] : byText)];
  const names = Object.keys(properties).filter((name) => isKeyType(contract, properties[name] ?? {}));
  const keys = [wanted, ...usual, ...usual.map((key) => `${bareName(resource)}${key}`)];
  return keys.flatMap((key) => names.filter((name) => bareName(name) === key))[0];
}

/** Keys that descriptions of parameters mention. */
const NAME_KEYS = ['slug', 'username', 'login', 'name'];

const USUAL_KEYS = ['id', 'uuid', 'guid', 'slug', 'name', 'key', 'sid', 'gid', 'code', 'number'];

/** Whether a property has the name of a key that servers usually choose: they number items, and people name them. */
export function isUsuallyGenerated(key: string): boolean {
  return /(^|[^a-z])(id|uid|uuid|guid|sid|gid)$/i.test(key) || /(Id|ID|Uid|UID|Uuid|UUID|Guid|GUID)$/.test(key);
}

function isKeyType(contract: Contract, schema: Schema): boolean {
  return keyTypes(contract, schema).some((type) => type === 'string' || isNumber(type));
}

/**
 * The types of a key. Some frameworks document the keys of their models as a union of a type and null, since an item has
 * none before it is stored.
 */
export function keyTypes(contract: Contract, schema: Schema): readonly Json[] {
  const { type, oneOf, anyOf } = mergedSchema(contract, schema);
  if (type !== undefined) return [type].flat();
  const forms = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isObject);
  const types = forms.map((form) => mergedSchema(contract, form).type).filter((each) => each !== 'null');
  return types.length === 1 ? [types[0] ?? []].flat() : [];
}

/** JavaScript has one type of numbers, so its frameworks document integers as numbers. */
function isNumber(type: Json | undefined): boolean {
  return type === 'integer' || type === 'number';
}

/** Templates of keys, the likeliest first. */
const TEMPLATES: readonly (readonly [template: string, example: string | number])[] = [
  ['{digit:8}', 12345678],
  ['{alnum:16}', 'aBcDeFgH12345678'],
  ['{hex:8}-{hex:4}-4{hex:3}-8{hex:3}-{hex:12}', '12345678-1234-4123-8123-123456789abc'],
  ['{hex:24}', '0123456789abcdef01234567'],
  ['{digit:8}', '12345678'],
  ['{digit:4}', 1234],
  ['{alnum:6}', 'aB3dE6'],
];

/** Templates for patterns of a common form: `^VA[0-9a-f]{32}$`. */
function templatesOf(pattern: Json | undefined): readonly (readonly [template: string, example: string])[] {
  const [, prefix, length] = /^\^([\w:-]*)\[[^\]]+\]\{(\d{1,3})(?:,\d*)?\}\$$/.exec(String(pattern ?? '')) ?? [];
  if (prefix === undefined || length === undefined) return [];
  const kinds = { hex: 'a1', digit: '12', alnum: 'aB' };
  return Object.entries(kinds).map(([kind, sample]) => [
    `${prefix}{${kind}:${length}}`,
    prefix + sample.repeat(Number(length)).slice(0, Number(length)),
  ]);
}

/** How a new item gets its key, as in `x-value`, and such a key. */
export interface KeyTemplate {
  readonly template: string;
  readonly example: string | number;
}

/**
 * A template whose keys fit everywhere: its example has the form of all of them.
 *
 * @param below - the parameters that name the item in the paths below it: of several templates, the one that most take
 */
export function templateFor(
  contract: Contract,
  schemas: readonly Schema[],
  below: readonly Schema[] = [],
): KeyTemplate | undefined {
  // A number is an id only where one is asked for.
  const isNumeric = schemas.some((schema) => keyTypes(contract, schema).some(isNumber));
  const patterned = [...schemas, ...below].flatMap((schema) => templatesOf(mergedSchema(contract, schema).pattern));
  const fitting = [...patterned, ...TEMPLATES]
    .filter(([, example]) => isNumeric === (typeof example === 'number'))
    .filter(([, example]) => schemas.every((schema) => takesKey(contract, schema, example)))
    .map(([template, example]) => {
      const taken = below.filter((schema) => takesKey(contract, schema, example)).length;
      return { template, example, taken };
    });
  const most = Math.max(0, ...fitting.map(({ taken }) => taken));
  return fitting.find(({ taken }) => taken === most);
}

/** Whether a schema allows this key. */
export function takesKey(contract: Contract, schema: Schema, key: string | number): boolean {
  const types = keyTypes(contract, schema);
  const value = types.includes('string') ? String(key) : key;
  return SchemaValidator.of(contract, { allErrors: false }).compile(schema)(value).length === 0;
}
