import type { Contract, JsonObject, Relation } from '../../contract/contract.js';
import { allBindings } from './bindings.js';
import type { Change, MemberOrder, NewInside } from './change.js';
import { Children } from './children.js';
import type { DeferredItems } from './deferred-items.js';
import type { Entity } from './entity.js';
import { nameOf } from './name-of.js';
import { Table } from './table.js';
import type { Tuple } from './tuples.js';
import { keyOf, Tuples } from './tuples.js';

/** Collects the steps of a store's changes. */
export interface Recorder {
  /** @param undo - takes the step back, if all later ones have been taken back */
  record(change: Change, undo: () => void): void;
}

/**
 * The state of a tenant: the resources and relations of the contract. Deletions cascade as the contract declares:
 * deleting an entity deletes its tuples, the items inside it and the entities that refer to it; removing a tuple removes
 * those that follow it. The store refuses nothing: effects check before they write.
 */
export class Store {
  readonly #contract: Contract;
  readonly #tables = new Map<string, Table>();
  readonly #tuples = new Map<string, Tuples>();
  readonly #children = new Map<string, Children>();
  readonly #followers = new Map<string, Relation[]>();
  /** Parent → the resources inside it. */
  readonly #childrenByParent = new Map<string, (readonly [string, Children])[]>();
  #order = 0;
  #version = 0;
  #recorder: Recorder | undefined;

  constructor(contract: Contract) {
    this.#contract = contract;
    for (const resource of contract.resources.values()) {
      if (resource.inside === undefined) this.#tables.set(resource.name, new Table(resource));
      else this.#children.set(resource.name, new Children(resource, resource.inside));
    }
    const bindings = allBindings(contract);
    for (const [name, children] of this.#children) {
      const { parent } = children.inside;
      this.#childrenByParent.set(parent, [...(this.#childrenByParent.get(parent) ?? []), [name, children]]);
    }
    for (const relation of contract.relations.values()) {
      this.#tuples.set(relation.name, new Tuples(relation.between, bindings.get(relation.name) ?? []));
      if (relation.follows === undefined) continue;
      this.#followers.set(relation.follows, [...(this.#followers.get(relation.follows) ?? []), relation]);
    }
  }

  /** @throws Error unless the contract has this resource outside others; a defect of the caller */
  table(resource: string): Table {
    return defined(this.#tables.get(resource), resource);
  }

  /** @throws Error unless the contract has this relation; a defect of the caller */
  tuples(relation: string): Tuples {
    return defined(this.#tuples.get(relation), relation);
  }

  /** The items of a resource that is inside another one; undefined for other resources. */
  children(resource: string): Children | undefined {
    return this.#children.get(resource);
  }

  /** The order of the newest item or tuple. */
  get order(): number {
    return this.#order;
  }

  set order(order: number) {
    this.#order = order;
  }

  /** Changes with every step, also with those that are taken back. */
  get version(): number {
    return this.#version;
  }

  /** From now on, steps can be taken back and collected. @param recorder - gets every step */
  set recorder(recorder: Recorder | undefined) {
    this.#recorder = recorder;
  }

  /**
   * Brings the items inside an item up to date with its list.
   *
   * @param inside - the orders of the new ones, by their resource
   * @returns the items inside it
   */
  placeInside(entity: Entity, inside: NewInside): readonly Entity[] {
    return this.#childrenOf(entity).flatMap(([resource, children]) => {
      const orders = [...(inside[resource] ?? [])];
      children.refresh(entity, () => orders.shift() ?? this.#next());
      return children.of(entity);
    });
  }

  /** Removes an item and the items inside it, and nothing else. */
  take(entity: Entity): void {
    this.table(entity.resource).remove(entity);
    for (const [, children] of this.#childrenOf(entity)) children.forget(entity);
  }

  /** Adds items that are made when they are first needed. No step: only while a store is filled. */
  defer(resource: string, items: DeferredItems): void {
    this.table(resource).defer(items, this.#order + 1);
    this.#order += items.count;
  }

  create(resource: string, properties: JsonObject): Entity {
    const before = this.#order;
    const entity: Entity = { order: this.#next(), resource, properties };
    this.table(resource).add(entity);
    const { inside } = this.#refreshChildren(entity);
    this.#record(putOf(entity, inside), () => {
      this.take(entity);
      this.#order = before;
    });
    return entity;
  }

  /** Does nothing for a deleted entity. */
  update(entity: Entity, properties: JsonObject): void {
    if (!this.table(entity.resource).holds(entity)) return;
    const before = entity.properties;
    const { removed } = this.#replace(entity, properties);
    for (const item of removed) this.#removeTuplesOf(item);
    for (const [table, property, by] of this.#referencesTo(entity.resource)) {
      const [oldValue, newValue] = [nameOf(before[by]), properties[by]];
      if (oldValue === undefined || newValue === undefined || nameOf(newValue) === oldValue) continue;
      for (const other of table.referring(property, oldValue))
        this.#replace(other, { ...other.properties, [property]: newValue });
    }
  }

  delete(entity: Entity): void {
    // A work list instead of recursion: a chain of references may be longer than the stack is deep.
    const pending = [entity];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const other of this.#deleteOne(next)) pending.push(other);
    }
  }

  /** Adds a tuple, unless it exists. @param properties - what the relation carries; kept if the tuple exists */
  add(relation: string, members: readonly Entity[], properties: JsonObject = NONE): void {
    const tuples = this.tuples(relation);
    if (tuples.get(members) !== undefined) return;
    const before = this.#order;
    const tuple = { order: this.#next(), members, properties };
    tuples.add(tuple);
    this.#record(['add', relation, tuple.order, members.map(orderOf), properties], () => {
      tuples.remove(tuple);
      this.#order = before;
    });
  }

