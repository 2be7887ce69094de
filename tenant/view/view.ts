import type { Contract, Json, JsonObject, Resource, Schema, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Caller, DerivedHook, ViewHook } from '../provider.js';
import type { Entity } from '../store/entity.js';
import { nameOf } from '../store/name-of.js';
import type { Store } from '../store/store.js';
import { isKeyList, itemSchemaOf, propertiesOf } from './properties.js';
import type { ViewItem } from './view-item.js';

/** Roles of properties that a request sets. */
const PLAIN: ReadonlySet<string> = new Set(['plain', 'default']);

const NONE: readonly string[] = [];

/** Where a view reads values, and for whom. */
export interface ViewContext {
  readonly store: Store;
  readonly caller: Caller | undefined;
  /** What a text is that an item lacks and that the real service may show all the same; undefined: it is absent. */
  readonly missingText?: '' | null | undefined;
}

/** Reads one property of an item. */
type PropertyReader = (item: ViewItem, context: ViewContext) => Json | undefined;

interface Property {
  readonly name: string;
  readonly read: PropertyReader;
  /** Returned only if the request selects it by name; requires these scopes. */
  readonly onRequest: boolean;
  readonly scopes: readonly string[];
  /** Whether it is a text that answers may show as null, against another source. */
  readonly isDoubtful: boolean;
  /** What is shown where an item has no value (`x-missing`); undefined: nothing. */
  readonly missing: Json | undefined;
}

/** The selected properties: the named ones, or all others. */
export interface Selection {
  readonly names: ReadonlySet<string>;
  readonly include: boolean;
  /** The properties that are shown whatever is selected. */
  readonly always?: ReadonlySet<string>;
}

/** What all views share. */
export interface ViewParts {
  readonly contract: Contract;
  readonly hooks: Readonly<Record<string, ViewHook>>;
  /** How a property of a resource follows from its others while it is not stored. */
  readonly derived?: (resource: string, property: string) => DerivedHook | undefined;
}

/** Converts items of a resource to the shape of one schema: each property is read from where it is stored. */
export class View {
  /** The properties that an item itself must have for a complete view. */
  readonly required: readonly string[];
  readonly #properties: readonly Property[];
  /** Whether any property requires scopes. */
  readonly #scoped: boolean;

  /** @param carries - the properties that come from the tuple instead of the item */
  constructor(parts: ViewParts, schema: Schema, resource: Resource | undefined, carries: readonly string[] = NONE) {
    const { contract } = parts;
    const declared = new Map(
      [...propertiesOf(contract, schema)].filter(([, property]) => contract.resolve(property).writeOnly !== true),
    );
    const required = contract.resolve(schema).required;
    const isRequired = (name: string): boolean => Array.isArray(required) && required.includes(name);
    this.required = [...declared].flatMap(([name, property]) =>
      PLAIN.has(contract.valueOf(property)?.kind ?? 'plain') && isRequired(name) ? [name] : [],
    );
    this.#properties = [...declared].map(([name, property]) => {
      const role = contract.valueOf(property);
      const relation = role?.kind === 'relation' ? role : undefined;
      // A required text without a value is empty (recorded: a permission without a description).
      const fallback = isRequired(name) && contract.resolve(property).type === 'string' ? '' : undefined;
      const read: PropertyReader = carries.includes(name)
        ? ({ carried }) => carried?.[name]
        : propertyReader(parts, { name, schema: property, role, resource, fallback });
      return {
        name,
        always: isRequired(name),
        onRequest: relation?.asked === true,
        scopes: relation?.scopes ?? NONE,
        isDoubtful: isDoubtfulText(contract, property),
        missing: contract.resolve(property)['x-missing'],
        read,
      };
    });
    this.#scoped = this.#properties.some(({ scopes }) => scopes.length > 0);
  }

  show(item: ViewItem, context: ViewContext, selection?: Selection): JsonObject {
    const view: Record<string, Json> = {};
    for (const { name, read, onRequest, isDoubtful, missing } of this.#properties) {
      if (!isSelected(name, onRequest, selection)) continue;
      const value = read(item, context);
      if (value !== undefined) view[name] = value;
      else if (missing !== undefined) view[name] = missing;
      else if (isDoubtful && context.missingText !== undefined) view[name] = context.missingText;
    }
    return view;
  }

  /** The scopes that the selected properties require. */
  scopesFor(selection: Selection | undefined): readonly string[] {
    if (!this.#scoped) return NONE;
    return this.#properties.flatMap(({ name, onRequest, scopes }) =>
      isSelected(name, onRequest, selection) ? scopes : NONE,
    );
  }
}

/** A text that may be null, though a source says otherwise: what it is without a value depends on the operation. */
function isDoubtfulText(contract: Contract, schema: Schema): boolean {
  const { type, 'x-evidence': evidence } = contract.resolve(schema);
  const about = isObject(evidence) ? evidence['/type'] : undefined;
  return (
    Array.isArray(type) && type.includes('string') && type.includes('null') && isObject(about) && 'against' in about
  );
}

