import type { Json, Parameter, Pointer, Schema } from '../../contract/contract.js';
import { listOr, objectOr } from '../../contract/json/json-value.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { discriminatorOf } from '../../contract/schema/child-schemas.js';
import { type JsonType, numberOf, patternOf, propertiesOf, type SchemaSource, shapeOf } from './schema-shape.js';

/** A value at a constraint's bound or one step inside: it must be accepted. */
export interface EdgeInput {
  readonly part: 'body' | 'query';
  /** The parameter's name, or a JSON pointer into the body. */
  readonly at: string;
  readonly keyword: string;
  /** The value of the keyword. */
  readonly bound: number;
  readonly value: Json;
  /** Where the contract states it. */
  readonly pointer: Pointer;
}

export interface BodyEdgeOptions {
  /** A valid one: texts are extended, not replaced. */
  readonly body: Readonly<Record<string, Json>>;
  /** Where the schema is in the document. */
  readonly pointer: Pointer;
  /** Properties whose texts are only extended: they carry the run's mark, or must be unique. */
  readonly kept: ReadonlySet<string>;
}

/**
 * The edges of texts, numbers and lists of plain values at the top level of a body. Texts with a pattern or a format are
 * left out, unless they stay valid when they are extended or made of one letter.
 */
export function bodyEdges(
  source: SchemaSource,
  schema: Schema,
  { body, pointer, kept }: BodyEdgeOptions,
): readonly EdgeInput[] {
  const whole = shapeOf(source, schema);
  const discriminator = discriminatorOf(whole);
  return Object.entries(propertiesOf(whole)).flatMap(([name, property]) => {
    const shape = shapeOf(source, property);
    if (name === discriminator || source.resolve(property).readOnly === true) return [];
    const edges = [
      ...longTexts(shape, body[name]),
      ...(kept.has(name) ? [] : shortTexts(shape)),
      ...numberEdges(shape),
      ...listEdges(source, shape),
      ...longObjectLists(source, shape, body[name]),
    ];
    return edges.map((edge) => ({
      part: 'body' as const,
      at: joinPointer('', name),
      pointer: joinPointer(pointer, 'properties', name, edge.keyword),
      ...edge,
    }));
  });
}

/**
 * The edges of a parameter: of numbers, and of texts and lists if any text is as good as another.
 * @param texts - default: where the parameter selects by a property; others have a form of their own
 */
export function parameterEdges(
  source: SchemaSource,
  parameter: Parameter,
  { texts: isFree = parameter.query?.kind === 'filter' }: { readonly texts?: boolean } = {},
): readonly EdgeInput[] {
  const shape = shapeOf(source, parameter.schema);
  const texts = isFree ? textEdges(shape) : [];
  const lists = isFree ? listEdges(source, shape, UNKNOWN_TEXTS) : [];
  const edges = [...numberEdges(shape), ...texts.filter(({ bound }) => bound <= LONGEST_IN_URL), ...lists];
  return edges.map((edge) => ({
    part: 'query' as const,
    at: parameter.name,
    pointer: joinPointer(parameter.pointer, 'schema', edge.keyword),
    ...edge,
  }));
}

type Edge = Pick<EdgeInput, 'keyword' | 'bound' | 'value'>;

/** Texts at their bounds and one step inside. */
export function textEdges(shape: Schema): readonly Edge[] {
  return [...longTexts(shape, undefined), ...shortTexts(shape)];
}

/** Texts longer than this are not tried. */
const LONGEST = 10_000;
/** Servers limit the length of a URL. */
const LONGEST_IN_URL = 2000;
/** Lists of plain values with more entries are not tried. */
const LONGEST_LIST = 60;
/** Lists of objects that are longer as JSON are not tried: servers limit the size of a body, some to 100 kB. */
const LONGEST_JSON = 50_000;

function longTexts(shape: Schema, current: Json | undefined): readonly Edge[] {
  const max = numberOf(shape.maxLength);
  const text = typeof current === 'string' ? current : 'a';
  if (max === undefined || max > LONGEST || !hasType(shape, 'string')) return [];
  const pattern = patternOf(shape);
  return [max - 1, max].flatMap((length) => {
    const value = grown(text, length, shape.format);
    return value === undefined || (pattern && !pattern.test(value))
      ? []
      : [{ keyword: 'maxLength', bound: max, value }];
  });
}