  /** Replaces what a tuple carries. */
  carry(relation: string, tuple: Tuple, properties: JsonObject): void {
    const before = tuple.properties;
    tuple.properties = properties;
    this.#record(['add', relation, tuple.order, tuple.members.map(orderOf), properties], () => {
      tuple.properties = before;
    });
  }

  /** Removes a tuple, if it exists, and the tuples that follow it. */
  remove(relation: string, members: readonly Entity[]): void {
    const tuple = this.tuples(relation).get(members);
    if (tuple !== undefined) this.#removeTuple(relation, tuple);
  }

  #replace(entity: Entity, properties: JsonObject): { readonly removed: readonly Entity[] } {
    const [before, order] = [entity.properties, this.#order];
    const keepers = this.#recorder === undefined ? [] : this.#keepersOf(entity);
    this.table(entity.resource).replace(entity, properties);
    const { removed, inside } = this.#refreshChildren(entity);
    this.#record(putOf(entity, inside), () => {
      this.table(entity.resource).replace(entity, before);
      for (const restore of keepers) restore();
      this.#order = order;
    });
    return { removed };
  }

  /** @returns the entities that refer to the deleted one, to be deleted too */
  #deleteOne(entity: Entity): readonly Entity[] {
    const table = this.table(entity.resource);
    if (!table.holds(entity)) return [];
    // Tuples first: what takes the steps back puts the items there before their tuples.
    for (const [, children] of this.#childrenOf(entity)) {
      for (const item of children.of(entity)) this.#removeTuplesOf(item);
    }
    this.#removeTuplesOf(entity);
    const keepers = this.#recorder === undefined ? [] : this.#keepersOf(entity);
    this.take(entity);
    this.#record(['delete', entity.resource, entity.order], () => {
      table.add(entity);
      for (const restore of keepers) restore();
    });
    return [...this.#referencesTo(entity.resource)].flatMap(([table, property, by]) => {
      const name = nameOf(entity.properties[by]);
      return name === undefined ? [] : table.referring(property, name);
    });
  }

  #removeTuple(relation: string, tuple: Tuple): void {
    const tuples = this.tuples(relation);
    if (!tuples.remove(tuple)) return;
    this.#record(['remove', relation, keyOf(tuple.members)], () => tuples.add(tuple));
    const sides = this.#contract.relations.get(relation)?.between ?? [];
    for (const follower of this.#followers.get(relation) ?? []) {
      const shared = new Map<string, Entity>();
      sides.forEach((side, position) => {
        const member = tuple.members[position];
        if (member !== undefined && follower.between.includes(side)) shared.set(side, member);
      });
      for (const other of [...this.tuples(follower.name).where(shared)]) this.#removeTuple(follower.name, other);
    }
  }

  #removeTuplesOf(entity: Entity): void {
    for (const relation of this.#contract.relations.values()) {
      if (!relation.between.includes(entity.resource)) continue;
      const found = this.tuples(relation.name).where(new Map([[entity.resource, entity]]));
      for (const tuple of [...found]) this.#removeTuple(relation.name, tuple);
    }
  }

  /** Brings the items inside an item up to date. Returns those that are gone, and the orders of the new ones. */
  #refreshChildren(parent: Entity): { readonly removed: readonly Entity[]; readonly inside: NewInside } {
    const parts = this.#childrenOf(parent);
    if (parts.length === 0) return NO_CHILDREN;
    const inside: Record<string, number[]> = {};
    const removed = parts.flatMap(([resource, children]) =>
      children.refresh(parent, () => {
        const order = this.#next();
        inside[resource] = [...(inside[resource] ?? []), order];
        return order;
      }),
    );
    return { removed, inside };
  }

  #childrenOf(parent: Entity): readonly (readonly [string, Children])[] {
    return this.#childrenByParent.get(parent.resource) ?? NOTHING;
  }

  #keepersOf(parent: Entity): readonly (() => void)[] {
    return this.#childrenOf(parent).map(([, children]) => children.keeper(parent));
  }

  /** The references to a resource: the referring table, its property, and the property of the resource that it holds. */
  *#referencesTo(resource: string): Iterable<readonly [Table, string, string]> {
    for (const table of this.#tables.values()) {
      for (const { property, resource: referred, by } of table.resource.refers) {
        if (referred === resource) yield [table, property, by];
      }
    }
  }

  #record(change: Change, undo: () => void): void {
    this.#version += 1;
    this.#recorder?.record(change, () => {
      this.#version += 1;
      undo();
    });
  }

  #next(): number {
    this.#order += 1;
    return this.#order;
  }
}

const NONE: JsonObject = {};
const NOTHING: readonly never[] = [];
const NO_CHILDREN = { removed: NOTHING, inside: {} };

function putOf({ resource, order, properties }: Entity, inside: NewInside): Change {
  return Object.keys(inside).length === 0
    ? ['put', resource, order, properties]
    : ['put', resource, order, properties, inside];
}

/** What orders an item among others, those of the same parent together. */
export function orderOf({ order, parent }: Entity): MemberOrder {
  return parent === undefined ? order : [parent.order, order];
}

function defined<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`unknown resource or relation "${name}"`);
  return value;
}
