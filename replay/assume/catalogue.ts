import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { namesOf } from '../recorded/naming.js';

/** A thing that a recording has to do with. */
export interface Entity {
  readonly resource: Resource;
  /** The exchange that created it, by its place in the recording; absent: it was there before. */
  readonly createdAt?: number;
  /** The exchange that deleted it. */
  deletedAt?: number;
  /** Its properties as they were first shown, or as far as requests tell them. */
  first: JsonObject;
  /** What is known of items in its lists, by list pointer. */
  readonly items: Map<string, JsonObject[]>;
}

/** The things of a recording, found by what names them. */
export class Catalogue {
  readonly entities: Entity[] = [];
  readonly #byName = new Map<string, Entity[]>();

  /** @param index - where the recording creates it; absent: it was there before */
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

  /** What was known first stays: what comes later may be what the recording itself changed. */
  learn(entity: Entity, item: JsonObject): void {
    entity.first = { ...item, ...entity.first };
    const names = [...namesOf(entity.resource), ...entity.resource.unique.flat()];
    for (const property of new Set(names)) {
      const value = Object.hasOwn(item, property) ? item[property] : undefined;
      if (typeof value === 'string') this.#index(entity, property, value);
    }
  }

  #index(entity: Entity, property: string, value: string): void {
    const key = nameText(entity.resource.name, property, value);
    const known = this.#byName.get(key) ?? [];
    if (!known.includes(entity)) this.#byName.set(key, [...known, entity]);
  }

  /** All that had this name at some time, in the order in which they became known. */
  all(resource: string, property: string, value: string): readonly Entity[] {
    return this.#byName.get(nameText(resource, property, value)) ?? [];
  }

  /** The one with this key, if any. */
  byKey(resource: Resource, key: string): Entity | undefined {
    return this.all(resource.name, resource.key, key)[0];
  }

  /**
   * Those that an item would share with what no two may share.
   * @param index - where in the recording it is shown; absent: the order is not certain
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

  /** The one thing that an item shown without its key can be, by a property that no two share. */
  byUnique(resource: Resource, item: JsonObject): Entity | undefined {
    const found = resource.unique.flat().flatMap((property) => {
      const value = Object.hasOwn(item, property) ? item[property] : undefined;
      return typeof value === 'string' ? [this.all(resource.name, property, value)] : [];
    });
    return found.find((entities) => entities.length === 1)?.[0];
  }
}

/** Adds what is known of an item to its list, or to what was known of it. */
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
