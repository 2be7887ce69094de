import { type Flaw, READABLE } from '../check/flaw.js';
import type { PointerTo } from '../check/walk.js';
import type { JsonObject, Pointer } from '../contract.js';
import { DocumentChanges, type OnCopy } from './mendable.js';

/** A reference by name. */
interface NamedReference {
  readonly schema: JsonObject;
  readonly at: Pointer;
  readonly keyword: '$ref' | '$dynamicRef';
  readonly name: string;
}

/**
 * The anchors of a document, and references to them: `$ref: '#node'` and `$dynamicRef: '#node'`. They become references by
 * pointer, which everything that reads a contract knows.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.2
 */
export class Anchors {
  readonly #places = new Map<string, Pointer[]>();
  readonly #dynamic = new Map<string, Pointer[]>();
  readonly #references: NamedReference[] = [];

  /** Takes note of a schema. */
  visit(schema: JsonObject, at: PointerTo): void {
    const { $anchor, $dynamicAnchor, $ref, $dynamicRef } = schema;
    if (typeof $anchor === 'string') append(this.#places, $anchor, at());
    if (typeof $dynamicAnchor === 'string') {
      append(this.#places, $dynamicAnchor, at());
      append(this.#dynamic, $dynamicAnchor, at());
    }
    if (typeof $ref === 'string' && /^#[^/]/.test($ref))
      this.#references.push({ schema, at: at(), keyword: '$ref', name: $ref.slice(1) });
    if (typeof $dynamicRef === 'string' && $dynamicRef.startsWith('#'))
      this.#references.push({ schema, at: at(), keyword: '$dynamicRef', name: $dynamicRef.slice(1) });
  }

  /** The document with references by pointer; the same one if it has none by name. */
  resolved(document: JsonObject, onCopy: OnCopy): JsonObject {
    const changes = new DocumentChanges();
    for (const reference of this.#references) {
      const target = this.#targetOf(reference);
      if (target !== undefined) changes.set(`${reference.at}/$ref`, `#${target}`);
      if (reference.keyword === '$dynamicRef') changes.remove(`${reference.at}/$dynamicRef`);
    }
    return this.#references.length === 0 ? document : changes.applyTo(document, onCopy);
  }

  /** Dynamic references that lead to one of several schemas, depending on the schemas around a value. */
  get ambiguous(): readonly Flaw[] {
    return this.#references.flatMap((reference): readonly Flaw[] => {
      const { at, keyword, name, schema } = reference;
      if (keyword === '$ref' || (this.#targetOf(reference) !== undefined && schema.$ref === undefined)) return [];
      const places = this.#dynamic.get(name)?.length ?? 0;
      const message = `"$dynamicRef: #${name}" may lead to ${places} places, depending on how it is reached; expected one`;
      return [{ pointer: at, message, mend: READABLE, leavesOut: 'the reference' }];
    });
  }

  #targetOf({ at, keyword, name, schema }: NamedReference): Pointer | undefined {
    if (name.startsWith('/')) return name;
    if (keyword === '$ref') return nearest(this.#places.get(name) ?? [], at);
    const [only, other] = this.#dynamic.get(name) ?? [];
    return other === undefined && schema.$ref === undefined ? only : undefined;
  }
}

function append(map: Map<string, Pointer[]>, name: string, place: Pointer): void {
  map.set(name, [...(map.get(name) ?? []), place]);
}

/** An anchor counts in its schema resource; documents repeat names in several. */
function nearest(places: readonly Pointer[], from: Pointer): Pointer | undefined {
  return [...places].sort((one, other) => shared(other, from) - shared(one, from))[0];
}

function shared(one: Pointer, other: Pointer): number {
  const [a, b] = [one.split('/'), other.split('/')];
  const end = a.findIndex((segment, index) => segment !== b[index]);
  return end < 0 ? a.length : end;
}
