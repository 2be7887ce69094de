import type { Contract, Json, MediaType, Method, Operation, Response, Schema } from '../contract.js';
import { isJson } from '../media-type.js';
import { mergedSchema } from '../merged-schema.js';
import { isObject } from '../pointer.js';
import { sameRequest } from '../same-request.js';
import { SchemaValidator } from '../schema-validator.js';

/** A collection and its items, recognized by the shape of their paths and by their schemas. */
export interface RestResource {
  /** `song` for `/songs`. */
  readonly name: string;
  /** The path of the collection, without a slash at the end. */
  readonly path: string;
  /** The path parameter that names an item. */
  readonly parameter: string;
  /** The property that identifies an item in answers. */
  readonly key: string;
  /** How a new item gets its key, as in `x-value`. */
  readonly template: string;
  readonly operations: readonly RestOperation[];
  /** The schemas of answers that show an item. */
  readonly shownIn: readonly Schema[];
}

export interface RestOperation {
  readonly kind: 'create' | 'list' | 'read' | 'update' | 'delete';
  readonly operation: Operation;
  /** The property that holds the items of a listing, if it is an object. */
  readonly as?: string;
}

/**
 * The resources that a document describes by REST conventions: `POST /songs` creates what `GET /songs/{id}` reads. Nothing
 * is recognized that the schemas do not support: an answer that shows an item must be an object with its key, and answers
 * must agree on the properties they share.
 */
export function restResources(contract: Contract): readonly RestResource[] {
  const paths = operationsByPath(contract);
  const names = new Set<string>();
  return [...paths.keys()].flatMap((path) => {
    const [, collection = '', parameter = ''] = /^(.+)\/\{([^{}]+)\}$/.exec(path) ?? [];
    // Parents are not tracked, so that items under one would be the items of all.
    if (collection === '' || collection.includes('{')) return [];
    const found = resourceAt(contract, paths, { collection, item: path, parameter });
    if (found === undefined) return [];
    const name = uniqueName(collection, names);
    return [{ ...found, name }];
  });
}

type Methods = ReadonlyMap<Method, Operation>;

