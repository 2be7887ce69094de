import type {
  Contract,
  Json,
  JsonObject,
  MediaType,
  Operation,
  QueryRole,
  Response,
  Schema,
} from '../../contract/contract.js';
import type { SchemaError } from '../../contract/schema-validator.js';
import type { AllProblems } from '../answer/problems.js';
import { Problems } from '../answer/problems.js';
import { Draft } from '../effect/draft.js';
import type { Filter } from '../effect/filter.js';
import { BodyReader } from '../input/body.js';
import { Parameters, parametersOf } from '../input/parameters.js';
import type { Validators } from '../input/validator.js';
import type { Provider } from '../provider.js';
import { admitsArray, itemSchemaOf, propertiesOf } from '../view/properties.js';
import type { Selection } from '../view/view.js';
import { View } from '../view/view.js';
import type { Paging } from './page.js';

/** An operation made ready: everything that its requests need, read off the contract once. */
export interface Endpoint {
  readonly operation: Operation;
  readonly problems: Problems;
  readonly path: Parameters;
  readonly query: Parameters;
  /** Nothing where it has no parameters in headers, as most. */
  readonly header: Parameters | undefined;
  readonly body: BodyReader | undefined;
  /** The status of its success. */
  readonly status: number;
  /** The headers of a success with a body; nothing where it has none. */
  readonly contentHeaders: Readonly<Record<string, string>> | undefined;
  /** The names of the headers that its answers may carry, by status. */
  readonly headers: ReadonlyMap<number, ReadonlySet<string>>;
  /** How an item shows in its success. */
  readonly view: View | undefined;
  /** The body of a success that has nothing to show. */
  readonly empty: Json | undefined;
  /** How items of its resource are made and changed. */
  readonly draft: Draft;
  /** The properties of its body that are told and not kept. */
  readonly writeOnly: ReadonlySet<string>;
  /** What is wrong with values of single properties of its body. */
  readonly partErrors: (parts: JsonObject) => readonly SchemaError[];
  readonly paging: Paging;
  readonly filters: readonly Filter[];
  /** Which properties the query asks for. */
  selection(query: JsonObject): Selection | undefined;
}

/** @param drafts by resource */
export function endpointOf(
  contract: Contract,
  operation: Operation,
  validators: Validators,
  provider: Provider,
  drafts: ReadonlyMap<string, Draft>,
  all: AllProblems,
): Endpoint {
  const problems = new Problems(all, operation);
  const success = successOf(operation);
  const media = success?.content[0];
  const roles = rolesOf(operation);
  const sent = propertiesOf(contract, operation.requestBody?.content[0]?.schema ?? {});
  return {
    operation,
    problems,
    path: new Parameters(contract, validators, operation, 'path', false),
    query: new Parameters(
      contract,
      validators,
      operation,
      'query',
      problems.documents({ kind: 'invalid', part: 'query' }),
    ),
    header:
      parametersOf(operation, 'header').length === 0
        ? undefined
        : new Parameters(contract, validators, operation, 'header', false),
    body: operation.requestBody === undefined ? undefined : new BodyReader(validators, operation.requestBody),
    status: success === undefined ? 200 : Number(success.status),
    contentHeaders: media === undefined ? undefined : { 'content-type': `${media.type}; charset=utf-8` },
    headers: new Map(
      operation.responses.map(({ status, headers }) => [Number(status), new Set(headers.map(({ name }) => name))]),
    ),
    view: viewOf(contract, operation, media, provider),
    empty: media === undefined ? undefined : emptyOf(contract, operation, media),
    draft: drafts.get(operation.effect?.target ?? '') ?? new Draft(contract, NOTHING, [], undefined),
    writeOnly: new Set(
      [...sent].flatMap(([name, schema]) => (contract.resolve(schema).writeOnly === true ? [name] : [])),
    ),
    partErrors: validators.compile({ type: 'object', properties: Object.fromEntries(sent) }),
    paging: {
      parameters: roles,
      as: operation.effect?.as,
      next: operation.effect?.next,
      bare: media === undefined || admitsArray(contract, media.schema),
      ceiling: problems.ceiling,
    },
    filters: operation.parameters.flatMap(({ name, query }) =>
      query?.kind === 'filter' ? [{ parameter: name, property: query.property, match: query.match }] : [],
    ),
    selection: (query) => selectionOf(roles, query),
  };
}

