import fc, { type Arbitrary, type GeneratorValue } from 'fast-check';
import type { JsonObject } from '../../contract/contract.js';
import { objectOr } from '../../contract/json/json-value.js';

/**
 * REST APIs as public documents describe them, without our keywords: collections and their items, some below others, with
 * keys, pages, wrappers, statuses and schemas of many habits.
 */
export const restDocument: Arbitrary<JsonObject> = fc.gen().map((draw) => new Documents(draw).document());

const NAMES = ['pet', 'order', 'user', 'team', 'invoice'];
const CHILDREN = ['comment', 'file', 'member'];

const KEY_TYPES: readonly JsonObject[] = [
  { type: 'string' },
  { type: 'integer' },
  { type: 'integer', format: 'int64' },
  { type: 'string', format: 'uuid' },
  { type: 'string', pattern: '^[a-z]{3}_[A-Za-z0-9]{8}$' },
  { type: 'string', minLength: 4, maxLength: 12 },
];

const PROPERTY_TYPES: readonly JsonObject[] = [
  { type: 'string' },
  { type: 'string', minLength: 1, maxLength: 20 },
  { type: 'string', default: 'none' },
  { type: 'string', pattern: '^[A-Z]{2,4}$' },
  ...['date', 'date-time', 'uuid', 'email', 'uri', 'ipv4'].map((format) => ({ type: 'string', format })),
  { type: 'string', enum: ['red', 'a b', 'x-y'] },
  { type: 'integer' },
  { type: 'integer', format: 'int32', minimum: 0, maximum: 50 },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'array', items: { type: 'string' }, maxItems: 3 },
  { type: 'array', items: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } }, minItems: 1 },
  { type: 'object', required: ['x'], properties: { x: { type: 'integer' }, y: { type: 'string' } } },
  { type: 'object', additionalProperties: { type: 'string' } },
];

const ERROR: JsonObject = { type: 'object', properties: { message: { type: 'string' }, code: { type: 'integer' } } };

/** A collection, and where it is. */
interface Place {
  readonly base: string;
  readonly name: string;
  /** Of the path so far. */
  readonly parameters: readonly JsonObject[];
  readonly depth: number;
}

/** A collection that paths of others may name. */
interface Collection {
  readonly name: string;
  readonly path: string;
  /** Names one of its items in a path. */
  readonly parameter: JsonObject;
  readonly key: string;
  readonly listing: JsonObject;
}

/** What the operations of one collection have in common. */
interface Shapes {
  readonly item: JsonObject;
  readonly sent: JsonObject;
  readonly listing: JsonObject;
}

class Documents {
  readonly #draw: GeneratorValue;
  readonly #schemas: Record<string, JsonObject> = {};
  readonly #paths: Record<string, JsonObject> = {};
  readonly #collections: Collection[] = [];

  constructor(draw: GeneratorValue) {
    this.#draw = draw;
  }