/** Paths end in a slash in some frameworks. */
function operationsByPath(contract: Contract): ReadonlyMap<string, Methods> {
  const paths = new Map<string, Map<Method, Operation>>();
  for (const operation of contract.operations) {
    const { path, method, pointer } = operation;
    // What shares its request with another operation has no effect of its own; a shared path item has several paths.
    if (/[?#]/.test(path) || !pointer.startsWith('/paths/') || sameRequest(contract, operation).length > 1) continue;
    const bare = path.replace(/\/+$/, '');
    paths.set(bare, (paths.get(bare) ?? new Map<Method, Operation>()).set(method, operation));
  }
  return paths;
}

interface Place {
  readonly collection: string;
  readonly item: string;
  readonly parameter: string;
}

function resourceAt(
  contract: Contract,
  paths: ReadonlyMap<string, Methods>,
  { collection, item, parameter }: Place,
): Omit<RestResource, 'name'> | undefined {
  const ofItem = paths.get(item);
  const ofCollection = paths.get(collection);
  const read = ofItem?.get('GET');
  const create = ofCollection?.get('POST');
  const readSchema = read && shownSchema(contract, read);
  const key = readSchema && keyIn(contract, readSchema, parameter);
  if (!read || !create || !readSchema || key === undefined) return undefined;
  const created = createdSchema(contract, create, key);
  if (!acceptsObject(contract, create) || !created) return undefined;
  const shown = new ShownSchemas(contract, key);
  if (!shown.add(readSchema) || !shown.add(created)) return undefined;
  const template = templateFor(contract, [
    propertiesOf(contract, readSchema)[key] ?? {},
    propertiesOf(contract, created)[key] ?? {},
    read.parameters.find(({ in: place, name }) => place === 'path' && name === parameter)?.schema ?? {},
  ]);
  if (template === undefined) return undefined;
  const operations: RestOperation[] = [
    { kind: 'create', operation: create },
    { kind: 'read', operation: read },
  ];
  const list = ofCollection?.get('GET');
  const listed = list && listing(contract, list, key);
  if (list && listed && shown.add(listed.items)) operations.push({ kind: 'list', operation: list, ...listed.holder });
  const updates = (['PUT', 'PATCH', 'POST'] as const).flatMap((method) => ofItem?.get(method) ?? []);
  // A POST to an item is an update where nothing else is.
  for (const update of updates.length > 1 ? updates.filter(({ method }) => method !== 'POST') : updates) {
    if (!acceptsObject(contract, update)) continue;
    const schema = shownSchema(contract, update);
    // An answer that shows no item is as documented.
    const isShown = schema !== undefined && key in propertiesOf(contract, schema);
    if (!isShown || shown.add(schema)) operations.push({ kind: 'update', operation: update });
  }
  const remove = ofItem?.get('DELETE');
  if (remove !== undefined) operations.push({ kind: 'delete', operation: remove });
  return { path: collection, parameter, key, template, operations, shownIn: shown.all };
}

/** Schemas that show one item: the properties that several have are the same in all. */
class ShownSchemas {
  readonly all: Schema[] = [];
  readonly #contract: Contract;
  readonly #texts = new Map<string, string>();

  constructor(contract: Contract, key: string) {
    this.#contract = contract;
    // Its type may differ in words only.
    this.#texts.set(key, '');
  }

  /** @returns false for a schema that contradicts the others */
  add(schema: Schema): boolean {
    const { standalone } = this.#contract;
    const texts = Object.entries(propertiesOf(this.#contract, schema)).map(
      ([name, property]) => [name, JSON.stringify(withoutWords(standalone(property)))] as const,
    );
    if (texts.some(([name, text]) => !['', undefined, text].includes(this.#texts.get(name)))) return false;
    for (const [name, text] of texts) if (this.#texts.get(name) !== '') this.#texts.set(name, text);
    this.all.push(schema);
    return true;
  }
}

/** What a schema says to people says nothing of its values. */
function withoutWords({ description: _1, title: _2, example: _3, examples: _4, ...rest }: Schema): Schema {
  return rest;
}

function propertiesOf(contract: Contract, schema: Schema): Readonly<Record<string, Schema>> {
  const { properties } = mergedSchema(contract, schema);
  return isObject(properties) ? Object.fromEntries(Object.entries(properties).filter(isSchemaEntry)) : {};
}

function isSchemaEntry(entry: readonly [string, unknown]): entry is [string, Schema] {
  return isObject(entry[1]);
}

/** The first success with a status of its own, and its JSON. */
function successOf({ responses }: Operation): { readonly response: Response; readonly media?: MediaType } | undefined {
  const response = responses.find(({ status }) => /^2\d\d$/.test(status));
  const media = response?.content.find(({ type }) => isJson(type));
  return response && { response, ...(media === undefined ? {} : { media }) };
}

/** The schema of an object that a success shows. */
function shownSchema(contract: Contract, operation: Operation): Schema | undefined {
  const schema = successOf(operation)?.media?.schema;
  if (schema === undefined) return undefined;
  const { oneOf, anyOf, properties } = mergedSchema(contract, schema);
  return oneOf === undefined && anyOf === undefined && isObject(properties) ? schema : undefined;
}

/** What a creation shows: an item with its key, or nothing where the request has named the key. */
function createdSchema(contract: Contract, create: Operation, key: string): Schema | undefined {
  const schema = shownSchema(contract, create);
  if (schema !== undefined) return key in propertiesOf(contract, schema) ? schema : undefined;
  const success = successOf(create);
  if (success === undefined || success.response.content.length > 0) return undefined;
  const given = propertiesOf(contract, bodySchema(create) ?? {})[key];
  return given === undefined || mergedSchema(contract, given).readOnly === true
    ? undefined
    : { properties: { [key]: given } };
}

const FORM = 'application/x-www-form-urlencoded';

function bodySchema({ requestBody }: Operation): Schema | undefined {
  const content = requestBody?.content ?? [];
  return (content.find(({ type }) => isJson(type)) ?? content.find(({ type }) => type === FORM))?.schema;
}

function acceptsObject(contract: Contract, operation: Operation): boolean {
  const { requestBody } = operation;
  const schema = bodySchema(operation);
  if (schema === undefined || requestBody?.content.some(({ type }) => type === 'application/json-patch+json'))
    return false;
  return isObject(mergedSchema(contract, schema).properties);
}

/** What a listing shows: objects with the key, as a list or in the only list of an object. */
function listing(
  contract: Contract,
  operation: Operation,
  key: string,
): { readonly items: Schema; readonly holder: { readonly as?: string } } | undefined {
  if (operation.parameters.some(({ in: place, required }) => place === 'query' && required)) return undefined;
  const schema = successOf(operation)?.media?.schema;
  if (schema === undefined) return undefined;
  const { items, properties } = mergedSchema(contract, schema);
  if (isObject(items)) return key in propertiesOf(contract, items) ? { items, holder: {} } : undefined;
  if (!isObject(properties)) return undefined;
  const lists = Object.entries(propertiesOf(contract, schema)).flatMap(([as, property]) => {
    const inner = mergedSchema(contract, property).items;
    return isObject(inner) && key in propertiesOf(contract, inner) ? [{ items: inner, holder: { as } }] : [];
  });
  return lists.length === 1 ? lists[0] : undefined;
}

/** The property that a path parameter holds: of the same name, else the usual name of a key. */
function keyIn(contract: Contract, schema: Schema, parameter: string): string | undefined {
  const properties = propertiesOf(contract, schema);
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = bare(parameter);
  const usual = USUAL_KEYS.filter((name) => wanted.endsWith(name)).concat(['id', 'uuid']);
  const names = Object.keys(properties).filter((name) => isKeyType(contract, properties[name] ?? {}));
  return (
    names.find((name) => bare(name) === wanted) ?? usual.flatMap((key) => names.filter((name) => bare(name) === key))[0]
  );
}

const USUAL_KEYS = ['id', 'uuid', 'guid', 'slug', 'name', 'key', 'sid', 'gid', 'code', 'number'];

function isKeyType(contract: Contract, schema: Schema): boolean {
  return [mergedSchema(contract, schema).type].flat().some((type) => type === 'string' || type === 'integer');
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

/** A template whose keys fit everywhere: its example has the form of all of them. */
function templateFor(contract: Contract, schemas: readonly Schema[]): string | undefined {
  const validator = SchemaValidator.of(contract, { allErrors: false });
  const fits = (example: string | number) =>
    schemas.every((schema) => {
      const types = [mergedSchema(contract, schema).type].flat();
      const value = types.includes('string') ? String(example) : example;
      return validator.compile(schema)(value).length === 0;
    });
  // A number is an id only where one is asked for.
  const isNumeric = schemas.some((schema) => [mergedSchema(contract, schema).type].flat().includes('integer'));
  const patterned = schemas.flatMap((schema) => templatesOf(mergedSchema(contract, schema).pattern));
  const found = [...patterned, ...TEMPLATES]
    .filter(([, example]) => isNumeric === (typeof example === 'number'))
    .find(([, example]) => fits(example));
  return found?.[0];
}

/** A name in the form of `x-resources`, in the singular. */
function uniqueName(path: string, taken: Set<string>): string {
  const words = path
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const plural = words.at(-1) ?? 'item';
  const singular = plural.replace(/ies$/, 'y').replace(/([^siu])s$/, '$1');
  const base = /^[a-z]/.test(singular) ? singular : `item-${singular}`;
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`;
  taken.add(name);
  return name;
}
