import { isDeepStrictEqual } from 'node:util';
import { editJson } from '../../conformance/arbitraries/json-edit.js';
import { remainingSide } from '../../conformance/lookup/effects.js';
import { locatedKey, resourceNamed } from '../../conformance/lookup/identity.js';
import { entriesOf } from '../../conformance/lookup/listings/entries.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { HttpRequest } from '../../conformance/target/target.js';
import type { Json, JsonObject, Operation, Resource } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { textsIn } from '../../contract/json/texts-in.js';
import { entryNaming } from '../../contract/list-in-body.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import type { Correspondence } from '../compare/correspondence.js';
import { learnIds } from '../compare/learn.js';
import { bodyView } from '../judge/declared.js';
import type { RecordedTuple } from '../recorded/references.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { entityName, type SentValues } from '../recorded/sent-values.js';
import { requestWithBody, writeRequest } from '../target/write-request.js';
import { AssumedBodies } from './assumed-body.js';
import type { Assumptions } from './assumptions.js';
import { type Entity, isLink, ownersOf, parentOf } from './catalogue.js';

/** The parts of a run that its preparation uses. */
export interface PreparedRun {
  readonly correspondence: Correspondence;
  readonly assumptions: Assumptions;
  readonly created: { readonly resource: string; readonly key: string }[];
  readonly sent: SentValues;
}

type Send = (operation: Operation, request: HttpRequest) => Promise<TargetResponse>;

/** Creates what a recording assumes through operations of the contract. */
export class Preparation {
  readonly #known: ReplayContract;
  readonly #bodies: AssumedBodies;

  constructor(known: ReplayContract) {
    this.#known = known;
    this.#bodies = new AssumedBodies(known);
  }

  of(run: PreparedRun, send: Send): RunPreparation {
    return new RunPreparation(this.#known, this.#bodies, run, send);
  }
}

/** A successful creation of an assumed entity. */
interface Creation {
  readonly operation: Operation;
  /** The body, with recorded ids. */
  readonly sent: JsonObject;
  readonly actual: JsonObject;
  readonly status: number;
}

/** The preparation of one run. */
export class RunPreparation {
  /** What could not be created, with the reason. */
  readonly unmet = new Map<Entity, string>();
  readonly #known: ReplayContract;
  readonly #bodies: AssumedBodies;
  readonly #run: PreparedRun;
  readonly #send: Send;
  readonly #done = new Set<Entity>();
  /** The entities of the recording by their recorded keys, without those named by the key of another resource. */
  readonly #keyed: ReadonlyMap<string, Entity>;
  /** What was sent for entities without a recorded key. */
  readonly #madeUp = new Map<Entity, JsonObject>();

  constructor(known: ReplayContract, bodies: AssumedBodies, run: PreparedRun, send: Send) {
    this.#known = known;
    this.#bodies = bodies;
    this.#run = run;
    this.#send = send;
    this.#keyed = new Map(
      run.assumptions.catalogue.entities.flatMap((entity): [string, Entity][] => {
        const { resource, first } = entity;
        const key = first[resource.key];
        return typeof key === 'string' && !isLink(resource) ? [[key, entity]] : [];
      }),
    );
  }

  /** Creates all that existed before the recording. */
  async createAssumed(): Promise<void> {
    const { correspondence, assumptions } = this.#run;
    const { catalogue, tuples, doneBefore } = assumptions;
    for (const step of doneBefore) {
      const { body } = step.exchange.request;
      const sent = body === undefined ? undefined : correspondence.json(body);
      await this.#send(step.match.operation, writeRequest(correspondence, step, sent));
    }
    for (const entity of [...catalogue.entities]) if (entity.createdAt === undefined) await this.create(entity);
    for (const tuple of tuples) await this.add(tuple);
  }

