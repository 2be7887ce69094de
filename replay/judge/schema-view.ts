import type { Contract, Json, Schema, ValueRole } from '../../contract/contract.js';
import { listOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { childrenOf } from '../../contract/schema/child-schemas.js';

/**
 * Everything a contract declares about one location in a body: all schemas that may apply, with references resolved and
 * `allOf`, `anyOf`, `oneOf` expanded. It describes what is declared, not what is valid.
 */
export interface SchemaView {
  readonly schemas: readonly Schema[];
  /** The view of a property; undefined if no schema declares it. */
  property(name: string): SchemaView | undefined;
  /** The view of list items. */
  items(): SchemaView;
  /** Whether undeclared properties are allowed: explicitly, or because no properties are declared. */
  readonly open: boolean;
  /** Whether values are allowed that the contract says nothing about. The values of a map are described. */
  readonly free: boolean;
  readonly properties: readonly string[];
  readonly required: ReadonlySet<string>;
  /** The source of the value (`x-value`). */
  readonly role: ValueRole | undefined;
  readonly default: Json | undefined;
  /** Whether the order of list items is irrelevant. */
  readonly isSet: boolean;
  /** Whether an empty value removes the property (`x-update`). */
  readonly emptyRemoves: boolean;
  /** Whether an update merges the object (`x-update`). */
  readonly merges: boolean;
  /** Whether the service alone sets the value: what a request sends for it has no effect. */
  readonly isReadOnly: boolean;
}

export interface SchemaViews {
  of(schema: Schema): SchemaView;
  /** The view of an undeclared location. */
  readonly nothing: SchemaView;
}

type ViewedContract = Pick<Contract, 'resolve' | 'valueOf'>;

export function schemaViews(contract: ViewedContract): SchemaViews {
  const known = new WeakMap<Schema, SchemaView>();
  const views: SchemaViews = {
    of(schema) {
      const view = known.get(schema) ?? new MergedView(contract, views, [schema]);
      known.set(schema, view);
      return view;
    },
    get nothing() {
      return nothing;
    },
  };
  const nothing = new MergedView(contract, views, []);
  return views;
}

/** The view of schemas that apply together. */
class MergedView implements SchemaView {
  readonly schemas: readonly Schema[];
  readonly open: boolean;
  readonly free: boolean;
  readonly properties: readonly string[];
  readonly required: ReadonlySet<string>;
  readonly role: ValueRole | undefined;
  readonly default: Json | undefined;
  readonly isSet: boolean;
  readonly emptyRemoves: boolean;
  readonly merges: boolean;
  readonly isReadOnly: boolean;
  readonly #contract: ViewedContract;
  readonly #views: Pick<SchemaViews, 'of'>;
  readonly #properties = new Map<string, SchemaView>();
  #items: SchemaView | undefined;

  constructor(contract: ViewedContract, views: Pick<SchemaViews, 'of'>, roots: readonly Schema[]) {
    this.#contract = contract;
    this.#views = views;
    const schemas = [...expanded(contract, roots)];
    const names = [
      ...new Set(schemas.flatMap(({ properties }) => Object.keys(isObject(properties) ? properties : {}))),
    ];
    this.schemas = schemas;
    this.properties = names;
    this.open =
      schemas.some(({ additionalProperties: more }) => more === true || isObject(more)) ||
      (names.length === 0 && schemas.every(({ additionalProperties }) => additionalProperties !== false));
    this.free =
      schemas.some(({ additionalProperties: more }) => more === true) ||
      (names.length === 0 && schemas.every(({ additionalProperties }) => additionalProperties === undefined));
    this.required = new Set(
      schemas.flatMap(({ required }) => listOr(required)).filter((name) => typeof name === 'string'),
    );
    // A role beside a `$ref` takes precedence over the role of its target.
    this.role = [...roots, ...schemas].map((schema) => contract.valueOf(schema)).find((role) => role !== undefined);
    this.default = schemas.find((schema) => Object.hasOwn(schema, 'default'))?.default;
    this.isSet = schemas.some(({ uniqueItems }) => uniqueItems === true);
    const updates = [...roots, ...schemas].flatMap((schema) => [schema['x-update']].flat());
    this.emptyRemoves = updates.includes('empty-removes');
    this.merges = updates.includes('merge');
    // One of several forms may let a request set it.
    const isReadOnly = (root: Schema) =>
      [root, ...expanded(contract, [root])].some(({ readOnly }) => readOnly === true);
    this.isReadOnly = roots.length > 0 && roots.every(isReadOnly);
  }

  property(name: string): SchemaView | undefined {
    const known = this.#properties.get(name);
    if (known !== undefined) return known;
    const schemas = this.schemas.flatMap(({ properties }) => schemaAt(properties, name));
    const [first] = schemas;
    if (first === undefined) return undefined;
    const view = schemas.length === 1 ? this.#views.of(first) : new MergedView(this.#contract, this.#views, schemas);
    this.#properties.set(name, view);
    return view;
  }

  items(): SchemaView {
    this.#items ??= new MergedView(
      this.#contract,
      this.#views,
      this.schemas.flatMap(({ items }) => (isObject(items) ? [items] : [])),
    );
    return this.#items;
  }
}

function expanded({ resolve }: ViewedContract, roots: readonly Schema[]): ReadonlySet<Schema> {
  const found = new Set<Schema>();
  const visit = (root: Schema): void => {
    const schema = resolve(root);
    if (found.has(schema)) return;
    found.add(schema);
    for (const branch of [schema.allOf, schema.anyOf, schema.oneOf, childrenOf(schema)].flatMap(listOr))
      if (isObject(branch)) visit(branch);
  };
  for (const root of roots) visit(root);
  return found;
}

function schemaAt(properties: Json | undefined, name: string): readonly Schema[] {
  if (!isObject(properties) || !Object.hasOwn(properties, name)) return [];
  const schema = properties[name];
  return isObject(schema) ? [schema] : [{}];
}
