import type { Json, JsonObject, Pointer } from '../contract.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import type { Flaw, Mendable } from './flaw.js';

/** A keyword whose schemas apply to the value itself, not to something in it. */
interface InPlace {
  readonly holds: 'schema' | 'schemas';
  /** The name of what a cut leaves out. */
  readonly part: string;
  /** What a cut puts in place of a schema that has to stay. */
  readonly idle: Json;
}

const IN_PLACE: Readonly<Record<string, InPlace>> = {
  allOf: { holds: 'schemas', part: 'the base', idle: {} },
  anyOf: { holds: 'schemas', part: 'the form', idle: false },
  oneOf: { holds: 'schemas', part: 'the form', idle: false },
  not: { holds: 'schema', part: 'the keyword', idle: false },
  if: { holds: 'schema', part: 'the condition', idle: {} },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { holds: 'schema', part: 'the keyword', idle: {} },
  else: { holds: 'schema', part: 'the keyword', idle: {} },
  dependentSchemas: { holds: 'schemas', part: 'the entry', idle: {} },
  dependencies: { holds: 'schemas', part: 'the entry', idle: {} },
};

/** What a copy of a base lacks. */
const FORMS = ['oneOf', 'anyOf', 'discriminator'];

/** A schema that another one applies to the same value. */
interface Applied {
  readonly keyword: string;
  readonly by: InPlace;
  /** The pointer of the value of the keyword. */
  readonly around: Pointer;
  readonly place: Pointer;
}

/**
 * Schemas that lead back to themselves without a property or an item in between: whether a value fits depends on whether
 * it fits, which JSON Schema leaves undefined and no validator can find out. Each circle is cut where it closes.
 *
 * A schema (`allOf`) of a base that has it among its forms (`oneOf`, `anyOf`) is read with a copy of the base without
 * them: many documents mean by this that the base has these heirs.
 *
 * A circle of references alone is a wrong reference, which `referenceCheckOf` finds.
 *
 * @param references - of all schemas; every circle has one
 */
export function checkCircles(document: JsonObject, references: Iterable<string>): readonly Flaw[] {
  return new CircleSearch(document, [...references]).flaws();
}

/** A part of the search, which asks for other parts and continues with what they find. */
interface Search extends Generator<Search, Pointer | undefined, Pointer | undefined> {}

/** More schemas may lie on one way than calls fit on the stack. */
function finish(first: Search): void {
  const begun = [first];
  let found: Pointer | undefined;
  for (let search = begun.at(-1); search !== undefined; search = begun.at(-1)) {
    const step = search.next(found);
    if (step.done === true) begun.pop();
    else begun.push(step.value);
    found = step.done === true ? step.value : undefined;
  }
}

class CircleSearch {
  readonly #document: JsonObject;
  readonly #references: readonly string[];
  /** The schemas on the way from where the search started. */
  readonly #open = new Set<Pointer>();
  /** The schemas that were visited, and where they lead back. */
  readonly #known = new Map<Pointer, { readonly back: Pointer | undefined }>();
  readonly #flaws = new Map<Pointer, Flaw>();
  /** By base: many heirs have the same one. */
  readonly #forms = new Map<Pointer, ReadonlySet<Pointer>>();
  /** The entries of `allOf` in place of which a copy of their base is read. */
  readonly #copied = new Map<Pointer, 'begun' | 'circular' | 'done'>();
  /** What is left out entirely. */
  readonly #left = new Set<Pointer>();

  constructor(document: JsonObject, references: readonly string[]) {
    this.#document = document;
    this.#references = references;
  }