/** For each resource, how its items are made: from all the schemas in which they show. */
export function draftsOf(contract: Contract): ReadonlyMap<string, Draft> {
  const schemas = new Map<string, Schema[]>();
  for (const operation of contract.operations) {
    const resource = shownResource(contract, operation);
    const schema = shownSchema(contract, operation, successOf(operation)?.content[0]);
    if (resource === undefined || schema === undefined) continue;
    schemas.set(resource, [...(schemas.get(resource) ?? []), schema]);
  }
  return new Map(
    [...contract.resources].flatMap(([name, resource]) =>
      resource.inside === undefined
        ? [[name, new Draft(contract, resource, schemas.get(name) ?? [], creationOf(contract, name))] as const]
        : [],
    ),
  );
}

/** The schema of what the create operation of a resource takes. */
export function creationOf(contract: Contract, resource: string): Schema | undefined {
  const creation = contract.operations.find(({ effect }) => effect?.kind === 'create' && effect.target === resource);
  return creation?.requestBody?.content[0]?.schema;
}

const NOTHING = { name: '', key: '', aliases: [], unique: [], refers: [], pointer: '' } as const;

/** Where the contract does not say what an operation does, its own example is the best that can be answered. */
function emptyOf(contract: Contract, { effect }: Operation, { example, schema }: MediaType): Json {
  if (effect === undefined && example !== undefined) return example;
  return admitsArray(contract, schema) ? [] : {};
}

/** The first success that has a status of its own. */
function successOf(operation: Operation): Response | undefined {
  return operation.responses.find(({ status }) => /^2\d\d$/.test(status));
}

function viewOf(
  contract: Contract,
  operation: Operation,
  media: MediaType | undefined,
  provider: Provider,
): View | undefined {
  const schema = shownSchema(contract, operation, media);
  const resource = contract.resources.get(shownResource(contract, operation) ?? '');
  return schema === undefined ? undefined : new View(contract, schema, resource, provider.shown);
}

function shownSchema(contract: Contract, { effect }: Operation, media: MediaType | undefined): Schema | undefined {
  if (media === undefined || effect === undefined) return undefined;
  if (effect.kind === 'list') return itemSchemaOf(contract, media.schema, effect.as);
  return effect.kind === 'create' || effect.kind === 'read' || effect.kind === 'update' ? media.schema : undefined;
}

/** The resource that an operation shows: its own, or the side of a relation that it lists. */
function shownResource(contract: Contract, { effect }: Operation): string | undefined {
  if (effect === undefined || effect.on === 'hook') return undefined;
  if (effect.on === 'resource') return effect.target;
  const sides = contract.relations.get(effect.target)?.between ?? [];
  return sides.find((side) => effect.of[side] === undefined);
}

function rolesOf(operation: Operation): Paging['parameters'] {
  const roles: Partial<Record<QueryRole['kind'], string>> = {};
  for (const { name, query } of operation.parameters) if (query !== undefined) roles[query.kind] = name;
  return roles;
}

function selectionOf(roles: Paging['parameters'], query: JsonObject): Selection | undefined {
  const fields = roles.fields === undefined ? undefined : query[roles.fields];
  if (typeof fields !== 'string' || fields === '') return undefined;
  const include = roles['include-fields'] === undefined ? true : query[roles['include-fields']] !== false;
  return { names: new Set(fields.split(',').map((name) => name.trim())), include };
}
