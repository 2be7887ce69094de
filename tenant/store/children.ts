import type { Inside, Json, JsonObject, Resource } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import type { Entity } from './entity.js';

/**
 * The items of a resource that are listed inside their parent, such as an API's permissions. The parent's list is the
 * source of truth; an item keeps its identity, and thus its tuples, while an entry with its key stays in the list.
 */
export class Children {
  readonly inside: Inside;
  readonly #resource: Resource;
  readonly #byParent = new Map<Entity, Map<string, Entity>>();

  constructor(resource: Resource, inside: Inside) {
    this.#resource = resource;
    this.inside = inside;
  }

  /** @param key a value for each property of `inside.key`, as in bodies */
  find(parent: Entity, key: JsonObject): Entity | undefined {
    return this.#byParent.get(parent)?.get(this.#signatureOf((name) => key[name]));
  }

  /** The items of a parent, in the order of its list. */
  of(parent: Entity | undefined): readonly Entity[] {
    return parent === undefined ? [] : [...(this.#byParent.get(parent)?.values() ?? [])];
  }

  /** Updates the items from the parent's list. Returns the removed items. */
  refresh(parent: Entity, nextOrder: () => number): readonly Entity[] {
    const before = this.#byParent.get(parent) ?? new Map<string, Entity>();
    const after = new Map<string, Entity>();
    for (const entry of listOf(getPointer(parent.properties, this.inside.list))) {
      const signature = this.#signatureOf((name) => entry[this.inside.key[name]?.property ?? name]);
      const known = after.get(signature) ?? before.get(signature);
      if (known === undefined) {
        after.set(signature, { order: nextOrder(), resource: this.#resource.name, parent, properties: entry });
      } else {
        known.properties = entry;
        after.set(signature, known);
      }
    }
    this.#byParent.set(parent, after);
    return [...before].flatMap(([signature, item]) => (after.has(signature) ? [] : [item]));
  }

  /** A function that restores the items of a parent as they are now. */
  keeper(parent: Entity): () => void {
    const items = this.#byParent.get(parent);
    const kept = [...(items?.values() ?? [])].map((item) => [item, item.properties] as const);
    return () => {
      if (items === undefined) this.#byParent.delete(parent);
      else this.#byParent.set(parent, items);
      for (const [item, properties] of kept) item.properties = properties;
    };
  }

  /** Removes a parent. Returns its items. */
  forget(parent: Entity): readonly Entity[] {
    const items = [...(this.#byParent.get(parent)?.values() ?? [])];
    this.#byParent.delete(parent);
    return items;
  }

  /** Identifies an item within its parent. */
  #signatureOf(partOf: (name: string) => Json | undefined): string {
    const own = Object.entries(this.inside.key).filter(([, place]) => place.of === 'item');
    return JSON.stringify(own.map(([name]) => partOf(name) ?? null));
  }
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is JsonObject => isObject(entry));
}
