import type { Effects } from '../../conformance/lookup/effects.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import { boundSides } from '../../contract/bound-sides.js';
import type { Contract, Effect, Json, Operation, Resource, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { bodyView } from '../judge/declared.js';
import type { SchemaView, SchemaViews } from '../judge/schema-view.js';
import { digitsOf, textFor } from './numbered-text.js';
import type { RouteMatch } from './route-table.js';

const NUMBER = /^-?\d+$/;

/** Parameters of listings that name the item at which a page begins or ends. */
const CURSORS: ReadonlySet<string> = new Set([
  'after',
  'before',
  'startingafter',
  'endingbefore',
  'sinceid',
  'maxid',
  'minid',
  'lastid',
  'fromid',
]);

/**
 * Ids that are numbers, as texts. A number says nothing alone: the tree 7 is not the basket 7, and 7 is also a height.
 * Its text names the resource as well, so a replay can map it as it maps other ids. What is sent, judged and reported
 * has the numbers.
 */
export class NumberedIds {
  readonly #views: SchemaViews;
  readonly #effects: Effects;
  readonly #relations: Contract['relations'];
  readonly #parents: Contract['resources'];
  /** The resources whose ids are numbers. */
  readonly #resources: readonly Resource[];
  /** The schemas of their items. */
  readonly #items = new Map<Schema, Resource>();
  /** The names of properties and parameters that hold an id of another item: `treeid`. */
  readonly #foreign = new Map<string, Resource>();

  constructor(contract: Contract, views: SchemaViews, effects: Effects) {
    this.#views = views;
    this.#effects = effects;
    this.#relations = contract.relations;
    this.#parents = contract.resources;
    this.#resources = [...contract.resources.values()].filter((resource) => this.#isNumbered(resource));
    for (const resource of this.#resources) {
      for (const { schemas } of this.#shownItems(resource)) {
        const [schema] = schemas;
        if (schema !== undefined && !this.#items.has(schema)) this.#items.set(schema, resource);
      }
      for (const suffix of ['id', 'ids', resource.key]) {
        const name = bareName(`${resource.name}${suffix}`);
        if (!this.#foreign.has(name)) this.#foreign.set(name, resource);
      }
    }
  }

  /** Whether there are none, so that everything stays as it is. */
  get isEmpty(): boolean {
    return this.#resources.length === 0;
  }

  /** The path parameters of a request with texts for ids. */
  match({ operation, path }: RouteMatch): RouteMatch {
    const sides = new Map(Object.entries(namedIn(operation)).map(([side, name]) => [name, side]));
    const keys = keysIn({ operation, path });
    const named = Object.entries(path).map(([name, value]): [string, string] => {
      const resource = this.#named(sides.get(name));
      return [name, resource !== undefined && NUMBER.test(value) ? this.#textOf(resource, value, keys) : value];
    });
    return { operation, path: Object.fromEntries(named) };
  }

  /** The parameters of a query with texts for ids. */
  query<Value extends string | readonly string[]>(match: RouteMatch, query: Readonly<Record<string, Value>>) {
    const keys = keysIn(match);
    const { effect } = match.operation;
    const listed = effect?.kind === 'list' ? this.#shownBy(effect) : undefined;
    return Object.fromEntries(
      Object.entries(query).map(([name, value]): [string, string | readonly string[]] => {
        const resource = this.#foreign.get(bareName(name)) ?? (CURSORS.has(bareName(name)) ? listed : undefined);
        if (resource === undefined) return [name, value];
        const read = (each: string) => (NUMBER.test(each) ? this.#textOf(resource, each, keys) : each);
        return [name, typeof value === 'string' ? read(value) : value.map(read)];
      }),
    );
  }

  /** The body of a request with texts for ids. */
  sent(match: RouteMatch, body: Json): Json {
    const { operation } = match;
    const { effect } = operation;
    const view = bodyView(this.#views, operation) ?? this.#views.nothing;
    const keys = keysIn(match);
    const listed = Object.entries(effect?.each ?? {}).map(([side, pointer]) => [pointer, this.#named(side)] as const);
    const [whole] = listed.filter(([pointer]) => pointer === '');
    if (whole !== undefined) return this.#value(body, view, keys, whole[1]);
    const own = effect?.on === 'relation' ? undefined : this.#named(effect?.target);
    if (effect?.within === undefined && listed.length === 0) return this.#value(body, view, keys, own);
    const held = new Map([
      ...listed.map(([pointer, side]) => [pointer.slice(1), side] as const),
      [effect?.within, own],
    ]);
    return isObject(body) ? this.#object(body, view, keys, (name) => held.get(name)) : body;
  }

  /** The body of an answer with texts for ids. */
  received(match: RouteMatch, status: number, body: Json): Json {
    const { operation } = match;
    const { effect } = operation;
    const view = this.#answerView(operation, status);
    const keys = keysIn(match);
    const shown = this.#shownBy(effect);
    const holder = effect?.as;
    if (holder === undefined || !isObject(body) || body[holder] === undefined)
      return this.#value(body, view, keys, shown);
    return this.#object(body, view, keys, (name) => (name === holder ? shown : undefined));
  }

  /** The resource whose items an answer shows. */
  #shownBy(effect: Effect | undefined): Resource | undefined {
    if (effect?.on !== 'relation') return this.#named(effect?.target);
    const [side, ...others] = (this.#relations.get(effect.target)?.between ?? []).filter(
      (each) => !boundSides(effect).includes(each),
    );
    return others.length === 0 ? this.#named(side) : undefined;
  }

  #named(resource: string | undefined): Resource | undefined {
    return this.#resources.find(({ name }) => name === resource);
  }

  /** @param resource - whose items or ids the value is or holds; undefined: as the schema says */
  #value(value: Json, view: SchemaView, keys: Keys, resource: Resource | undefined): Json {
    if (Array.isArray(value)) {
      return value.map((entry: Json) =>
        resource !== undefined && isId(entry)
          ? this.#textOf(resource, entry, keys)
          : this.#value(entry, view.items(), keys, resource),
      );
    }
    if (!isObject(value)) return value;
    const own = resource ?? this.#itemOf(view);
    if (own === undefined) return this.#object(value, view, keys, () => undefined);
    const key = value[own.key];
    const parent = own.under === undefined ? undefined : { [own.under.parent]: value[own.under.property] };
    const outside = { ...keys, ...knownKeys(parent) };
    const inside = { ...outside, ...knownKeys({ [own.name]: key }) };
    const read = this.#object(value, view, inside, () => undefined, own);
    return isId(key) ? { ...read, [own.key]: this.#textOf(own, key, outside) } : read;
  }

  #object(
    value: Readonly<Record<string, Json>>,
    view: SchemaView,
    keys: Keys,
    held: (name: string) => Resource | undefined,
    own?: Resource,
  ): { readonly [name: string]: Json } {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]): [string, Json] => {
        const foreign = this.#foreignKey(own, name);
        if (foreign !== undefined && isId(inner)) return [name, this.#textOf(foreign, inner, keys)];
        if (foreign !== undefined && Array.isArray(inner) && inner.every((each) => isId(each)))
          return [name, inner.map((each: Json) => (isId(each) ? this.#textOf(foreign, each, keys) : each))];
        return [name, this.#value(inner, view.property(name) ?? this.#views.nothing, keys, held(name))];
      }),
    );
  }

  /** The text of an id. It names the parents of the item too, if their keys are known: each may number its items anew. */
  #textOf(resource: Resource, id: number | string, keys: Keys): string {
    const parents: string[] = [];
    for (let { under } = resource; under !== undefined; under = this.#parents.get(under.parent)?.under) {
      const key = keys[under.parent];
      if (key === undefined) return textFor([resource.name], id);
      parents.push(key);
    }
    return textFor([resource.name, ...parents], id);
  }

  /** The resource whose item a property names: as the contract says, or by its name. */
  #foreignKey(own: Resource | undefined, property: string): Resource | undefined {
    const stated = [...(own?.refers ?? []), ...(own?.mentions ?? [])].find(
      (reference) => reference.property === property,
    );
    const named = this.#named(stated?.resource);
    return named !== undefined && named.key === stated?.by ? named : this.#foreign.get(bareName(property));
  }

  #itemOf({ schemas }: SchemaView): Resource | undefined {
    return schemas.map((schema) => this.#items.get(schema)).find((resource) => resource !== undefined);
  }

  #isNumbered(resource: Resource): boolean {
    if (resource.inside !== undefined) return false;
    return this.#shownItems(resource).some((view) =>
      view.property(resource.key)?.schemas.some(({ type }) => [type].flat().some((each) => NUMERIC.has(each))),
    );
  }

  /** How answers show the items of a resource. */
  #shownItems({ name }: Resource): readonly SchemaView[] {
    const shown = (['create', 'read', 'list', 'update'] as const).flatMap((kind) => this.#effects.all(kind, name));
    return shown.flatMap((operation) =>
      operation.responses
        .filter(({ status }) => status.startsWith('2'))
        .map(({ status }) => {
          const answer = this.#answerView(operation, Number(status.replaceAll('X', '0')));
          const as = operation.effect?.as;
          const held = as === undefined ? answer : (answer.property(as) ?? answer);
          return operation.effect?.kind === 'list' ? held.items() : held;
        }),
    );
  }

  #answerView(operation: Operation, status: number): SchemaView {
    const schema = responseFor(operation, status)?.content[0]?.schema;
    return schema === undefined ? this.#views.nothing : this.#views.of(schema);
  }
}

const NUMERIC: ReadonlySet<Json | undefined> = new Set(['integer', 'number']);

/** Resource → the key of the item that is named or shown. */
type Keys = Readonly<Record<string, string>>;

/** What the path of an operation names: resource → path parameter. */
function namedIn({ effect, names }: Operation): Readonly<Record<string, string>> {
  return effect?.of ?? names ?? {};
}

function keysIn({ operation, path }: RouteMatch): Keys {
  return knownKeys(Object.fromEntries(Object.entries(namedIn(operation)).map(([side, name]) => [side, path[name]])));
}

function knownKeys(keys: Readonly<Record<string, Json | undefined>> = {}): Keys {
  return Object.fromEntries(
    Object.entries(keys).flatMap(([side, key]): [string, string][] =>
      typeof key === 'number' || typeof key === 'string'
        ? [[side, NUMBER.test(String(key)) ? digitsOf(key) : String(key)]]
        : [],
    ),
  );
}

function isId(value: Json | undefined): value is number {
  return Number.isInteger(value);
}
