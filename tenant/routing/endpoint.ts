import { boundSides } from '../../contract/bound-sides.js';
import type {
  Contract,
  Json,
  JsonObject,
  MediaType,
  Operation,
  ParameterPlace,
  QueryRole,
  Resource,
  Response,
  Schema,
} from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { isDerived } from '../../contract/is-derived.js';
import { answeredSchema, sentSchema } from '../../contract/item-envelope.js';
import { lazy } from '../../contract/lazy.js';
import { entrySchema } from '../../contract/list-in-body.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { usualPages } from '../../contract/usual-pages.js';
import { DerivedAnswer } from '../answer/derived-answer.js';
import { DocumentedAnswer } from '../answer/documented-answer.js';
import type { ProblemRegistry } from '../answer/problems.js';
import { Problems } from '../answer/problems.js';
import type { Filter } from '../effect/filter.js';
import { ItemBuilder } from '../effect/item-builder.js';
import { nextDoubts } from '../habits/habit.js';
import { BodyReader } from '../input/body.js';
import { ParameterReader, parametersOf } from '../input/parameters.js';
import type { Validators } from '../input/validator.js';
import type { Provider } from '../provider.js';
import { admitsArray, isSchema, itemSchemaOf, propertiesOf } from '../view/properties.js';
import type { Selection, ViewParts } from '../view/view.js';
import { View } from '../view/view.js';
import type { Paging, PagingDoubts } from './page.js';

/** An operation with everything that its requests need, prepared once from the contract. */
export interface Endpoint {
  readonly operation: Operation;
  readonly problems: Problems;
  readonly path: ParameterReader;
  readonly query: ParameterReader;
  /** Undefined without such parameters, the usual case. */
  readonly header: ParameterReader | undefined;
  readonly cookie: ParameterReader | undefined;
  readonly body: BodyReader | undefined;
  /** The status of a success. */
  readonly status: number;
  /** The headers of a success with a body; undefined without a body. */
  readonly contentHeaders: Readonly<Record<string, string>> | undefined;
  /** The headers that the answers declare, by status. */
  readonly headers: ReadonlyMap<number, ReadonlySet<string>>;
  /** The view of an item in a success. */
  readonly view: View | undefined;
  /** The answer of an operation without an effect. */
  readonly documented: DocumentedAnswer | undefined;
  /** The answer of an operation whose effect was derived. */
  readonly derived: DerivedAnswer | undefined;
  /** The property that shows when a delete was; undefined if none does. */
  readonly deletedAt: string | undefined;
  /** The body of a success without a view. */
  readonly empty: Json | undefined;
  readonly itemBuilder: ItemBuilder;
  /** The properties that the tuples of an addition carry unless the entry of the body sets them. */
  readonly carriedDefaults: JsonObject;
  /** The body's properties that are accepted and not stored. */
  readonly writeOnly: ReadonlySet<string>;
  /** Validates single properties of the body. */
  readonly partErrors: (parts: JsonObject) => readonly SchemaError[];
  /** Validates the body of an item of each kind that the operation creates; empty without kinds. */
  readonly kinds: ReadonlyMap<string, (body: JsonObject) => readonly SchemaError[]>;
  readonly paging: Paging;
  readonly filters: readonly Filter[];
  /** The query parameter that searches, and the provider's name of the search. */
  readonly search: { readonly parameter: string; readonly hook: string } | undefined;
  /** The properties that the query selects. */
  selection(query: JsonObject): Selection | undefined;
}

/** What all endpoints of a contract share. */
export interface EndpointParts {
  readonly contract: Contract;
  readonly validators: Validators;
  readonly provider: Provider;
  /** By resource. */
  readonly itemBuilders: ItemBuilders;
  readonly problems: ProblemRegistry;
}

export function endpointOf(operation: Operation, parts: EndpointParts): Endpoint {
  const { contract, validators } = parts;
  const problems = new Problems(parts.problems, operation);
  const success = successOf(operation);
  const media = shownMedia(success);
  return {
    operation,
    problems,
    ...readersOf(operation, parts),
    status: success === undefined ? 200 : Number(success.status),
    contentHeaders: media === undefined ? undefined : { 'content-type': `${media.type}; charset=utf-8` },
    headers: new Map(
      operation.responses.map(({ status, headers }) => [Number(status), new Set(headers.map(({ name }) => name))]),
    ),
    view: viewOf(parts, operation, media),
    documented: operation.effect === undefined ? new DocumentedAnswer(contract, operation) : undefined,
    derived: isDerived(contract, operation.effect?.target) ? new DerivedAnswer(contract, operation) : undefined,
    deletedAt: [...propertiesOf(contract, media?.schema ?? {})].find(
      ([, schema]) => contract.valueOf(schema)?.kind === 'deleted-at',
    )?.[0],
    empty: media === undefined ? undefined : emptyOf(contract, media),
    itemBuilder:
      parts.itemBuilders.get(operation.effect?.target ?? '') ?? new ItemBuilder(contract, NO_RESOURCE, [], undefined),
    ...bodyPropertiesOf(contract, validators, operation),
    kinds: new Map(
      (operation.requestBody?.content ?? []).flatMap(({ kinds }) =>
        [...(kinds ?? [])].map(([kind, { schema }]) => [kind, validators.compile(schema, 'request')]),
      ),
    ),
    carriedDefaults: carriedDefaultsOf(contract, operation),
    ...listingOf(contract, operation, media, problems.ceiling),
  };
}

