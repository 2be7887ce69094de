import type { Contract, Json, JsonObject, Resource } from '../../spec/contract/contract.js';
import { getPointer, isObject } from '../../spec/contract/pointer.js';
import { type Exchange, succeeded } from '../exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../request.js';
import { deriveSeed } from '../seed.js';
import { Stop } from '../stop.js';
import type { BodyWriter, Sign } from './bodies.js';
import type { Effects } from './effects.js';
import { idOf, itemName, resourceNamed } from './identity.js';
import type { Subject } from './stage.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;

export interface PoolOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly bodies: BodyWriter;
  /** Begins every name: the run's mark and the lane. */
  readonly mark: string;
  readonly seed: number;
}

export interface Making {
  /** The same seed gives the same plausible names. */
  readonly seed: number;
  /** What it refers to is kept from check to check, as it is itself. */
  readonly keep: boolean;
}

/** The subjects of one lane, kept from check to check. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #subjects = new Map<string, Subject>();
  /** What kept subjects refer to and nobody is handed. */
  readonly #referred: Subject[] = [];
  #made = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The subject of this index, made when it is first asked for. */
  async subject(name: string, index: number, send: Send): Promise<Subject> {
    const resource = resourceNamed(this.#options.contract, name);
    if (resource.inside !== undefined) return this.#item(resource, index, send);
    const key = `${name} ${index}`;
    const known = this.#subjects.get(key);
    if (known !== undefined) return known;
    const subject = await this.make(name, {}, { seed: deriveSeed(this.#options.seed, key), keep: true }, send);
    this.#subjects.set(key, subject);
    return subject;
  }

  /** Whether it is kept for the checks to come. */
  keeps(resource: string, id: string): boolean {
    return [...this.#subjects.values(), ...this.#referred].some(
      (subject) => subject.resource === resource && subject.id === id,
    );
  }

  /** Gives up the subject of this resource and id (`user auth0|…`): who asks for its index next gets a new one. */
  retire(name: string): void {
    for (const [key, { resource, id }] of this.#subjects) if (`${resource} ${id}` === name) this.#subjects.delete(key);
  }

  /** A subject that is kept for nobody. @throws Stop where the target does not let us. */
  async make(name: string, values: JsonObject, making: Making, send: Send): Promise<Subject> {
    const { contract, effects } = this.#options;
    const resource = resourceNamed(contract, name);
    const operation = effects.one('create', name);
    if (operation === undefined) throw new Stop(`The contract has no operation that creates a ${name}.`, 'contract');
    const body = { ...(await this.body(name, { ...making, more: {} }, send)), ...values };
    const exchange = await send(buildRequest(operation, { ...noValues, body }));
    const value = exchange.response.json;
    const id = isObject(value) ? idOf(resource, value) : undefined;
    if (!succeeded(exchange) || id === undefined || !isObject(value)) {
      const { status, text } = exchange.response;
      const answer = `${status} ${text.replace(/\s+/g, ' ').slice(0, 160)}`.trimEnd();
      const because = status === 401 || status === 403 ? 'credentials' : 'target';
      throw new Stop(
        `No ${name} could be created as a fixture: ${operation.method} ${operation.route} answered ${answer}.`,
        because,
      );
    }
    return { resource: name, id, name: id, value };
  }

  /** A body to create one, with its foreign keys in place, and `more` of its optional properties. */
  async body(name: string, making: Making & { readonly more: JsonObject }, send: Send): Promise<JsonObject> {
    const { contract, effects, bodies } = this.#options;
    const { seed, keep, more } = making;
    const resource = resourceNamed(contract, name);
    const operation = effects.one('create', name);
    if (operation === undefined) throw new Stop(`The contract has no operation that creates a ${name}.`, 'contract');
    const keys: Record<string, Json> = {};
    // Where foreign keys alone make it unique, one of them must be new.
    const foreign = new Set(resource.refers.map(({ property }) => property));
    const onlyForeign = resource.unique.some((group) => group.every((property) => foreign.has(property)));
    for (const [index, { property, resource: referred, by }] of resource.refers.entries()) {
      const isNew = onlyForeign && index === 0;
      const subject = isNew
        ? await this.make(referred, {}, { seed: deriveSeed(seed, property), keep }, send)
        : await this.subject(referred, 0, send);
      if (isNew && keep) this.#referred.push(subject);
      keys[property] = subject.value[by] ?? subject.id;
      if (resource.grants?.audience === property) {
        const scopes = await this.#scopeOf(referred, subject);
        if (scopes !== undefined) keys[resource.grants.scopes] = scopes;
      }
    }
    return bodies.creation(operation, resource, this.sign(seed), keys, more);
  }

  /** A new name, like no other of this run, and as long as every other. */
  sign(seed: number): Sign {
    this.#made += 1;
    return { seed, suffix: `${this.#options.mark}-${this.#made.toString(36).padStart(4, '0')}` };
  }

  /** What a grant at this audience may name: its first item. */
  async #scopeOf(parent: string, subject: Subject): Promise<Json | undefined> {
    for (const { inside } of this.#options.contract.resources.values()) {
      if (inside?.parent !== parent) continue;
      const property = Object.values(inside.key).find(({ of }) => of === 'item')?.property;
      const items = getPointer(subject.value, inside.list);
      const item = Array.isArray(items) ? items[0] : undefined;
      if (property !== undefined && isObject(item)) return [item[property] ?? ''];
    }
    return undefined;
  }

  async #item(resource: Resource, index: number, send: Send): Promise<Subject> {
    const { contract, bodies } = this.#options;
    const parentName = resource.inside?.parent ?? '';
    const perParent = bodies.itemsInside(resourceNamed(contract, parentName));
    if (perParent === 0) throw new Stop(`The contract has no operation that creates a ${resource.name}.`, 'contract');
    const parent = await this.subject(parentName, Math.floor(index / perParent), send);
    const items = getPointer(parent.value, resource.inside?.list ?? '');
    const item = Array.isArray(items) ? items[index % perParent] : undefined;
    if (!isObject(item)) {
      throw new Stop(
        `The ${parentName} that was created as a fixture came back without its ${resource.name} ${index % perParent}.`,
        'target',
      );
    }
    const name = itemName(resource, parent.value, item);
    return { resource: resource.name, id: idOf(resource, name) ?? '', name, value: item, parent };
  }
}
