import type { Json, Parameter, Pointer, Schema } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { numberOf, patternOf, propertiesOf, type SchemaSource, shapeOf } from './schema-shape.js';

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

/**
 * The edges of texts and numbers at the top level of a body. Texts with a pattern or a format are left out, unless they
 * stay valid when they are extended.
 * @param body - a valid one: texts are extended, not replaced, so that they keep the run's mark
 */
export function bodyEdges(
  source: SchemaSource,
  schema: Schema,
  body: Readonly<Record<string, Json>>,
  pointer: Pointer,
): readonly EdgeInput[] {
  return Object.entries(propertiesOf(shapeOf(source, schema))).flatMap(([name, property]) => {
    const shape = shapeOf(source, property);
    if (source.resolve(property).readOnly === true) return [];
    const edges = [...textEdges(shape, body[name]), ...numberEdges(shape)];
    return edges.map((edge) => ({
      part: 'body' as const,
      at: joinPointer('', name),
      pointer: joinPointer(pointer, 'properties', name, edge.keyword),
      ...edge,
    }));
  });
}

/** The edges of a numeric parameter. */
export function parameterEdges(source: SchemaSource, parameter: Parameter): readonly EdgeInput[] {
  return numberEdges(shapeOf(source, parameter.schema)).map((edge) => ({
    part: 'query' as const,
    at: parameter.name,
    pointer: joinPointer(parameter.pointer, 'schema', edge.keyword),
    ...edge,
  }));
}

type Edge = Pick<EdgeInput, 'keyword' | 'bound' | 'value'>;

/** Texts longer than this are not tried. */
const LONGEST = 10_000;

function textEdges(shape: Schema, current: Json | undefined): readonly Edge[] {
  const max = numberOf(shape.maxLength);
  const text = typeof current === 'string' ? current : 'a';
  if (max === undefined || max > LONGEST || (shape.type !== 'string' && !Array.isArray(shape.type))) return [];
  const pattern = patternOf(shape);
  return [max - 1, max].flatMap((length) => {
    const value = grown(text, length, shape.format);
    return value === undefined || (pattern && !pattern.test(value))
      ? []
      : [{ keyword: 'maxLength', bound: max, value }];
  });
}

/** A text extended to a length; absent if its format does not allow that. */
function grown(text: string, length: number, format: Json | undefined): string | undefined {
  const missing = length - [...text].length;
  if (missing < 0) return undefined;
  if (format === undefined || format === 'uri' || format === 'password') return text + 'a'.repeat(missing);
  return undefined;
}

function numberEdges(shape: Schema): readonly Edge[] {
  if (shape.type !== 'integer' && shape.type !== 'number') return [];
  const min = numberOf(shape.minimum);
  const max = numberOf(shape.maximum);
  const inRange = (value: number): boolean => value >= (min ?? value) && value <= (max ?? value);
  return [
    ...(min === undefined ? [] : [min, min + 1].map((value) => ({ keyword: 'minimum', bound: min, value }))),
    ...(max === undefined ? [] : [max - 1, max].map((value) => ({ keyword: 'maximum', bound: max, value }))),
  ].filter(({ value }) => inRange(value));
}
