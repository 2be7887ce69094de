import { randomBytes } from 'node:crypto';
import type { Contract, Json, JsonObject, Operation, Resource, Schema } from '../../spec/contract/contract.js';
import { getPointer, isObject } from '../../spec/contract/pointer.js';
import { editJson } from '../arbitraries/json-edit.js';
import { propertiesOf, requiredOf, shapeOf } from '../arbitraries/schema-shape.js';
import { sampleValue } from '../arbitraries/valid-value.js';
import type { Names } from './names.js';

/** Writes bodies that create or update resources: the contract's example made unique, with foreign keys in place. */
export interface BodyWriter {
  /**
   * @param keys - the values of foreign keys, by property
   * @param more - optional properties to give besides
   */
  creation(operation: Operation, resource: Resource, sign: Sign, keys: JsonObject, more?: JsonObject): JsonObject;
  /**
   * What the example says to change, unique properties made unique.
   * @param more - other properties to change besides
   */
  update(operation: Operation, resource: Resource, sign: Sign, more?: JsonObject): JsonObject;
  /** How many items a new parent gets. */
  itemsInside(parent: Resource): number;
}

/** What makes one body unlike any other. */
export interface Sign {
  /** The same seed gives the same plausible name. */
  readonly seed: number;
  /** The run's mark, and what is unique in the run. */
  readonly suffix: string;
}

/** How many items a parent is created with: enough for most checks; those that need more get more parents. */
const ITEMS = 16;

export function createBodyWriter(contract: Contract, names: Names): BodyWriter {
  const schemaOf = (operation: Operation): Schema => shapeOf(contract, operation.requestBody?.content[0]?.schema ?? {});

  const examples = new Map<Operation, JsonObject>();
  const exampleOf = (operation: Operation): JsonObject => {
    const known = examples.get(operation) ?? readExample(operation);
    examples.set(operation, known);
    return known;
  };
  const readExample = (operation: Operation): JsonObject => {
    const media = operation.requestBody?.content[0];
    const schema = schemaOf(operation);
    const required = sampleValue(contract, schema, { forRequest: true, optional: 'required' });
    const example =
      media?.example ?? schema.example ?? (Array.isArray(schema.examples) ? schema.examples[0] : undefined);
    return { ...(isObject(required) ? required : {}), ...(isObject(example) ? example : {}) };
  };

  /** The properties that must differ: of each unique group the first that is no foreign key; else a name to know it by. */
  const markedProperties = (resource: Resource, schema: Schema): readonly string[] => {
    const foreign = new Set(resource.refers.map(({ property }) => property));
    const declared = propertiesOf(schema);
    const unique = resource.unique.flatMap((group) => {
      const property = group.find((candidate) => !foreign.has(candidate));
      return property === undefined || !(property in declared) ? [] : [property];
    });
    if (unique.length > 0) return unique;
    const required = requiredOf(schema).filter((name) => !foreign.has(name));
    const text = required.find((name) => shapeOf(contract, declared[name] ?? {}).type === 'string');
    return text === undefined ? [] : [text];
  };

  const withMarks = (resource: Resource, schema: Schema, sign: Sign, body: JsonObject): JsonObject => {
    const marked: Record<string, Json> = { ...body };
    const declared = propertiesOf(schema);
    for (const property of markedProperties(resource, schema)) {
      marked[property] = names.unique(property, declared[property] ?? {}, sign.seed, sign.suffix);
    }
    for (const property of Object.keys(marked)) {
      if (/password/i.test(property)) marked[property] = `${randomBytes(15).toString('base64url')}aA1!`;
    }
    return marked;
  };

  const childrenOf = (resource: Resource): readonly Resource[] =>
    [...contract.resources.values()].filter(({ inside }) => inside?.parent === resource.name);

  const items = new Map<Resource, readonly JsonObject[]>();
  const itemsOf = (child: Resource, listSchema: Schema | undefined): readonly JsonObject[] => {
    const known = items.get(child) ?? makeItems(child, listSchema);
    items.set(child, known);
    return known;
  };
  const makeItems = (child: Resource, listSchema: Schema | undefined): readonly JsonObject[] => {
    const itemSchema = shapeOf(contract, isObject(listSchema?.items) ? listSchema.items : {});
    const nameSchema = propertiesOf(itemSchema)[child.key] ?? {};
    const plain = asObject(sampleValue(contract, itemSchema, { forRequest: true, optional: 'required' }));
    return Array.from({ length: itemCount(listSchema) }, (_, index) => ({
      ...plain,
      [child.key]: names.item(index, nameSchema),
    }));
  };

  const withItems = (resource: Resource, schema: Schema, body: JsonObject): JsonObject =>
    childrenOf(resource).reduce<JsonObject>((filled, child) => {
      const list = child.inside?.list ?? '';
      const value = itemsOf(child, schemaAt(contract, schema, list));
      return asObject(editJson(filled, { kind: 'set', pointer: list, value }));
    }, body);

  return {
    creation(operation, resource, sign, keys, more = {}) {
      const schema = schemaOf(operation);
      const body = { ...more, ...exampleOf(operation) };
      return { ...withItems(resource, schema, withMarks(resource, schema, sign, body)), ...keys };
    },
    update(operation, resource, sign, more = {}) {
      const schema = schemaOf(operation);
      const given = { ...more, ...exampleOf(operation) };
      const properties = onlyGiven(propertiesOf(schema), given);
      const body = withMarks(resource, { ...schema, properties, required: [] }, sign, given);
      // No example: the first unique property is as good as any.
      return Object.keys(body).length > 0 ? body : withMarks(resource, schema, sign, {});
    },
    itemsInside(parent) {
      const child = childrenOf(parent)[0];
      const creation = contract.operations.find(
        ({ effect }) => effect?.kind === 'create' && effect.target === parent.name,
      );
      if (child?.inside === undefined || creation === undefined) return 0;
      return itemCount(schemaAt(contract, schemaOf(creation), child.inside.list));
    },
  };
}

function itemCount(list: Schema | undefined): number {
  return typeof list?.maxItems === 'number' ? Math.min(ITEMS, list.maxItems) : ITEMS;
}

/** The schema of what a JSON pointer names in values of a schema. */
function schemaAt(contract: Contract, schema: Schema, pointer: string): Schema | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .flatMap((segment) => ['properties', segment]);
  const found = getPointer(shapeOf(contract, schema), path.map((segment) => `/${segment}`).join(''));
  return isObject(found) ? shapeOf(contract, found) : undefined;
}

function onlyGiven(declared: Readonly<Record<string, Schema>>, given: JsonObject): Record<string, Schema> {
  return Object.fromEntries(Object.entries(declared).filter(([name]) => name in given));
}

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
