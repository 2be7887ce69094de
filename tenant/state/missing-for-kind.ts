import type { Contract, MediaType, Resource } from '../../contract/contract.js';
import { kindIn } from '../effect/kind.js';
import type { World } from '../effect/world.js';
import type { StateProblem } from '../errors.js';
import type { ItemBuilders } from '../routing/endpoint.js';
import type { Entity } from '../store/entity.js';
import { type Place, pointerTo, problem } from './place.js';

/** An item of a state whose kind may require more of it. */
export interface KindItem {
  readonly place: Place;
  readonly resource: Resource;
  readonly entity: Entity;
}

/** Resource → kind → what a body that creates one has to have. */
export type KindsOfResources = ReadonlyMap<string, NonNullable<MediaType['kinds']>>;

export function kindsOfResources({ operations }: Contract): KindsOfResources {
  return new Map(
    operations.flatMap(({ effect, requestBody }) =>
      (requestBody?.content ?? []).flatMap(({ kinds }) =>
        effect?.kind === 'create' && kinds !== undefined ? [[effect.target, kinds] as const] : [],
      ),
    ),
  );
}

/** What the kind of an item requires, as far as it is stored. */
export function* missingForKind(
  { place, resource, entity }: KindItem,
  { world, itemBuilders }: { readonly world: World; readonly itemBuilders: ItemBuilders },
  kinds: KindsOfResources,
): Iterable<StateProblem> {
  const kind = kindIn(world.store, resource, entity.properties);
  if (kind === undefined) return;
  for (const name of kinds.get(resource.name)?.get(kind)?.required ?? []) {
    if (entity.properties[name] !== undefined || itemBuilders.get(resource.name)?.stored.has(name) !== true) continue;
    yield problem(pointerTo(place), `Missing required property: ${name}.`);
  }
}
