import type { JsonObject, Problem, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import {
  type Named,
  namedByBody,
  namedByItem,
  namedByPath,
  namesOf,
  type Tuple,
  tuplesOf,
} from '../recorded/naming.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { type Shown, shownBy } from '../recorded/shown.js';
import {
  effectOf,
  isInContract,
  isKnown,
  isSuccess,
  type KnownStep,
  type Step,
  tookEffect,
  writes,
} from '../recorded/step.js';
import { TupleLedger } from '../recorded/tuple-ledger.js';
import { Catalogue, type Entity, learnItem } from './catalogue.js';

/** What a recording needs to find when it begins: it names or shows it, and nothing in it makes it. */
export interface Assumptions {
  /** The things of the recording: those that it creates, and those that it assumes (`createdAt` absent). */
  readonly catalogue: Catalogue;
  /** In the order in which they were first met. */
  readonly tuples: readonly Tuple[];
  /** Requests that were refused because they had been done before, outside the recording. */
  readonly doneBefore: readonly KnownStep[];
}

/** @param orderUncertain - then anything that the recording creates may have been there from the start */
export function assumptionsOf(known: ReplayContract, steps: readonly Step[], orderUncertain: boolean): Assumptions {
  return new Assuming(known, steps, orderUncertain).read();
}

class Assuming {
  readonly #known: ReplayContract;
  readonly #steps: readonly KnownStep[];
  readonly #orderUncertain: boolean;
  readonly #catalogue = new Catalogue();
  readonly #ledger: TupleLedger;
  /** Every tuple that the recording adds anywhere. */
  readonly #everAdded: TupleLedger;
  readonly #tuples: Tuple[] = [];
  readonly #doneBefore: KnownStep[] = [];

  constructor(known: ReplayContract, steps: readonly Step[], orderUncertain: boolean) {
    this.#known = known;
    // Outside the contract only what can be sent in part matters: see `Session`.
    this.#steps = steps.filter(isKnown).filter((step) => isInContract(step) || writes(step));
    this.#orderUncertain = orderUncertain;
    this.#ledger = new TupleLedger(known);
    this.#everAdded = new TupleLedger(known);
  }

  read(): Assumptions {
    for (const step of this.#steps) this.#registerCreated(step);
    for (const step of this.#steps) this.#registerDeleted(step);
    for (const step of this.#steps) {
      for (const named of requiredBy(this.#known, step)) this.#need(named, step.exchange.index);
      if (isSuccess(step)) {
        for (const shown of shownBy(this.#known, step)) this.#see(shown, step.exchange.index);
        this.#ledger.apply(step);
      } else if (this.#wasDoneBefore(step)) this.#doneBefore.push(step);
    }
    return { catalogue: this.#catalogue, tuples: this.#tuples, doneBefore: this.#doneBefore };
  }

  #registerCreated(step: KnownStep): void {
    const effect = effectOf(step);
    if (effect === undefined || !tookEffect(step, this.#known)) return;
    if (effect.kind === 'add') for (const tuple of tuplesOf(this.#known, step)) this.#everAdded.add(tuple);
    const resource = effect.kind === 'create' ? this.#known.contract.resources.get(effect.target) : undefined;
    const { request, response } = step.exchange;
    if (resource === undefined || !isObject(response.body)) return;
    const sent = isObject(request.body) ? request.body : {};
    this.#catalogue.add(resource, { ...sent, ...response.body }, step.exchange.index);
  }

  #registerDeleted(step: KnownStep): void {
    const effect = effectOf(step);
    if (effect?.kind !== 'delete' || !isSuccess(step)) return;
    for (const { resource, properties, value } of namedByPath(this.#known, step)) {
      const found = properties.flatMap((property) => this.#catalogue.all(resource, property, value));
      const entity = found.findLast(({ createdAt }) => createdAt === undefined || createdAt < step.exchange.index);
      if (entity !== undefined) entity.deletedAt ??= step.exchange.index;
    }
  }

  /** The entity that a name means at a place of the recording; one that was there before, where the recording made none. */
  #need(named: Named, index: number): Entity | undefined {
    const resource = this.#known.contract.resources.get(named.resource);
    if (resource === undefined || resource.inside !== undefined) return undefined;
    const candidates = named.properties.flatMap((property) =>
      this.#catalogue.all(named.resource, property, named.value),
    );
    // A key is given by the server, once: whatever has it is what is meant. Another name may have been given before.
    const entity =
      candidates.findLast(({ createdAt }) => createdAt !== undefined && createdAt < index) ??
      candidates.find(
        ({ createdAt, first }) =>
          createdAt === undefined || this.#orderUncertain || first[resource.key] === named.value,
      ) ??
      this.#catalogue.add(resource, { [named.properties[0] ?? resource.key]: named.value });
    if (entity.createdAt === undefined && named.item !== undefined) this.#learnItems(entity, named.item);
    return entity;
  }

  #learnItems(parent: Entity, item: JsonObject): void {
    for (const child of this.#known.contract.resources.values()) {
      const key = Object.values(child.inside?.key ?? {}).find(({ of }) => of === 'item')?.property;
      if (child.inside?.parent !== parent.resource.name || key === undefined) continue;
      learnItem(parent, child.inside.list, key, item);
    }
  }

  #see(shown: Shown, index: number): void {
    const { resource, item, tuple } = shown;
    for (const named of namedByItem(this.#known.contract, resource, item)) this.#need(named, index);
    if (resource.inside === undefined) {
      const key = item[resource.key];
      if (typeof key === 'string') this.#reveal(resource, key, item, index);
    } else this.#revealJoined(shown, index);
    if (tuple !== undefined) this.#assumeTuple(tuple);
  }

  #reveal(resource: Resource, key: string, item: JsonObject, index: number): void {
    const alias = namesOf(resource)
      .slice(1)
      .flatMap((property) => {
        const value = item[property];
        return typeof value === 'string' ? this.#catalogue.all(resource.name, property, value) : [];
      })
      .find(({ createdAt, first }) => createdAt === undefined && first[resource.key] === undefined);
    // Two that cannot be there together: what is shown is wrong, and nothing to prepare.
    const moment = this.#orderUncertain ? undefined : index;
    if (
      this.#catalogue.byKey(resource, key) === undefined &&
      this.#catalogue.clashing(resource, item, moment).length > 0
    )
      return;
    const entity =
      this.#catalogue.byKey(resource, key) ??
      alias ??
      this.#need({ resource: resource.name, properties: [resource.key], value: key, place: 'body' }, index);
    if (entity !== undefined && entity.createdAt === undefined) this.#catalogue.learn(entity, item);
  }

  /** An item of a parent shows properties of both that were joined to it. */
  #revealJoined({ resource, item, view }: Shown, index: number): void {
    const [named] = namedByItem(this.#known.contract, resource, item);
    const parent = named === undefined ? undefined : this.#need(named, index);
    if (parent === undefined || parent.createdAt !== undefined || resource.inside === undefined) return;
    const key = Object.values(resource.inside.key).find(({ of }) => of === 'item')?.property;
    for (const name of view.properties) {
      const role = view.property(name)?.role;
      const value = item[name];
      if (role?.kind !== 'of' || value === undefined || value === '') continue;
      if (role.resource === parent.resource.name) this.#catalogue.learn(parent, { [role.property]: value });
      else if (role.resource === resource.name && key !== undefined && named?.item !== undefined) {
        learnItem(parent, resource.inside.list, key, { ...named.item, [role.property]: value });
      }
    }
  }

  #assumeTuple(tuple: Tuple): void {
    const ledger = this.#orderUncertain ? this.#everAdded : this.#ledger;
    if (ledger.has(tuple) || this.#ledger.has(tuple) || ledger.follows(tuple)) return;
    this.#tuples.push(tuple);
    this.#ledger.add(tuple);
  }

  /** Refused as a duplicate, and nothing in the recording is what it duplicates. */
  #wasDoneBefore(step: KnownStep): boolean {
    const effect = effectOf(step);
    const [problem] = step.problems;
    const { body } = step.exchange.request;
    if (problem?.when.kind !== 'duplicate' || effect?.kind !== 'create' || !isObject(body)) return false;
    const resource = this.#known.contract.resources.get(effect.target);
    return !(resource?.unique ?? []).some((group) =>
      this.#catalogue.entities.some(
        ({ resource: other, first }) =>
          other.name === effect.target && group.every((property) => first[property] === body[property]),
      ),
    );
  }
}

/** What must be there for a request to be answered as it was. Refusals come in an order: what is looked at first must be right. */
function requiredBy(known: ReplayContract, step: KnownStep): readonly Named[] {
  const unknownSucceeds = effectOf(step)?.unknownSucceeds ?? [];
  const needed = ({ side }: Named) => side === undefined || !unknownSucceeds.includes(side);
  const path = namedByPath(known, step);
  if (isSuccess(step)) return [...path, ...namedByBody(known, step)].filter(needed);
  const [problem] = step.problems;
  if (problem === undefined) return [];
  return missedBy(problem, path, () => namedByBody(known, step));
}

function missedBy({ when }: Problem, path: readonly Named[], body: () => readonly Named[]): readonly Named[] {
  switch (when.kind) {
    case 'unknown':
      return path.filter(({ side }) => side !== when.of);
    case 'duplicate':
    case 'full':
      return [...path, ...body()];
    case 'token':
    case 'scope':
    case 'invalid':
    case 'beyond':
    case 'rate':
    case 'hook':
    case 'never':
      return [];
  }
}
