import fc from 'fast-check';
import type { Json, Parameter, Pointer, Schema } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { type Breakage, breakagesOf, counted, undeclaredName } from './broken-value.js';
import { filterOr } from './filter-or.js';
import type { JsonEdit } from './json-edit.js';
import { numberOf, propertiesOf, requiredOf, type SchemaSource, shapeOf } from './schema-shape.js';
import { sampleValue, validValue } from './valid-value.js';

/** One constraint on one place of an operation's input, and ways to violate only that one. */
export interface BrokenInput {
  readonly part: 'path' | 'query' | 'header' | 'body';
  /** The parameter's name, or a JSON pointer into the body (empty for the whole body). */
  readonly at: string;
  /** The violated keyword: `minLength`. */
  readonly keyword: string;
  /** What the contract requires, to follow "expected": `at least 1 character`. */
  readonly expected: string;
  /** Where the contract states it. */
  readonly pointer: Pointer;
  /** Edits of a valid body, or whole values of the parameter (an edit at the empty pointer). */
  readonly boundary: readonly JsonEdit[];
  readonly random: fc.Arbitrary<JsonEdit>;
}

/** Every constraint of an operation's body, one by one. */
export function brokenBodies(source: SchemaSource, schema: Schema, pointer: Pointer): readonly BrokenInput[] {
  return brokenPlaces({ source, at: '', pointer, depth: 0 }, schema);
}

/**
 * Every constraint of an operation's parameters that a text can violate, one by one.
 *
 * @param route - the path template, so that no value ends at the text after its parameter
 */
export function brokenParameters(
  source: SchemaSource,
  parameters: readonly Parameter[],
  route = '',
): readonly BrokenInput[] {
  return parameters.flatMap((parameter) => {
    const part = parameter.in;
    if (part === 'cookie') return [];
    const pointer = joinPointer(parameter.pointer, 'schema');
    const shape = shapeOf(source, parameter.schema);
    const after = part === 'path' ? textAfter(route, parameter.name) : '';
    const fits = (value: Json): boolean => isSegment(value) && (after === '' || !String(value).includes(after));
    const texts = brokenTexts(shape).flatMap(({ keyword, expected, boundary, random }): readonly BrokenInput[] => {
      const values = boundary.filter(fits);
      if (values.length === 0) return [];
      return [
        {
          part,
          at: parameter.name,
          keyword,
          expected,
          pointer: joinPointer(pointer, keyword),
          boundary: values.map(whole),
          random: (after === '' ? random.filter(fits) : filterOr(random, fits, () => fc.constantFrom(...values))).map(
            whole,
          ),
        },
      ];
    });
    const lists = part === 'query' ? tooLongInQuery({ source, at: '', pointer, depth: 0 }, shape) : [];
    return [...texts, ...lists.map((list) => ({ ...list, part, at: parameter.name }))];
  });
}

/**
 * Every constraint of a form that its text can violate, one by one: a required or undeclared property, and the values of
 * properties. Every value of a form is text, so `null` is one too.
 */
export function brokenForms(source: SchemaSource, schema: Schema, pointer: Pointer): readonly BrokenInput[] {
  const place: Place = { source, at: '', pointer, depth: 0 };
  const shape = shapeOf(source, schema);
  const values = Object.entries(propertiesOf(shape)).flatMap(([name, property]) => {
    const inner = stepInto(place, [name], ['properties', name]);
    const edit = (value: Json): JsonEdit => ({ kind: 'set', pointer: inner.at, value });
    return brokenTexts(shapeOf(source, property)).map(({ boundary, random, ...breakage }) => ({
      ...input(inner, breakage),
      boundary: boundary.map(edit),
      random: random.map(edit),
    }));
  });
  return [...brokenNames(place, shape), ...values];
}

/** The ways to violate a value's constraints with a text. */
function brokenTexts(shape: Schema): readonly Breakage[] {
  const asText = brokenParameterType(shape);
  const others = breakagesOf(shape).filter(({ keyword }) => keyword !== 'type');
  return [...(asText ? [asText] : []), ...others]
    .filter(({ boundary }) => boundary.some(isUrlText))
    .map((breakage) => ({
      ...breakage,
      boundary: breakage.boundary.filter(isUrlText),
      random: breakage.random.filter(isUrlText),
    }));
}

/** Excludes empty texts: servers differ in whether an empty parameter counts as absent. */
function isUrlText(value: Json): boolean {
  return value !== null && typeof value !== 'object' && value !== '';
}

