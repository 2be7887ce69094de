import type { Json, JsonObject, Resource } from '../../contract/contract.js';
import type { Assumptions } from '../assume/assumptions.js';
import { type Entity, ownersOf, withParent } from '../assume/catalogue.js';
import { bodyView } from '../judge/declared.js';
import { itemOf } from '../recorded/references.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { entityName, type SentValues } from '../recorded/sent-values.js';
import type { TupleTracker } from '../recorded/tuple-tracker.js';
import { compareItem } from './compare-item.js';
import { compareSets, type Listed, type SetComparison, type SetRules } from './compare-listing.js';
import type { Correspondence } from './correspondence.js';
import type { Difference } from './difference.js';
import type { ItemContext, ValuePair } from './item-context.js';

/** The state of a run that comparisons use. */
export interface AnswerContext {
  readonly known: ReplayContract;
  readonly correspondence: Correspondence;
  readonly times: Map<string, string>;
  readonly tracker: TupleTracker;
  readonly assumptions: Assumptions;
  readonly sent: SentValues;
  isUnmet(entity: Entity): boolean;
  /** Whether an exchange outside the contract may have changed the entity. */
  isAltered(entity: Entity): boolean;
}

/** Compares items of the contract's resources, alone and in sets. */
export class ResourceComparison {
  readonly #context: AnswerContext;
  readonly #fixed = new Map<string, Pick<ItemContext, 'defaults' | 'own'>>();

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  /**
   * Compares one item.
   * @param request - the sides that the path of the request determines, and the entity it refers to, which identifies an
   * item without its key
   */
  one(
    resource: Resource,
    pair: ValuePair<JsonObject>,
    { sides, entity: referenced }: { readonly sides: Readonly<Record<string, string>>; readonly entity?: Entity },
  ): readonly Difference[] {
    const { recorded } = pair;
    const { catalogue } = this.#context.assumptions;
    const key = recorded[resource.key];
    const entity =
      typeof key === 'string'
        ? catalogue.byKey(resource, key, sides[resource.under?.parent ?? ''])
        : (referenced ?? catalogue.byUnique(resource, recorded));
    const id = typeof key === 'string' ? key : entity?.first[resource.key];
    const sent = this.#sentOf(resource, recorded, { id, sides });
    const context: ItemContext = {
      ...this.context(sides, resource),
      resource,
      ...(typeof id === 'string' ? { id } : {}),
      ...(sent === undefined ? {} : { sent }),
      assumed: entity !== undefined && (entity.createdAt === undefined || this.#context.isAltered(entity)),
    };
    return compareItem(context, pair);
  }

  /** Everything that requests sent for an item; for a nested item its key. */
  #sentOf(
    resource: Resource,
    recorded: JsonObject,
    { id, sides }: { readonly id: Json | undefined; readonly sides: Readonly<Record<string, string>> },
  ): Json | undefined {
    if (resource.inside === undefined)
      return typeof id === 'string' ? this.#context.sent.of(entityName(resource, id, sides)) : undefined;
    const names = Object.keys(resource.inside.key);
    const item = itemOf(resource, recorded);
    return Object.keys(item).length === 0
      ? undefined
      : Object.fromEntries(names.map((name) => [name, recorded[name] ?? null]));
  }

  /** The context for comparing one item. */
  context(sides: Readonly<Record<string, string>>, resource?: Resource): ItemContext {
    const { known, correspondence, times } = this.#context;
    return {
      ...this.#fixedOf(resource),
      correspondence,
      times,
      assumed: false,
      set: (relation, { recorded, actual, place }) => {
        const free = known.contract.relations
          .get(relation)
          ?.between.filter((side) => side !== resource?.name && !Object.hasOwn(sides, side));
        const other = free?.length === 1 && free[0] !== undefined ? known.contract.resources.get(free[0]) : undefined;
        const view = place.view?.items() ?? known.views.nothing;
        const lists = { recorded: listedAt(recorded, place.text, 0), actual: listedAt(actual, place.text, 0) };
        return this.set(other, lists, {
          complete: true,
          unrelated: false,
          mayBeLate: () => false,
          compare: (item, text) =>
            other === undefined ? [] : this.one(other, { ...item, place: { text, view } }, { sides }),
        }).differences;
      },
    };
  }

  /** The schema views of a resource, cached. */
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

  /** Compares two sets of items. */
  set(
    resource: Resource | undefined,
    lists: { readonly recorded: readonly Listed[]; readonly actual: readonly Listed[] },
    rules: Pick<SetRules, 'complete' | 'unrelated' | 'mayBeLate' | 'compare'>,
    sides: Readonly<Record<string, string>> = {},
  ): SetComparison {
    const { correspondence, assumptions } = this.#context;
    const isUnprepared = (item: JsonObject): boolean => {
      const key = resource === undefined ? undefined : item[resource.key];
      if (resource === undefined || typeof key !== 'string') return false;
      const entity = assumptions.catalogue.byKey(resource, key, sides[resource.under?.parent ?? '']);
      return entity !== undefined && this.#context.isUnmet(entity);
    };
    const isMadeAlike = (recorded: JsonObject, actual: JsonObject): boolean =>
      resource !== undefined && this.#isMadeAlike(resource, { recorded, actual, sides });
    return compareSets({ ...rules, correspondence, resource, isUnprepared, isMadeAlike }, lists.recorded, lists.actual);
  }

  /**
   * Whether the target's item may be one that the service created by itself: nothing in the recording has its id, and it
   * belongs to the same item that the recording created.
   */
  #isMadeAlike(
    resource: Resource,
    { recorded, actual, sides }: { recorded: JsonObject; actual: JsonObject; sides: Readonly<Record<string, string>> },
  ): boolean {
    const { correspondence, assumptions } = this.#context;
    const key = actual[resource.key];
    if (typeof key !== 'string' || correspondence.recordedOf(key) !== undefined) return false;
    const owners = ownersOf(assumptions.catalogue, withParent(resource, recorded, sides), resource);
    return (
      owners.length > 0 &&
      owners.every(({ property, value }) => {
        const other = actual[property];
        return other === undefined || other === correspondence.text(value);
      })
    );
  }
}

/** The items of a list with their locations. */
export function listedAt(items: readonly Json[], place: string, page: number): readonly Listed[] {
  return items.map((item, index) => ({ item, place: `${place}/${index}`, page }));
}