function readersOf(
  operation: Operation,
  { contract, validators }: EndpointParts,
): Pick<Endpoint, 'path' | 'query' | 'header' | 'cookie' | 'body'> {
  const credentials = operation.security.flatMap(({ place }) => (place?.in === 'query' ? [place.name] : []));
  const reader = (place: ParameterPlace, closed: boolean, ignored: readonly string[] = []): ParameterReader =>
    new ParameterReader(contract, validators, {
      parameters: parametersOf(operation, place),
      closed,
      ignored: new Set(ignored),
    });
  return {
    path: reader('path', false),
    // The service may accept an undeclared one, so that ignoring it would be a guess.
    query: reader('query', true, credentials),
    header: parametersOf(operation, 'header').length === 0 ? undefined : reader('header', false),
    cookie: parametersOf(operation, 'cookie').length === 0 ? undefined : reader('cookie', false),
    body: operation.requestBody === undefined ? undefined : new BodyReader(contract, validators, operation.requestBody),
  };
}

function bodyPropertiesOf(
  contract: Contract,
  validators: Validators,
  { requestBody, effect }: Operation,
): Pick<Endpoint, 'writeOnly' | 'partErrors'> {
  const properties = propertiesOf(contract, sentSchema(contract, effect, requestBody?.content[0]?.schema ?? {}));
  return {
    writeOnly: new Set(
      [...properties].flatMap(([name, schema]) => (contract.resolve(schema).writeOnly === true ? [name] : [])),
    ),
    partErrors: validators.compile({ type: 'object', properties: Object.fromEntries(properties) }),
  };
}

function carriedDefaultsOf(contract: Contract, operation: Operation): JsonObject {
  const { carries = [] } = contract.relations.get(operation.effect?.target ?? '') ?? {};
  const lists = Object.values(operation.effect?.each ?? {});
  return Object.fromEntries(
    lists.flatMap((pointer) => {
      const properties = propertiesOf(contract, entrySchema(contract, operation, pointer) ?? {});
      return carries.flatMap((name): [string, Json][] => {
        const value = contract.resolve(properties.get(name) ?? {}).default;
        return value === undefined ? [] : [[name, value]];
      });
    }),
  );
}

function listingOf(
  contract: Contract,
  operation: Operation,
  media: MediaType | undefined,
  ceiling: number | undefined,
): Pick<Endpoint, 'paging' | 'filters' | 'search' | 'selection'> {
  const roles = rolesOf(operation);
  const always = alwaysShown(operation);
  return {
    paging: {
      parameters: roles,
      as: operation.effect?.as,
      next: operation.effect?.next,
      bare: media === undefined || admitsArray(contract, media.schema),
      ceiling,
      doubts: doubtsOf(contract, operation),
      usual: usualPages(operation),
    },
    filters: filtersOf(contract, operation),
    search: searchOf(operation),
    selection: (query) => selectionOf(roles, always, query),
  };
}

function doubtsOf(contract: Contract, operation: Operation): PagingDoubts {
  const { pointer } = operation;
  const isDisputed = (part: string): boolean => contract.evidenceAt(`${pointer}/x-effect/${part}`).grade === 'disputed';
  const { always, unlessFields } = nextDoubts(contract, operation);
  return { total: isDisputed('total'), limit: isDisputed('limit'), nextAlways: always, nextUnlessFields: unlessFields };
}

/** The item builders by resource, each made when it is first needed. */
export type ItemBuilders = Pick<ReadonlyMap<string, ItemBuilder>, 'get'>;

/** The item builder of each resource, from all schemas that return it. */
export function itemBuildersOf(contract: Contract): ItemBuilders {
  const returning = lazy(() => {
    const byResource = new Map<string | undefined, Operation[]>();
    for (const operation of contract.operations) {
      const resource = returnedResource(contract, operation);
      byResource.set(resource, [...(byResource.get(resource) ?? []), operation]);
    }
    return byResource;
  });
  const builders = new Map<string, ItemBuilder>();
  const builderOf = (resource: Resource): ItemBuilder => {
    const schemas = (returning().get(resource.name) ?? []).flatMap((operation) => {
      const schema = returnedSchema(contract, operation, shownMedia(successOf(operation)));
      const carries = contract.relations.get(operation.effect?.target ?? '')?.carries ?? [];
      // A tuple with properties of its own is not a view of the item.
      return schema === undefined || carries.length > 0 ? [] : [schema];
    });
    return new ItemBuilder(contract, resource, schemas, creationOf(contract, resource.name));
  };
  return {
    get: (name) => {
      const resource = contract.resources.get(name);
      if (resource === undefined || resource.inside !== undefined) return undefined;
      const builder = builders.get(name) ?? builderOf(resource);
      builders.set(name, builder);
      return builder;
    },
  };
}

