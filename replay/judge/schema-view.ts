import type { Contract, Json, Schema, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/**
 * All that a contract says of one place in a body: every schema that may apply there, references followed and
 * `allOf`, `anyOf`, `oneOf` opened. It answers what is declared, not what is valid.
 */
export interface SchemaView {
  readonly schemas: readonly Schema[];
  /** The view of a property; nothing where none of the schemas declares it. */
  property(name: string): SchemaView | undefined;
  /** The view of a list's entries. */
  items(): SchemaView;
  /** Whether properties that are not declared may stand here: said so, or nothing is said of properties at all. */
  readonly open: boolean;
  readonly properties: readonly string[];
  readonly required: ReadonlySet<string>;
  /** What the server does with it (`x-value`). */
  readonly role: ValueRole | undefined;
  readonly default: Json | undefined;
  /** The order of a list's entries says nothing. */
  readonly isSet: boolean;
}

export interface SchemaViews {
  of(schema: Schema): SchemaView;
  /** Of a place of which nothing is known. */
  readonly nothing: SchemaView;
}

export function schemaViews(contract: Pick<Contract, 'resolve' | 'valueOf'>): SchemaViews {
  const known = new WeakMap<Schema, SchemaView>();
  const nothing = viewOf([]);

  function of(schema: Schema): SchemaView {
    let view = known.get(schema);
    if (view === undefined) {
      view = viewOf([schema]);
      known.set(schema, view);
    }
    return view;
  }

  function viewOf(roots: readonly Schema[]): SchemaView {
    const schemas = [...opened(roots)];
    const role = roots.map((schema) => contract.valueOf(schema)).find((found) => found !== undefined);
    const properties = new Map<string, SchemaView>();
    const names = [...new Set(schemas.flatMap((schema) => Object.keys(objectOr(schema.properties))))];
    let items: SchemaView | undefined;
    return {
      schemas,
      property(name) {
        const declared = properties.get(name);
        if (declared !== undefined) return declared;
        const inside = schemas.flatMap((schema) => schemaAt(schema.properties, name));
        const view =
          inside.length === 0 ? undefined : inside.length === 1 && inside[0] ? of(inside[0]) : viewOf(inside);
        if (view !== undefined) properties.set(name, view);
        return view;
      },
      items() {
        items ??= viewOf(schemas.flatMap((schema) => (isObject(schema.items) ? [schema.items] : [])));
        return items;
      },
      open:
        schemas.some((schema) => schema.additionalProperties === true || isObject(schema.additionalProperties)) ||
        (names.length === 0 && schemas.every((schema) => schema.additionalProperties !== false)),
      properties: names,
      required: new Set(
        schemas.flatMap((schema) => listOr(schema.required)).filter((name) => typeof name === 'string'),
      ),
      role: role ?? schemas.map((schema) => contract.valueOf(schema)).find((found) => found !== undefined),
      default: schemas.find((schema) => Object.hasOwn(schema, 'default'))?.default,
      isSet: schemas.some((schema) => schema.uniqueItems === true),
    };
  }

  function opened(roots: readonly Schema[], into = new Set<Schema>()): ReadonlySet<Schema> {
    for (const root of roots) {
      const schema = contract.resolve(root);
      if (into.has(schema)) continue;
      into.add(schema);
      const branches = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(listOr).filter(isObject);
      opened(branches, into);
    }
    return into;
  }

  return { of, nothing };
}

function schemaAt(properties: Json | undefined, name: string): readonly Schema[] {
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return [];
  const schema = properties[name];
  return isObject(schema) ? [schema] : [{}];
}

function objectOr(value: Json | undefined): Schema {
  return isObject(value) ? value : {};
}

function listOr(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
