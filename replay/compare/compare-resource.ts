import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import type { Assumptions } from '../assume/assumptions.js';
import type { Entity } from '../assume/catalogue.js';
import { bodyView } from '../judge/declared.js';
import { itemOf } from '../recorded/naming.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { TupleLedger } from '../recorded/tuple-ledger.js';
import { compareItem, type ItemContext, type Place } from './compare-item.js';
import { compareSets, type Listed, type SetComparison } from './compare-listing.js';
import type { Correspondence } from './correspondence.js';
import type { Difference } from './difference.js';

/** What was sent of a thing so far, by its resource and recorded key. */
export type SentOf = (resource: string, key: string) => Json | undefined;

/** What a comparison knows of the run that it is part of. */
export interface AnswerContext {
  readonly known: ReplayContract;
  readonly correspondence: Correspondence;
  readonly times: Map<string, string>;
  readonly ledger: TupleLedger;
  readonly assumptions: Assumptions;
  readonly sentOf: SentOf;
  isUnmet(entity: Entity): boolean;
  /** Something outside the contract was done to it: what that changed is not known. */
  isAltered(entity: Entity): boolean;
}

/** Compares things of the contract's resources, alone and in sets, with what is known of them from the run. */
export class ResourceComparison {
  readonly #context: AnswerContext;
  readonly #fixed = new Map<string, Pick<ItemContext, 'defaults' | 'own'>>();

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  /**
   * Compares one thing.
   * @param sides - the sides of relations that the request's path binds, for sets that are shown inside it
   * @param named - the thing that the request names, where the answer need not show its key
   */
  one(
    resource: Resource,
    recorded: JsonObject,
    actual: JsonObject,
    place: Place,
    sides: Readonly<Record<string, string>>,
    named?: Entity,
  ): readonly Difference[] {
    const { catalogue } = this.#context.assumptions;
    const key = recorded[resource.key];
    const entity =
      typeof key === 'string' ? catalogue.byKey(resource, key) : (named ?? catalogue.byUnique(resource, recorded));
    const id = typeof key === 'string' ? key : entity?.first[resource.key];
    const sent = this.#sentOf(resource, recorded, id);
    const context: ItemContext = {
      ...this.context(sides, resource),
      resource,
      ...(typeof id === 'string' ? { id } : {}),
      ...(sent === undefined ? {} : { sent }),
      assumed: entity !== undefined && (entity.createdAt === undefined || this.#context.isAltered(entity)),
    };
    return compareItem(context, recorded, actual, place);
  }

  /** All that requests said of an item; of one inside another, that it is there under this name. */
  #sentOf(resource: Resource, recorded: JsonObject, id: Json | undefined): Json | undefined {
    if (resource.inside === undefined)
      return typeof id === 'string' ? this.#context.sentOf(resource.name, id) : undefined;
    const names = Object.keys(resource.inside.key);
    const item = itemOf(resource, recorded);
    return Object.keys(item).length === 0
      ? undefined
      : Object.fromEntries(names.map((name) => [name, recorded[name] ?? null]));
  }

  /** What a comparison of one thing has to know. */
  context(sides: Readonly<Record<string, string>>, resource?: Resource): ItemContext {
    const { known, correspondence, times } = this.#context;
    return {
      ...this.#fixedOf(resource),
      correspondence,
      times,
      assumed: false,
      set: (relation, recorded, actual, place) => {
        const free = known.contract.relations
          .get(relation)
          ?.between.filter((side) => side !== resource?.name && !Object.hasOwn(sides, side));
        const other = free?.length === 1 && free[0] !== undefined ? known.contract.resources.get(free[0]) : undefined;
        const view = place.view?.items() ?? known.views.nothing;
        return this.set(other, listedAt(recorded, place.text, 0), listedAt(actual, place.text, 0), {
          complete: true,
          strangers: false,
          late: () => false,
          compare: (one, another, text) =>
            other === undefined ? [] : this.one(other, one, another, { text, view }, sides),
        }).differences;
      },
    };
  }

  /** What the contract says of a resource, wherever one is shown. */
  #fixedOf(resource: Resource | undefined): Pick<ItemContext, 'defaults' | 'own'> {
    const { known } = this.#context;
    const fixed = this.#fixed.get(resource?.name ?? '');
    if (fixed !== undefined) return fixed;
    const creation = resource === undefined ? undefined : known.effects.one('create', resource.name);
    const defaults = creation === undefined ? undefined : bodyView(known.views, creation);
    const created = creation?.responses.find(({ status }) => status.startsWith('2'));
    const found = {
      ...(created === undefined ? {} : { own: known.refusals.view(created) }),
      defaults: defaults ?? known.views.nothing,
    };
    this.#fixed.set(resource?.name ?? '', found);
    return found;
  }

  /** Compares two sets of things. */
  set(
    resource: Resource | undefined,
    recorded: readonly Listed[],
    actual: readonly Listed[],
    options: {
      readonly complete: boolean;
      readonly strangers: boolean;
      readonly late: (actual: JsonObject) => boolean;
      readonly compare: (recorded: JsonObject, actual: JsonObject, place: string) => readonly Difference[];
    },
  ): SetComparison {
    const { correspondence, assumptions } = this.#context;
    return compareSets(
      {
        correspondence,
        resource,
        complete: options.complete,
        strangers: options.strangers,
        isMissed: (item) => {
          const key = resource === undefined ? undefined : item[resource.key];
          const entity =
            resource === undefined || typeof key !== 'string' ? undefined : assumptions.catalogue.byKey(resource, key);
          return entity !== undefined && this.#context.isUnmet(entity);
        },
        mayBeLate: options.late,
        compare: options.compare,
      },
      recorded,
      actual,
    );
  }
}

/** The items of a list, each with its place. */
export function listedAt(items: readonly Json[], place: string, page: number): readonly Listed[] {
  return items.map((item, index) => ({ item, place: `${place}/${index}`, page }));
}
