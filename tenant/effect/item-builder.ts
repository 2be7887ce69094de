import type { Contract, Json, JsonObject, Resource, Schema, ValueRole } from '../../contract/contract.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { isObject } from '../../contract/pointer.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { admitsNull } from '../../contract/schema/admits-null.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import type { Random } from '../random.js';
import { idFrom } from '../random.js';
import { nameOf, namingProperties } from '../store/name-of.js';
import { isKeyList, propertiesOf } from '../view/properties.js';
import { kindIn } from './kind.js';
import type { World } from './world.js';

interface StoredProperty {
  readonly schema: Schema;
  readonly role: ValueRole | undefined;
}

/**
 * Builds the properties of a resource's items from request bodies, defaults, id templates and the clock. An item stores
 * the properties that any answer returns, and those that identify it, make it unique or refer to other items. A
 * property that no answer returns, such as a password, is not stored.
 */
export class ItemBuilder {
  /** The stored properties with their schemas, preferably those of the create operation. */
  readonly stored: ReadonlyMap<string, Schema>;
  /** The properties that show a set as a list of keys, each with its relation. */
  readonly keySets: readonly { readonly name: string; readonly relation: string }[];
  /** The stored properties; of idle ones there is a value only if one is given. */
  readonly #parts: readonly (StoredProperty & { readonly name: string; readonly isIdle: boolean })[];
  /** The properties that have the value of others unless they are given: of the first that is set. */
  readonly #copies: readonly { readonly name: string; readonly from: readonly string[] }[];
  /** The properties whose values provider-specific code makes, and its hooks. */
  readonly #hooks: readonly { readonly name: string; readonly hook: string }[];
  readonly #resource: Resource;
  readonly #stored: ReadonlyMap<string, StoredProperty>;
  readonly #contract: Contract;
  /** The properties that an answer requires. */
  readonly #required: ReadonlySet<string>;
  /** The properties of the create operation's body; empty without such an operation, or if its body is free-form. */
  readonly #accepted: ReadonlyMap<string, Schema>;

