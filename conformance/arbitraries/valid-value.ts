import fc from 'fast-check';
import type { Json, Schema } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import type { Pattern } from '../../contract/pattern/pattern.js';
import { isObject } from '../../contract/pointer.js';
import { asChild, childrenOf, discriminatorOf, tagOf } from '../../contract/schema/child-schemas.js';
import { filterOr } from './filter-or.js';
import { hasFormat, mayHavePassed, textForName, textOfFormat } from './plausible-text.js';
import {
  isNull,
  type JsonType,
  numberOf,
  patternOf,
  propertiesOf,
  requiredOf,
  type SchemaSource,
  shapeOf,
  typesOf,
} from './schema-shape.js';
import { uniqueList } from './unique-list.js';

export interface ValueOptions {
  /** Leave out `readOnly` properties, as requests do. */
  readonly forRequest: boolean;
  /** Optional properties: none for `required`, all of them, or a random part. */
  readonly optional: 'required' | 'some' | 'all';
  /** Take the value that the document shows for a property: servers take those, whatever else they check. Default: false. */
  readonly shown?: boolean;
}

/** Deeper values have only required properties. */
const DEEPEST = 5;
/** Deeper values are null: nothing else ends a schema that requires itself. */
const BOTTOM = 9;
/** A schema that contains itself so often has only required properties then: in several places, it grows fast. */
const MOST_NESTED = 2;

/** What is known of schemas. By source: one with derived state shares references with the one that it was made from. */
interface Known {
  readonly arbitraries: WeakMap<Schema, Map<string, fc.Arbitrary<Json>>>;
  readonly samples: WeakMap<Schema, Map<string, Json>>;
}

const knownBySource = new WeakMap<SchemaSource, Known>();

function knownOf(source: SchemaSource): Known {
  const known = knownBySource.get(source) ?? { arbitraries: new WeakMap(), samples: new WeakMap() };
  knownBySource.set(source, known);
  return known;
}

/** Random valid values of a schema, plausible where names or formats of properties tell their meaning. */
export function validValue(source: SchemaSource, schema: Schema, options: ValueOptions): fc.Arbitrary<Json> {
  const { arbitraries } = knownOf(source);
  const known = arbitraries.get(schema) ?? new Map<string, fc.Arbitrary<Json>>();
  arbitraries.set(schema, known);
  const key = keyOf(options);
  const arbitrary =
    known.get(key) ?? arbitraryOf({ source, options, name: '', depth: 0, different: 0, around: [] }, schema);
  known.set(key, arbitrary);
  return arbitrary;
}

function keyOf({ optional, forRequest, shown = false }: ValueOptions): string {
  return `${optional} ${forRequest} ${shown}`;
}

/** One valid value of a schema, the same every time. */
export function sampleValue(source: SchemaSource, schema: Schema, options: ValueOptions, seed = 1): Json {
  const known = knownOf(source).samples;
  const samples = known.get(schema) ?? new Map<string, Json>();
  known.set(schema, samples);
  const key = `${seed} ${keyOf(options)}`;
  const sample = samples.get(key) ?? fc.sample(validValue(source, schema, options), { numRuns: 1, seed })[0] ?? null;
  samples.set(key, sample);
  return sample;
}

interface Place {
  readonly source: SchemaSource;
  readonly options: ValueOptions;
  /** The property that the value is for. */
  readonly name: string;
  readonly depth: number;
  /** How many different values a list around the value needs. */
  readonly different: number;
  /** The schemas of the values around the value, and its own. */
  readonly around: readonly Schema[];
}

/** The place inside a value of the schema. */
function enter(place: Place, schema: Schema): Place {
  const own = place.source.resolve(schema);
  const nested = place.around.filter((schema) => schema === own).length;
  const depth = nested < MOST_NESTED ? place.depth : Math.max(place.depth, DEEPEST);
  return { ...place, depth, around: [...place.around, own] };
}

