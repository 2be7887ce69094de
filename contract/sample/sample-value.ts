import type { Contract, Json, JsonObject, Schema } from '../contract.js';
import { listOr } from '../json/json-value.js';
import { isObject } from '../pointer.js';
import { asChild, childrenOf, tagOf } from '../schema/child-schemas.js';
import type { Direction } from '../schema/direction.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { SchemaValidator } from '../schema/schema-validator.js';
import { fitsGivenParts, referencedSchema } from './fits-given-parts.js';
import { numberSamples } from './number-sample.js';
import { patternSample } from './pattern-sample.js';
import { textSamples } from './text-sample.js';

/** Nested values are filled down to this level; a schema that contains itself has no end. */
const DEEPEST = 8;
/** The most values in a list with what its entries hold, and properties of a map: a document may ask for billions. */
const MOST = 1000;
/** Below this level, lists that may be empty are. */
const DEEPEST_LIST = 3;
/** The candidates among which one that fits one form alone is looked for. */
const MOST_CANDIDATES = 40;
/** The optional properties that are tried one by one. */
const MOST_ALONE = 24;

export interface SampleOptions {
  /** Where the value is sent: a request has no `readOnly` properties, an answer no `writeOnly` ones. */
  readonly direction: Direction;
  /** The text where nothing says more, usually the name of what the value is for. Default: `value`. */
  readonly name?: string;
}

/**
 * A value that fits a schema, always the same: an example of the document if it fits, else a value made from the schema
 * with its required properties, and others if it does not fit without them. A schema that nothing simple fits gets the
 * closest try.
 */
export function sampleValue(contract: Contract, schema: Schema, { direction, name }: SampleOptions): Json {
  const place = { name: name ?? 'value', depth: 0 };
  // Most schemas need no search: each part fits, or the whole is validated once. Compiling a large schema takes longer
  // than everything else here.
  const simple = new Sampler(contract, direction, false);
  const quick = simple.partOf(schema, place);
  const fits = (exclusive: boolean): boolean =>
    fitsWith(SchemaValidator.of(contract, { allErrors: false, direction, exclusive }), schema, quick);
  // What fits one form alone fits at least one.
  const isFitting = simple.choseForm ? fits(true) : simple.fitsByParts || fits(false);
  return isFitting ? quick : new Sampler(contract, direction, true).partOf(schema, place);
}

