import type { Json, Pointer, Schema } from '../../contract/contract.js';
import { objectOr } from '../../contract/json/json-value.js';
import { joinPointer } from '../../contract/pointer.js';
import { type EdgeInput, textEdges } from './edge-input.js';
import { numberOf, propertiesOf, type SchemaSource, shapeOf, typesOf } from './schema-shape.js';
import { sampleValue } from './valid-value.js';

export interface NamingEdgeOptions {
  /** Where the schema is in the document. */
  readonly pointer: Pointer;
  /** The properties whose texts name something. */
  readonly naming: ReadonlySet<string>;
  /** The lists whose lengths are tried elsewhere. Absent: no lists are tried. */
  readonly counted?: ReadonlySet<string>;
}

/** Lists with more entries are not tried. */
const LONGEST_LIST = 60;

/**
 * Edges of texts that name something, and of lists whose entries may: a service may refuse a name that names nothing,
 * but must not call it malformed.
 */
export function namingBodyEdges(
  source: SchemaSource,
  schema: Schema,
  { pointer, naming, counted }: NamingEdgeOptions,
): readonly EdgeInput[] {
  return Object.entries(propertiesOf(shapeOf(source, schema))).flatMap(([name, property]) => {
    const shape = shapeOf(source, property);
    if (source.resolve(property).readOnly === true) return [];
    const edges = [
      ...(naming.has(name) ? textEdges(shape) : []),
      ...(counted?.has(name) !== false || !typesOf(shape).includes('array') || shape.type === undefined
        ? []
        : lists(source, shape)),
    ];
    return edges.map((edge) => ({
      part: 'body' as const,
      at: joinPointer('', name),
      pointer: joinPointer(pointer, 'properties', name, edge.keyword),
      ...edge,
    }));
  });
}

type Edge = Pick<EdgeInput, 'keyword' | 'bound' | 'value'>;

/** Lists as short and as long as allowed, of values made from the schema; those of listed values are no names. */
function lists(source: SchemaSource, shape: Schema): readonly Edge[] {
  if (Array.isArray(shapeOf(source, objectOr(shape.items)).enum)) return [];
  return (['minItems', 'maxItems'] as const).flatMap((keyword) => {
    const bound = numberOf(shape[keyword]);
    if (bound === undefined || bound < 1 || bound > LONGEST_LIST) return [];
    const value = listOfLength(source, shape, bound);
    return Array.isArray(value) && value.length === bound ? [{ keyword, bound, value }] : [];
  });
}

function listOfLength(source: SchemaSource, shape: Schema, length: number): Json {
  const exact: Schema = { ...shape, type: 'array', minItems: length, maxItems: length };
  return sampleValue(source, exact, { forRequest: true, optional: 'required' });
}