  /** Creates an entity as it was first recorded, as far as its creation takes that. */
  async create(entity: Entity): Promise<void> {
    if (this.#done.has(entity)) return;
    this.#done.add(entity);
    const { resource } = entity;
    const [owner] = ownersOf(this.#run.assumptions.catalogue, entity.first, resource);
    if (owner !== undefined && entity.createdAt === undefined) {
      this.unmet.set(entity, `the service creates the ${resource.name} by itself`);
      return;
    }
    if (await this.#findInitial(entity)) return;
    const operation = this.#creationOf(entity);
    const parent = parentOf(entity);
    const named = Object.entries(operation?.effect?.of ?? {});
    if (operation === undefined || named.some(([side]) => parent[side] === undefined)) {
      this.unmet.set(entity, `the contract cannot create the ${resource.name}`);
      return;
    }
    const keys = await this.#foreignKeys(entity);
    const ids = named.map(([side, parameter]) => [parameter, this.#run.correspondence.text(parent[side] ?? '')]);
    const path = pathWith(operation, Object.fromEntries(ids));
    let last: TargetResponse | undefined;
    for (const whole of [true, false]) {
      const recorded = { ...(await this.#settled(entity, this.#bodies.write(operation, entity, whole))), ...keys };
      const body = this.#run.correspondence.object(recorded);
      last = await this.#send(operation, requestWithBody(operation, path, body));
      const located = locatedKey(this.#known.contract, operation.effect, path, last.headers.location);
      const actual = isObject(last.json) ? last.json : located;
      if (last.status < 300 && actual !== undefined) {
        this.#learn(entity, { operation, sent: recorded, actual, status: last.status });
        return;
      }
      if (last.status < 300) {
        // A second one would be another item.
        this.unmet.set(entity, `the answer to the creation of the ${resource.name} does not show it`);
        return;
      }
    }
    this.unmet.set(entity, `the ${resource.name} could not be created (${last?.status ?? 'no answer'})`);
  }

  /** Whether the target has an entity that every tenant has from the start; then its id is known. */
  async #findInitial(entity: Entity): Promise<boolean> {
    const { resource, first } = entity;
    const initial = resource.initial.find((item) => isSame(resource, item, first));
    const listing = this.#known.effects.all('list', resource.name).find((each) => !hasFreeParameters(each));
    if (initial === undefined || listing === undefined) return false;
    const { status, json } = await this.#send(listing, requestWithBody(listing, listing.route, undefined));
    const found = status < 300 && json !== undefined ? entriesOf(listing, json).filter(isObject) : [];
    const actual = found.find((item) => isSame(resource, item, initial));
    if (actual === undefined) return false;
    const [recordedKey, actualKey] = [first[resource.key], actual[resource.key]];
    if (typeof recordedKey === 'string' && typeof actualKey === 'string')
      this.#run.correspondence.learn(recordedKey, actualKey);
    this.#madeUp.set(entity, actual);
    return true;
  }

  /** Of several operations that create a resource, the one that accepts the most of what is known of the entity. */
  #creationOf({ resource, first }: Entity): Operation | undefined {
    const accepted = (operation: Operation): number => {
      const view = bodyView(this.#known.views, operation);
      return Object.keys(first).filter((name) => view?.property(name) !== undefined).length;
    };
    return [...this.#known.effects.all('create', resource.name)].sort(
      (left, right) => accepted(right) - accepted(left),
    )[0];
  }

  /**
   * The values of a body that could be the same when the entity is created. A value that names something made later came
   * about in between; other assumed entities that a value names are created first, so that their ids are known.
   */
  async #settled(entity: Entity, body: JsonObject): Promise<JsonObject> {
    const foreign = new Set(entity.resource.refers.map(({ property }) => property));
    const settled: Record<string, Json> = {};
    for (const [name, value] of Object.entries(body)) {
      const others = foreign.has(name) ? [] : textsIn(value).flatMap((text) => this.#keyed.get(text) ?? []);
      if (others.some((other) => isLater(other, entity) || isChild(other, entity))) continue;
      for (const other of others) if (other.createdAt === undefined) await this.create(other);
      settled[name] = value;
    }
    return settled;
  }

  #learn(entity: Entity, { operation, sent, actual, status }: Creation): void {
    const { resource, first } = entity;
    const { correspondence } = this.#run;
    const media = responseFor(operation, status)?.content[0];
    const view = media === undefined ? this.#known.views.nothing : this.#known.views.of(media.schema);
    learnIds(correspondence, resource, { recorded: first, actual }, view);
    const key = first[resource.key];
    const actualKey = actual[resource.key];
    if (typeof actualKey !== 'string') return;
    // Without a recorded key, nothing in the recording refers to it by key: use the target's.
    const recordedKey = typeof key === 'string' ? key : actualKey;
    // Invented values are not expected in answers, nor those in place of which the target chose its own.
    const recordedPart = Object.entries(sent).filter(
      ([name, value]) => Object.hasOwn(first, name) && isTaken(correspondence, value, actual[name]),
    );
    this.#run.sent.record(entityName(resource, recordedKey, parentOf(entity)), Object.fromEntries(recordedPart));
    if (recordedKey === actualKey) this.#madeUp.set(entity, sent);
    this.#run.created.push({ resource: resource.name, key: recordedKey });
  }

  /** Creates the entities that this one refers to; unknown ones are invented. */
  async #foreignKeys({ resource, first }: Entity): Promise<JsonObject> {
    const { catalogue } = this.#run.assumptions;
    const keys: Record<string, Json> = {};
    for (const { property, resource: other, by } of resource.refers) {
      const value = first[property];
      const [named] = typeof value === 'string' ? catalogue.all(other, by, value) : [];
      const entity = named ?? catalogue.add(resourceNamed(this.#known.contract, other), {});
      if (entity.createdAt !== undefined) continue;
      await this.create(entity);
      if (named === undefined) keys[property] = this.#madeUpName(entity, by) ?? null;
    }
    return keys;
  }

  #madeUpName(entity: Entity, by: string): Json | undefined {
    const last = this.#run.created.findLast(({ resource }) => resource === entity.resource.name);
    return by === entity.resource.key ? last?.key : this.#madeUp.get(entity)?.[by];
  }

  /** Whether a body names one item at this place rather than a list. */
  #namesOne(operation: Operation, pointer: string): boolean {
    const property = bodyView(this.#known.views, operation)?.property(pointer.slice(1));
    return property?.schemas.every(({ type }) => type !== 'array') === true;
  }

  /** Adds a tuple to its relation through an operation of either side. */
  async add(tuple: RecordedTuple): Promise<void> {
    const { contract, effects } = this.#known;
    const relation = contract.relations.get(tuple.relation);
    if (relation === undefined) return;
    const { correspondence } = this.#run;
    for (const operation of effects.all('add', tuple.relation)) {
      const of = operation.effect?.of ?? {};
      const bound = Object.keys(of);
      if (bound.some((side) => tuple.items[side] !== undefined)) continue;
      const values = Object.fromEntries(
        bound.map((each) => [of[each] ?? '', correspondence.text(tuple.sides[each] ?? '')]),
      );
      const path = pathWith(operation, values);
      if (relation.between.every((each) => bound.includes(each))) {
        await this.#send(operation, requestWithBody(operation, path, undefined));
        return;
      }
      const side = remainingSide(relation, bound);
      const pointer = operation.effect?.each[side];
      const entry: Json | undefined = tuple.items[side] ?? tuple.sides[side];
      if (pointer === undefined || entry === undefined) continue;
      const resource = resourceNamed(contract, side);
      const named =
        resource.inside === undefined || !isObject(entry) ? entry : keyPart(Object.keys(resource.inside.key), entry);
      const written = entryNaming(contract, operation, { side, name: correspondence.json(named), adds: true });
      const carried = isObject(written) && tuple.carried !== undefined ? { ...written, ...tuple.carried } : written;
      const body = bodyWith(pointer, this.#namesOne(operation, pointer) ? carried : [carried]);
      await this.#send(operation, requestWithBody(operation, path, body));
      return;
    }
  }
}

/** Whether a target stores a value as sent, as far as its answer shows it. The entries of a list may be in any order. */
function isTaken(correspondence: Correspondence, sent: Json, answered: Json | undefined): boolean {
  if (answered === undefined || isObject(answered)) return true;
  const expected = correspondence.json(sent);
  return isDeepStrictEqual(inOrder(expected), inOrder(answered));
}

function inOrder(value: Json): Json {
  return Array.isArray(value) ? value.map((entry: Json) => JSON.stringify(entry)).sort() : value;
}

/** Whether two items have the same unique values. An item of which nothing is known may be any. */
function isSame({ unique }: Resource, item: JsonObject, other: JsonObject): boolean {
  if (Object.keys(other).length === 0) return true;
  return unique.some((group) => group.every((name) => other[name] !== undefined && other[name] === item[name]));
}

/** Whether an entity is made after another. */
function isLater({ createdAt }: Entity, other: Entity): boolean {
  return createdAt !== undefined && (other.createdAt === undefined || createdAt > other.createdAt);
}

/** Whether an entity is created under another. */
function isChild(entity: Entity, parent: Entity): boolean {
  const { resource, first } = parent;
  return first[resource.key] !== undefined && parentOf(entity)[resource.name] === first[resource.key];
}

/** The path of an operation with these values of its parameters. */
function pathWith({ route, parameters }: Operation, values: Readonly<Record<string, string>>): string {
  const fixed = (name: string) => parameters.find((each) => each.in === 'path' && each.name === name)?.only;
  return route.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? String(fixed(name) ?? '')),
  );
}

function keyPart(names: readonly string[], entry: JsonObject): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  );
}

function bodyWith(pointer: string, value: Json): Json {
  const body = editJson({}, { kind: 'set', pointer, value });
  return getPointer(body, pointer) === undefined ? {} : body;
}
