import type { Contract, Json, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { isUuidFormat } from '../sample/uuid-format.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { objectSchema } from '../schema/object-schema.js';
import { bareName } from '../text/bare-name.js';
import { propertiesOf } from './item-schemas.js';
import { keyTypes } from './key.js';
import { singularOf } from './resource-name.js';
import type { RestResource } from './rest-resource.js';

/** What names the items of a resource in requests. */
export interface MentionedNames {
  readonly resource: string;
  readonly key: string;
  /** Whether a property holds a key, or a list of keys. */
  readonly hasKey: (property: string, schema: Schema) => boolean;
  /** Whether an object, or each object of a list, stands for an item by the name of its property. */
  readonly isNamed: (property: string) => boolean;
  /** Whether it does by what it says of its type: `{"type": "people", "id": "1"}`. */
  readonly isTyped: (object: Schema) => boolean;
  /** The property of such an object that holds the key, and the property of the item that has it. */
  readonly keyIn: (object: Schema) => KeyInObject | undefined;
}

export interface KeyInObject {
  readonly member: string;
  readonly by: string;
}

export function mentionedNames(contract: Contract, { name, key, path, shownIn }: RestResource): MentionedNames {
  const shown = (property: string): Schema | undefined =>
    shownIn.map((schema) => propertiesOf(contract, schema)[property]).find((schema) => schema !== undefined);
  const formShown = (property: string): Json | undefined => formOf(contract, shown(property) ?? {});
  const form = formShown(key);
  const isTelling = form !== undefined && form !== 'string';
  const segment = path.split('/').at(-1) ?? '';
  const plural = bareName(segment);
  const singular = bareName(singularOf(segment.toLowerCase()));
  // A key may have the name of the resource in its own: `client_id`.
  const keyNames = [name, singular].map((each) =>
    bareName(key).startsWith(bareName(each)) ? bareName(key) : bareName(each + key),
  );
  const one = [...keyNames, ...(isTelling ? [bareName(name), singular] : [])];
  const many = [...keyNames.map((each) => `${each}s`), ...(isTelling ? [plural] : [])];
  const itemNames = new Set([bareName(name), singular, plural]);
  return {
    resource: name,
    key,
    hasKey: (property, schema) => {
      const { items } = mergedSchema(contract, schema);
      const isNamed = (isObject(items) ? many : one).includes(bareName(property));
      return isNamed && form !== undefined && formOf(contract, isObject(items) ? items : schema) === form;
    },
    isNamed: (property) => itemNames.has(bareName(property)),
    isTyped: (object) => {
      const type = typeIn(contract, object);
      return type !== undefined && (type === singular || type === plural);
    },
    keyIn: (object) => {
      const members = Object.entries(propertiesOf(contract, object)).filter(
        ([, inner]) => !isReadOnly(contract, inner),
      );
      for (const wanted of [key, ...keyNames, ...KEYS]) {
        const [member, schema] = members.find(([each]) => bareName(each) === bareName(wanted)) ?? [];
        if (member === undefined || schema === undefined || !standsAlone(contract, object, member)) continue;
        const own = formsOf(contract, schema);
        if (shown(member) !== undefined && own.includes(formShown(member) ?? null)) return { member, by: member };
        if (!ADDRESSES.includes(wanted) && form !== undefined && own.includes(form)) return { member, by: key };
      }
      return undefined;
    },
  };
}

/** Names of what identifies an item in an object that stands for it. */
const ADDRESSES: readonly string[] = ['url', 'href'];
const KEYS: readonly string[] = ['id', 'uuid', 'guid', 'pk', 'key', ...ADDRESSES];

/** Names of what says of which type an object is. */
const TYPES: ReadonlySet<string> = new Set(['type', 'objecttype', 'resourcetype', 'kind']);

/**
 * Whether a property of an object is enough to name an item: it is required, or nothing else is. An object that needs more
 * beside an optional key may give a new item.
 */
function standsAlone(contract: Contract, object: Schema, member: string): boolean {
  const { required } = mergedSchema(contract, object);
  const needed = Array.isArray(required) ? required : [];
  return needed.includes(member) || needed.every((name) => typeof name === 'string' && TYPES.has(bareName(name)));
}

/** The type that an object says, in letters alone, if it always says the same: `location` of `app.location`. */
function typeIn(contract: Contract, object: Schema): string | undefined {
  for (const [name, inner] of Object.entries(propertiesOf(contract, object))) {
    if (!TYPES.has(bareName(name))) continue;
    const { const: only, enum: values, default: usual, example } = mergedSchema(contract, inner);
    const all = Array.isArray(values) ? values : [];
    const said = [only, all.length === 1 ? all[0] : undefined, usual, example].find((each) => typeof each === 'string');
    const word = typeof said === 'string' ? bareName(said.split(/[./:#]/).at(-1) ?? '') : '';
    if (word !== '') return word;
  }
  return undefined;
}

export function isReadOnly(contract: Contract, schema: Schema): boolean {
  return mergedSchema(contract, schema).readOnly === true;
}

/** The object that a property holds, or that each entry of its list is; undefined for anything else. */
export function objectIn(contract: Contract, schema: Schema): Schema | undefined {
  const { items } = mergedSchema(contract, schema);
  return objectSchema(contract, isObject(items) ? items : schema);
}

/** What a key is: `number`, `string`, or a text of a format. */
function formOf(contract: Contract, schema: Schema): Json | undefined {
  const [type] = keyTypes(contract, schema);
  if (type === 'integer' || type === 'number') return 'number';
  if (type !== 'string') return undefined;
  const { format, oneOf, anyOf } = mergedSchema(contract, schema);
  const formats = [{ format: format ?? null }, ...[oneOf, anyOf].flat().filter(isObject)].map((form) => form.format);
  return formats.some(isUuidFormat) ? 'uuid' : 'string';
}

/** The same of each form: some servers take a key, or an object that describes the item. */
function formsOf(contract: Contract, schema: Schema): readonly (Json | undefined)[] {
  const { oneOf, anyOf } = mergedSchema(contract, schema);
  const forms = [oneOf, anyOf].flat().filter(isObject);
  return [schema, ...forms].map((form) => formOf(contract, form)).filter((form) => form !== undefined);
}
