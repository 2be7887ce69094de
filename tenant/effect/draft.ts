import type { Contract, Json, JsonObject, Resource, Schema, ValueRole } from '../../contract/contract.js';
import type { Random } from '../random.js';
import { idFrom } from '../random.js';
import { nameOf } from '../store/name-of.js';
import { admitsNull, isSchema, propertiesOf } from '../view/properties.js';
import type { World } from './world.js';

interface Kept {
  readonly schema: Schema;
  readonly role: ValueRole | undefined;
}

/**
 * Which properties the tenant keeps of a resource, and where each comes from: what was sent, a default, a template for
 * ids, the time. Kept is what any answer shows, and what names it, makes it unique or refers to others; a password that
 * no answer shows is forgotten at once.
 */
export class Draft {
  readonly #resource: Resource;
  readonly #kept: ReadonlyMap<string, Kept>;
  readonly #contract: Contract;
  /** What the create operation takes; empty where there is none, or where it takes anything. */
  readonly #sent: ReadonlyMap<string, Schema>;

  /**
   * @param shownIn the schemas in which the resource shows
   * @param sent the schema of what its create operation takes
   */
  constructor(contract: Contract, resource: Resource, shownIn: readonly Schema[], sent: Schema | undefined) {
    const kept = new Map<string, Kept>();
    for (const name of structural(resource)) kept.set(name, { schema: {}, role: undefined });
    for (const schema of shownIn) {
      for (const [name, property] of propertiesOf(contract, schema)) {
        const role = contract.valueOf(property);
        if (kept.get(name)?.role === undefined) kept.set(name, { schema: property, role });
      }
    }
    this.#contract = contract;
    this.#resource = resource;
    this.#kept = kept;
    this.#sent = sent === undefined ? new Map() : propertiesOf(contract, sent);
  }

  /** The properties that are kept, with their schemas; those of a request where it has one. */
  get kept(): ReadonlyMap<string, Schema> {
    return new Map([...this.#kept].map(([name, { schema }]) => [name, this.#sent.get(name) ?? schema]));
  }

  /** What values that hooks would make, where an item of a state gives them, say of its other properties. */
  impliedBy(item: JsonObject, { provider }: World): JsonObject {
    const implied: Record<string, Json> = {};
    for (const [name, { role }] of this.#kept) {
      const given = Object.hasOwn(item, name) ? item[name] : undefined;
      if (role?.kind === 'hook' && given !== undefined) Object.assign(implied, provider.implied[role.name]?.(given));
    }
    return implied;
  }

  /** A new item. @param trusted whether the body may give what the tenant makes itself */
  create(body: JsonObject, world: World, trusted: boolean): JsonObject {
    const item: Record<string, Json> = {};
    const now = timestamp(world);
    for (const [name, { schema, role }] of this.#kept) {
      const given =
        trusted || this.#sent.size === 0 || this.#sent.has(name) ? this.#given(name, body, schema) : undefined;
      const value =
        name === this.#resource.key && role?.kind === 'id'
          ? keyOf(role.template, given, world.random)
          : (given ??
            made(role, world.random, now) ??
            this.#defaultOf(this.#sent.get(name)) ??
            this.#defaultOf(schema));
      if (value !== undefined) item[name] = this.#filled(value, schema);
    }
    this.#derive(item, world, now);
    return item;
  }

  /**
   * What an update leaves: properties sent replace, null removes, or brings back what follows from others; a free-form
   * object is merged one level deep.
   */
  update(before: JsonObject, body: JsonObject, world: World): JsonObject {
    const item: Record<string, Json> = { ...before };
    const removed = new Set<string>();
    const now = timestamp(world);
    for (const [name, { schema, role }] of this.#kept) {
      if (role?.kind === 'updated-at') item[name] = now;
      if (role?.kind === 'id' || role?.kind === 'created-at' || !Object.hasOwn(body, name)) continue;
      const value = body[name];
      if (value === undefined || (value === null && !admitsNull(this.#contract, schema))) {
        delete item[name];
        removed.add(name);
      } else item[name] = this.#merges(schema, before[name], value) ? merged(before[name], value) : value;
    }
    if (removed.size > 0) this.#derive(item, world, now, removed);
    return item;
  }

  #given(name: string, body: JsonObject, schema: Schema): Json | undefined {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    return value === null && !admitsNull(this.#contract, schema) ? undefined : value;
  }

  /** Defaults inside an object that was sent in part. */
  #filled(value: Json, schema: Schema): Json {
    if (!isSchema(value)) return value;
    const filled: Record<string, Json> = { ...value };
    for (const [name, property] of propertiesOf(this.#contract, schema)) {
      const inner = filled[name] ?? this.#defaultOf(property);
      if (inner !== undefined) filled[name] = this.#filled(inner, property);
    }
    return filled;
  }

  #defaultOf(schema: Schema | undefined): Json | undefined {
    return schema === undefined ? undefined : (schema.default ?? this.#contract.resolve(schema).default);
  }

  /** The properties of an update that are neither what was there nor what was sent, but both in one. */
  mergedBy(before: JsonObject, body: JsonObject): readonly string[] {
    return [...this.#kept].flatMap(([name, { schema }]) =>
      Object.hasOwn(body, name) && this.#merges(schema, before[name], body[name]) ? [name] : [],
    );
  }

  #merges(schema: Schema, before: Json | undefined, value: Json | undefined): boolean {
    return isSchema(value) && isSchema(before) && propertiesOf(this.#contract, schema).size === 0;
  }

  /**
   * What follows from other properties: first their copies, then what hooks make of them.
   *
   * @param now ISO 8601
   * @param names all of them, unless given
   */
  #derive(
    item: Record<string, Json>,
    world: World,
    now: string,
    names: { has(name: string): boolean } = this.#kept,
  ): void {
    for (const [name, { role }] of this.#kept) {
      if (!names.has(name)) continue;
      const source = role?.kind === 'default' ? item[role.property] : undefined;
      if (item[name] === undefined && source !== undefined) item[name] = source;
    }
    for (const [name, { role }] of this.#kept) {
      if (role?.kind !== 'hook' || !names.has(name)) continue;
      const making = { given: item[name], properties: item, random: world.random, now };
      const value = world.provider.created[role.name]?.(making);
      if (value !== undefined) item[name] = value;
    }
  }
}

/** Free-form objects at their first level; null takes an entry away. */
function merged(before: Json | undefined, value: Json): Json {
  const entries = { ...(isSchema(before) ? before : {}), ...(isSchema(value) ? value : {}) };
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== null));
}

function structural(resource: Resource): ReadonlySet<string> {
  const { key, aliases, unique, refers, grants } = resource;
  const granting = grants === undefined ? [] : [grants.to, grants.audience, grants.scopes];
  return new Set([key, ...aliases, ...unique.flat(), ...refers.map(({ property }) => property), ...granting]);
}

function made(role: ValueRole | undefined, random: Random, now: string): Json | undefined {
  if (role?.kind === 'id') return idFrom(role.template, random);
  return role?.kind === 'created-at' || role?.kind === 'updated-at' ? now : undefined;
}

/** A key that was given is the key, whatever its form: another provider's ids have forms of their own. */
function keyOf(template: string, given: Json | undefined, random: Random): Json {
  return given !== undefined && nameOf(given) !== undefined ? given : idFrom(template, random);
}

function timestamp(world: World): string {
  return new Date(world.clock()).toISOString();
}