function arbitraryOf(outer: Place, schema: Schema): fc.Arbitrary<Json> {
  if (outer.depth > BOTTOM) return fc.constant(null);
  const place = enter(outer, schema);
  const shape = shapeOf(place.source, schema);
  const shown = shownIn(shape, place);
  if (shown !== undefined) return fc.constant(shown);
  if ('const' in shape) return fc.constant(shape.const ?? null);
  if (Array.isArray(shape.enum)) return fc.constantFrom<Json>(...besideNull(shape.enum, (value) => value === null));
  const alternatives = [...listOr(shape.oneOf), ...listOr(shape.anyOf)].filter(isObject);
  const branches = besideNull(withoutTexts(place.source, alternatives), (branch) =>
    isNull(shapeOf(place.source, branch)),
  );
  if (branches.length > 0) {
    const { oneOf: _one, anyOf: _any, ...rest } = shape;
    const flat = branches.filter((branch) => typesOf(shapeOf(place.source, branch)).every(isScalar));
    const open = place.depth >= DEEPEST && flat.length > 0 ? flat : branches;
    return fc.oneof(
      ...open.map((branch) => {
        const inner = enter(place, branch);
        const tags = tagsOf(place.source, branch, shape);
        return arbitraryOf({ ...inner, depth: inner.depth + 1 }, { allOf: [rest, branch, ...tags] });
      }),
    );
  }
  // One kind only: what is updated stays of its kind.
  const [child] = place.depth < DEEPEST ? childrenOf(shape) : [];
  if (child !== undefined) return arbitraryOf({ ...place, depth: place.depth + 1 }, asChild(shape, child));
  const types = besideNull(typesOf(shape), (type) => type === 'null');
  const values = fc.oneof(...types.map((type) => BY_TYPE[type](place, shape)));
  const { not } = shape;
  if (!isObject(not)) return values;
  const { options } = place;
  return filterOr(
    values,
    (value) => !matchesCombination(value, not),
    // What all properties together violate, few may satisfy.
    () =>
      options.optional === 'required'
        ? values
        : arbitraryOf({ ...place, options: { ...options, optional: 'required' } }, schema),
  );
}

/** What the discriminator says of a form that does not say itself which value names it. */
function tagsOf(source: SchemaSource, form: Schema, union: Schema): readonly Schema[] {
  const name = discriminatorOf(union);
  const tag = tagOf(form, union.discriminator);
  if (name === undefined || tag === undefined) return [];
  const own = shapeOf(source, propertiesOf(shapeOf(source, form))[name] ?? {});
  return own.const === undefined && own.enum === undefined ? [tag] : [];
}

/** The value that a document shows for a property. A list of different values needs others. */
function shownIn({ example, examples }: Schema, { options, name, different }: Place): Json | undefined {
  if (options.shown !== true || name === '' || different > 0) return undefined;
  return [example, ...listOr(examples)].find(
    (value) => value !== undefined && value !== null && !mayHavePassed(name, value),
  );
}

/** What there is beside null: a null says little about what a server keeps. */
function besideNull<T>(all: readonly T[], isNull: (one: T) => boolean): readonly T[] {
  const others = all.filter((one) => !isNull(one));
  return others.length === 0 ? all : others;
}

/** What a text may stand for, by its format, where a schema allows both. */
const IN_TEXT: Readonly<Record<string, JsonType>> = {
  integer: 'integer',
  numeric: 'number',
  number: 'number',
  boolean: 'boolean',
};

/**
 * The alternatives without texts that stand for another one: some frameworks document integers as `{type: string, format:
 * integer}` or `{type: integer}`, since queries have texts, and mean one in digits.
 */
function withoutTexts(source: SchemaSource, branches: readonly Schema[]): readonly Schema[] {
  const shapes = branches.map((branch) => shapeOf(source, branch));
  const types = new Set(shapes.flatMap((shape) => typesOf(shape)));
  return branches.filter((_, index) => {
    const { type, format } = shapes[index] ?? {};
    const meant = type === 'string' && typeof format === 'string' ? IN_TEXT[format] : undefined;
    return meant === undefined || !types.has(meant);
  });
}

/** Whether an object has a combination of values that `not` excludes, as far as that names properties and constants. */
function matchesCombination(value: Json, not: Schema): boolean {
  if (!isObject(value)) return false;
  const properties = Object.entries(propertiesOf(not));
  return (
    requiredOf(not).every((name) => name in value) &&
    properties.length > 0 &&
    properties.every(([name, { const: only }]) => only === undefined || !(name in value) || value[name] === only)
  );
}