  flaws(): readonly Flaw[] {
    for (const reference of this.#references) finish(this.#leadsBack(reference.slice(1)));
    return [...this.#flaws.values()];
  }

  /** The open schema to which a schema leads by references alone: what applies it is to be cut. */
  *#leadsBack(place: Pointer): Search {
    if (this.#open.has(place)) return place;
    const known = this.#known.get(place);
    // What leads back only to schemas whose circles are known is part of no other.
    if (known !== undefined) return known.back !== undefined && this.#open.has(known.back) ? known.back : undefined;
    const schema = this.#schemaAt(place);
    if (schema === undefined) return undefined;
    this.#open.add(place);
    yield this.#visitApplied(schema, place);
    const target = targetOf(schema);
    const back = target === undefined ? undefined : yield this.#leadsBack(target);
    this.#open.delete(place);
    this.#known.set(place, { back });
    return back === place ? undefined : back;
  }

  *#visitApplied(schema: JsonObject, at: Pointer): Search {
    for (const applied of appliedBy(schema, at)) {
      const base = applied.keyword === 'allOf' ? this.#baseWithForm(applied.place, at) : undefined;
      const { place } = applied;
      const back = yield base === undefined ? this.#leadsBack(place) : this.#readWithoutForms(place, base);
      if (back !== undefined) this.#cut(applied, back);
    }
    return undefined;
  }

  /** The base, if it leads back to the same place without its forms, too. */
  *#readWithoutForms(place: Pointer, base: Pointer): Search {
    if (this.#copied.has(place)) {
      if (this.#copied.get(place) === 'begun') this.#copied.set(place, 'circular');
      return undefined;
    }
    this.#copied.set(place, 'begun');
    yield this.#visitApplied(without(FORMS, this.#schemaAt(base)), base);
    if (this.#copied.get(place) === 'circular') {
      yield this.#leadsBack(place);
      return base;
    }
    this.#copied.set(place, 'done');
    this.#flaws.set(place, {
      pointer: place,
      message: `"#${base}" has this schema among its own forms, so that no value can be checked; expected a base without them`,
      // The bases in a base have been copied before.
      mend: (changes) => changes.copy(base, place, FORMS),
      leavesOut: 'the list of forms',
    });
    return undefined;
  }

  #cut(applied: Applied, back: Pointer): void {
    const { keyword, by, place } = applied;
    // What stands beside the reference of a base still applies.
    const isMore =
      keyword === 'allOf' &&
      place !== back &&
      !this.#copied.has(place) &&
      Object.keys(this.#schemaAt(place) ?? {}).length > 1;
    if (!isMore) this.#left.add(place);
    this.#flaws.set(place, {
      pointer: place,
      message: `"${keyword}" leads back to itself through "#${back}", so that no value can be checked; expected a property or items in between`,
      mend: (changes) => (isMore ? changes.remove(`${place}/$ref`) : this.#leaveOut(applied, changes)),
      leavesOut: by.part,
    });
  }

  #leaveOut({ by, around, place }: Applied, changes: Mendable): void {
    const isLast = by.holds === 'schemas' && this.#entriesOf(around).every((entry) => this.#left.has(entry));
    // Other places in a list stay where references expect them.
    const isReferred = this.#references.some((reference) => reference.startsWith(`#${around}`));
    if (isReferred) changes.set(place, isLast ? {} : by.idle);
    else changes.remove(isLast ? around : place);
  }

  /** The base to which an entry of `allOf` refers, if the schema around it is among its forms or their bases or forms. */
  #baseWithForm(entry: Pointer, heir: Pointer): Pointer | undefined {
    const seen = new Set<Pointer>();
    let base = entry;
    for (let target = targetOf(this.#schemaAt(base)); target !== undefined; target = targetOf(this.#schemaAt(base))) {
      if (seen.has(target)) return undefined;
      seen.add(target);
      base = target;
    }
    if (base === entry) return undefined;
    return this.#formsOf(base).has(heir) ? base : undefined;
  }

  /** The forms of a base, with their bases and forms. */
  #formsOf(base: Pointer): ReadonlySet<Pointer> {
    const known = this.#forms.get(base);
    if (known !== undefined) return known;
    const places = new Set([...this.#entriesOf(`${base}/oneOf`), ...this.#entriesOf(`${base}/anyOf`)]);
    // A set that grows while it is read has each place once.
    for (const place of places) {
      const target = targetOf(this.#schemaAt(place));
      if (target !== undefined) places.add(target);
      for (const keyword of ['allOf', 'anyOf', 'oneOf'])
        for (const inner of this.#entriesOf(`${place}/${keyword}`)) places.add(inner);
    }
    this.#forms.set(base, places);
    return places;
  }

  /** The places of the entries of a list or an object. */
  #entriesOf(place: Pointer): readonly Pointer[] {
    return placesIn(getPointer(this.#document, place), place);
  }

  #schemaAt(place: Pointer): JsonObject | undefined {
    const schema = getPointer(this.#document, place);
    return isObject(schema) ? schema : undefined;
  }
}

function appliedBy(schema: JsonObject, at: Pointer): readonly Applied[] {
  return Object.keys(schema).flatMap((keyword): readonly Applied[] => {
    const by = Object.hasOwn(IN_PLACE, keyword) ? IN_PLACE[keyword] : undefined;
    // A branch is ignored without a condition.
    const isIdle = (keyword === 'then' || keyword === 'else') && schema.if === undefined;
    if (by === undefined || isIdle) return [];
    const around = `${at}/${keyword}`;
    const places = by.holds === 'schema' ? [around] : placesIn(schema[keyword], around);
    return places.map((place) => ({ keyword, by, around, place }));
  });
}

function placesIn(value: Json | undefined, at: Pointer): readonly Pointer[] {
  return typeof value === 'object' && value !== null ? Object.keys(value).map((name) => joinPointer(at, name)) : [];
}

function without(names: readonly string[], schema: JsonObject = {}): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));
}

function targetOf(schema: JsonObject | undefined): Pointer | undefined {
  return typeof schema?.$ref === 'string' && schema.$ref.startsWith('#') ? schema.$ref.slice(1) : undefined;
}
