import { ancestorsOf } from '../../contract/ancestors.js';
import type { Contract, Json, JsonObject, Operation, Resource } from '../../contract/contract.js';
import { isHolderName } from '../../contract/derive/item-schemas.js';
import { singularOf } from '../../contract/derive/resource-name.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { isUnstated } from './resource-operations.js';

/** An item of a collection in a body that is about something else, as in `{"songs": [{"title": "…"}]}` of an import. */
export interface CarriedItem {
  readonly resource: Resource;
  readonly item: JsonObject;
}

/** Whether an operation may make or change what its body carries: neither the document nor its paths say what it does. */
export function mayTakeItems(operation: Operation, contract: Contract): boolean {
  return operation.effect === undefined && operation.method !== 'GET' && isUnstated(operation, contract);
}

/** The resource whose items a list of this name has, by the name alone: `event_rules` for `/eventrules`. */
export function carriedResource(contract: Contract, name: string): Resource | undefined {
  const own = bareName(singularOf(name.toLowerCase()));
  if (own === bareName(name)) return undefined;
  return [...contract.resources.values()].find(
    (resource) =>
      bareName(resource.name) === own &&
      resource.derived === true &&
      resource.once !== true &&
      resource.inside === undefined &&
      ancestorsOf(contract, resource.name).length === 0,
  );
}

/** The items that a body carries, itself or in an object that holds everything else: `{"data": {"songs": […]}}`. */
export function carriedItems(contract: Contract, body: Json | undefined): readonly CarriedItem[] {
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (isHolderName(name)) return carriedItems(contract, value);
    const resource = Array.isArray(value) ? carriedResource(contract, name) : undefined;
    if (resource === undefined || !Array.isArray(value)) return [];
    return value.filter(isObject).map((item) => ({ resource, item }));
  });
}