function shortTexts(shape: Schema): readonly Edge[] {
  const min = numberOf(shape.minLength);
  if (min === undefined || min < 1 || min > LONGEST || !hasType(shape, 'string')) return [];
  if (shape.format !== undefined || shape.enum !== undefined || shape.const !== undefined) return [];
  const pattern = patternOf(shape);
  return [min, min + 1]
    .filter((length) => length <= (numberOf(shape.maxLength) ?? length))
    .map((length) => 'a'.repeat(length))
    .filter((value) => pattern === undefined || pattern.test(value))
    .map((value) => ({ keyword: 'minLength', bound: min, value }));
}

function hasType({ type }: Schema, wanted: JsonType): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted));
}

/** What a filter by a list of texts may search in vain. */
const UNKNOWN_TEXTS: readonly Json[] = Array.from({ length: LONGEST_LIST }, (_, index) => `unknown${index}`);

/**
 * Lists of plain values at their bounds.
 * @param texts - entries of lists of free texts. Default: such lists are left out, since they may name something
 */
function listEdges(source: SchemaSource, shape: Schema, texts: readonly Json[] = []): readonly Edge[] {
  if (!hasType(shape, 'array')) return [];
  const items = shapeOf(source, objectOr(shape.items));
  const free = items.type === 'string' && items.pattern === undefined && items.format === undefined ? texts : [];
  const values = (Array.isArray(items.enum) ? items.enum : free).filter((value) => value !== null);
  const min = numberOf(shape.minItems);
  const max = numberOf(shape.maxItems);
  const ofLength = (length: number): readonly Json[] | undefined => {
    if (length > LONGEST_LIST || values.length === 0) return undefined;
    if (length > values.length && shape.uniqueItems === true) return undefined;
    return Array.from({ length }, (_, index) => values[index % values.length] ?? null);
  };
  const edge = (keyword: string, bound: number, length: number): readonly Edge[] => {
    const value = ofLength(length);
    return value === undefined ? [] : [{ keyword, bound, value: [...value] }];
  };
  return [
    ...(min === undefined || min < 1 ? [] : edge('minItems', min, min)),
    ...(max === undefined ? [] : edge('maxItems', max, max)),
  ];
}

/** A list of objects as long as allowed: the first entry of a valid list, with other texts in each. */
function longObjectLists(source: SchemaSource, shape: Schema, current: Json | undefined): readonly Edge[] {
  const max = numberOf(shape.maxItems);
  const [entry] = listOr(current);
  if (max === undefined || !hasType(shape, 'array') || !isObject(entry)) return [];
  if (max * JSON.stringify(entry).length > LONGEST_JSON) return [];
  const free = Object.entries(propertiesOf(shapeOf(source, objectOr(shape.items)))).flatMap(([name, property]) => {
    const { format, enum: values, const: only } = shapeOf(source, property);
    const isText = typeof entry[name] === 'string' && [format, values, only].every((keyword) => keyword === undefined);
    return isText ? [name] : [];
  });
  if (free.length === 0) return [];
  const value = Array.from({ length: max }, (_, index) => ({
    ...entry,
    ...Object.fromEntries(free.map((name) => [name, `${String(entry[name])}${index}`])),
  }));
  return [{ keyword: 'maxItems', bound: max, value }];
}

/** A text extended to a length; absent if its format does not allow that. */
function grown(text: string, length: number, format: Json | undefined): string | undefined {
  const missing = length - [...text].length;
  if (missing < 0) return undefined;
  if (format === undefined || format === 'uri' || format === 'password') return text + 'a'.repeat(missing);
  return undefined;
}

function numberEdges(shape: Schema): readonly Edge[] {
  if (!hasType(shape, 'integer') && !hasType(shape, 'number')) return [];
  const min = numberOf(shape.minimum);
  const max = numberOf(shape.maximum);
  const inRange = (value: number): boolean => value >= (min ?? value) && value <= (max ?? value);
  return [
    ...(min === undefined ? [] : [min, min + 1].map((value) => ({ keyword: 'minimum', bound: min, value }))),
    ...(max === undefined ? [] : [max - 1, max].map((value) => ({ keyword: 'maximum', bound: max, value }))),
  ].filter(({ value }) => inRange(value));
}
