import type { Contract, Json, Limit, Operation, Schema } from '../../contract/contract.js';
import { entriesOf, objectOr } from '../../contract/json/json-value.js';

/** The limits of an operation. */
export interface OperationLimits {
  /** The lists in the body. */
  readonly lists: readonly ListLimit[];
  /** The largest page. */
  readonly page?: { readonly parameter: string; readonly most: number };
  /** The limits of the relation or resource that the operation adds to. */
  readonly quotas: readonly Quota[];
}

export interface ListLimit {
  readonly pointer: string;
  readonly least?: number;
  readonly most?: number;
}

export interface Quota extends Limit {
  /** The relation or resource. */
  readonly of: string;
}

export function limitsOf(contract: Contract, operation: Operation): OperationLimits {
  const content = operation.requestBody?.content[0];
  const page = pageLimit(contract, operation);
  return {
    lists: content === undefined ? [] : listLimits(contract, content.schema),
    ...(page && { page }),
    quotas: quotas(contract, operation),
  };
}

/** The body itself and its properties, as far as they are lists with a limit. */
function listLimits(contract: Contract, body: Schema): readonly ListLimit[] {
  const schema = contract.resolve(body);
  const places: (readonly [string, Json])[] = [['', schema], ...entriesOf(schema.properties)];
  return places.flatMap(([name, place]) => {
    const { minItems, maxItems } = contract.resolve(objectOr(place));
    if (typeof minItems !== 'number' && typeof maxItems !== 'number') return [];
    return {
      pointer: name && `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ...(typeof minItems === 'number' && { least: minItems }),
      ...(typeof maxItems === 'number' && { most: maxItems }),
    };
  });
}

function pageLimit(contract: Contract, { parameters }: Operation): OperationLimits['page'] {
  for (const kind of ['take', 'size'] as const) {
    const parameter = parameters.find(({ query }) => query?.kind === kind);
    const maximum = parameter && contract.resolve(parameter.schema).maximum;
    if (parameter !== undefined && typeof maximum === 'number') return { parameter: parameter.name, most: maximum };
  }
  return undefined;
}

/** Only operations that add or create can reach a quota. */
function quotas(contract: Contract, { effect }: Operation): readonly Quota[] {
  if (effect?.kind === 'add') {
    return (contract.relations.get(effect.target)?.limits ?? []).map((limit) => ({ ...limit, of: effect.target }));
  }
  const limit = effect?.kind === 'create' ? contract.resources.get(effect.target)?.limit : undefined;
  return effect === undefined || limit === undefined ? [] : [{ ...limit, of: effect.target }];
}