function isScalar(type: JsonType): boolean {
  return type !== 'array' && type !== 'object';
}

const BY_TYPE: Readonly<Record<JsonType, (place: Place, shape: Schema) => fc.Arbitrary<Json>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: numbersOf,
  number: numbersOf,
  string: (place, shape) => textOf(place.name, shape),
  array: arrayOf,
  object: objectsOf,
};

const WIDEST = 2 ** 52;

function numbersOf({ different }: Place, shape: Schema): fc.Arbitrary<number> {
  // Several times as many as needed, so that few draws repeat a value.
  const width = Math.max(1000, 10 * different * (numberOf(shape.multipleOf) ?? 1));
  return fc.integer(boundsOf(shape, width)).map((value) => multipleOf(shape, value));
}

/** The bounds of a schema; where there is no upper one, `width` above the lower one. */
function boundsOf(shape: Schema, width: number): { readonly min: number; readonly max: number } {
  const above = numberOf(shape.exclusiveMinimum);
  const below = numberOf(shape.exclusiveMaximum);
  const min = Math.ceil(numberOf(shape.minimum) ?? (above === undefined ? 0 : above + 1));
  const max = Math.floor(numberOf(shape.maximum) ?? (below === undefined ? min + width : below - 1));
  // Within doubles: fast-check draws from wider ranges for minutes.
  const [low, high] = [Math.max(min, -WIDEST), Math.min(Math.max(min, max), WIDEST)];
  return { min: Math.min(low, high), max: high };
}

function multipleOf(shape: Schema, value: number): number {
  const step = numberOf(shape.multipleOf);
  // 3 × 0.1 is 0.3, not 0.30000000000000004.
  return step === undefined ? value : Number((Math.ceil(value / step) * step).toPrecision(15));
}

/** A text within `minLength`, `maxLength`, `pattern` and `format`. */
function textOf(name: string, shape: Schema): fc.Arbitrary<string> {
  const min = Math.min(numberOf(shape.minLength) ?? 0, LONGEST);
  const max = numberOf(shape.maxLength) ?? Number.POSITIVE_INFINITY;
  const pattern = patternOf(shape);
  // A pattern of decimals may allow a text without a digit.
  const needsDigit = shape.format === 'decimal';
  const fits = (text: string): boolean =>
    [...text].length >= min &&
    [...text].length <= max &&
    (pattern === undefined || pattern.test(text)) &&
    (!needsDigit || /\d/.test(text));
  const plausible =
    typeof shape.format === 'string' && hasFormat(shape.format) ? textOfFormat(shape.format, name) : textForName(name);
  const fitted = plausible.map((text) => fitLength(text, min, max));
  if (pattern === undefined) return fitted;
  // Plausible texts where the pattern allows them; otherwise texts generated from the pattern.
  const isUsual = fc.sample(fitted, { numRuns: 5, seed: 1 }).every(fits);
  return isUsual ? fitted.filter(fits) : (matching(pattern, fits, `${min} ${max}`) ?? fitted);
}

/** Texts drawn from a pattern to find one that satisfies the other keywords too. */
const DRAWN = 40;

/** Arbitraries by pattern and length: fast-check takes long to analyse a pattern. */
const knownTexts = new Map<string, fc.Arbitrary<string> | undefined>();

/** Texts that match; absent if fast-check cannot generate them, or none satisfies the other keywords. */
function matching(pattern: Pattern, fits: (text: string) => boolean, length: string): fc.Arbitrary<string> | undefined {
  const key = `${length} ${pattern.regExp}`;
  if (!knownTexts.has(key)) knownTexts.set(key, drawnFrom(pattern, fits));
  return knownTexts.get(key);
}

function drawnFrom({ regExp }: Pattern, fits: (text: string) => boolean): fc.Arbitrary<string> | undefined {
  try {
    const texts = fc.stringMatching(regExp, { size: 'small' });
    const known = fc.sample(texts, { numRuns: DRAWN, seed: 1 }).filter(fits);
    if (known.length === 0) return undefined;
    return fc
      .nat({ max: 0xffff })
      .map((seed) => fc.sample(texts, { numRuns: DRAWN, seed }).find(fits) ?? known[seed % known.length] ?? '');
  } catch {
    // fast-check does not support look-around and the like.
    return undefined;
  }
}

