import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { namedByBody, namedByPath } from '../recorded/naming.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { KnownStep, Step } from '../recorded/step.js';
import type { Catalogue, Entity } from './catalogue.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The things of a recording to which something outside the contract was done: what that changed is not known. */
export class Altered {
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

  /** Notes what a request names of which the contract knows nothing: it may do anything to it. */
  note({ exchange }: Step): void {
    const { method, path, body } = exchange.request;
    if (READS.has(method) || exchange.response.status >= 400) return;
    for (const text of [...path.split('/').map(decoded), ...textsIn(body)]) {
      for (const { name, key } of this.#known.contract.resources.values()) {
        for (const entity of this.#catalogue.all(name, key, text)) this.#entities.add(entity);
      }
    }
  }

  /** Whether a request names one of them. */
  isNamedBy(step: KnownStep): boolean {
    if (this.#entities.size === 0) return false;
    const named = [...namedByPath(this.#known, step), ...namedByBody(this.#known, step)];
    return named.some(({ resource, properties, value }) =>
      properties.some((property) => this.#catalogue.all(resource, property, value).some((entity) => this.has(entity))),
    );
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsIn(entry));
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
