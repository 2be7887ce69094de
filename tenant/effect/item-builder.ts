import type { Contract, Json, JsonObject, Resource, Schema, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Random } from '../random.js';
import { idFrom } from '../random.js';
import { nameOf } from '../store/name-of.js';
import { admitsNull, propertiesOf } from '../view/properties.js';
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
  readonly #resource: Resource;
  readonly #stored: ReadonlyMap<string, StoredProperty>;
  readonly #contract: Contract;
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
    this.#resource = resource;
    this.#stored = stored;
    this.#accepted = accepted === undefined ? new Map() : propertiesOf(contract, accepted);
  }

  /** The stored properties with their schemas, preferably those of the create operation. */
  get stored(): ReadonlyMap<string, Schema> {
    return new Map([...this.#stored].map(([name, { schema }]) => [name, this.#accepted.get(name) ?? schema]));
  }

  /** The properties that follow from hook values which an item of a state sets itself. */
  impliedBy(item: JsonObject, { provider }: World): JsonObject {
    const implied: Record<string, Json> = {};
    for (const [name, { role }] of this.#stored) {
      const given = Object.hasOwn(item, name) ? item[name] : undefined;
      if (role?.kind === 'hook' && given !== undefined)
        Object.assign(implied, provider.impliedProperties[role.name]?.(given));
    }
    return implied;
  }

  /** Why a state may not set some of these values: property → sentence. */
  stateProblems(item: JsonObject, { provider }: World): ReadonlyMap<string, string> {
    const problems = new Map<string, string>();
    for (const [name, { role }] of this.#stored) {
      const given = Object.hasOwn(item, name) ? item[name] : undefined;
      if (role?.kind !== 'hook' || given === undefined) continue;
      const problem = provider.stateChecks[role.name]?.(given);
      if (problem !== undefined) problems.set(name, problem);
    }
    return problems;
  }

  /** The properties of a new item. @param trusted whether the body may set generated properties */
  create(body: JsonObject, world: World, trusted: boolean): JsonObject {
    const item: Record<string, Json> = {};
    const now = timestamp(world);
    for (const [name, { schema, role }] of this.#stored) {
      const given =
        trusted || this.#accepted.size === 0 || this.#accepted.has(name) ? this.#given(name, body, schema) : undefined;
      const value =
        name === this.#resource.key && role?.kind === 'id'
          ? keyOrNewId(role.template, given, world.random)
          : given !== undefined
            ? given
            : (generated(role, world.random, now) ??
              this.#defaultOf(this.#accepted.get(name)) ??
              this.#defaultOf(schema));
      if (value !== undefined) item[name] = this.#withDefaults(this.#withoutNulls(value, schema), schema);
    }
    this.#derive(item, world, now);
    return item;
  }

  /**
   * The properties of an item after an update. A value replaces the stored one; null removes it, or restores a derived
   * value; a free-form object is merged one level deep.
   */
  update(before: JsonObject, body: JsonObject, world: World): JsonObject {
    const item: Record<string, Json> = { ...before };
    const removed = new Set<string>();
    const now = timestamp(world);
    for (const [name, { schema, role }] of this.#stored) {
      if (role?.kind === 'updated-at') item[name] = now;
      if (role?.kind === 'id' || role?.kind === 'created-at' || !Object.hasOwn(body, name)) continue;
      const value = body[name];
      if (value === undefined || (value === null && !admitsNull(this.#contract, schema))) {
        delete item[name];
        // A list without values is empty.
        if (this.#contract.resolve(schema).type === 'array') item[name] = [];
        else removed.add(name);
      } else {
        const shown = this.#withoutNulls(value, schema);
        item[name] = this.#merges(schema, before[name], value) ? merged(before[name], value) : shown;
      }
    }
    if (removed.size > 0) this.#derive(item, world, now, removed);
    return item;
  }

  /** Null counts as missing where no answer may show it. */
  #given(name: string, body: JsonObject, schema: Schema): Json | undefined {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    return value === null && !admitsNull(this.#contract, schema) ? undefined : value;
  }

  /** Removes nested nulls that no answer may show: requests accept null where it removes a value. */
  #withoutNulls(value: Json, schema: Schema): Json {
    if (!isObject(value)) return value;
    const declared = propertiesOf(this.#contract, schema);
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const property = declared.get(name);
        if (property === undefined) return [[name, inner]];
        return inner === null && !admitsNull(this.#contract, property)
          ? []
          : [[name, this.#withoutNulls(inner, property)]];
      }),
    );
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

  #merges(schema: Schema, before: Json | undefined, value: Json | undefined): boolean {
    return isObject(value) && isObject(before) && propertiesOf(this.#contract, schema).size === 0;
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
    for (const [name, { role }] of this.#stored) {
      if (!names.has(name)) continue;
      const source = role?.kind === 'default' ? item[role.property] : undefined;
      if (item[name] === undefined && source !== undefined) item[name] = source;
    }
    for (const [name, { role }] of this.#stored) {
      if (role?.kind !== 'hook' || !names.has(name)) continue;
      const context = { given: item[name], properties: item, random: world.random, now };
      const value = world.provider.createHooks[role.name]?.(context);
      if (value !== undefined) item[name] = value;
    }
  }
}

/** Merges free-form objects one level deep; null removes an entry. */
function merged(before: Json | undefined, value: Json): Json {
  const entries = { ...(isObject(before) ? before : {}), ...(isObject(value) ? value : {}) };
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== null));
}

function structuralProperties(resource: Resource): ReadonlySet<string> {
  const { key, aliases, unique, refers, grants } = resource;
  const granting = grants === undefined ? [] : [grants.to, grants.audience, grants.scopes];
  return new Set([key, ...aliases, ...unique.flat(), ...refers.map(({ property }) => property), ...granting]);
}

function generated(role: ValueRole | undefined, random: Random, now: string): Json | undefined {
  if (role?.kind === 'id') return idFrom(role.template, random);
  return role?.kind === 'created-at' || role?.kind === 'updated-at' ? now : undefined;
}

/** A given key is used as it is, whatever its format: the ids of other providers differ from the template. */
function keyOrNewId(template: string, given: Json | undefined, random: Random): Json {
  return given !== undefined && nameOf(given) !== undefined ? given : idFrom(template, random);
}

function timestamp(world: World): string {
  return new Date(world.clock()).toISOString();
}
