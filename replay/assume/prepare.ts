import { editJson } from '../../conformance/arbitraries/json-edit.js';
import { remainingSide } from '../../conformance/lookup/effects.js';
import { resourceNamed } from '../../conformance/lookup/identity.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { HttpRequest } from '../../conformance/target/target.js';
import type { Json, JsonObject, Operation } from '../../contract/contract.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import type { Correspondence } from '../compare/correspondence.js';
import { learnIds } from '../compare/learn.js';
import type { Tuple } from '../recorded/naming.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { writeRequest, written } from '../target/write-request.js';
import { AssumedBodies } from './assumed-body.js';
import type { Assumptions } from './assumptions.js';
import type { Entity } from './catalogue.js';

/** What preparing needs of the session it prepares. */
export interface PreparedSession {
  readonly correspondence: Correspondence;
  readonly assumptions: Assumptions;
  readonly created: { readonly resource: string; readonly key: string }[];
  noteSent(resource: string, key: string, body: Json): void;
}

export interface Prepared {
  /** What could not be brought about, and why. */
  readonly unmet: ReadonlyMap<Entity, string>;
}

type Send = (operation: Operation, request: HttpRequest) => Promise<TargetResponse>;

/** Creates what a recording assumes, by the contract's own operations. */
export class Preparation {
  readonly #known: ReplayContract;
  readonly #bodies: AssumedBodies;

  constructor(known: ReplayContract) {
    this.#known = known;
    this.#bodies = new AssumedBodies(known);
  }

  async run(session: PreparedSession, send: Send): Promise<Prepared> {
    const run = new PreparationRun(this.#known, this.#bodies, session, send);
    const { catalogue, tuples, doneBefore } = session.assumptions;
    for (const step of doneBefore) {
      const { body } = step.exchange.request;
      await send(
        step.match.operation,
        writeRequest(session.correspondence, step, body === undefined ? undefined : session.correspondence.json(body)),
      );
    }
    for (const entity of [...catalogue.entities]) if (entity.createdAt === undefined) await run.create(entity);
    for (const tuple of tuples) await run.add(tuple);
    return { unmet: run.unmet };
  }
}

class PreparationRun {
  readonly unmet = new Map<Entity, string>();
  readonly #known: ReplayContract;
  readonly #bodies: AssumedBodies;
  readonly #session: PreparedSession;
  readonly #send: Send;
  readonly #done = new Set<Entity>();
  /** What was sent of things that the recording does not know by name. */
  readonly #madeUp = new Map<Entity, JsonObject>();

  constructor(known: ReplayContract, bodies: AssumedBodies, session: PreparedSession, send: Send) {
    this.#known = known;
    this.#bodies = bodies;
    this.#session = session;
    this.#send = send;
  }

  async create(entity: Entity): Promise<void> {
    if (this.#done.has(entity)) return;
    this.#done.add(entity);
    const { resource } = entity;
    const operation = this.#known.effects.one('create', resource.name);
    if (operation === undefined || Object.keys(operation.effect?.of ?? {}).length > 0) {
      this.unmet.set(entity, `a ${resource.name} that the contract cannot create`);
      return;
    }
    const keys = await this.#foreignKeys(entity);
    let last: TargetResponse | undefined;
    for (const whole of [true, false]) {
      const recorded = { ...this.#bodies.write(operation, entity, whole), ...keys };
      const body = this.#session.correspondence.object(recorded);
      last = await this.#send(operation, written(operation, operation.route, body));
      if (last.status < 300 && isObject(last.json)) {
        this.#learn(entity, operation, recorded, last.json, last.status);
        return;
      }
    }
    this.unmet.set(entity, `a ${resource.name} that could not be created (${last?.status ?? 'no answer'})`);
  }

  #learn(entity: Entity, operation: Operation, sent: JsonObject, actual: JsonObject, status: number): void {
    const { resource, first } = entity;
    const { correspondence } = this.#session;
    const media = responseFor(operation, status)?.content[0];
    const view = media === undefined ? this.#known.views.nothing : this.#known.views.of(media.schema);
    learnIds(correspondence, resource, first, actual, view);
    const key = first[resource.key];
    const actualKey = actual[resource.key];
    if (typeof actualKey !== 'string') return;
    // Without a recorded key, the recording does not name it by one: the target's own will do.
    const recordedKey = typeof key === 'string' ? key : actualKey;
    // What was made up is nobody's to expect.
    const told = Object.entries(sent).filter(([name]) => Object.hasOwn(first, name));
    this.#session.noteSent(resource.name, recordedKey, Object.fromEntries(told));
    if (recordedKey === actualKey) this.#madeUp.set(entity, sent);
    this.#session.created.push({ resource: resource.name, key: recordedKey });
  }

  /** The things that this one names must be there before it; where it is not known which, one is made. */
  async #foreignKeys({ resource, first }: Entity): Promise<JsonObject> {
    const { catalogue } = this.#session.assumptions;
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
    const last = this.#session.created.findLast(({ resource }) => resource === entity.resource.name);
    return by === entity.resource.key ? last?.key : this.#madeUp.get(entity)?.[by];
  }

  /** Puts a tuple into its relation, from whichever side the contract has an operation. */
  async add(tuple: Tuple): Promise<void> {
    const { contract, effects } = this.#known;
    const relation = contract.relations.get(tuple.relation);
    if (relation === undefined) return;
    const { correspondence } = this.#session;
    for (const operation of effects.all('add', tuple.relation)) {
      const of = operation.effect?.of ?? {};
      const bound = Object.keys(of);
      if (bound.some((side) => tuple.items[side] !== undefined)) continue;
      const side = remainingSide(relation, bound);
      const pointer = operation.effect?.each[side];
      const entry: Json | undefined = tuple.items[side] ?? tuple.sides[side];
      if (pointer === undefined || entry === undefined) continue;
      const resource = resourceNamed(contract, side);
      const named =
        resource.inside === undefined || !isObject(entry) ? entry : keyPart(Object.keys(resource.inside.key), entry);
      const body = bodyWith(pointer, [correspondence.json(named)]);
      const values = Object.fromEntries(
        bound.map((each) => [of[each] ?? '', correspondence.text(tuple.sides[each] ?? '')]),
      );
      const path = operation.route.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
      await this.#send(operation, written(operation, path, body));
      return;
    }
  }
}

function keyPart(names: readonly string[], entry: JsonObject): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  );
}

function bodyWith(pointer: string, list: readonly Json[]): Json {
  const body = editJson({}, { kind: 'set', pointer, value: list });
  return getPointer(body, pointer) === undefined ? {} : body;
}
