import type { Contract, Json, JsonObject, Operation, Resource, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Field } from './model.js';
import { propertyLabel } from './words.js';

/** A property of a body or of an item. */
interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The columns of a table that people can take in at once. */
const MOST_COLUMNS = 4;

/** The properties of a schema, of its parts and of its alternatives. */
export function propertiesOf(contract: Contract, schema: Schema, depth = 0): readonly Property[] {
  const resolved = contract.resolve(schema);
  const required: readonly Json[] = Array.isArray(resolved.required) ? resolved.required : [];
  const own = Object.entries(isObject(resolved.properties) ? resolved.properties : {}).flatMap(([name, value]) =>
    isObject(value) ? [{ name, schema: contract.resolve(value), required: required.includes(name) }] : [],
  );
  if (depth > 3) return own;
  const parts = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((keyword) => {
    const branches = resolved[keyword];
    return (Array.isArray(branches) ? (branches as readonly Json[]) : []).flatMap((branch) =>
      isObject(branch)
        ? propertiesOf(contract, branch, depth + 1).map((each) =>
            keyword === 'allOf' ? each : { ...each, required: false },
          )
        : [],
    );
  });
  const byName = new Map<string, Property>();
  for (const property of [...own, ...parts]) if (!byName.has(property.name)) byName.set(property.name, property);
  return [...byName.values()];
}

/** The schema of an item in the answer of a listing. */
export function itemSchema(contract: Contract, { responses, effect }: Operation): Schema | undefined {
  const media = responses.find(({ status }) => status.startsWith('2'))?.content[0];
  if (media === undefined) return undefined;
  const list = listIn(contract, media.schema, effect?.as ?? '');
  return isObject(list?.items) ? contract.resolve(list.items) : undefined;
}

/** The list itself, or in this property, of a schema or of one of its alternatives. */
function listIn(contract: Contract, schema: Schema, property: string): Schema | undefined {
  const resolved = contract.resolve(schema);
  if (isObject(resolved.items)) return resolved;
  const own = isObject(resolved.properties) ? resolved.properties[property] : undefined;
  if (isObject(own)) return contract.resolve(own);
  for (const keyword of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = resolved[keyword];
    for (const branch of Array.isArray(branches) ? (branches as readonly Json[]) : []) {
      const found = isObject(branch) ? listIn(contract, branch, property) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The property that people recognise an item by: of the first unique group, a name, else the key. */
export function labelOf(contract: Contract, resource: Resource, schema: Schema | undefined): string {
  const names = schema === undefined ? [] : propertiesOf(contract, schema).map(({ name }) => name);
  const unique = resource.unique[0]?.find((name) => !resource.refers.some(({ property }) => property === name));
  const candidates = [...(unique === undefined ? [] : [unique]), 'name', 'display_name', 'title'];
  return candidates.find((name) => names.includes(name)) ?? resource.key;
}

/** Properties that say most about an item, the most telling first. */
const TELLING = ['name', 'display_name', 'description', 'strategy', 'app_type', 'audience', 'status'];

/** The label, the key, and the next plain properties. */
export function columnsOf(contract: Contract, schema: Schema | undefined, first: readonly string[]): readonly string[] {
  const properties = schema === undefined ? [] : propertiesOf(contract, schema);
  const names = properties.map(({ name }) => name);
  const there = [...first, ...TELLING].filter((name) => names.includes(name));
  const others = properties.filter(
    ({ name, schema: { type, format } }) => isPlain(type) && format !== 'uri' && !/secret|picture|_url$/.test(name),
  );
  const columns = [...new Set([...there, ...others.map(({ name }) => name)])].slice(0, MOST_COLUMNS);
  return columns.length > 0 ? columns : first;
}

function isPlain(type: Json | undefined): boolean {
  const types: readonly Json[] = Array.isArray(type) ? type : [type ?? ''];
  return types.every((each) => each === 'string' || each === 'boolean' || each === 'integer' || each === 'null');
}

/** The fields of a form for the body of an operation. */
export function fieldsOf(contract: Contract, operation: Operation, main: ReadonlySet<string>): readonly Field[] {
  const schema = operation.requestBody?.content[0]?.schema;
  if (schema === undefined) return [];
  return propertiesOf(contract, schema)
    .filter(({ schema: { readOnly } }) => readOnly !== true)
    .map(({ name, schema: property, required }) => {
      const options = optionsOf(property);
      return {
        name,
        label: propertyLabel(name),
        kind: options === undefined ? kindOf(contract, property) : 'choice',
        required,
        main: required || main.has(name),
        ...(options === undefined ? {} : { options }),
        hint: typeof property.description === 'string' ? property.description : '',
      };
    });
}

function optionsOf({ enum: values }: Schema): readonly string[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const texts = (values as readonly Json[]).filter((each) => typeof each === 'string');
  return texts.length > 0 ? texts : undefined;
}

const KINDS: Readonly<Record<string, Field['kind']>> = {
  string: 'text',
  boolean: 'switch',
  integer: 'number',
  number: 'number',
};

function kindOf(contract: Contract, schema: JsonObject): Field['kind'] {
  const types: readonly Json[] = Array.isArray(schema.type) ? schema.type : [schema.type ?? ''];
  const [type] = types.filter((each) => each !== 'null');
  if (type !== 'array') return KINDS[String(type)] ?? 'json';
  return isObject(schema.items) && contract.resolve(schema.items).type === 'string' ? 'words' : 'json';
}
