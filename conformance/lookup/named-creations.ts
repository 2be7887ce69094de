import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { neededValues } from './needed-values.js';
import { lastParameter, namedByPath } from './path-names.js';
import { isUnstated } from './resource-operations.js';

/**
 * The operations that may create what the path of another names, and that name it themselves: `PUT /queues/{name}` for
 * `GET /queues/{name}/messages`. Only those whose creations can be removed. The longest path first; PUT before POST, since
 * it says where something is to be.
 */
export function namedCreations(operation: Operation, contract: Contract): readonly Operation[] {
  if (operation.effect !== undefined || operation.names !== undefined) return [];
  // What makes something itself needs a new name.
  const isBelow = ({ path }: Operation): boolean =>
    operation.path.startsWith(`${path}/`) || (operation.path === path && namedByPath(operation) === undefined);
  return contract.operations
    .filter((other) => namedByPath(other) !== undefined && other.names === undefined && isBelow(other))
    .filter((other) => isUnstated(other, contract) && removalAt(other.route, contract) !== undefined)
    .sort((one, other) => other.path.length - one.path.length || other.method.localeCompare(one.method));
}

/** The operation that removes what a path names. */
export function removalAt(route: string, contract: Contract): Operation | undefined {
  return contract.operations.find((other) => other.method === 'DELETE' && other.route === route);
}

/** The operations that remove one item of a collection: `DELETE /songs/{id}`, `DELETE /songs/by-name/{name}`. */
export function removalsBelow(route: string, contract: Contract): readonly Operation[] {
  const isOneBelow = (other: string): boolean =>
    other.startsWith(`${route}/`) && /^([^{}]+\/)?\{[^{}]+\}$/.test(other.slice(route.length + 1));
  return contract.operations.filter(({ method, route: other }) => method === 'DELETE' && isOneBelow(other));
}

/**
 * The requests that remove what an answer shows of the run, where the document does not say what a request makes: an
 * object with a text of the run's own, and a key that the request did not name: that may be another's.
 */
export function removalsOfShown(exchange: Exchange, contract: Contract, mark: string): readonly PlannedRequest[] {
  const { operation, values, method } = exchange.request;
  if (operation === undefined || values === undefined || method !== 'POST') return [];
  const removals = removalsBelow(operation.route, contract);
  const sent = new Set(textsOf(values.body ?? null));
  const removalOf = (item: JsonObject): PlannedRequest | undefined => {
    for (const removal of removals) {
      const parameter = lastParameter(removal.path) ?? '';
      const key = item[parameter] ?? (/id$/i.test(parameter) ? item.id : undefined);
      if ((typeof key !== 'string' && typeof key !== 'number') || key === '') continue;
      if (sent.has(String(key)) && !String(key).includes(mark)) continue;
      const path = { ...values.path, [parameter]: key };
      return buildRequest(removal, { ...neededValues(contract, removal), path });
    }
    return undefined;
  };
  const shown = removals.length === 0 ? [] : itemsWith(mark, exchange.response.json ?? null);
  return shown.map(removalOf).filter((removal) => removal !== undefined);
}

/** The outermost objects that have a text with the mark themselves: what they refer to is not what they are. */
function itemsWith(mark: string, json: Json): readonly JsonObject[] {
  if (Array.isArray(json)) return json.flatMap((entry) => itemsWith(mark, entry));
  if (!isObject(json)) return [];
  const values = Object.values(json);
  const isItem = values.some((value) => typeof value === 'string' && value.includes(mark));
  return isItem ? [json] : values.flatMap((value) => itemsWith(mark, value));
}

function textsOf(json: Json): readonly string[] {
  if (typeof json === 'string' || typeof json === 'number') return [String(json)];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsOf) : [];
}