function isSelected(name: string, onRequest: boolean, selection: Selection | undefined): boolean {
  if (selection === undefined) return !onRequest;
  if (selection.always?.has(name) === true) return true;
  return selection.include ? selection.names.has(name) : !onRequest && !selection.names.has(name);
}

interface PropertyOptions {
  readonly name: string;
  readonly schema: Schema;
  readonly role: ValueRole | undefined;
  readonly resource: Resource | undefined;
  /** The value if a joined entity has none. */
  readonly fallback: string | undefined;
}

function propertyReader(parts: ViewParts, { name, schema, role, resource, fallback }: PropertyOptions): PropertyReader {
  if (role?.kind === 'hook') {
    const hook = parts.hooks[role.name];
    if (hook !== undefined) return (item, { caller }) => hook(item, item.entity.properties[name], caller);
  }
  if (role?.kind === 'of') {
    const { resource: target, property } = role;
    if (property === undefined) return joinedReader(parts, schema, target);
    return (item, { store }) => joinedEntity(parts.contract, store, item, target)?.properties[property] ?? fallback;
  }
  if (role?.kind === 'relation') {
    return isKeyList(parts.contract, schema)
      ? keyReader(parts, name, role.relation)
      : relationReader(parts, schema, role.relation);
  }
  const { all, scopes } = resource?.grants ?? {};
  // A grant of every scope lists none.
  if (all !== undefined && name === scopes)
    return ({ entity }) => (entity.properties[all] === true ? undefined : entity.properties[name]);
  const place = resource?.inside?.key[name];
  if (place?.of === 'parent') return ({ entity }) => entity.parent?.properties[place.property];
  if (place?.of === 'item') return ({ entity }) => entity.properties[place.property];
  const derive = resource === undefined ? undefined : parts.derived?.(resource.name, name);
  if (derive !== undefined) return ({ entity: { properties } }) => properties[name] ?? derive(properties);
  return ({ entity }) => entity.properties[name];
}

/** The entity of a resource that an item belongs to: its parent, one that the request names, or one it refers to. */
function joinedEntity(
  contract: Contract,
  store: Store,
  { entity, bound }: ViewItem,
  target: string,
): Entity | undefined {
  if (entity.resource === target) return entity;
  if (entity.parent?.resource === target) return entity.parent;
  const named = bound.get(target);
  if (named !== undefined) return named;
  const reference = contract.resources.get(entity.resource)?.refers.find(({ resource }) => resource === target);
  const value = reference === undefined ? undefined : nameOf(entity.properties[reference.property]);
  return reference === undefined || value === undefined ? undefined : store.table(target).findBy(reference.by, value);
}

/** Reads another resource inside an item, as the schema of the property returns it. */
function joinedReader(parts: ViewParts, schema: Schema, target: string): PropertyReader {
  let view: View | undefined;
  return (item, context) => {
    const entity = joinedEntity(parts.contract, context.store, item, target);
    view ??= new View(parts, schema, parts.contract.resources.get(target));
    return entity === undefined ? undefined : view.show({ ...item, entity }, context);
  };
}

/** Reads a set inside an item as keys: those of its tuples, and those that were set and name nothing. */
function keyReader({ contract }: ViewParts, property: string, name: string): PropertyReader {
  const relation = contract.relations.get(name);
  return ({ entity }, { store }) => {
    const position = relation?.between.findIndex((side) => side !== entity.resource) ?? -1;
    const key = contract.resources.get(relation?.between[position] ?? '')?.key ?? '';
    const tuples = relation === undefined ? [] : store.tuples(name).where(new Map([[entity.resource, entity]]));
    const keys = [...tuples].flatMap(({ members }) => members[position]?.properties[key] ?? []);
    const rest: Json | undefined = entity.properties[property];
    return [...keys, ...(Array.isArray(rest) ? rest : [])];
  };
}

/** Reads a set inside an item: the side of the relation that neither the request nor the item binds. */
function relationReader(parts: ViewParts, schema: Schema, name: string): PropertyReader {
  const { contract } = parts;
  const relation = contract.relations.get(name);
  const items = itemSchemaOf(contract, schema, undefined);
  if (relation === undefined || items === undefined) return () => undefined;
  const views = new Map<string, View>();
  return ({ entity, bound }, context) => {
    const sides = new Map([...bound].filter(([side]) => relation.between.includes(side)));
    if (relation.between.includes(entity.resource)) sides.set(entity.resource, entity);
    const position = relation.between.findIndex((side) => !sides.has(side));
    const side = relation.between[position];
    if (side === undefined) return undefined;
    const view = views.get(side) ?? new View(parts, items, contract.resources.get(side));
    views.set(side, view);
    return [...context.store.tuples(name).where(sides)].flatMap(({ members }) => {
      const member = members[position];
      return member === undefined ? [] : [view.show({ entity: member, bound: sides, origins: [] }, context)];
    });
  };
}
