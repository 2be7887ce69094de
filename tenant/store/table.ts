import type { JsonObject, Resource } from '../../contract/contract.js';
import type { DeferredItems } from './deferred-items.js';
import type { Entity } from './entity.js';
import { nameOf, namingProperties } from './name-of.js';
import { Sequence } from './sequence.js';
import { UniqueIndex } from './unique-index.js';

/**
 * The entities of one resource in the order of their creation, indexed by key, aliases, unique properties and
 * references. Cascades across tables are in the store.
 */
export class Table {
  readonly entities = new Sequence<Entity>();
  readonly #resource: Resource;
  /** Property → value → entity, for the key and the aliases. */
  readonly #names: ReadonlyMap<string, Map<string, Entity>>;
  readonly #uniques: readonly UniqueIndex[];
  /** Property with a foreign key → value → entities. */
  readonly #referrers: ReadonlyMap<string, Map<string, Set<Entity>>>;
  /** The items that are not made yet, and the order of the first of them. The others are in the indexes. */
  #deferred: { readonly items: DeferredItems; readonly first: number } | undefined;

  #isAllMade = false;

  constructor(resource: Resource) {
    this.#resource = resource;
    this.#names = new Map(namingProperties(resource).map((property) => [property, new Map()]));
    this.#uniques = resource.unique.map((group) => new UniqueIndex(group, resource.optionalInUnique));
    this.#referrers = new Map(resource.refers.map(({ property }) => [property, new Map()]));
  }

  /** Adds items that are made when they are first needed. Only once, and before any item that is newer than they are. */
  defer(items: DeferredItems, first: number): void {
    this.#deferred = { items, first };
    this.entities.appendDeferred(first, items.count, (order) => {
      const entity = { order, resource: this.#resource.name, properties: items.make(order - first) };
      this.#index(entity);
      return entity;
    });
  }

  /** Makes an item, unless it has been made: then the indexes have it, or it is no longer there. */
  #made(index: number | undefined): Entity | undefined {
    if (index === undefined || this.#deferred === undefined) return undefined;
    const order = this.#deferred.first + index;
    return this.entities.isDeferred(order) ? this.entities.at(order) : undefined;
  }

  /**
   * The entity whose key or one of whose aliases is `name`.
   *
   * @param parent - the key of the parent, for a resource under another
   */
  find(name: string, parent?: string): Entity | undefined {
    for (const found of this.#names.values()) {
      const entity = found.get(this.#within(name, parent));
      if (entity !== undefined) return entity;
    }
    if (this.#deferred === undefined) return undefined;
    for (const property of this.#names.keys()) {
      const entity = this.#made(this.#deferred.items.find(property, name));
      if (entity !== undefined) return entity;
    }
    return undefined;
  }

  /** The entity whose `property` has this value; indexed for keys, aliases and unique properties. */
  findBy(property: string, value: string, parent?: string): Entity | undefined {
    const { under } = this.#resource;
    if (under !== undefined && parent !== undefined) {
      return this.referring(under.property, parent).find((entity) => nameOf(entity.properties[property]) === value);
    }
    // Of a resource under another, names are indexed together with the key of the parent.
    const named = under === undefined ? this.#names.get(property) : undefined;
    const unique = named === undefined ? this.#uniques.find((each) => each.isOf(property)) : undefined;
    if (named !== undefined || unique !== undefined)
      return named?.get(value) ?? unique?.at(value) ?? this.#made(this.#deferred?.items.find(property, value));
    for (const entity of this.entities) if (nameOf(entity.properties[property]) === value) return entity;
    return undefined;
  }

  /** The entity of a resource that exists once, or once for each parent. @param parent - the key of the parent */
  only(parent: string | undefined): Entity | undefined {
    const { once, under } = this.#resource;
    if (once !== true) return undefined;
    const [entity] = under === undefined ? this.entities : this.referring(under.property, parent ?? '');
    return entity;
  }

  /** An entity other than `self` that has the same key, alias or unique properties, or exists once. */
  duplicateOf(properties: JsonObject, self?: Entity): Entity | undefined {
    const { under } = this.#resource;
    const only = this.only(under && nameOf(properties[under.property]));
    if (only !== undefined && only !== self) return only;
    for (const unique of this.#uniques) {
      const found = unique.get(properties);
      if (found !== undefined && found !== self) return found;
    }
    for (const [property, found] of this.#names) {
      const name = this.#nameIn(properties, property);
      const other = name === undefined ? undefined : found.get(name);
      if (other !== undefined && other !== self) return other;
    }
    for (const index of this.#deferred?.items.duplicatesOf(properties) ?? []) {
      const other = this.#made(index);
      if (other !== undefined) return other;
    }
    return undefined;
  }

  /** The entities whose foreign key `property` has this value. */
  referring(property: string, value: string): readonly Entity[] {
    this.#makeAll();
    return [...(this.#referrers.get(property)?.get(value) ?? [])];
  }

  /** What refers to something is known only once it is made. */
  #makeAll(): void {
    if (this.#deferred === undefined || this.#isAllMade) return;
    for (let index = 0; index < this.#deferred.items.count; index += 1) this.#made(index);
    this.#isAllMade = true;
  }

  /** Adds an entity, at the place of its order. */
  add(entity: Entity): void {
    this.entities.insert(entity);
    this.#index(entity);
  }

  holds(entity: Entity): boolean {
    return this.entities.has(entity);
  }

  replace(entity: Entity, properties: JsonObject): void {
    this.#unindex(entity);
    entity.properties = properties;
    this.#index(entity);
  }

  remove(entity: Entity): boolean {
    if (!this.entities.remove(entity)) return false;
    this.#unindex(entity);
    return true;
  }

  get resource(): Resource {
    return this.#resource;
  }

  /** A name as indexed: for a resource under another, together with the key of the parent. */
  #within(name: string, parent: string | undefined): string {
    return this.#resource.under === undefined ? name : JSON.stringify([parent ?? null, name]);
  }

  #nameIn(properties: JsonObject, property: string): string | undefined {
    const name = nameOf(properties[property]);
    const { under } = this.#resource;
    return name === undefined || under === undefined ? name : this.#within(name, nameOf(properties[under.property]));
  }

  #index(entity: Entity): void {
    for (const [property, found] of this.#names) {
      const name = this.#nameIn(entity.properties, property);
      if (name !== undefined) found.set(name, entity);
    }
    for (const unique of this.#uniques) unique.set(entity);
    for (const [property, found] of this.#referrers) {
      const name = nameOf(entity.properties[property]);
      if (name === undefined) continue;
      const referring = found.get(name);
      if (referring === undefined) found.set(name, new Set([entity]));
      else referring.add(entity);
    }
  }

  #unindex(entity: Entity): void {
    for (const [property, found] of this.#names) {
      const name = this.#nameIn(entity.properties, property);
      if (name !== undefined && found.get(name) === entity) found.delete(name);
    }
    for (const unique of this.#uniques) unique.delete(entity);
    for (const [property, found] of this.#referrers) {
      const name = nameOf(entity.properties[property]);
      const referring = name === undefined ? undefined : found.get(name);
      referring?.delete(entity);
      if (name !== undefined && referring?.size === 0) found.delete(name);
    }
  }
}
