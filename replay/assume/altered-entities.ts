import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { textsIn } from '../../contract/json/texts-in.js';
import { isObject } from '../../contract/pointer.js';
import { referencesInBody, referencesInPath } from '../recorded/references.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import { effectOf, type RoutedStep, type Step } from '../recorded/step.js';
import type { Catalogue, Entity } from './catalogue.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Entities that exchanges outside the contract may have changed in unknown ways. */
export class AlteredEntities {
  readonly #known: ReplayContract;
  readonly #catalogue: Catalogue;
  readonly #entities = new Set<Entity>();

  constructor(known: ReplayContract, catalogue: Catalogue) {
    this.#known = known;
    this.#catalogue = catalogue;
  }

  has(entity: Entity): boolean {
    return this.#entities.has(entity);
  }

  /**
   * Adds the entities whose keys appear in a request without an operation in the contract.
   * @returns those that its path names
   */
  add({ exchange }: Step): readonly Entity[] {
    const { method, path, body } = exchange.request;
    if (READS.has(method) || exchange.response.status >= 400) return [];
    const inPath = path.split('/').flatMap((segment) => this.#withKey(decodeSegment(segment) ?? segment));
    for (const entity of [...inPath, ...textsIn(body).flatMap((text) => this.#withKey(text))])
      this.#entities.add(entity);
    return inPath;
  }

  #withKey(text: string): readonly Entity[] {
    return [...this.#known.contract.resources.values()].flatMap(({ name, key }) =>
      this.#catalogue.all(name, key, text),
    );
  }

  /**
   * Adds the entity of a request that is partly outside the contract: the target receives only its declared part.
   * @returns those that its path names
   */
  addPartly(step: RoutedStep): readonly Entity[] {
    const named = referencesInPath(this.#known, step).flatMap(({ resource, properties, value }) =>
      properties.flatMap((property) => this.#catalogue.all(resource, property, value)),
    );
    for (const entity of named) this.#entities.add(entity);
    this.#addCreated(step);
    return named;
  }

  #addCreated(step: RoutedStep): void {
    const effect = effectOf(step);
    const resource = effect?.kind === 'create' ? this.#known.contract.resources.get(effect.target) : undefined;
    const { body } = step.exchange.response;
    const key = resource !== undefined && isObject(body) ? body[resource.key] : undefined;
    if (resource === undefined || typeof key !== 'string') return;
    for (const entity of this.#catalogue.all(resource.name, resource.key, key)) this.#entities.add(entity);
  }

  /** Whether a request refers to one of them. */
  isReferencedBy(step: RoutedStep): boolean {
    if (this.#entities.size === 0) return false;
    const named = [...referencesInPath(this.#known, step), ...referencesInBody(this.#known, step)];
    return named.some(({ resource, properties, value }) =>
      properties.some((property) => this.#catalogue.all(resource, property, value).some((entity) => this.has(entity))),
    );
  }
}