function fitsWith(validator: SchemaValidator, schema: Schema, value: Json): boolean {
  try {
    return validator.fits(schema, value);
  } catch (error) {
    // A schema that leads back to itself judges no value: the stack ends first.
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/** What a value is for. */
interface Place {
  readonly name: string;
  readonly depth: number;
}

/** The most parts of one sample: schemas that contain themselves several times grow without measure. */
const MOST_PARTS = 5000;

class Sampler {
  readonly #contract: Contract;
  readonly #direction: Direction;
  readonly #searches: boolean;
  #partsLeft = MOST_PARTS;
  /** Whether the value is of one of several forms somewhere, and may fit others. */
  choseForm = false;
  /** Whether each part fits, and with the parts the whole. Otherwise nothing is known. */
  fitsByParts = true;

  /** @param searches - whether each part is the first candidate that fits, or simply the first */
  constructor(contract: Contract, direction: Direction, searches: boolean) {
    this.#contract = contract;
    this.#direction = direction;
    this.#searches = searches;
  }

  /** The first candidate that fits, of one form rather than of several; else the first of all. */
  partOf(schema: Json | undefined, place: Place): Json {
    if (!isObject(schema)) {
      this.fitsByParts &&= schema !== false;
      return place.name;
    }
    this.#partsLeft -= 1;
    if (this.#partsLeft < 0) {
      this.fitsByParts = false;
      return null;
    }
    const isSearched = this.#searches && !isPlain(mergedSchema(this.#contract, schema));
    const options = { allErrors: false, direction: this.#direction };
    const inclusive = SchemaValidator.of(this.#contract, options);
    const exclusive = SchemaValidator.of(this.#contract, { ...options, exclusive: true });
    let first: Json | undefined;
    let fitting: Json | undefined;
    let left = MOST_CANDIDATES;
    for (const candidate of this.#candidates(schema, place, 0)) {
      if (!this.#searches) this.fitsByParts &&= this.#fitsWithParts(schema, candidate);
      if (!isSearched) return candidate;
      if (fitsWith(inclusive, schema, candidate)) {
        if (fitsWith(exclusive, schema, candidate)) return candidate;
        fitting ??= candidate;
      }
      first ??= candidate;
      left -= 1;
      if (this.#partsLeft < 0 || (fitting !== undefined && left < 0)) break;
    }
    return fitting ?? first ?? null;
  }

  /** Whether a value fits a schema if the parts of the value, which are judged apart, fit theirs. */
  #fitsWithParts(schema: JsonObject, value: Json): boolean {
    const known = fitsGivenParts(referencedSchema(this.#contract, schema), value);
    if (known !== undefined) return known;
    const validator = SchemaValidator.of(this.#contract, { allErrors: false, direction: this.#direction });
    return fitsWith(validator, schema, value);
  }

  /** Values that may fit, the likeliest first. */
  *#candidates(schema: JsonObject, place: Place, forms: number): Generator<Json> {
    // Forms may lead back to themselves.
    if (forms > DEEPEST) return;
    const shape = mergedSchema(this.#contract, schema);
    yield* givenValues(shape);
    this.choseForm ||= Array.isArray(shape.oneOf);
    for (const form of formsOf(shape)) yield* this.#candidates(form, place, forms + 1);
    for (const type of typesOf(shape)) yield* this.#madeOf(shape, type, place);
  }

  #madeOf(shape: Schema, type: string, place: Place): Iterable<Json> {
    switch (type) {
      case 'object':
        return this.#objects(shape, place.depth);
      case 'array':
        return this.#lists(shape, place);
      case 'boolean':
        return [true, false];
      case 'null':
        return [null];
      case 'integer':
      case 'number':
        return numberSamples(shape, type);
      default:
        return textSamples(shape, place.name);
    }
  }

  /** With the required properties alone; then with others that may set one form apart from another. */
  *#objects(shape: Schema, depth: number): Generator<Json> {
    const properties = isObject(shape.properties) ? shape.properties : {};
    const required = new Set(listOr(shape.required).map(String));
    const optional = Object.keys(properties).filter((name) => !required.has(name) && !this.#isHidden(properties[name]));
    yield this.#objectOr(shape, [], depth);
    if (optional.length === 0 || depth >= DEEPEST) return;
    const telling = optional.filter((name) => this.#isTelling(properties[name]));
    if (telling.length > 0) yield this.#objectOr(shape, telling, depth);
    yield this.#objectOr(shape, optional, depth);
    for (const name of optional.slice(0, MOST_ALONE)) yield this.#objectOr(shape, [name], depth);
  }

  #objectOr(shape: Schema, optional: readonly string[], depth: number): Json {
    const properties = isObject(shape.properties) ? shape.properties : {};
    const others = isObject(shape.additionalProperties) ? shape.additionalProperties : undefined;
    // A map, since an object would take `__proto__` for something else.
    const object = new Map<string, Json>();
    const set = (name: string, schema: Json | undefined): void => {
      if (depth < DEEPEST) object.set(name, this.partOf(schema, { name, depth: depth + 1 }));
    };
    const patterns = isObject(shape.patternProperties) ? Object.keys(shape.patternProperties) : [];
    const isClosed = shape.additionalProperties === false && patterns.length === 0;
    for (const name of [...listOr(shape.required).map(String), ...optional]) {
      const isDeclared = Object.hasOwn(properties, name);
      const declared = isDeclared ? properties[name] : others;
      if (!this.#isHidden(declared) && (isDeclared || !isClosed)) set(name, declared);
    }
    for (const name of dependents(shape, object)) if (!object.has(name)) set(name, properties[name] ?? others);
    const least = typeof shape.minProperties === 'number' ? Math.min(shape.minProperties, MOST / 30 ** depth) : 0;
    for (const [name, schema] of Object.entries(properties)) {
      if (object.size >= least) break;
      if (!object.has(name) && !this.#isHidden(schema)) set(name, schema);
    }
    for (let index = 1; object.size < least && index <= least; index += 1) {
      const [name, schema] = this.#undeclared(shape, index);
      set(name, schema);
    }
    return Object.fromEntries(object);
  }

  /** The name and the schema of a property that the schema does not declare by name. */
  #undeclared({ patternProperties, propertyNames, additionalProperties }: Schema, index: number) {
    const [[pattern, schema] = []] = Object.entries(isObject(patternProperties) ? patternProperties : {});
    const patterned = pattern === undefined ? undefined : patternSample(pattern, index);
    if (patterned !== undefined) return [patterned, schema] as const;
    const names = isObject(propertyNames) ? listOr(mergedSchema(this.#contract, propertyNames).enum) : [];
    return [String(names[index - 1] ?? `key${index}`), additionalProperties] as const;
  }

  /** Whether values in this direction lack the property. */
  #isHidden(schema: Json | undefined): boolean {
    if (!isObject(schema)) return false;
    return mergedSchema(this.#contract, schema)[this.#direction === 'request' ? 'readOnly' : 'writeOnly'] === true;
  }

  /** Whether a property has one value, which may say of which form the object is. */
  #isTelling(schema: Json | undefined): boolean {
    const { const: only, enum: values } = isObject(schema) ? mergedSchema(this.#contract, schema) : {};
    return only !== undefined || listOr(values).length === 1;
  }

  *#lists(shape: Schema, { name, depth }: Place): Generator<Json> {
    const first = listOr(shape.prefixItems).map((schema, index) =>
      this.partOf(schema, { name: `${name}${index}`, depth: depth + 1 }),
    );
    const least = typeof shape.minItems === 'number' ? shape.minItems : 0;
    const contained = shape.contains === undefined ? [] : [this.partOf(shape.contains, { name, depth: depth + 1 })];
    const isEmpty = depth >= DEEPEST_LIST || shape.maxItems === 0 || (least === 0 && first.length > 0);
    const begun = [...first, ...contained];
    const entry = isEmpty && least <= begun.length ? null : this.partOf(shape.items, { name, depth: depth + 1 });
    const length = Math.min(Math.max(least, isEmpty ? 0 : 1), Math.ceil(MOST / sizeOf(entry))) - begun.length;
    const given = isObject(shape.items) ? listOr(mergedSchema(this.#contract, shape.items).enum) : [];
    const rest = Array.from({ length: Math.max(0, length) }, (_, index) =>
      shape.uniqueItems === true && index > 0 ? (given[index] ?? distinct(entry, index)) : entry,
    );
    yield [...begun, ...rest];
    if (least === 0) yield first;
  }
}

/** Whether the first candidate of a schema fits for sure, as far as it is not made of parts. */
function isPlain(shape: Schema): boolean {
  return [shape.type].flat().length === 1 && RISKY.every((keyword) => shape[keyword] === undefined);
}

/** Keywords that the first candidate of a type may violate. */
const RISKY = [
  ...['example', 'examples', 'default', 'enum', 'const', 'format', 'pattern'],
  ...['oneOf', 'anyOf', 'not', 'if', 'contains', 'propertyNames', 'dependentSchemas', 'maxProperties', 'maxItems'],
  ...['minProperties', 'minItems', 'uniqueItems', 'exclusiveMinimum', 'exclusiveMaximum', 'maximum', 'multipleOf'],
];

/** How many values a value holds, itself included, long texts as several; counted no further than a sample may hold. */
function sizeOf(value: Json): number {
  if (typeof value === 'string') return 1 + value.length / 100;
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const part of Object.values(value)) {
    if (size >= MOST) break;
    size += sizeOf(part);
  }
  return size;
}

function distinct(value: Json, index: number): Json {
  if (typeof value === 'number') return value + index;
  if (typeof value === 'string') return `${value}${index}`;
  if (typeof value === 'boolean') return index % 2 === 0 ? value : !value;
  if (!isObject(value)) return value;
  const [name] = ['string', 'number', 'boolean'].flatMap((type) =>
    Object.keys(value).filter((key) => typeof value[key] === type),
  );
  return name === undefined ? value : { ...value, [name]: distinct(value[name] ?? null, index) };
}

/** The properties that must be there since others are. */
function dependents({ dependentRequired }: Schema, present: ReadonlyMap<string, Json>): readonly string[] {
  if (!isObject(dependentRequired)) return [];
  return [...present.keys()].flatMap((name) =>
    Object.hasOwn(dependentRequired, name) ? listOr(dependentRequired[name]).map(String) : [],
  );
}

/** The alternatives of a schema, each together with the rest of it. */
function formsOf(shape: Schema): readonly JsonObject[] {
  const { oneOf, anyOf, if: condition, then, else: otherwise, discriminator, ...own } = shape;
  const children = oneOf === undefined && anyOf === undefined ? childrenOf(shape) : [];
  if (children.length > 0) return children.map((child) => asChild(shape, child));
  // Where both lists are given, a value fits one of each.
  const [list, other] = Array.isArray(oneOf) && oneOf.length > 0 ? [oneOf, anyOf] : [listOr(anyOf), undefined];
  const rest: JsonObject = other === undefined ? own : { ...own, anyOf: other };
  const named = list.flatMap((form) => {
    const tag = tagOf(form, discriminator);
    return tag === undefined ? [] : [{ allOf: [tag, form, rest] }];
  });
  const plain = list.map((form) => ({ allOf: [form, rest] }));
  if (condition === undefined) return [...named, ...plain];
  const branches = [[condition, then], [otherwise]].map((parts) => parts.filter((part) => isObject(part)));
  return [...named, ...plain, ...branches.map((parts) => ({ allOf: [...parts, without(shape)] }))];
}

function without({ if: _if, then: _then, else: _else, ...rest }: Schema): JsonObject {
  return rest;
}

function* givenValues(shape: Schema): Generator<Json> {
  if (shape.example !== undefined) yield shape.example;
  if (shape.const !== undefined) yield shape.const;
  yield* listOr(shape.examples);
  if (shape.default !== undefined) yield shape.default;
  yield* listOr(shape.enum);
}

/** The types that a schema allows, null last; those that its keywords speak of, if it names none. */
function typesOf(shape: Schema): readonly string[] {
  const named = [shape.type ?? []].flat().filter((type) => typeof type === 'string');
  if (named.length > 0) return named.sort((a, b) => Number(a === 'null') - Number(b === 'null'));
  if (shape.properties !== undefined || shape.required !== undefined) return ['object'];
  if (shape.items !== undefined || shape.prefixItems !== undefined) return ['array'];
  if (shape.minimum !== undefined || shape.maximum !== undefined) return ['number'];
  return ['string', 'object', 'array', 'integer', 'null'];
}
