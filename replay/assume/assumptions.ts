import type { Json, JsonObject, Problem, Resource } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { type AnswerItem, itemsInAnswer, pathSides } from '../recorded/answer-items.js';
import { createdItem } from '../recorded/created-item.js';
import {
  type RecordedTuple,
  type Reference,
  referencesInBody,
  referencesInItem,
  referencesInPath,
  tuplesOf,
} from '../recorded/references.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import {
  effectOf,
  isInContract,
  isRouted,
  isSuccess,
  type RoutedStep,
  type Step,
  tookEffect,
  writes,
} from '../recorded/step.js';
import { TupleTracker } from '../recorded/tuple-tracker.js';
import { Catalogue, type Entity, isLink, isUnder, learnItem, withParent } from './catalogue.js';

/** What must exist before a recording: entities and tuples it refers to or returns, but does not create. */
export interface Assumptions {
  /** The entities of the recording: those it creates, and those it assumes (`createdAt` absent). */
  readonly catalogue: Catalogue;
  /** In the order of first appearance. */
  readonly tuples: readonly RecordedTuple[];
  /** Creations that were refused as duplicates of something outside the recording. */
  readonly doneBefore: readonly RoutedStep[];
}

/** @param orderUncertain - if true, what the recording creates may be used before its creation in file order */
export function assumptionsOf(known: ReplayContract, steps: readonly Step[], orderUncertain: boolean): Assumptions {
  return new AssumptionReader(known, steps, orderUncertain).read();
}

class AssumptionReader {
  readonly #known: ReplayContract;
  readonly #steps: readonly RoutedStep[];
  readonly #orderUncertain: boolean;
  readonly #catalogue = new Catalogue();
  readonly #tracker: TupleTracker;
  /** Every tuple that the recording adds anywhere. */
  readonly #everAdded: TupleTracker;
  readonly #tuples: RecordedTuple[] = [];
  readonly #doneBefore: RoutedStep[] = [];
  /** The properties of assumed entities that updates have changed so far. */
  readonly #changed = new Map<Entity, Set<string>>();

  constructor(known: ReplayContract, steps: readonly Step[], orderUncertain: boolean) {
    this.#known = known;
    // Outside the contract only writes matter: their declared part is sent, see `ReplayRun`.
    this.#steps = steps.filter(isRouted).filter((step) => isInContract(step) || writes(step));
    this.#orderUncertain = orderUncertain;
    this.#tracker = new TupleTracker(known);
    this.#everAdded = new TupleTracker(known);
  }

