import type { Contract, JsonObject, Relation } from '../../contract/contract.js';
import { bindingsOf } from './bindings.js';
import { Children } from './children.js';
import type { Entity } from './entity.js';
import { nameOf } from './name-of.js';
import { Table } from './table.js';
import type { Tuple } from './tuples.js';
import { Tuples } from './tuples.js';

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
  #order = 0;

  constructor(contract: Contract) {
    this.#contract = contract;
    for (const resource of contract.resources.values()) {
      if (resource.inside === undefined) this.#tables.set(resource.name, new Table(resource));
      else this.#children.set(resource.name, new Children(resource, resource.inside));
    }
    for (const relation of contract.relations.values()) {
      this.#tuples.set(relation.name, new Tuples(relation.between, bindingsOf(contract, relation)));
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

  /**
   * Adds an item that has its order already, after all others of its resource.
   *
   * @param inside - the orders of the items inside it, by their resource
   * @returns the items inside it
   */
  put(entity: Entity, inside: Readonly<Record<string, readonly number[]>>): readonly Entity[] {
    this.table(entity.resource).add(entity);
    return [...this.#children].flatMap(([resource, children]) => {
      if (children.inside.parent !== entity.resource) return [];
      const orders = [...(inside[resource] ?? [])];
      children.refresh(entity, () => orders.shift() ?? this.#next());
      return children.of(entity);
    });
  }

  create(resource: string, properties: JsonObject): Entity {
    const entity: Entity = { order: this.#next(), resource, properties };
    this.table(resource).add(entity);
    this.#refreshChildren(entity);
    return entity;
  }

  /** Does nothing for a deleted entity. */
  update(entity: Entity, properties: JsonObject): void {
    if (!this.table(entity.resource).holds(entity)) return;
    const before = entity.properties;
    this.table(entity.resource).replace(entity, properties);
    this.#refreshChildren(entity);
    for (const [table, property, by] of this.#referencesTo(entity.resource)) {
      const [oldValue, newValue] = [nameOf(before[by]), properties[by]];
      if (oldValue === undefined || newValue === undefined || nameOf(newValue) === oldValue) continue;
      for (const other of table.referring(property, oldValue))
        table.replace(other, { ...other.properties, [property]: newValue });
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
  add(relation: string, members: readonly Entity[], properties: JsonObject = {}): void {
    const tuples = this.tuples(relation);
    if (tuples.get(members) === undefined) tuples.add({ order: this.#next(), members, properties });
  }

  /** Removes a tuple, if it exists, and the tuples that follow it. */
  remove(relation: string, members: readonly Entity[]): void {
    const tuple = this.tuples(relation).get(members);
    if (tuple !== undefined) this.#removeTuple(relation, tuple);
  }

  /** @returns the entities that refer to the deleted one, to be deleted too */
  #deleteOne(entity: Entity): readonly Entity[] {
    if (!this.table(entity.resource).remove(entity)) return [];
    for (const children of this.#children.values()) {
      if (children.inside.parent !== entity.resource) continue;
      for (const item of children.forget(entity)) this.#removeTuplesOf(item);
    }
    this.#removeTuplesOf(entity);
    return [...this.#referencesTo(entity.resource)].flatMap(([table, property, by]) => {
      const name = nameOf(entity.properties[by]);
      return name === undefined ? [] : table.referring(property, name);
    });
  }

  #removeTuple(relation: string, tuple: Tuple): void {
    this.tuples(relation).remove(tuple);
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

  #refreshChildren(parent: Entity): void {
    for (const children of this.#children.values()) {
      if (children.inside.parent !== parent.resource) continue;
      for (const removed of children.refresh(parent, () => this.#next())) this.#removeTuplesOf(removed);
    }
  }

  /** The references to a resource: the referring table, its property, and the property of the resource that it holds. */
  *#referencesTo(resource: string): Iterable<readonly [Table, string, string]> {
    for (const table of this.#tables.values()) {
      for (const { property, resource: referred, by } of table.resource.refers) {
        if (referred === resource) yield [table, property, by];
      }
    }
  }

  #next(): number {
    this.#order += 1;
    return this.#order;
  }
}

function defined<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`unknown resource or relation "${name}"`);
  return value;
}
