import type { ReplayContract } from '../recorded/replay-contract.js';
import { effectOf, isSuccess, type RoutedStep, writes } from '../recorded/step.js';
import { AlteredEntities } from './altered-entities.js';
import type { Catalogue } from './catalogue.js';

/** Writes whose bodies were not recorded. They cannot be sent, so what they changed is unknown. */
export class IncompleteWrites {
  readonly #known: ReplayContract;
  readonly #entities: AlteredEntities;
  readonly #relations = new Set<string>();

  constructor(known: ReplayContract, catalogue: Catalogue) {
    this.#known = known;
    this.#entities = new AlteredEntities(known, catalogue);
  }

  add(step: RoutedStep): void {
    if (!isSuccess(step) || !writes(step)) return;
    this.#entities.add(step);
    const effect = effectOf(step);
    if (effect?.on === 'relation') this.#relations.add(effect.target);
  }

  /** Whether the answer to a request may depend on one of these writes. */
  affect(step: RoutedStep): boolean {
    const effect = effectOf(step);
    const relation = effect?.on === 'relation' ? this.#known.contract.relations.get(effect.target) : undefined;
    const chains = relation === undefined ? [] : [relation.name, ...relation.shows.flat()];
    return chains.some((name) => this.#relations.has(name)) || this.#entities.isReferencedBy(step);
  }
}
