import { sampleValue } from '../../conformance/arbitraries/valid-value.js';
import { createNames, type Names } from '../../conformance/fixtures/names.js';
import type { Contract, Json, JsonObject, Operation, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bodyView, declaredPart, writablePart } from '../judge/declared.js';
import { isRedacted } from '../judge/redacted.js';
import type { SchemaView } from '../judge/schema-view.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { Entity } from './catalogue.js';

/** Builds the bodies that create assumed entities: recorded properties, and what else a creation requires. */
export class AssumedBodies {
  readonly #known: ReplayContract;
  readonly #names: Names;
  #count = 0;

  constructor(known: ReplayContract) {
    this.#known = known;
    this.#names = createNames(known.contract);
  }

  /** @param whole - include every recorded property, not only required ones */
  write(operation: Operation, entity: Entity, whole: boolean): JsonObject {
    const view = bodyView(this.#known.views, operation) ?? this.#known.views.nothing;
    const recorded = recordedPart(view, entity);
    const needed = this.#needed(operation, entity, view);
    const kept = whole
      ? recorded
      : Object.fromEntries(Object.entries(recorded).filter(([name]) => Object.hasOwn(needed, name)));
    return { ...needed, ...kept, ...this.#itemsOf(view, entity) };
  }

  /** Invented values for required, unique and secret properties. */
  #needed(operation: Operation, { resource, first }: Entity, view: SchemaView): JsonObject {
    this.#count += 1;
    const media = operation.requestBody?.content[0];
    const sample =
      media === undefined
        ? {}
        : sampleValue(this.#known.contract, media.schema, { forRequest: true, optional: 'required' });
    const example = exampleOf(this.#known.contract, operation);
    const unique = resource.unique.flat();
    const foreign = resource.refers.map(({ property }) => property);
    const names = view.properties.filter(
      (name) =>
        view.required.has(name) ||
        (unique.includes(name) &&
          !foreign.includes(name) &&
          [first, example].some((each) => Object.hasOwn(each, name))) ||
        isSecret(view.property(name)),
    );
    return Object.fromEntries(
      names.flatMap((name): [string, Json][] => {
        const value = example[name] ?? (isObject(sample) ? sample[name] : undefined);
        const property = view.property(name);
        const mustDiffer = unique.includes(name) && !foreign.includes(name) && !sharedIn(resource, name, example);
        if (mustDiffer && property !== undefined) return [[name, this.#unique(name, property)]];
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }

  /**
   * The nested items that the recording refers to, such as the permissions of an API. What refers to an item may contain
   * a value that no item can have, such as a scope with a space.
   */
  #itemsOf(view: SchemaView, { items, first }: Entity): JsonObject {
    return Object.fromEntries(
      [...items].flatMap(([pointer, list]): [string, Json][] => {
        const name = pointer.slice(1);
        const property = view.property(name);
        // If the recording contains the whole list, the list is used as it is.
        if (property === undefined || Array.isArray(first[name])) return [];
        const schemas = property.items().schemas;
        const isValid = (item: Json) => schemas.every((schema) => this.#known.validateSent(schema, item).length === 0);
        return [[name, list.filter(isValid)]];
      }),
    );
  }

  #unique(name: string, view: SchemaView): string {
    const [schema = {}] = view.schemas;
    const like = typeof schema.example === 'string' ? schema.example : undefined;
    return this.#names.unique({ property: name, schema, seed: this.#count, suffix: `assumed-${this.#count}`, like });
  }
}

/** In a group of properties that are unique together, only the first needs a unique value. */
function sharedIn(resource: Resource, name: string, example: JsonObject): boolean {
  return resource.unique.some((group) => group.includes(name) && group[0] !== name) && example[name] !== undefined;
}

/** The recorded properties of an entity that its creation accepts. */
function recordedPart(view: SchemaView, entity: Entity): JsonObject {
  const declared = writablePart(view, declaredPart(view, entity.first) ?? null);
  if (!isObject(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).filter(
      ([name, value]) => value !== null && !isRedacted(value) && view.property(name) !== undefined,
    ),
  );
}

/** A write-only text, such as a password. */
function isSecret(view: SchemaView | undefined): boolean {
  return (
    view?.schemas.some(({ writeOnly, type }) => writeOnly === true && type === 'string') === true &&
    view.schemas.every((schema) => schema.format !== 'uri')
  );
}

function exampleOf({ resolve }: Contract, operation: Operation): JsonObject {
  const media = operation.requestBody?.content[0];
  const example = media?.example ?? (media === undefined ? undefined : resolve(media.schema).example);
  return isObject(example) ? example : {};
}