/** The body schema of a resource's create operation; of several, whatever any of them accepts. */
export function creationOf(contract: Contract, resource: string): Schema | undefined {
  const schemas = contract.operations.flatMap(({ effect, requestBody }) => {
    const { content = [] } = requestBody ?? {};
    const schema = (content.find(({ type }) => isJson(type)) ?? content[0])?.schema;
    return effect?.kind === 'create' && effect.target === resource && schema !== undefined
      ? [sentSchema(contract, effect, schema)]
      : [];
  });
  return schemas.length > 1 ? { anyOf: schemas } : schemas[0];
}

const NO_RESOURCE = {
  name: '',
  key: '',
  aliases: [],
  unique: [],
  optionalInUnique: new Set<string>(),
  refers: [],
  mentions: [],
  limits: [],
  initial: [],
  pointer: '',
} as const;

function emptyOf(contract: Contract, { schema }: MediaType): Json {
  return admitsArray(contract, schema) ? [] : {};
}

/** What a success shows: JSON, if it has that. */
function shownMedia(success: Response | undefined): MediaType | undefined {
  return success?.content.find(({ type }) => isJson(type)) ?? success?.content[0];
}

/** The first success with a specific status. */
function successOf(operation: Operation): Response | undefined {
  return operation.responses.find(({ status }) => /^2\d\d$/.test(status));
}

function viewOf(
  { contract, provider, itemBuilders }: EndpointParts,
  operation: Operation,
  media: MediaType | undefined,
): View | undefined {
  const schema = returnedSchema(contract, operation, media);
  const resource = contract.resources.get(returnedResource(contract, operation) ?? '');
  const { carries } = contract.relations.get(operation.effect?.target ?? '') ?? {};
  const derived: ViewParts['derived'] = (name, property) =>
    provider.derivedHooks[itemBuilders.get(name)?.hookOf(property) ?? ''];
  return schema === undefined
    ? undefined
    : new View({ contract, hooks: provider.viewHooks, derived }, schema, resource, carries);
}

function returnedSchema(contract: Contract, { effect }: Operation, media: MediaType | undefined): Schema | undefined {
  if (media === undefined || effect === undefined) return undefined;
  if (effect.kind === 'list') return itemSchemaOf(contract, media.schema, effect.as);
  if (effect.kind === 'add') {
    const { properties } = contract.resolve(media.schema);
    return isSchema(properties) ? media.schema : itemSchemaOf(contract, media.schema, effect.as);
  }
  return effect.kind === 'create' || effect.kind === 'read' || effect.kind === 'update'
    ? answeredSchema(contract, effect, media.schema)
    : undefined;
}

/** The resource that an operation returns: its own, or the listed side of a relation. */
function returnedResource(contract: Contract, { effect }: Operation): string | undefined {
  if (effect === undefined || effect.on === 'hook') return undefined;
  if (effect.on === 'resource') return effect.target;
  const sides = contract.relations.get(effect.target)?.between ?? [];
  const bound = boundSides(effect);
  // A tuple is returned as the item of its last side.
  return sides.find((side) => !bound.includes(side)) ?? sides.at(-1);
}

function searchOf({ parameters }: Operation): Endpoint['search'] {
  const [search] = parameters.flatMap(({ name, query }) =>
    query?.kind === 'search' ? [{ parameter: name, hook: query.hook }] : [],
  );
  return search;
}

/** An item inside another resource may be filtered by a property that names its parent. */
function filtersOf(contract: Contract, operation: Operation): readonly Filter[] {
  const key = contract.resources.get(returnedResource(contract, operation) ?? '')?.inside?.key ?? {};
  return operation.parameters.flatMap(({ name, query }) => {
    if (query?.kind !== 'filter') return [];
    const properties = query.properties.map((property) => {
      const place = key[property];
      return { name: place?.property ?? property, ofParent: place?.of === 'parent' };
    });
    return [{ parameter: name, properties, match: query.match }];
  });
}

function rolesOf(operation: Operation): Paging['parameters'] {
  const roles: Partial<Record<QueryRole['kind'], string>> = {};
  for (const { name, query } of operation.parameters) if (query !== undefined) roles[query.kind] = name;
  return roles;
}

/** The properties that answers show whatever the request selects. */
function alwaysShown({ parameters }: Operation): ReadonlySet<string> {
  return new Set(parameters.flatMap(({ query }) => (query?.kind === 'fields' ? query.always : [])));
}

function selectionOf(
  roles: Paging['parameters'],
  always: ReadonlySet<string>,
  query: JsonObject,
): Selection | undefined {
  const fields = roles.fields === undefined ? undefined : query[roles.fields];
  if (typeof fields !== 'string' || fields === '') return undefined;
  const include = roles['include-fields'] === undefined ? true : query[roles['include-fields']] !== false;
  return { names: new Set(fields.split(',').map((name) => name.trim())), include, always };
}