function fitLength(text: string, min: number, max: number): string {
  const long = [...text].length < min ? text.padEnd(min, 'abcdefghij') : text;
  return [...long].length > max ? [...long].slice(0, max).join('') : long;
}

/** The longest list and text that are made: a document may ask for billions. */
const LONGEST = 10_000;

function arrayOf(place: Place, shape: Schema): fc.Arbitrary<Json> {
  const min = Math.min(numberOf(shape.minItems) ?? 0, LONGEST);
  const most = Math.max(min, Math.min(numberOf(shape.maxItems) ?? 3, min + 2));
  const deep = place.depth >= DEEPEST;
  const fewest = place.options.optional === 'required' || deep ? min : Math.max(min, Math.min(1, most));
  const lengths = { minLength: fewest, maxLength: deep ? min : most };
  const isUnique = shape.uniqueItems === true;
  const different = isUnique ? lengths.maxLength : place.different;
  const item = arbitraryOf({ ...place, depth: place.depth + 1, different }, objectOr(shape.items));
  return isUnique ? uniqueList(item, lengths) : fc.array(item, lengths);
}

function objectsOf(place: Place, shape: Schema): fc.Arbitrary<Json> {
  const required = requiredOf(shape);
  const { forRequest, optional } = place.options;
  const most = numberOf(shape.maxProperties) ?? Number.POSITIVE_INFINITY;
  const fewest = numberOf(shape.minProperties) ?? 0;
  const declared = Object.entries(propertiesOf(shape)).filter(
    ([, schema]) => !(forRequest && place.source.resolve(schema).readOnly === true),
  );
  const others = objectOr(shape.additionalProperties);
  const isClosed = shape.additionalProperties === false && shape.patternProperties === undefined;
  const undeclared = required
    .filter((name) => !isClosed && !Object.hasOwn(propertiesOf(shape), name))
    .map((name) => [name, others] as const);
  const needed = [...declared.filter(([name]) => required.includes(name)), ...undeclared];
  const free = declared.filter(([name]) => !required.includes(name));
  const wanted = optional === 'required' || place.depth >= DEEPEST ? 0 : free.length;
  const room = Math.min(most - needed.length, Math.max(wanted, fewest - needed.length));
  const named = [...needed, ...free.slice(0, Math.max(0, room))];
  const entries = optional === 'all' && place.depth < DEEPEST && most > 0 && isMap(shape) ? 1 : 0;
  const given = [...named, ...surplus(place, shape, Math.max(entries, fewest - named.length))];
  const arbitraries = Object.fromEntries(
    given.map(([name, schema]) => [name, arbitraryOf({ ...place, name, depth: place.depth + 1 }, schema)]),
  );
  const names = Object.keys(arbitraries);
  const requiredKeys = optional === 'some' ? names.slice(0, Math.max(needed.length, fewest)) : names;
  return fc.record(arbitraries, { requiredKeys });
}

/** Whether a schema declares no property, but says what the values of all are. */
function isMap(shape: Schema): boolean {
  const values = [shape.additionalProperties, ...Object.values(objectOr(shape.patternProperties))];
  const isDescribed = values.some((each) => Object.keys(objectOr(each)).length > 0);
  return isDescribed && Object.keys(propertiesOf(shape)).length === 0;
}

/** So many undeclared properties, if the schema allows any. */
function surplus({ source, options }: Place, shape: Schema, count: number): readonly (readonly [string, Schema])[] {
  const [[pattern, patterned] = []] = Object.entries(objectOr(shape.patternProperties));
  if (count <= 0 || (pattern === undefined && shape.additionalProperties === false)) return [];
  const schema = isObject(shape.additionalProperties) ? shape.additionalProperties : { type: 'string' };
  const names = [shape.propertyNames, pattern === undefined ? undefined : { pattern }].filter(isObject);
  return Array.from({ length: count }, (_, index) => {
    const name =
      names.length === 0
        ? `property${index + 1}`
        : String(sampleValue(source, { type: 'string', minLength: 1, allOf: names }, options, index + 1));
    return [name, isObject(patterned) ? patterned : schema] as const;
  });
}
