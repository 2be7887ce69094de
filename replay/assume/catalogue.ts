import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { lookupProperties } from '../recorded/references.js';

/** An item of a resource that a recording refers to. */
export interface Entity {
  readonly resource: Resource;
  /** The index of the exchange that created it; absent: it existed before. */
  readonly createdAt?: number;
  /** The index of the exchange that deleted it. */
  deletedAt?: number;
  /** Its properties as first recorded, or as known from requests. */
  first: JsonObject;
  /** Its known nested items, by the pointer of their list. */
  readonly items: Map<string, JsonObject[]>;
}

/** The entities of a recording, indexed by their names. */
export class Catalogue {
  readonly entities: Entity[] = [];
  readonly #byName = new Map<string, Entity[]>();

  /** @param index - the exchange that creates it; absent: it existed before */
  add(resource: Resource, item: JsonObject, index?: number): Entity {
    const entity: Entity = {
      resource,
      ...(index === undefined ? {} : { createdAt: index }),
      first: {},
      items: new Map(),
    };
    this.entities.push(entity);
    this.learn(entity, item);
    return entity;
  }

  /** Adds properties; known ones stay, because later values may be changes by the recording itself. */
  learn(entity: Entity, item: JsonObject): void {
    entity.first = { ...item, ...entity.first };
    const names = [...lookupProperties(entity.resource), ...entity.resource.unique.flat()];
    for (const property of new Set(names)) {
      const value = Object.hasOwn(item, property) ? item[property] : undefined;
      if (typeof value === 'string') this.#index(entity, property, value);
    }
  }

  /** An assumed entity without a known key that has another name of an item: an alias, or a value that is unique alone. */
  withoutKey(resource: Resource, item: JsonObject): Entity | undefined {
    const names = [...resource.aliases, ...resource.unique.flatMap((group) => (group.length === 1 ? group : []))];
    return names
      .flatMap((property) => {
        const value = Object.hasOwn(item, property) ? item[property] : undefined;
        return typeof value === 'string' ? this.all(resource.name, property, value) : [];
      })
      .find(({ createdAt, first }) => createdAt === undefined && first[resource.key] === undefined);
  }

  /** Adds what is known of an entity to another one, which is the same. */
  absorb(entity: Entity, same: Entity): void {
    this.learn(entity, same.first);
    for (const [list, items] of same.items) entity.items.set(list, [...(entity.items.get(list) ?? []), ...items]);
    this.entities.splice(this.entities.indexOf(same), 1);
    for (const [name, known] of this.#byName) {
      if (known.includes(same))
        this.#byName.set(name, [...new Set(known.map((each) => (each === same ? entity : each)))]);
    }
  }

  #index(entity: Entity, property: string, value: string): void {
    const key = nameText(entity.resource.name, property, value);
    const known = this.#byName.get(key) ?? [];
    if (!known.includes(entity)) this.#byName.set(key, [...known, entity]);
  }

  /** All entities that ever had this name, in the order of appearance. */
  all(resource: string, property: string, value: string): readonly Entity[] {
    return this.#byName.get(nameText(resource, property, value)) ?? [];
  }

  /**
   * The entity with this key, if any.
   * @param parent - the recorded id of its parent, for a resource under one
   */
  byKey(resource: Resource, key: string, parent?: string): Entity | undefined {
    return this.all(resource.name, resource.key, key).find((entity) => isUnder(entity, parent));
  }

  /**
   * The entities that have the same unique properties as an item.
   * @param index - the exchange that contains the item; absent: the order is uncertain
   */
  clashing(resource: Resource, item: JsonObject, index: number | undefined): readonly Entity[] {
    return resource.unique.flatMap((group) => {
      const shown = group.flatMap((property) => {
        const value = Object.hasOwn(item, property) ? item[property] : undefined;
        return typeof value === 'string' ? [[property, value] as const] : [];
      });
      const [first, ...rest] = shown;
      if (first === undefined) return [];
      return this.all(resource.name, ...first).filter(
        (entity) =>
          entity.createdAt !== undefined &&
          (index === undefined ||
            (entity.createdAt < index && (entity.deletedAt ?? Number.POSITIVE_INFINITY) > index)) &&
          rest.every(([property, value]) => this.all(resource.name, property, value).includes(entity)),
      );
    });
  }

  /** The entity of an item without its key, identified by a unique property. */
  byUnique(resource: Resource, item: JsonObject): Entity | undefined {
    const found = resource.unique.flat().flatMap((property) => {
      const value = Object.hasOwn(item, property) ? item[property] : undefined;
      return typeof value === 'string' ? [this.all(resource.name, property, value)] : [];
    });
    return found.find((entities) => entities.length === 1)?.[0];
  }
}

/** Whether the key of a resource is the key of another one that it refers to. */
export function isLink({ key, refers }: Resource): boolean {
  return refers.some(({ property }) => property === key);
}

/** Whether an entity may have this parent: it does, or one of the two is unknown. */
export function isUnder({ resource, first }: Entity, parent: string | undefined): boolean {
  const known = resource.under === undefined ? undefined : first[resource.under.property];
  return known === undefined || parent === undefined || known === parent;
}

/** The parent of an entity: resource → recorded id. Empty without a parent, or if it is unknown. */
export function parentOf({ resource, first }: Pick<Entity, 'resource' | 'first'>): Readonly<Record<string, string>> {
  const parent = resource.under === undefined ? undefined : first[resource.under.property];
  return resource.under !== undefined && typeof parent === 'string' ? { [resource.under.parent]: parent } : {};
}

/** An item of a resource under a parent with the parent that the path of its request names. */
export function withParent(resource: Resource, item: JsonObject, sides: Readonly<Record<string, string>>): JsonObject {
  const parent = resource.under === undefined ? undefined : sides[resource.under.parent];
  return resource.under === undefined || parent === undefined ? item : { ...item, [resource.under.property]: parent };
}

/** The foreign keys of an item that name items which the recording creates. */
export function ownersOf(
  catalogue: Catalogue,
  item: JsonObject,
  { refers }: Resource,
): readonly { readonly property: string; readonly value: string }[] {
  return refers.flatMap(({ property, resource, by }) => {
    const value = item[property];
    if (typeof value !== 'string') return [];
    const named = catalogue.all(resource, by, value);
    return named.length > 0 && named.every(({ createdAt }) => createdAt !== undefined) ? [{ property, value }] : [];
  });
}

/** Adds a nested item to its list, or its properties to the known item. */
export function learnItem(entity: Entity, list: string, key: string, item: JsonObject): void {
  const values: readonly Json[] = Array.isArray(item[key]) ? item[key] : [item[key] ?? null];
  const items = entity.items.get(list) ?? [];
  entity.items.set(list, items);
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const at = items.findIndex((known) => isObject(known) && known[key] === value);
    if (at === -1) items.push({ ...item, [key]: value });
    else items[at] = { ...item, [key]: value, ...items[at] };
  }
}

function nameText(resource: string, property: string, value: string): string {
  return JSON.stringify([resource, property, value]);
}
