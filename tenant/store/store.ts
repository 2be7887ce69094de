import type { Contract, JsonObject, Relation } from '../../contract/contract.js';
import { bindingsOf } from './bindings.js';
import { Children } from './children.js';
import type { Entity } from './entity.js';
import { nameOf } from './name-of.js';
import { Table } from './table.js';
import type { Tuple } from './tuples.js';
import { Tuples } from './tuples.js';

/**
 * All that a tenant holds: resources and relations, as the contract declares them. Every change keeps what the contract
 * says of them: with a resource go its tuples, the items inside it and what refers to it; with a tuple, those that
 * follow it. Nothing here refuses: effects ask before they write.
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

  /** @throws Error where the contract has no such resource with endpoints of its own, a defect of the caller */
  table(resource: string): Table {
    return known(this.#tables.get(resource), resource);
  }

  /** @throws Error where the contract has no such relation, a defect of the caller */
  tuples(relation: string): Tuples {
    return known(this.#tuples.get(relation), relation);
  }

  /** The items of a resource that stands inside another, or nothing where it has endpoints of its own. */
  children(resource: string): Children | undefined {
    return this.#children.get(resource);
  }

  create(resource: string, properties: JsonObject): Entity {
    const entity: Entity = { order: this.#next(), resource, properties };
    this.table(resource).add(entity);
    this.#refreshChildren(entity);
    return entity;
  }

  /** What is no longer held stays as it is. */
  update(entity: Entity, properties: JsonObject): void {
    if (!this.table(entity.resource).holds(entity)) return;
    const before = entity.properties;
    this.table(entity.resource).replace(entity, properties);
    this.#refreshChildren(entity);
    for (const [table, property, by] of this.#referencesTo(entity.resource)) {
      const [was, is] = [nameOf(before[by]), properties[by]];
      if (was === undefined || is === undefined || nameOf(is) === was) continue;
      for (const other of table.referring(property, was)) table.replace(other, { ...other.properties, [property]: is });
    }
  }

  delete(entity: Entity): void {
    // A list of what is still to go: what refers to each other may be a chain longer than the stack is deep.
    const going = [entity];
    for (let next = going.pop(); next !== undefined; next = going.pop()) {
      for (const other of this.#deleteOne(next)) going.push(other);
    }
  }

  /** Adds a tuple; one that is there stays as it is. */
  add(relation: string, members: readonly Entity[]): void {
    const tuples = this.tuples(relation);
    if (tuples.get(members) === undefined) tuples.add({ order: this.#next(), members });
  }

  /** Removes a tuple, if it is there, and what follows it. */
  remove(relation: string, members: readonly Entity[]): void {
    const tuple = this.tuples(relation).get(members);
    if (tuple !== undefined) this.#removeTuple(relation, tuple);
  }

  /** Returns what refers to it, and so goes too. */
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
      for (const gone of children.refresh(parent, () => this.#next())) this.#removeTuplesOf(gone);
    }
  }

  /** Every table with a property that holds a value of this resource: the table, the property, whose value it holds. */
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

function known<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`The contract has no "${name}" that the store could keep.`);
  return value;
}