  document(): JsonObject {
    for (const name of this.#some(NAMES, 1, 2)) this.#collection({ base: '', name, parameters: [], depth: 0 });
    const key = this.#one([
      undefined,
      { type: 'http', scheme: 'bearer' },
      { type: 'apiKey', in: 'header', name: 'X-Key' },
    ]);
    const [owner, listed] = this.#collections;
    if (owner !== undefined && listed !== undefined && this.#often()) this.#relation(owner, listed);
    // Drawn last: what was found by seed and path before stays the same.
    const ofServer = this.#rarely() ? [{ url: 'https://api.example/v2' }] : undefined;
    const name = this.#one(['settings', 'me', 'profile']);
    if (this.#rarely()) this.#settings(name, undefined);
    if (owner !== undefined && this.#rarely()) this.#settings(`${owner.name}-${name}`, owner);
    for (const title of Object.keys(this.#schemas)) if (this.#rarely()) this.#kinds(title);
    return {
      openapi: '3.1.0',
      info: { title: 'Random', version: '1' },
      ...(ofServer && { servers: ofServer }),
      ...(key === undefined ? {} : { security: [{ key: [] }] }),
      paths: this.#paths,
      components: { schemas: this.#schemas, ...(key === undefined ? {} : { securitySchemes: { key } }) },
    };
  }

  #collection(place: Place): void {
    const { base, name, parameters, depth } = place;
    const key = this.#one(['id', 'uuid', '_id', 'key', 'slug', `${name}Id`]);
    const ofKey = this.#one(KEY_TYPES);
    // A path has each name once, and a comment may have comments.
    const parameter = `${name}${depth === 0 ? '' : depth}_${this.#one([key, 'id'])}`;
    const path = `${base}/${name}s`;
    const below = [...parameters, { name: parameter, in: 'path', required: true, schema: ofKey }];
    const shapes = this.#shapes(place, key, ofKey);
    const title = `${name}${depth}`;
    this.#paths[path] = { parameters, ...this.#ofCollection(title, shapes) };
    this.#paths[`${path}/{${parameter}}`] = { parameters: below, ...this.#ofItem(title, shapes) };
    const own = { name: parameter, in: 'path', required: true, schema: ofKey };
    if (depth === 0) this.#collections.push({ name, path, parameter: own, key, listing: shapes.listing });
    if (depth < 2 && this.#rarely())
      this.#collection({
        base: `${path}/{${parameter}}`,
        name: this.#one(CHILDREN),
        parameters: below,
        depth: depth + 1,
      });
  }

  /** What exists once, or once for each item. */
  #settings(name: string, of: Collection | undefined): void {
    const { item, sent } = this.#shapes({ base: '', name, parameters: [], depth: 0 }, 'id', { type: 'string' });
    const { delete: _, ...operations } = this.#ofItem(name, { item, sent, listing: {} });
    const base = of === undefined ? '' : `${of.path}/{${of.parameter.name}}`;
    this.#paths[`${base}/${name}`] = { ...(of !== undefined && { parameters: [of.parameter] }), ...operations };
  }

  /** Items of one collection that belong to one of another: full paths change that, or lists in bodies. */
  #relation(owner: Collection, listed: Collection): void {
    const path = `${owner.path}/{${owner.parameter.name}}/${listed.name}s`;
    if (path in this.#paths) return;
    const done = { 204: { description: 'Done' }, ...this.#errors(400, 404) };
    const list = {
      parameters: [owner.parameter],
      get: { operationId: 'list_linked', responses: { 200: json(listed.listing), ...this.#errors(401, 404) } },
    };
    const ofKey: JsonObject = objectOr(listed.parameter.schema);
    const form = this.#one(['path', 'keys', 'property', 'objects']);
    if (form === 'path') {
      this.#paths[path] = list;
      this.#paths[`${path}/{${listed.parameter.name}}`] = {
        parameters: [owner.parameter, listed.parameter],
        put: { operationId: 'link', responses: done },
        delete: { operationId: 'unlink', responses: done },
      };
      return;
    }
    const entry: JsonObject =
      form === 'objects' ? { type: 'object', required: [listed.key], properties: { [listed.key]: ofKey } } : ofKey;
    const entries: JsonObject = { type: 'array', items: entry, ...(this.#rarely() ? { maxItems: 5 } : {}) };
    const [property] = form === 'property' ? [this.#one([`${listed.name}s`, `${listed.name}_${listed.key}s`])] : [];
    const body =
      property === undefined ? entries : { type: 'object', required: [property], properties: { [property]: entries } };
    const change = (operationId: string) => ({
      operationId,
      requestBody: { required: true, ...json(body) },
      responses: done,
    });
    this.#paths[path] = { ...list, post: change('link'), delete: change('unlink') };
  }

  #shapes({ name, depth }: Place, key: string, ofKey: JsonObject): Shapes {
    const properties = Object.fromEntries(
      Array.from({ length: this.#draw(fc.integer, { min: 1, max: 4 }) }, (_, index) => [`p${index}`, this.#property()]),
    );
    const required = Object.keys(properties).filter((each) => properties[each]?.readOnly !== true && this.#often());
    const ofId = this.#often() ? { ...ofKey, readOnly: true } : ofKey;
    const title = `${name}${depth}`;
    this.#schemas[title] = {
      type: 'object',
      required: [...required, key],
      properties: { [key]: ofId, ...properties },
      ...(this.#rarely() ? { additionalProperties: false } : {}),
    };
    const item: JsonObject = { $ref: `#/components/schemas/${title}` };
    const wrapper = this.#one([undefined, undefined, 'data', name]);
    const list = this.#one([undefined, 'items', 'data', `${name}s`]);
    const items: JsonObject = { type: 'array', items: item };
    const next: JsonObject = this.#rarely() ? { next_cursor: { type: ['string', 'null'] } } : {};
    return {
      item: wrapper === undefined ? item : { type: 'object', required: [wrapper], properties: { [wrapper]: item } },
      sent: this.#often() ? item : { type: 'object', required, properties },
      listing:
        list === undefined
          ? items
          : { type: 'object', required: [list], properties: { [list]: items, total: { type: 'integer' }, ...next } },
    };
  }

  /** Lets a schema have children, which a discriminator tells apart. */
  #kinds(title: string): void {
    const { required, properties, additionalProperties, ...schema } = this.#schemas[title] ?? {};
    const names = ['Small', 'Large'].map((name) => `${title}${name}`);
    const mapping = Object.fromEntries(names.map((name, index) => [`kind-${index}`, `#/components/schemas/${name}`]));
    const isMapped = this.#often();
    const kind = { type: 'string', ...(this.#rarely() ? { enum: isMapped ? Object.keys(mapping) : names } : {}) };
    this.#schemas[title] = {
      ...schema,
      required: [...(Array.isArray(required) ? required : []), ...(this.#often() ? ['kind'] : [])],
      properties: { ...objectOr(properties), kind },
      discriminator: { propertyName: 'kind', ...(isMapped ? { mapping } : {}) },
      ...(additionalProperties === undefined ? {} : { additionalProperties }),
    };
    for (const name of names) {
      // Both have it, often in different forms.
      const own = { size: this.#property(), ...(this.#rarely() ? { [`of_${name}`]: this.#property() } : {}) };
      const form = { type: 'object', properties: own, required: this.#often() ? ['size'] : [] };
      this.#schemas[name] = { allOf: [{ $ref: `#/components/schemas/${title}` }, form] };
    }
  }

  #property(): JsonObject {
    const schema = this.#one(PROPERTY_TYPES);
    return {
      ...(this.#rarely() ? this.#orNull(schema) : schema),
      ...this.#one<JsonObject>([{}, {}, {}, {}, { readOnly: true }, { writeOnly: true }]),
    };
  }

  /** The same or null, as documents say it. */
  #orNull(schema: JsonObject): JsonObject {
    const { type, ...rest } = schema;
    return this.#one<JsonObject>([
      { anyOf: [schema, { type: 'null' }] },
      ...(schema.enum === undefined
        ? [
            { ...rest, type: [String(type), 'null'] },
            { ...rest, oneOf: [{ type: String(type) }, { type: 'null' }] },
          ]
        : []),
    ]);
  }

  #ofCollection(title: string, { item, sent, listing }: Shapes): JsonObject {
    const [size, place] = this.#one([[], ['limit', 'offset'], ['per_page', 'page'], ['limit', 'cursor']]);
    const query = [size, place].flatMap((name) => {
      const schema = name === 'cursor' ? { type: 'string' } : { type: 'integer', minimum: name === 'offset' ? 0 : 1 };
      return name === undefined ? [] : [{ name, in: 'query', schema }];
    });
    const made = this.#one(['201', '201', '200', '202']);
    return {
      get: {
        operationId: `list_${title}`,
        parameters: query,
        responses: { 200: json(listing), ...this.#errors(400, 401) },
      },
      post: {
        operationId: `create_${title}`,
        requestBody: { required: true, ...json(sent) },
        responses: { [made]: json(item), ...this.#errors(400, 401, 409, 422) },
      },
    };
  }

  #ofItem(title: string, { item, sent }: Shapes): JsonObject {
    const patch: JsonObject = { ...sent, required: [] };
    const update = this.#one<JsonObject>([
      {},
      {
        put: {
          operationId: `replace_${title}`,
          requestBody: { required: true, ...json(sent) },
          responses: { 200: json(item), ...this.#errors(400, 404, 422) },
        },
      },
      {
        patch: {
          operationId: `change_${title}`,
          requestBody: json(sent.$ref === undefined ? patch : sent),
          responses: { 200: json(item), ...this.#errors(400, 404, 422) },
        },
      },
    ]);
    const remove = {
      operationId: `delete_${title}`,
      responses: { ...(this.#often() ? { 204: { description: 'Gone' } } : { 200: json(item) }), ...this.#errors(404) },
    };
    return {
      get: { operationId: `read_${title}`, responses: { 200: json(item), ...this.#errors(401, 404) } },
      ...update,
      ...(this.#often() ? { delete: remove } : {}),
    };
  }

  #errors(...statuses: readonly number[]): JsonObject {
    return Object.fromEntries(statuses.filter(() => this.#often()).map((status) => [status, json(ERROR)]));
  }

  #one<T>(list: readonly T[]): T {
    // The list is not empty.
    return list[this.#draw(fc.nat, { max: list.length - 1 })] as T;
  }

  #some<T>(list: readonly T[], minLength: number, maxLength: number): readonly T[] {
    return this.#draw(fc.shuffledSubarray<T>, [...list], { minLength, maxLength });
  }

  #often(): boolean {
    return this.#draw(fc.integer, { min: 1, max: 10 }) <= 6;
  }

  #rarely(): boolean {
    return this.#draw(fc.integer, { min: 1, max: 10 }) <= 3;
  }
}

function json(schema: JsonObject): JsonObject {
  return { description: 'Fine', content: { 'application/json': { schema } } };
}
