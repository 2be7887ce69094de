import { type Field, fieldOf, kindOf } from '../check/openapi.js';
import type { Json, JsonObject, Schema } from '../contract.js';
import { isData } from '../load/references.js';
import { getPointer, isObject, joinPointer, unescapeSegment } from '../pointer.js';

const PREFIX = '#/components/schemas/';
const SCHEMA: Field = { is: 'one', kind: 'schema' };
/** Names of schemas: a copy must not have them twice, and no reference of a loaded document leads to one. */
const NAMES: ReadonlySet<string> = new Set(['$id', '$anchor', '$dynamicAnchor', '$schema', '$vocabulary']);

/**
 * Copies a schema of a bundled document; every schema that it refers to, directly or not, is copied under `$defs`.
 * References in data (examples, enums) are left alone.
 */
export function standaloneSchema(schema: Schema, document: JsonObject): Schema {
  const defs = new Map<string, Json>();

  const rewrite = (value: Json, field: Field | undefined): Json => {
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      return value.map((item) => rewrite(item, entry));
    }
    if (!isObject(value)) return value;
    // fromEntries, because assigning a property named __proto__ would lose it.
    const isSchema = kindOf(field) === 'schema';
    const entries = Object.entries(value).filter(([name]) => !isSchema || !NAMES.has(name));
    return Object.fromEntries(
      entries.map(([name, entry]): [string, Json] => {
        if (field?.is === 'map-of') return [name, rewrite(entry, { is: 'one', kind: field.kind })];
        if (name === '$ref' && typeof entry === 'string' && entry.startsWith('#/')) return [name, define(entry)];
        const inner = isSchema ? fieldOf('schema', name) : undefined;
        return [name, isData(inner, name) ? entry : rewrite(entry, inner)];
      }),
    );
  };

  /** @returns the reference to the copy under `$defs` */
  const define = (reference: string): string => {
    // A component keeps its name; any other place is named by its pointer.
    const name = reference.startsWith(PREFIX) ? unescapeSegment(reference.slice(PREFIX.length)) : reference.slice(1);
    if (!defs.has(name)) {
      // Before its content is copied, since it may refer to itself.
      defs.set(name, true);
      defs.set(name, rewrite(getPointer(document, reference.slice(1)) ?? true, SCHEMA));
    }
    return `#${joinPointer('/$defs', name)}`;
  };

  const copy = rewrite(schema, SCHEMA);
  if (!isObject(copy)) return {};
  return defs.size === 0 ? copy : { ...copy, $defs: Object.fromEntries(defs) };
}