  /**
   * @param returnedIn the schemas of the answers that return the resource
   * @param accepted the body schema of its create operation
   */
  constructor(contract: Contract, resource: Resource, returnedIn: readonly Schema[], accepted: Schema | undefined) {
    const stored = new Map<string, StoredProperty>();
    for (const name of structuralProperties(resource)) stored.set(name, { schema: {}, role: undefined });
    for (const schema of returnedIn) {
      for (const [name, property] of propertiesOf(contract, schema)) {
        const role = contract.valueOf(property);
        if (stored.get(name)?.role === undefined) stored.set(name, { schema: property, role });
      }
    }
    this.#contract = contract;
    this.#required = new Set(
      returnedIn.flatMap((schema) => {
        const { required } = resource.derived === true ? mergedSchema(contract, schema) : contract.resolve(schema);
        return Array.isArray(required) ? required.map(String) : [];
      }),
    );
    this.#resource = resource;
    this.#stored = stored;
    this.#accepted = new Map(
      [...(accepted === undefined ? [] : propertiesOf(contract, accepted))].filter(
        ([, schema]) => contract.resolve(schema).readOnly !== true,
      ),
    );
    this.#hooks = [...stored].flatMap(([name, { role }]) => (role?.kind === 'hook' ? [{ name, hook: role.name }] : []));
    this.#copies = [...stored].flatMap(([name, { role }]) =>
      role?.kind === 'default' ? [{ name, from: role.properties }] : [],
    );
    this.#parts = [...stored].map(([name, { schema, role }]) => {
      const isGenerated = role?.kind === 'id' || role?.kind === 'created-at' || role?.kind === 'updated-at';
      const hasDefault = [this.#accepted.get(name), schema].some((each) => this.#defaultOf(each) !== undefined);
      return { name, schema, role, isIdle: !isGenerated && !hasDefault };
    });
    this.keySets = [...stored].flatMap(([name, { schema, role }]) =>
      role?.kind === 'relation' && isKeyList(contract, schema) ? [{ name, relation: role.relation }] : [],
    );
    this.stored = new Map([...stored].map(([name, { schema }]) => [name, this.#accepted.get(name) ?? schema]));
  }

  /** The hook that makes the value of a property. */
  hookOf(property: string): string | undefined {
    return this.#hooks.find(({ name }) => name === property)?.hook;
  }

  /** The template of generated keys; undefined if keys are not generated. */
  get keyTemplate(): string | undefined {
    const role = this.#stored.get(this.#resource.key)?.role;
    return role?.kind === 'id' ? role.template : undefined;
  }

  /** Whether a property is a text that is stored as it is given, and has no value of its own unless it is the key. */
  isKeptText(name: string): boolean {
    const part = this.#parts.find((each) => each.name === name);
    if (part === undefined) return false;
    const { type } = this.#contract.resolve(this.stored.get(name) ?? {});
    const isText = type === 'string' && this.#contract.resolve(part.schema).format !== 'date-time';
    const isGivenOnly = part.isIdle && part.role === undefined;
    return isText && (isGivenOnly || (name === this.#resource.key && part.role?.kind === 'id'));
  }

  /** The properties that follow from hook values which an item of a state sets itself. */
  impliedBy(item: JsonObject, { provider }: World): JsonObject {
    let implied = NOTHING;
    for (const { name, hook } of this.#hooks) {
      const given = Object.hasOwn(item, name) ? item[name] : undefined;
      if (given !== undefined) implied = { ...implied, ...provider.impliedProperties[hook]?.(given) };
    }
    return implied;
  }

  /** Why a state may not set some of these values: property → sentence. */
  stateProblems(item: JsonObject, { provider }: World): ReadonlyMap<string, string> {
    const problems = new Map<string, string>();
    for (const { name, hook } of this.#hooks) {
      const given = Object.hasOwn(item, name) ? item[name] : undefined;
      if (given === undefined) continue;
      const problem = provider.stateChecks[hook]?.(given);
      if (problem !== undefined) problems.set(name, problem);
    }
    return problems;
  }

  /**
   * The properties of a new item.
   *
   * @param trusted whether the body may set generated properties
   * @param foreignKeys properties that do not come from the body
   */
  create(body: JsonObject, world: World, trusted: boolean, foreignKeys: JsonObject = {}): JsonObject {
    const item: Record<string, Json> = { ...foreignKeys };
    const now = timestamp(world);
    for (const { name, schema, role, isIdle } of this.#parts) {
      // Most properties of most items are neither given nor generated.
      if ((isIdle && body[name] === undefined) || Object.hasOwn(foreignKeys, name)) continue;
      const given =
        trusted || this.#accepted.size === 0 || this.#accepted.has(name) ? this.#given(name, body, schema) : undefined;
      const value =
        name === this.#resource.key && role?.kind === 'id'
          ? this.#typed(
              this.#keyFrom(() => this.#templateOf(role, body, world), given, { trusted, random: world.random }),
              schema,
            )
          : given !== undefined
            ? given
            : (generated(role, world.random, now) ??
              this.#defaultOf(this.#accepted.get(name)) ??
              this.#defaultOf(schema));
      if (value !== undefined) item[name] = this.#withDefaults(value, schema);
    }
    this.#derive(item, world, now);
    return this.#resource.derived === true ? this.#completed(item) : item;
  }

  /** The template of the ids of items of this kind. */
  #templateOf(role: Extract<ValueRole, { kind: 'id' }>, body: JsonObject, { store }: World): string {
    const kind = role.ofKind.size === 0 ? undefined : kindIn(store, this.#resource, body);
    return (kind === undefined ? undefined : role.ofKind.get(kind)) ?? role.template;
  }

  #keyFrom(
    templateOf: () => string,
    given: Json | undefined,
    { trusted, random }: { readonly trusted: boolean; readonly random: Random },
  ): Json {
    if (trusted && given !== undefined && nameOf(given) !== undefined) return given;
    const template = templateOf();
    return withPrefix(template, given) ?? idFrom(template, random);
  }

  /** A key as its schema has it: ids may be numbers. */
  #typed(key: Json, schema: Schema): Json {
    if (typeof key !== 'string') return key;
    // A number has no zeros in front.
    const value = valueOfText(this.#contract, schema, [key.replace(/^0+(?=\d)/, '')]);
    return typeof value === 'number' ? value : key;
  }

  /**
   * An item as answers of the document show it: what they require has a sample value, and what a request gives in another
   * form than answers show is not stored.
   */
  #completed(item: JsonObject): JsonObject {
    const validator = SchemaValidator.of(this.#contract, { allErrors: false, direction: 'answer' });
    const complete = new Map<string, Json>();
    for (const [name, { schema }] of this.#stored) {
      const value = item[name];
      const isShown = value !== undefined && validator.compile(schema)(value).length === 0;
      if (isShown) complete.set(name, value);
      else if (this.#required.has(name))
        complete.set(name, sampleValue(this.#contract, schema, { direction: 'answer', name }));
    }
    return Object.fromEntries(complete);
  }

  /**
   * The properties of an item after an update. The generated value of `renew` is generated anew. A value replaces the stored one; null removes it, or restores a derived
   * value; an object that the contract marks with `x-update: merge` is merged one level deep.
   */
  update(before: JsonObject, body: JsonObject, world: World, renew?: string): JsonObject {
    const item: Record<string, Json> = { ...before, ...this.#derivedFrom(before, world) };
    const removed = new Set<string>();
    const now = timestamp(world);
    for (const [name, { schema, role }] of this.#stored) {
      if (role?.kind === 'updated-at') item[name] = now;
      if (role?.kind === 'id' || role?.kind === 'created-at' || !Object.hasOwn(body, name)) continue;
      const value = body[name];
      if (this.#removes(value, schema)) {
        delete item[name];
        for (const other of this.#removedWith(schema)) if (!Object.hasOwn(body, other)) delete item[other];
        if (this.#isEmptyThen(name, schema)) item[name] = [];
        else removed.add(name);
      } else {
        item[name] = this.#merges(schema, before[name], value)
          ? merged(before[name], value)
          : this.#asStored(value, schema);
      }
    }
    if (renew !== undefined) {
      const role = this.#stored.get(renew)?.role;
      delete item[renew];
      const value = generated(role, world.random, now);
      if (value === undefined) removed.add(renew);
      else item[renew] = value;
    }
    if (removed.size > 0) this.#derive(item, world, now, removed);
    return this.#resource.derived === true ? this.#completed(item) : item;
  }

  /** What followed from the properties of an item does so no longer once they change, and is stored. */
  #derivedFrom(before: JsonObject, { provider }: World): JsonObject {
    const derived: Record<string, Json> = {};
    for (const { name, hook } of this.#hooks) {
      const value = before[name] === undefined ? provider.derivedHooks[hook]?.(before) : undefined;
      if (value !== undefined) derived[name] = value;
    }
    return derived;
  }

  /** Null counts as missing where no answer may show it. */
  #given(name: string, body: JsonObject, schema: Schema): Json | undefined {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined || (value === null && !this.#storesNull(schema))) return undefined;
    return this.#asStored(value, schema);
  }

  /**
   * A null that no answer may show is not stored, at any depth: the service removes the property (recorded). A list that
   * answers show as a set is stored without repeated entries.
   */
  #asStored(value: Json, schema: Schema): Json {
    if (typeof value === 'string') return this.#normalized(value, schema);
    if (Array.isArray(value)) {
      const { items, uniqueItems } = this.#contract.resolve(schema);
      const entries = isObject(items) ? value.map((entry: Json) => this.#asStored(entry, items)) : value;
      return uniqueItems === true ? withoutRepeats(entries) : entries;
    }
    if (!isObject(value)) return value;
    const declared = propertiesOf(this.#contract, schema);
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
        const property = declared.get(name) ?? {};
        if (inner === null && !(declared.has(name) && admitsNull(this.#contract, property))) return [];
        if (this.#contract.resolve(property).writeOnly === true) return [];
        return [[name, this.#asStored(inner, property)]];
      }),
    );
  }

  /** The service returns times in UTC with milliseconds, whatever their offset was (recorded). */
  #normalized(value: string, schema: Schema): string {
    const time = this.#contract.resolve(schema).format === 'date-time' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? value : new Date(time).toISOString();
  }

  /** Adds the defaults of missing nested properties. */
  #withDefaults(value: Json, schema: Schema): Json {
    if (!isObject(value)) return value;
    const complete: Record<string, Json> = { ...value };
    for (const [name, property] of propertiesOf(this.#contract, schema)) {
      const inner = complete[name] ?? this.#defaultOf(property);
      if (inner !== undefined) complete[name] = this.#withDefaults(inner, property);
    }
    return complete;
  }

  #defaultOf(schema: Schema | undefined): Json | undefined {
    return schema === undefined ? undefined : (schema.default ?? this.#contract.resolve(schema).default);
  }

  /** The properties whose value after an update is a merge of the stored one and the one sent. */
  mergedBy(before: JsonObject, body: JsonObject): readonly string[] {
    return [...this.#stored].flatMap(([name, { schema }]) =>
      Object.hasOwn(body, name) && this.#merges(schema, before[name], body[name]) ? [name] : [],
    );
  }

  /** Whether a value sent for a property removes it: null, and for some properties an empty text or object. */
  #removes(value: Json | undefined, schema: Schema): value is undefined | null {
    if (value === undefined || (value === null && !this.#storesNull(schema))) return true;
    const isEmpty = value === '' || (isObject(value) && Object.keys(value).length === 0);
    return isEmpty && this.#updates(schema, 'empty-removes');
  }

  /** Whether null is stored: answers may show it, and it does not remove the property. */
  #storesNull(schema: Schema): boolean {
    return admitsNull(this.#contract, schema) && !this.#updates(schema, 'null-removes');
  }

  /** Whether `x-update` of a property has this word. */
  #updates(schema: Schema, word: 'merge' | 'empty-removes' | 'null-removes'): boolean {
    return this.#updateWords(schema).includes(word);
  }

  #updateWords(schema: Schema): readonly Json[] {
    const words = schema['x-update'] ?? this.#contract.resolve(schema)['x-update'];
    return Array.isArray(words) ? words : words === undefined ? [] : [words];
  }

  /** The properties that are removed together with a property. */
  #removedWith(schema: Schema): readonly string[] {
    return this.#updateWords(schema).flatMap((word) =>
      isObject(word) && typeof word.removes === 'string' ? [word.removes] : [],
    );
  }

  /** A list is empty after its removal if every answer shows it, or if it is empty by default. */
  #isEmptyThen(name: string, schema: Schema): boolean {
    if (this.#required.has(name) && this.#contract.resolve(schema).type === 'array') return true;
    const value = this.#defaultOf(this.#accepted.get(name));
    return Array.isArray(value) && value.length === 0;
  }

  #merges(schema: Schema, before: Json | undefined, value: Json | undefined): boolean {
    return isObject(value) && isObject(before) && this.#updates(schema, 'merge');
  }

  /**
   * Sets derived properties: copies of other properties first, then the values of hooks.
   *
   * @param now ISO 8601
   * @param names the properties to derive, by default all
   */
  #derive(
    item: Record<string, Json>,
    world: World,
    now: string,
    names: { has(name: string): boolean } = this.#stored,
  ): void {
    for (const { name, from } of this.#copies) {
      const source = from.map((each) => item[each]).find((value) => value !== undefined);
      if (item[name] === undefined && source !== undefined && names.has(name)) item[name] = source;
    }
    for (const { name, hook } of this.#hooks) {
      if (!names.has(name)) continue;
      const context = { given: item[name], properties: item, random: world.random, now };
      const value = world.provider.createHooks[hook]?.(context);
      if (value !== undefined) item[name] = value;
    }
  }
}

const NOTHING: JsonObject = {};

function withoutRepeats(list: readonly Json[]): readonly Json[] {
  return [...new Map(list.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** Merges objects one level deep; null removes an entry. An empty object removes all of them (recorded). */
function merged(before: Json | undefined, value: Json): Json {
  if (isObject(value) && Object.keys(value).length === 0) return value;
  const entries = { ...(isObject(before) ? before : {}), ...(isObject(value) ? value : {}) };
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== null));
}

function structuralProperties(resource: Resource): ReadonlySet<string> {
  const { unique, refers, grants } = resource;
  const granting = grants === undefined ? [] : [grants.to, grants.audience, grants.scopes];
  return new Set([
    ...namingProperties(resource),
    ...unique.flat(),
    ...refers.map(({ property }) => property),
    ...granting,
  ]);
}

function generated(role: ValueRole | undefined, random: Random, now: string): Json | undefined {
  if (role?.kind === 'id') return idFrom(role.template, random);
  return role?.kind === 'created-at' || role?.kind === 'updated-at' ? now : undefined;
}

/**
 * The key that a request gives is the part of the id that the service would make: `auth0|` comes before the id of a user
 * (recorded). The keys of a state are used as they are, whatever their format: the ids of other providers differ from
 * the template.
 */
function withPrefix(template: string, given: Json | undefined): string | undefined {
  const name = nameOf(given);
  const prefix = template.slice(0, template.indexOf('{'));
  return name === undefined || name.startsWith(prefix) ? name : `${prefix}${name}`;
}

/** The last time that was asked for: many items are made in the same millisecond, and share its text. */
let latest = { at: Number.NaN, text: '' };

function timestamp(world: World): string {
  const at = world.clock();
  if (at !== latest.at) latest = { at, text: new Date(at).toISOString() };
  return latest.text;
}
