import type { Contract, Json, JsonObject, Mention, Schema } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';
import { buildContract } from '../read/read.js';
import { mergedSchema } from '../schema/merged-schema.js';
import { bareName } from '../text/bare-name.js';
import { mentionsOf, mentionsOfOthers } from './mentions.js';
import { type RestRelation, restRelations } from './rest-relations.js';
import type { RestDocument, RestResource } from './rest-resource.js';
import { restResources } from './rest-resources.js';
import { TIMES } from './times.js';

/** A contract with state, and what of it was derived. */
export interface DerivedState {
  readonly contract: Contract;
  readonly resources: readonly RestResource[];
  readonly relations: readonly RestRelation[];
}

const known = new WeakMap<Contract, DerivedState>();

/**
 * A document without our keywords, as if it had those for the resources that its paths and schemas describe: `x-resources`,
 * `x-effect` and `x-value`. A document that has keywords of its own says what it stores, and stays as it is.
 */
export function withDerivedState(contract: Contract): DerivedState {
  const derived = known.get(contract) ?? derive(contract);
  known.set(contract, derived);
  known.set(derived.contract, derived);
  return derived;
}

const NOTHING: RestDocument = { resources: [], named: new Map() };

function derive(contract: Contract): DerivedState {
  const hasOwn = contract.resources.size > 0 || contract.operations.some(({ effect }) => effect !== undefined);
  const rest = hasOwn ? NOTHING : restResources(contract);
  const { resources, named } = rest;
  if (resources.length === 0) return { contract, resources, relations: [] };
  const relations = restRelations(contract, rest);
  const additions = new Map<JsonObject, JsonObject>();
  for (const resource of resources) {
    for (const schema of resource.shownIn) addValueRoles(contract, { resource, schema, additions });
  }
  for (const { listed, shownIn } of relations) {
    for (const schema of shownIn) addValueRoles(contract, { resource: listed, schema, additions });
  }
  const effects = new Map(resources.flatMap((resource) => effectsOf(resource)));
  const others = mentionsOfOthers(contract, resources);
  for (const operation of new Set([...named.keys(), ...others.keys()])) {
    const [of, mentioned] = [named.get(operation), others.get(operation)];
    effects.set(operation.pointer, {
      'x-effect': {
        ...(of !== undefined && { of }),
        ...(mentioned !== undefined && { mentions: mentioned.map(asJson) }),
      },
    });
  }
  for (const relation of relations) for (const [pointer, effect] of changesOf(relation)) effects.set(pointer, effect);
  const document = edited(contract.document, '', { additions, effects });
  const components = isObject(document.components) ? document.components : {};
  const mentions = mentionsOf(contract, resources);
  const declared = Object.fromEntries(
    resources.map((resource): [string, JsonObject] => {
      const { name, key, once, initial, under } = resource;
      const parent = under === undefined ? {} : { under: { [under.parent]: under.property } };
      const mentioned = mentions.get(resource) ?? [];
      return [
        name,
        {
          key,
          ...(once && { once, ...(initial && { initial: [initial] }) }),
          ...parent,
          ...(mentioned.length > 0 && { mentions: mentioned.map(asJson) }),
          derived: true,
        },
      ];
    }),
  );
  return {
    contract: buildContract({
      ...document,
      components: { ...components, 'x-resources': declared, 'x-relations': declaredRelations(relations) },
    }),
    resources,
    relations,
  };
}

function asJson(mention: Mention): JsonObject {
  return { ...mention };
}

const EVIDENCE: JsonObject = {
  '/x-effect': { grade: 'inferred', source: 'derived from paths and schemas, by REST conventions' },
};

/** The keywords of operations, by the pointer of the operation. */
function effectsOf({ name, operations }: RestResource): readonly (readonly [string, JsonObject])[] {
  return operations.map(({ kind, operation, of, as, within }) => {
    const { [name]: own, ...parents } = of;
    const named: JsonObject = own === undefined ? parents : { ...parents, [name]: own };
    const effect: JsonObject = {
      [kind]: name,
      ...(Object.keys(named).length === 0 ? {} : { of: named }),
      ...(as === undefined ? {} : { as }),
      ...(within === undefined ? {} : { within }),
    };
    return [operation.pointer, { 'x-effect': effect, 'x-evidence': EVIDENCE }] as const;
  });
}

/** The keywords of the operations on a relation, by the pointer of the operation. */
function changesOf({ name, operations }: RestRelation): readonly (readonly [string, JsonObject])[] {
  return operations.map(({ kind, operation, of, as, each }) => {
    const effect: JsonObject = {
      [kind]: name,
      of,
      ...(as !== undefined && { as }),
      ...(each !== undefined && { each }),
    };
    return [operation.pointer, { 'x-effect': effect, 'x-evidence': EVIDENCE }] as const;
  });
}

function declaredRelations(relations: readonly RestRelation[]): JsonObject {
  return Object.fromEntries(relations.map(({ name, between }) => [name, { between: [...between], derived: true }]));
}

interface ValueRoles {
  readonly resource: RestResource;
  readonly schema: Schema;
  /** What is added to the objects of the document. */
  readonly additions: Map<JsonObject, JsonObject>;
}

/** The key is generated; times of creation and change follow the clock. */
function addValueRoles(contract: Contract, { resource, schema, additions }: ValueRoles): void {
  for (const [name, property] of propertiesIn(contract, schema)) {
    if (additions.has(property)) continue;
    const { format, type } = mergedSchema(contract, property);
    const time =
      type === 'string' && format === 'date-time' ? TIMES.find(([pattern]) => pattern.test(bareName(name))) : undefined;
    if (name === resource.key) additions.set(property, { 'x-value': { id: resource.template } });
    else if (time !== undefined) additions.set(property, { 'x-value': time[1] });
  }
}

/** The properties of a schema and its bases, as they are written. */
function* propertiesIn(contract: Contract, schema: Json | undefined, depth = 0): Generator<[string, JsonObject]> {
  if (!isObject(schema) || depth > DEEPEST) return;
  const { properties, allOf } = contract.resolve(schema);
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {}))
    if (isObject(property)) yield [name, property];
  for (const base of Array.isArray(allOf) ? allOf : []) yield* propertiesIn(contract, base, depth + 1);
}

/** Bases of bases are followed to this level: they may lead back to themselves. */
const DEEPEST = 8;

interface Edits {
  readonly additions: ReadonlyMap<JsonObject, JsonObject>;
  readonly effects: ReadonlyMap<string, JsonObject>;
}

/** A copy of the parts that change. */
function edited(value: JsonObject, pointer: string, edits: Edits): JsonObject {
  const copy = (inner: Json, at: string): Json => {
    if (Array.isArray(inner)) {
      const entries = inner.map((entry: Json, index) => copy(entry, joinPointer(at, index)));
      return entries.some((entry, index) => entry !== inner[index]) ? entries : inner;
    }
    return isObject(inner) ? edited(inner, at, edits) : inner;
  };
  let isChanged = false;
  const entries = Object.entries(value).map(([name, inner]): [string, Json] => {
    const result = copy(inner, joinPointer(pointer, name));
    isChanged ||= result !== inner;
    return [name, result];
  });
  const more = { ...edits.additions.get(value), ...edits.effects.get(pointer) };
  return isChanged || Object.keys(more).length > 0 ? { ...Object.fromEntries(entries), ...more } : value;
}
