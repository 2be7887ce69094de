import type { Contract, Json, MediaType, Operation, Response, Schema } from '../contract.js';
import { FORM, includesJson } from '../http/media-type.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { objectSchema } from '../schema/object-schema.js';
import { bareName } from '../text/bare-name.js';
import { needsQuery } from '../usual-pages.js';

/** The schema of an item, or of the items of a listing. */
export interface Held {
  readonly schema: Schema;
  /** The property of the object around it; absent if there is none. */
  readonly holder?: string;
}

/** Schemas that show one item: the properties that several have are the same in all. */
export class ShownSchemas {
  readonly all: Schema[] = [];
  readonly #contract: Contract;
  readonly #texts = new Map<string, string>();

  constructor(contract: Contract, key: string) {
    this.#contract = contract;
    // Its type may differ in words only.
    this.#texts.set(key, '');
  }

  /** A schema as text, without keywords that do not change which values it allows. */
  static textOf({ standalone }: Contract, schema: Schema): string {
    const { description: _1, title: _2, example: _3, examples: _4, readOnly: _5, ...rest } = standalone(schema);
    return JSON.stringify(rest);
  }

  /** @returns false for a schema that contradicts the others */
  add(schema: Schema): boolean {
    const texts = Object.entries(propertiesOf(this.#contract, schema)).map(
      ([name, property]) => [name, ShownSchemas.textOf(this.#contract, property)] as const,
    );
    if (texts.some(([name, text]) => !['', undefined, text].includes(this.#texts.get(name)))) return false;
    for (const [name, text] of texts) if (this.#texts.get(name) !== '') this.#texts.set(name, text);
    this.all.push(schema);
    return true;
  }
}

export function propertiesOf(contract: Contract, schema: Schema): Readonly<Record<string, Schema>> {
  const { properties } = mergedSchema(contract, schema);
  return isObject(properties) ? Object.fromEntries(Object.entries(properties).filter(isSchemaEntry)) : {};
}

function isSchemaEntry(entry: readonly [string, unknown]): entry is [string, Schema] {
  return isObject(entry[1]);
}

export interface ItemQuestion {
  /** The name of the resource, in the singular. */
  readonly name: string;
  /** Whether a schema of an object is one of an item. */
  readonly isItem: (schema: Schema) => boolean;
}

/** The item that a success shows, itself or inside an object around it: `{data: {…}}`, `{song: {…}}`. */
export function shownItem(contract: Contract, operation: Operation, { name, isItem }: ItemQuestion): Held | undefined {
  const schema = objectSchema(contract, bodyOfSuccess(operation));
  if (schema === undefined) return undefined;
  return isItem(schema) ? { schema } : holdersIn(contract, schema, name).find((held) => isItem(held.schema));
}

export interface CreationQuestion {
  readonly name: string;
  readonly key: string;
  /** The item as requests give it. */
  readonly accepted: Schema;
  /** The item as its own path shows it. */
  readonly shown: Schema;
}

/**
 * The item that a creation shows: with its key, or nothing where the request or the `Location` has named the key. A body
 * without the key, such as `{"secret": "…"}`, shows nothing of the item where the document lists a `Location` beside it.
 */
export function createdItem(
  contract: Contract,
  create: Operation,
  { name, key, accepted, shown }: CreationQuestion,
): Held | undefined {
  const success = successOf(create);
  if (success === undefined) return undefined;
  const located = (): Held | undefined => {
    const schema = propertiesOf(contract, shown)[key];
    return schema && { schema: { properties: { [key]: schema } } };
  };
  if (objectSchema(contract, success.media?.schema) !== undefined) {
    const isItem = (schema: Schema): boolean => key in propertiesOf(contract, schema);
    return shownItem(contract, create, { name, isItem }) ?? (listsLocation(success.response) ? located() : undefined);
  }
  if (success.response.content.length > 0) return undefined;
  const given = propertiesOf(contract, accepted)[key];
  if (given !== undefined && mergedSchema(contract, given).readOnly !== true)
    return { schema: { properties: { [key]: given } } };
  // A 201 without a body names what was created in its `Location` (RFC 9110, 15.3.2).
  return success.response.status === '201' || listsLocation(success.response) ? located() : undefined;
}

function listsLocation({ headers }: Response): boolean {
  return headers.some(({ name }) => name === 'location');
}

export interface BodyQuestion {
  readonly name: string;
  /** The properties that answers show of an item. */
  readonly known: ReadonlySet<string>;
}

/** The item that a request gives: the body, or an object in it if that has properties of the item and the body has none. */
export function acceptedItem(
  contract: Contract,
  operation: Operation,
  { name, known }: BodyQuestion,
): Held | undefined {
  const schema = bodySchema(operation);
  if (schema === undefined || !isObject(mergedSchema(contract, schema).properties)) return undefined;
  const hasKnown = (each: Schema): boolean => Object.keys(propertiesOf(contract, each)).some((one) => known.has(one));
  const held = hasKnown(schema) ? undefined : holdersIn(contract, schema, name).find((each) => hasKnown(each.schema));
  return held ?? { schema };
}

/** Whether a request only says what to change, in a language for that. */
export function acceptsPatch({ requestBody }: Operation): boolean {
  return requestBody?.content.some(({ type }) => type === 'application/json-patch+json') === true;
}

/** What a listing shows: items, as a list or in the only list of an object. */
export function listedItems(
  contract: Contract,
  operation: Operation,
  isItem: (schema: Schema) => boolean,
): Held | undefined {
  if (needsQuery(operation)) return undefined;
  const schema = bodyOfSuccess(operation);
  if (schema === undefined) return undefined;
  const { items, oneOf, anyOf } = mergedSchema(contract, schema);
  if (isObject(items)) return isItem(items) ? { schema: items } : undefined;
  // A query may ask for an object with the total around the list; without one, it is the list.
  const forms = [oneOf, anyOf].flatMap((all) => (Array.isArray(all) ? all : [])).filter(isObject);
  const plain = forms.map((form) => mergedSchema(contract, form).items).filter(isObject);
  if (plain.length === 1 && plain[0] !== undefined && isItem(plain[0])) return { schema: plain[0] };
  const lists = Object.entries(propertiesOf(contract, schema)).flatMap(([holder, property]) => {
    const inner = mergedSchema(contract, property).items;
    return isObject(inner) && isItem(inner) ? [{ schema: inner, holder }] : [];
  });
  return lists.length === 1 ? lists[0] : undefined;
}

/** Names of a property that holds what an answer is about. */
const HOLDERS = new Set(['data', 'result', 'item', 'object', 'record', 'entity', 'resource', 'response', 'payload']);

/** Whether a property usually holds what an answer is about, whatever that is. */
export function isHolderName(name: string): boolean {
  return HOLDERS.has(bareName(name));
}

/** The objects that a schema may be around: by their names, or since there is nothing else. */
function holdersIn(contract: Contract, schema: Schema, resource: string): readonly Held[] {
  const properties = Object.entries(propertiesOf(contract, schema));
  const isNamed = (name: string): boolean => isHolderName(name) || bareName(name) === bareName(resource);
  return properties.flatMap(([holder, property]) => {
    const inner = properties.length === 1 || isNamed(holder) ? objectSchema(contract, property) : undefined;
    return inner === undefined ? [] : [{ schema: inner, holder }];
  });
}

/** Whether the success of an operation is documented, and has no body. */
export function showsNothing(operation: Operation): boolean {
  return successOf(operation)?.response.content.length === 0;
}

/** What a document shows of the success of an operation. */
export function exampleOf(operation: Operation): Json | undefined {
  return successOf(operation)?.media?.example;
}

/** The schema of what an operation shows in its first success, if that is JSON. */
export function bodyOfSuccess(operation: Operation): Schema | undefined {
  return successOf(operation)?.media?.schema;
}

/** The first success whose status is not a range, and its JSON. An object that has any type is JSON, too. */
function successOf({ responses }: Operation): { readonly response: Response; readonly media?: MediaType } | undefined {
  const response = responses.find(({ status }) => /^2\d\d$/.test(status));
  const media = response?.content.find(({ type }) => includesJson(type));
  return response && { response, ...(media === undefined ? {} : { media }) };
}

/** The schema of a body: JSON, or else a form. */
export function bodySchema({ requestBody }: Operation): Schema | undefined {
  const content = requestBody?.content ?? [];
  return (content.find(({ type }) => includesJson(type)) ?? content.find(({ type }) => type === FORM))?.schema;
}
