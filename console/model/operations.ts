import { boundSides } from '../../contract/bound-sides.js';
import type { Contract, Operation, Parameter, QueryRole } from '../../contract/contract.js';
import { entrySchema, listInBody } from '../../contract/list-in-body.js';
import { splitPointer } from '../../contract/pointer.js';
import type { ClientMethod } from '../../generator/client/method.js';
import type { CallableOperation, Choice, Listing, Paging, Place } from './model.js';
import { columnsOf, itemSchema, labelOf } from './schemas.js';
import { buttonOf } from './words.js';

export function callableOf({ operation, path, ids, body, query, variants }: ClientMethod): CallableOperation {
  const kinds: Readonly<Record<string, string>> = { json: '', none: ':none' };
  return {
    call: path,
    method: operation.method,
    path: `${operation.route.slice(0, operation.route.length - operation.path.length)} ${operation.path}`,
    responses: variants.map(({ status, kind }) => `${status}${kinds[kind] ?? ':any'}`).join(' '),
    parts: [...(body === undefined ? [] : ['body' as const]), ...(query === undefined ? [] : ['query' as const])],
    ids: ids.map(({ parameter }) => parameter.name),
    of: operation.effect?.of ?? {},
    scopes: operation.security.filter(({ disputed }) => !disputed).map(({ scopes }) => scopes),
    summary: operation.summary,
  };
}

/** The resource whose items a listing returns. */
export function listedResource(contract: Contract, { effect }: Operation): string | undefined {
  if (effect === undefined || effect.kind !== 'list' || effect.on === 'hook') return undefined;
  if (effect.on === 'resource') return effect.target;
  const bound = boundSides(effect);
  return contract.relations.get(effect.target)?.between.find((side) => !bound.includes(side));
}

export function listingOf(contract: Contract, operation: Operation): Listing | undefined {
  const name = listedResource(contract, operation);
  const resource = contract.resources.get(name ?? '');
  if (name === undefined || resource === undefined) return undefined;
  const schema = itemSchema(contract, operation);
  const keys = Object.keys(resource.inside?.key ?? {});
  const first = [labelOf(contract, resource, schema), ...(keys.length > 0 ? keys : [resource.key])];
  const search = searchOf(operation);
  return {
    operation: operation.id,
    resource: name,
    items: operation.effect?.as ?? '',
    columns: columnsOf(contract, schema, first),
    paging: pagingOf(operation),
    ...(search === undefined ? {} : { search }),
  };
}

const PAGING_ROLES: Readonly<Record<keyof Paging, readonly QueryRole['kind'][]>> = {
  size: ['size', 'take'],
  page: ['page'],
  totals: ['totals'],
  cursor: ['cursor'],
};

function pagingOf({ parameters }: Operation): Paging {
  const named = (kinds: readonly QueryRole['kind'][]) =>
    kinds.flatMap((kind) => parameters.filter(({ query }) => query?.kind === kind)).map(({ name }) => name)[0];
  const paging: { -readonly [Role in keyof Paging]: string } = {};
  for (const role of ['size', 'page', 'totals', 'cursor'] as const) {
    const name = named(PAGING_ROLES[role]);
    if (name !== undefined) paging[role] = name;
  }
  return paging;
}

function searchOf({ parameters }: Operation): string | undefined {
  const searches = ({ query }: Parameter): boolean =>
    query?.kind === 'search' || (query?.kind === 'filter' && query.match === 'contains');
  return parameters.find(searches)?.name;
}

/** How an operation names the items that it adds or removes. */
export function choiceOf(contract: Contract, operation: Operation, adds: boolean): Choice {
  const { each = {}, flag } = operation.effect ?? {};
  const places = Object.entries(each).map(([side, pointer]): [string, Place] => {
    const list = listInBody(contract, operation, pointer) ?? {};
    const isEntry = entrySchema(contract, operation, pointer) !== undefined;
    const resource = contract.resources.get(side);
    const isInside = resource?.inside !== undefined;
    return [
      side,
      {
        property: splitPointer(pointer).join('.'),
        many: list.type !== 'string',
        ...(typeof list.maxItems === 'number' ? { most: list.maxItems } : {}),
        ...(isEntry && !isInside ? { entryKey: resource?.key ?? '' } : {}),
        ...(flag === undefined ? {} : { flag, adds }),
      },
    ];
  });
  return { operation: operation.id, label: buttonOf(operation.summary), each: Object.fromEntries(places) };
}