/** The fixed text after a path parameter in its segment, which ends its value: `.` after `page` in `{page}.{format}`. */
function textAfter(route: string, name: string): string {
  const [, rest = ''] = route.split(`{${name}}`);
  return /^[^/{]*/.exec(rest)?.[0] ?? '';
}

/** Whether a path keeps a value: URLs resolve dots. */
function isSegment(value: Json): boolean {
  return value !== '.' && value !== '..';
}

function whole(value: Json): JsonEdit {
  return { kind: 'set', pointer: '', value };
}

const NOT_NUMBERS: readonly Json[] = ['abc', '1.5', '1e', '0x'];
const NOT_BOOLEANS: readonly Json[] = ['maybe', '2', 'truee'];

// Shared by all operations: creating such an arbitrary takes a millisecond and more.
const WORDS = fc.stringMatching(/^[g-z]{1,8}$/).filter((text) => text !== 'true' && text !== 'false');
const NAMES = fc.stringMatching(/^[a-z]{8,12}$/);

function brokenParameterType(shape: Schema): Breakage | undefined {
  // A text is never null.
  const type = [shape.type]
    .flat()
    .filter((one) => one !== 'null')
    .join();
  const texts = type === 'integer' || type === 'number' ? NOT_NUMBERS : type === 'boolean' ? NOT_BOOLEANS : [];
  const boundary = texts.filter((text) => !(type === 'number' && text === '1.5'));
  if (boundary.length === 0) return undefined;
  return {
    keyword: 'type',
    expected: `type ${type}`,
    boundary,
    random: fc.oneof(WORDS, fc.constantFrom(...boundary)),
  };
}

interface Place {
  readonly source: SchemaSource;
  /** JSON pointer into the body. */
  readonly at: string;
  /** JSON pointer into the bundled document. */
  readonly pointer: Pointer;
  readonly depth: number;
}

/** Deeper than usual input; ends the recursion of schemas that contain themselves. */
const DEEPEST = 6;

function brokenPlaces(place: Place, schema: Schema): readonly BrokenInput[] {
  if (place.depth > DEEPEST) return [];
  const shape = shapeOf(place.source, schema);
  // A value that is invalid for one branch of a union may be valid for another.
  if (shape.oneOf || shape.anyOf) return [];
  return [
    ...breakagesOf(shape).map((breakage) => ({
      ...input(place, breakage),
      boundary: breakage.boundary.map((value): JsonEdit => ({ kind: 'set', pointer: place.at, value })),
      random: breakage.random.map((value): JsonEdit => ({ kind: 'set', pointer: place.at, value })),
    })),
    ...brokenObjects(place, shape),
    ...brokenArrays(place, shape),
  ];
}

function input(place: Place, { keyword, expected }: { readonly keyword: string; readonly expected: string }) {
  return {
    part: 'body' as const,
    at: place.at,
    keyword,
    expected,
    pointer: joinPointer(place.pointer, keyword),
  };
}

/** The same edit every time, for constraints with only one way to violate them. */
function only(edit: JsonEdit): Pick<BrokenInput, 'boundary' | 'random'> {
  return { boundary: [edit], random: fc.constant(edit) };
}

function brokenObjects(place: Place, shape: Schema): readonly BrokenInput[] {
  const inner = Object.entries(propertiesOf(shape))
    .filter(([, property]) => place.source.resolve(property).readOnly !== true)
    .flatMap(([key, property]) => brokenPlaces(stepInto(place, [key], ['properties', key]), property));
  return [...brokenNames(place, shape), ...inner];
}

/** A required property that is missing, and an undeclared one where none is allowed. */
function brokenNames(place: Place, shape: Schema): readonly BrokenInput[] {
  const properties = propertiesOf(shape);
  const required = requiredOf(shape).map((name) => ({
    ...input(place, { keyword: 'required', expected: `property "${name}"` }),
    ...only({ kind: 'remove', pointer: joinPointer(place.at, name) }),
  }));
  if (shape.additionalProperties !== false && shape.unevaluatedProperties !== false) return required;
  const edit = (name: string, value: Json): JsonEdit => ({ kind: 'set', pointer: joinPointer(place.at, name), value });
  const additional: BrokenInput = {
    ...input(place, { keyword: 'additionalProperties', expected: 'no undeclared property' }),
    boundary: [edit(undeclaredName(shape), true)],
    random: fc
      .tuple(NAMES, fc.constantFrom<Json>(null, 1, 'text', {}))
      .filter(([name]) => !(name in properties))
      .map(([name, value]) => edit(name, value)),
  };
  return [...required, additional];
}

function brokenArrays(place: Place, shape: Schema): readonly BrokenInput[] {
  const inner = isObject(shape.items) ? brokenPlaces(stepInto(place, ['0'], ['items']), shape.items) : [];
  return [...tooShortLists(place, shape), ...tooLongLists(place, shape), ...repeatedItems(place, shape), ...inner];
}

/** Longer lists are not tried: servers refuse such a body by its size. */
const LONGEST_LIST = 10_000;

/** Characters of JSON: half of what the usual limits of servers leave room for. */
const LARGEST_LIST = 500_000;

function isLarge(list: readonly Json[]): boolean {
  return JSON.stringify(list).length > LARGEST_LIST;
}

function tooShortLists(place: Place, shape: Schema): readonly BrokenInput[] {
  const min = numberOf(shape.minItems) ?? 0;
  if (min < 1 || min > LONGEST_LIST || isLarge(listOfLength(place, shape, min - 1))) return [];
  return [
    {
      ...input(place, { keyword: 'minItems', expected: `at least ${counted(min, 'item')}` }),
      boundary: [setAt(place, listOfLength(place, shape, min - 1))],
      random: fc.nat({ max: min - 1 }).map((length) => setAt(place, listOfLength(place, shape, length))),
    },
  ];
}

function tooLongLists(place: Place, shape: Schema): readonly BrokenInput[] {
  const max = numberOf(shape.maxItems);
  if (max === undefined || max > LONGEST_LIST) return [];
  // With as many values as entries, one entry too many would be a repeated one.
  const values =
    shape.uniqueItems === true ? valueCount(place.source, objectOr(shape.items)) : Number.POSITIVE_INFINITY;
  if (values <= max) return [];
  const tooLong = listOfLength(place, shape, max + 1);
  // Items may have too few values although no schema lists them: "maximum" may exclude the others.
  if (tooLong.length <= max || isLarge(tooLong)) return [];
  return [
    {
      ...input(place, { keyword: 'maxItems', expected: `at most ${counted(max, 'item')}` }),
      boundary: [setAt(place, tooLong)],
      random: fc
        .integer({ min: max + 1, max: Math.min(max + 20, values) })
        .map((length) => setAt(place, listOfLength(place, shape, length))),
    },
  ];
}

/** Servers limit the length of a URL. */
const LONGEST_IN_QUERY = 60;

function tooLongInQuery(place: Place, shape: Schema): readonly BrokenInput[] {
  return (numberOf(shape.maxItems) ?? 0) > LONGEST_IN_QUERY ? [] : tooLongLists(place, shape);
}

/** A valid list but for its length; shorter if items must differ and have too few values. */
function listOfLength({ source }: Place, shape: Schema, length: number): readonly Json[] {
  const list: Schema = { ...shape, type: 'array', minItems: length, maxItems: length };
  // Where items may repeat, one repeated item is enough: a list may have a thousand.
  const few: Schema = { ...list, minItems: 1, maxItems: 1 };
  if (shape.uniqueItems === true || length === 0) return listOr(sampleValue(source, list, REQUEST));
  return new Array<Json>(length).fill(listOr(sampleValue(source, few, REQUEST))[0] ?? null);
}

function setAt({ at }: Place, value: readonly Json[]): JsonEdit {
  return { kind: 'set', pointer: at, value: [...value] };
}

/** How many values a schema allows, where it lists them. */
function valueCount(source: SchemaSource, schema: Schema, depth = 0): number {
  const { enum: values, const: only, oneOf, anyOf } = shapeOf(source, schema);
  if (Array.isArray(values)) return values.length;
  if (only !== undefined) return 1;
  const forms = [...listOr(oneOf ?? null), ...listOr(anyOf ?? null)];
  if (forms.length === 0 || depth > DEEPEST_FORM) return Number.POSITIVE_INFINITY;
  return forms.reduce<number>((sum, form) => sum + valueCount(source, objectOr(form), depth + 1), 0);
}

/** Forms of forms are followed to this level: they may lead back to themselves. */
const DEEPEST_FORM = 4;

function repeatedItems(place: Place, shape: Schema): readonly BrokenInput[] {
  if (shape.uniqueItems !== true) return [];
  const items = objectOr(shape.items);
  const repeat = (item: Json): JsonEdit => ({ kind: 'set', pointer: place.at, value: [item, item] });
  return [
    {
      ...input(place, { keyword: 'uniqueItems', expected: 'no repeated item' }),
      boundary: [repeat(sampleValue(place.source, items, REQUEST))],
      random: validValue(place.source, items, REQUEST).map(repeat),
    },
  ];
}

const REQUEST = { forRequest: true, optional: 'some' } as const;

function stepInto(place: Place, at: readonly string[], pointer: readonly string[]): Place {
  return {
    ...place,
    at: joinPointer(place.at, ...at),
    pointer: joinPointer(place.pointer, ...pointer),
    depth: place.depth + 1,
  };
}
