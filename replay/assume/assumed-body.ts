import { sampleValue } from '../../conformance/arbitraries/valid-value.js';
import { createNames, type Names } from '../../conformance/fixtures/names.js';
import type { Contract, Json, JsonObject, Operation, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bodyView, declaredPart } from '../judge/declared.js';
import { isRedacted } from '../judge/redacted.js';
import type { SchemaView } from '../judge/schema-view.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { Entity } from './catalogue.js';

/** Writes the bodies that create what a recording assumes: what it tells of it, and whatever else a creation needs. */
export class AssumedBodies {
  readonly #known: ReplayContract;
  readonly #names: Names;
  #count = 0;

  constructor(known: ReplayContract) {
    this.#known = known;
    this.#names = createNames(known.contract);
  }

  /** @param whole - all that the recording tells; if not, only what must be there. */
  write(operation: Operation, entity: Entity, whole: boolean): JsonObject {
    const view = bodyView(this.#known.views, operation) ?? this.#known.views.nothing;
    const told = toldOf(view, entity);
    const needed = this.#needed(operation, entity.resource, view);
    const kept = whole
      ? told
      : Object.fromEntries(Object.entries(told).filter(([name]) => Object.hasOwn(needed, name)));
    return { ...needed, ...kept, ...itemsOf(view, entity) };
  }

  /** What a creation cannot do without, made up: required, unique and secret properties. */
  #needed(operation: Operation, resource: Resource, view: SchemaView): JsonObject {
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
        view.required.has(name) || (unique.includes(name) && !foreign.includes(name)) || isSecret(view.property(name)),
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

  #unique(name: string, view: SchemaView): string {
    const [schema = {}] = view.schemas;
    return this.#names.unique(name, schema, this.#count, `assumed-${this.#count}`);
  }
}

/** Of a group of properties that no two share together, the first is made to differ; the others may stay as they are. */
function sharedIn(resource: Resource, name: string, example: JsonObject): boolean {
  return resource.unique.some((group) => group.includes(name) && group[0] !== name) && example[name] !== undefined;
}

/** What the recording tells of a thing, as far as a creation takes it. */
function toldOf(view: SchemaView, entity: Entity): JsonObject {
  const declared = declaredPart(view, entity.first);
  if (!isObject(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).filter(
      ([name, value]) => value !== null && !isRedacted(value) && view.property(name) !== undefined,
    ),
  );
}

/** The lists of items that the recording names, such as the permissions of an API. */
function itemsOf(view: SchemaView, { items, first }: Entity): JsonObject {
  return Object.fromEntries(
    [...items].flatMap(([pointer, list]): [string, Json][] => {
      const name = pointer.slice(1);
      // Where the recording shows the list itself, that is what it was.
      return view.property(name) === undefined || Array.isArray(first[name]) ? [] : [[name, list]];
    }),
  );
}

/** Written by clients, shown to nobody: a password. */
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
