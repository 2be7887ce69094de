import type { Contract, Json, JsonObject, Operation } from '../../contract/contract.js';
import { isHolderName } from '../../contract/derive/item-schemas.js';
import { keyInLocation } from '../../contract/http/location-key.js';
import { isObject } from '../../contract/pointer.js';
import { isSecretName } from '../../contract/secrets/secret-name.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { neededValues } from './needed-values.js';
import { lastParameter, namedByPath, pathValuesFor } from './path-names.js';
import { itemRouteOf, removalsOf } from './removal-paths.js';
import { isUnstated } from './resource-operations.js';
import { passwordNames } from './secret-places.js';
import { readingAt } from './shown-at-path.js';

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

/** How documents call the key of an item; `pk` is for "primary key". */
const KEY = /(id|pk)$/i;
/** How answers call other keys of it. */
const OTHER_KEY = /(id|key|slug|code)$/i;

/**
 * The requests that remove what an answer shows of the run, where the document does not say what a request makes: an
 * object with a text of the run's own, and a key that the request did not name: that may be another's. For each object, the
 * best first: where an operation shows what a path names, it can tell which of several keys paths take, one that the
 * request named included. So it can where an answer shows a key alone, `{"songId": 7}`, or in its `Location`.
 */
export function removalsOfShown(
  exchange: Exchange,
  contract: Contract,
  mark: string,
): readonly (readonly PlannedRequest[])[] {
  const { operation, values, method } = exchange.request;
  if (operation === undefined || values === undefined || method !== 'POST') return [];
  const json = exchange.response.json ?? null;
  const marked = itemsWith(mark, json);
  const sent = new Set(textsOf([values.body ?? null, ...Object.values(values.path)]));
  const isMarkSent = [...sent].some((text) => text.includes(mark));
  const items = marked.length > 0 || !isMarkSent ? marked : objectsIn(json);
  const located = locatedKeys(exchange);
  const shown = items.length === 0 && isMarkSent && located.length > 0 ? [{}] : items;
  const isShown = ({ route }: Operation): boolean => readingAt(contract, itemRouteOf(route)) !== undefined;
  const all = removalsOf(operation.route, contract);
  const removals = marked.length > 0 ? all : all.filter(isShown);
  const isNew = (key: string | number): boolean => !sent.has(String(key)) || String(key).includes(mark);
  const requestsFor = (item: JsonObject): readonly PlannedRequest[] =>
    removals.flatMap((removal) => {
      const parameter = lastParameter(itemRouteOf(removal.path)) ?? '';
      const usual = item[parameter] ?? (KEY.test(parameter) ? item.id : undefined);
      // A Location names one item.
      const first = shown.length === 1 && isShown(removal) ? located : [];
      const others = isShown(removal) ? otherKeys(item, passwordNames(contract, operation)) : [];
      const keys = [...new Set([...first, ...linkedKeys(item, exchange.request), usual, ...others])]
        .filter(isKey)
        .filter(isNew);
      // A key that was sent may be another's: reading what has it tells whether that is the run's.
      const asSent = isShown(removal) && keys.length > 0 && isKey(usual) && !isNew(usual) ? [usual] : [];
      return [...keys, ...asSent].map((key) => {
        const path = { ...pathValuesFor(removal, { operation, values: values.path }), [parameter]: key };
        return buildRequest(removal, { ...neededValues(contract, removal), path });
      });
    });
  return shown.map(requestsFor).filter((each) => each.length > 0);
}

function isKey(key: Json | undefined): key is string | number {
  return (typeof key === 'string' || typeof key === 'number') && key !== '';
}

/** Other keys of an item than the usual one. A secret names nothing, and would be in the log of the target. */
function otherKeys(item: JsonObject, secrets: ReadonlySet<string>): readonly Json[] {
  return Object.entries(item).flatMap(([name, key]) => {
    const isSecret = secrets.has(name) || isSecretName(name);
    return OTHER_KEY.test(name) && !isSecret ? [key] : [];
  });
}

/** The key of a new item in the `Location` of an answer; nothing without one. */
function locatedKeys({ request, response }: Exchange): readonly string[] {
  const { location } = response.headers;
  const key = location === undefined ? undefined : keyInLocation(location, request.path);
  return key === undefined ? [] : [key];
}

/** The keys in paths of an item that it shows itself, as in `{"href": "/songs/5/"}` after `POST /songs/`. */
function linkedKeys(item: JsonObject, { path }: PlannedRequest): readonly string[] {
  const collection = `${(path.split('?', 1)[0] ?? path).replace(/\/+$/, '')}/`;
  return Object.values(item).flatMap((value) => {
    const key = typeof value === 'string' && value.includes(collection) ? keyInLocation(value, path) : undefined;
    return key ?? [];
  });
}

/**
 * The outermost objects that have a text with the mark themselves: what they refer to is not what they are. The key may be
 * beside the object: `{"id": 7, "result": {"name": "…"}}`.
 */
function itemsWith(mark: string, json: Json): readonly JsonObject[] {
  if (Array.isArray(json)) return json.flatMap((entry) => itemsWith(mark, entry));
  if (!isObject(json)) return [];
  const isItem = (object: JsonObject): boolean =>
    Object.values(object).some((value) => typeof value === 'string' && value.includes(mark));
  if (isItem(json)) return [json];
  return Object.entries(json).flatMap(([name, value]) =>
    isHolderName(name) && isObject(value) && isItem(value) ? [{ ...json, ...value }] : itemsWith(mark, value),
  );
}

/** What an answer is about: an object, or one inside of it. */
function objectsIn(json: Json): readonly JsonObject[] {
  if (!isObject(json)) return [];
  const inside = Object.entries(json).flatMap(([name, value]) =>
    isHolderName(name) && isObject(value) ? [value] : [],
  );
  return [json, ...inside];
}

function textsOf(json: Json): readonly string[] {
  if (typeof json === 'string' || typeof json === 'number') return [String(json)];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsOf) : [];
}
