import type { Contract, Json, JsonObject, Resource, Schema, ValueRole } from '../../contract/contract.js';
import type { Caller, ShownValue } from '../provider.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { Store } from '../store/store.js';
import { itemSchemaOf, propertiesOf } from './properties.js';
import type { Shown } from './shown.js';

/** Kinds of values that come from the request, if from anywhere. */
const PLAIN: ReadonlySet<string> = new Set(['plain', 'default']);

const NONE: readonly string[] = [];

/** Where values come from, and who is to see them. */
export interface Beholder {
  readonly store: Store;
  readonly caller: Caller | undefined;
}

/** Reads one property of what is shown. */
type Read = (shown: Shown, beholder: Beholder) => Json | undefined;

interface Property {
  readonly name: string;
  readonly read: Read;
  /** Shown only when asked for by name; these scopes are needed then. */
  readonly asked: boolean;
  readonly scopes: readonly string[];
}

/** Which properties somebody wants: those named, or all but those named. */
export interface Selection {
  readonly names: ReadonlySet<string>;
  readonly include: boolean;
}

/** How the items of one resource show in one schema: the properties that it declares, each from where it is kept. */
export class View {
  /** The properties that an item itself must hold for this view to be complete. */
  readonly required: readonly string[];
  readonly #properties: readonly Property[];
  /** Whether any property needs scopes of its own. */
  readonly #scoped: boolean;

  constructor(
    contract: Contract,
    schema: Schema,
    resource: Resource | undefined,
    hooks: Readonly<Record<string, ShownValue>>,
  ) {
    const declared = propertiesOf(contract, schema);
    const required = contract.resolve(schema).required;
    this.required = [...declared].flatMap(([name, property]) => {
      const plain = PLAIN.has(contract.valueOf(property)?.kind ?? 'plain');
      return plain && Array.isArray(required) && required.includes(name) ? [name] : [];
    });
    this.#properties = [...declared].map(([name, property]) => {
      const role = contract.valueOf(property);
      const asked = role?.kind === 'relation' && role.asked;
      const scopes = role?.kind === 'relation' ? role.scopes : [];
      // A text that must be there but is not known is an empty one (recorded: a permission without a description).
      const absent =
        Array.isArray(required) && required.includes(name) && contract.resolve(property).type === 'string'
          ? ''
          : undefined;
      return { name, asked, scopes, read: readerOf(contract, name, property, role, resource, hooks, absent) };
    });
    this.#scoped = this.#properties.some(({ scopes }) => scopes.length > 0);
  }

  show(shown: Shown, beholder: Beholder, selection?: Selection): JsonObject {
    const item: Record<string, Json> = {};
    for (const { name, read, asked } of this.#properties) {
      if (!isSelected(name, asked, selection)) continue;
      const value = read(shown, beholder);
      if (value !== undefined) item[name] = value;
    }
    return item;
  }

  /** The scopes of properties that were asked for. */
  scopesFor(selection: Selection | undefined): readonly string[] {
    if (!this.#scoped) return NONE;
    return this.#properties.flatMap(({ name, asked, scopes }) => (isSelected(name, asked, selection) ? scopes : []));
  }
}

function isSelected(name: string, asked: boolean, selection: Selection | undefined): boolean {
  if (selection === undefined) return !asked;
  return selection.include ? selection.names.has(name) : !asked && !selection.names.has(name);
}

function readerOf(
  contract: Contract,
  name: string,
  schema: Schema,
  role: ValueRole | undefined,
  resource: Resource | undefined,
  hooks: Readonly<Record<string, ShownValue>>,
  absent: string | undefined,
): Read {
  if (role?.kind === 'hook') {
    const hook = hooks[role.name];
    if (hook !== undefined) return (shown, { caller }) => hook(shown, shown.entity.properties[name], caller);
  }
  if (role?.kind === 'of') {
    return ({ entity, bound }, { store }) =>
      joined(contract, entity, bound, store, role)?.properties[role.property] ?? absent;
  }
  if (role?.kind === 'relation') return relationReader(contract, schema, role.relation, hooks);
  const place = resource?.inside?.key[name];
  if (place?.of === 'parent') return ({ entity }) => entity.parent?.properties[place.property];
  if (place?.of === 'item') return ({ entity }) => entity.properties[place.property];
  return ({ entity }) => entity.properties[name];
}

/** The entity of another resource that an item belongs to: its parent, what the request names, or what it refers to. */
function joined(
  contract: Contract,
  entity: Entity,
  bound: ReadonlyMap<string, Entity>,
  store: Store,
  role: { readonly resource: string },
): Entity | undefined {
  if (entity.resource === role.resource) return entity;
  if (entity.parent?.resource === role.resource) return entity.parent;
  const named = bound.get(role.resource);
  if (named !== undefined) return named;
  const reference = contract.resources.get(entity.resource)?.refers.find(({ resource }) => resource === role.resource);
  const value = reference === undefined ? undefined : nameOf(entity.properties[reference.property]);
  return reference === undefined || value === undefined
    ? undefined
    : store.table(role.resource).findBy(reference.by, value);
}

/** A set shown inside an item: the side of the relation that neither the request nor the item binds. */
function relationReader(
  contract: Contract,
  schema: Schema,
  name: string,
  hooks: Readonly<Record<string, ShownValue>>,
): Read {
  const relation = contract.relations.get(name);
  const items = itemSchemaOf(contract, schema, undefined);
  if (relation === undefined || items === undefined) return () => undefined;
  const views = new Map<string, View>();
  return ({ entity, bound }, beholder) => {
    const sides = new Map([...bound].filter(([side]) => relation.between.includes(side)));
    if (relation.between.includes(entity.resource)) sides.set(entity.resource, entity);
    const position = relation.between.findIndex((side) => !sides.has(side));
    const side = relation.between[position];
    if (side === undefined) return undefined;
    const view = views.get(side) ?? new View(contract, items, contract.resources.get(side), hooks);
    views.set(side, view);
    return [...beholder.store.tuples(name).where(sides)].flatMap(({ members }) => {
      const member = members[position];
      return member === undefined ? [] : [view.show({ entity: member, bound: sides, ways: [] }, beholder)];
    });
  };
}