  read(): Assumptions {
    for (const step of this.#steps) this.#registerCreated(step);
    for (const step of this.#steps) this.#registerDeleted(step);
    for (const step of this.#steps) {
      for (const named of requiredBy(this.#known, step)) this.#requireEntity(named, step.exchange.index);
      this.#registerChange(step);
      if (isSuccess(step)) {
        for (const shown of itemsInAnswer(this.#known, step)) this.#readItem(shown, step.exchange.index);
        this.#tracker.apply(step);
      } else if (this.#wasDoneBefore(step)) this.#doneBefore.push(step);
    }
    return { catalogue: this.#catalogue, tuples: this.#tuples, doneBefore: this.#doneBefore };
  }

  #registerCreated(step: RoutedStep): void {
    const effect = effectOf(step);
    if (effect === undefined || !tookEffect(step, this.#known)) return;
    if (effect.kind === 'add') for (const tuple of tuplesOf(this.#known, step, 'add')) this.#everAdded.add(tuple);
    const resource = effect.kind === 'create' ? this.#known.contract.resources.get(effect.target) : undefined;
    const { request } = step.exchange;
    const shown = createdItem(this.#known, step);
    if (resource === undefined || shown === undefined) return;
    const sent = isObject(request.body) ? request.body : {};
    const item = withParent(resource, { ...sent, ...shown }, pathSides(step));
    this.#catalogue.add(resource, item, step.exchange.index);
  }

  #registerDeleted(step: RoutedStep): void {
    const effect = effectOf(step);
    if (effect?.kind !== 'delete' || !isSuccess(step)) return;
    for (const { resource, properties, value, parent } of referencesInPath(this.#known, step)) {
      const found = properties
        .flatMap((property) => this.#catalogue.all(resource, property, value))
        .filter((entity) => isUnder(entity, parent));
      const entity = found.findLast(({ createdAt }) => createdAt === undefined || createdAt < step.exchange.index);
      if (entity !== undefined) entity.deletedAt ??= step.exchange.index;
    }
  }

  /** The entity of a reference at an index of the recording; a new assumed one if the recording did not create it. */
  #requireEntity(named: Reference, index: number): Entity | undefined {
    const resource = this.#known.contract.resources.get(named.resource);
    if (resource === undefined || resource.inside !== undefined) return undefined;
    const called = named.properties.flatMap((property) => this.#catalogue.all(named.resource, property, named.value));
    const candidates = this.#aliveAt(called, named.parent, index);
    // The server assigns a key once, so it identifies the entity. Other names may have been used before.
    const entity =
      candidates.findLast(({ createdAt }) => createdAt !== undefined && createdAt < index) ??
      candidates.find(
        ({ createdAt, first }) =>
          createdAt === undefined || this.#orderUncertain || first[resource.key] === named.value,
      ) ??
      this.#catalogue.add(resource, {
        [named.properties[0] ?? resource.key]: named.value,
        ...(resource.under === undefined || named.parent === undefined
          ? {}
          : { [resource.under.property]: named.parent }),
      });
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

  #readItem(shown: AnswerItem, index: number): void {
    const { resource, item, tuple, sides } = shown;
    for (const named of referencesInItem(this.#known.contract, resource, item)) {
      const entity = this.#requireEntity(named, index);
      if (entity !== undefined && entity.createdAt === undefined)
        this.#catalogue.learn(entity, joinedFrom(shown, entity));
    }
    if (resource.inside === undefined) {
      const key = item[resource.key];
      if (typeof key === 'string') this.#learnEntity(resource, key, withParent(resource, item, sides), index);
    } else this.#learnParent(shown, index);
    if (tuple !== undefined) this.#assumeTuple(tuple);
  }

  #learnEntity(resource: Resource, key: string, item: JsonObject, index: number): void {
    // Two entities that cannot exist at once: the answer is wrong, so there is nothing to create.
    const slot = this.#orderUncertain ? undefined : index;
    const parent = resource.under === undefined ? undefined : item[resource.under.property];
    const under = typeof parent === 'string' ? { parent } : {};
    const known = this.#aliveAt(this.#catalogue.all(resource.name, resource.key, key), under.parent, index)[0];
    if (known === undefined && this.#catalogue.clashing(resource, item, slot).length > 0) return;
    const named: Reference = {
      resource: resource.name,
      properties: [resource.key],
      value: key,
      place: 'body',
      ...under,
    };
    const namesake = this.#catalogue.withoutKey(resource, item);
    const entity = known ?? namesake ?? this.#requireEntity(named, index);
    if (entity === undefined || entity.createdAt !== undefined) return;
    // It was known by another name before.
    if (namesake !== undefined && namesake !== entity) this.#catalogue.absorb(entity, namesake);
    // What the recording changed is not as it was before.
    const changed = this.#changed.get(entity) ?? new Set();
    const unchanged = Object.entries(item).filter(([name]) => !changed.has(name));
    this.#catalogue.learn(entity, Object.fromEntries(unchanged));
  }

  /**
   * The entities that may exist at an index of the recording. The server assigns most keys, each once; a key that names
   * another item can be used again after a deletion.
   */
  #aliveAt(entities: readonly Entity[], parent: string | undefined, index: number): readonly Entity[] {
    return entities.filter((entity) => {
      const { createdAt = -1, deletedAt = Number.POSITIVE_INFINITY } = entity;
      const isReused = isLink(entity.resource) && !this.#orderUncertain;
      return isUnder(entity, parent) && (!isReused || (createdAt <= index && index <= deletedAt));
    });
  }

  /** Remembers what an update sent. */
  #registerChange(step: RoutedStep): void {
    const effect = effectOf(step);
    const { body } = step.exchange.request;
    if (effect?.kind !== 'update' || !isSuccess(step) || !isObject(body)) return;
    for (const named of referencesInPath(this.#known, step)) {
      const entity = named.resource === effect.target ? this.#requireEntity(named, step.exchange.index) : undefined;
      if (entity === undefined) continue;
      const changed = this.#changed.get(entity) ?? new Set();
      this.#changed.set(entity, changed);
      for (const name of Object.keys(body)) changed.add(name);
    }
  }

  /** A nested item contains joined properties of its parent. */
  #learnParent({ resource, item, view }: AnswerItem, index: number): void {
    const [named] = referencesInItem(this.#known.contract, resource, item);
    const parent = named === undefined ? undefined : this.#requireEntity(named, index);
    if (parent === undefined || parent.createdAt !== undefined || resource.inside === undefined) return;
    const key = Object.values(resource.inside.key).find(({ of }) => of === 'item')?.property;
    for (const name of view.properties) {
      const role = view.property(name)?.role;
      const value = item[name];
      if (role?.kind !== 'of' || role.property === undefined || value === undefined || value === '') continue;
      if (role.resource === parent.resource.name) this.#catalogue.learn(parent, { [role.property]: value });
      else if (role.resource === resource.name && key !== undefined && named?.item !== undefined) {
        learnItem(parent, resource.inside.list, key, { ...named.item, [role.property]: value });
      }
    }
  }

  #assumeTuple(tuple: RecordedTuple): void {
    const tracker = this.#orderUncertain ? this.#everAdded : this.#tracker;
    if (tracker.has(tuple) || this.#tracker.has(tuple) || tracker.isImplied(tuple)) return;
    this.#tuples.push(tuple);
    this.#tracker.add(tuple);
  }

  /** Whether a creation was refused as a duplicate of something outside the recording. */
  #wasDoneBefore(step: RoutedStep): boolean {
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

/** What an item shows of another entity that it refers to: single properties, or an object of them. */
function joinedFrom({ item, view }: AnswerItem, { resource }: Entity): JsonObject {
  return Object.fromEntries(
    view.properties.flatMap((name): [string, Json][] => {
      const role = view.property(name)?.role;
      const value = item[name];
      if (role?.kind !== 'of' || role.resource !== resource.name || value === undefined) return [];
      if (role.property !== undefined) return [[role.property, value]];
      return isObject(value) ? Object.entries(value) : [];
    }),
  );
}

/** The references that must exist for the recorded answer. Checks run in a fixed order: what an earlier check needs must exist. */
function requiredBy(known: ReplayContract, step: RoutedStep): readonly Reference[] {
  const unknownSucceeds = effectOf(step)?.unknownSucceeds ?? [];
  const needed = ({ side }: Reference) => side === undefined || !unknownSucceeds.includes(side);
  const path = referencesInPath(known, step);
  if (isSuccess(step)) return [...path, ...referencesInBody(known, step)].filter(needed);
  const [problem] = step.problems;
  if (problem === undefined) return [];
  return missedBy(problem, path, () => referencesInBody(known, step));
}

function missedBy(
  { when }: Problem,
  path: readonly Reference[],
  body: () => readonly Reference[],
): readonly Reference[] {
  switch (when.kind) {
    case 'unknown':
      return path.filter(({ side }) => side !== when.of);
    case 'duplicate':
    case 'full':
    case 'unsupported':
    case 'hook':
      return [...path, ...body()];
    case 'token':
    case 'scope':
    case 'invalid':
    case 'beyond':
    case 'rate':
    case 'never':
      return [];
  }
}
