import { ancestorsOf } from '../../contract/ancestors.js';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { existsOnce } from '../../contract/exists-once.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { nameWords } from '../../contract/text/name-words.js';
import type { Exchange } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { createdBy, nameInBody } from './identity.js';
import { neededValues } from './needed-values.js';
import { lastParameter, type PathNames, pathNaming } from './path-names.js';

/** The operation that reads one resource by its key, or one tuple of a relation. */
export function readOperation(target: string, contract: Contract): Operation | undefined {
  const sides = contract.relations.get(target)?.between ?? [target, ...ancestorsOf(contract, target)];
  return contract.operations.find(
    ({ effect }) =>
      effect?.kind === 'read' &&
      effect.target === target &&
      effect.by === undefined &&
      Object.keys(effect.of).every((side) => sides.includes(side)),
  );
}

/**
 * Whether neither the document nor its paths say what an operation changes. A contract with our keywords says so of every
 * operation; an effect that the target does not have is stated all the same.
 */
export function isUnstated({ id }: Operation, { operations, resources }: Contract): boolean {
  const states = operations.some((operation) => operation.id === id && operation.effect !== undefined);
  return !states && [...resources.values()].every(({ derived }) => derived === true);
}

/** What the words of operations that create something say: `create group`, `users create`, and not `notify new members`. */
const CREATES = /\b(create|add|register|insert|import)\b|^(new|upload|clone|duplicate|fork)\b/;
/** The same of operations that only read: `POST /groups/search`. */
const READS =
  /^(check|count|evaluate|export|find|get|introspect|list|lookup|ping|preview|query|search|test|validate|verify)\b/;
/** The same of operations that change or remove something. */
const CHANGES =
  /\b(update|edit|delete|remove|clear|purge|revoke|destroy|reset|replace|restore|sync|archive|unarchive|wipe|flush|truncate)\b|^set\b/;

/** The same of operations that change many items at once: `POST /songs/batch`. */
const MANY = /\b(batch|bulk)\b/;

/** The same of operations that end a session, and with it perhaps the token of the run: `GET /logout`. */
const ENDS_SESSION = /\b(log|sign) ?(out|off)\b/;

/**
 * The same of operations that switch something on or off, for all who use it where no path names what: `POST /auth/disable`,
 * `POST /service/restart`.
 */
const SWITCHES =
  /\b((de)?activate|disable|enable|freeze|unfreeze|lock|unlock|pause|resume|suspend|start|stop|restart|reboot|shut ?down)\b/;

/** The same of operations that can only make something new: what adds to an item shows that item. */
const MAKES_NEW = /\bcreate\b|^new\b/;

/** Whether the name of an operation says that it creates something, or the end of its path does. */
export function createsByName(operation: Operation): boolean {
  return isNamedBy(operation, CREATES);
}

/** The same where it says that what it creates is new. */
export function makesNewByName(operation: Operation): boolean {
  return isNamedBy(operation, MAKES_NEW);
}

/** The same where it changes or removes something. */
export function changesByName(operation: Operation): boolean {
  return isNamedBy(operation, CHANGES) || isNamedBy(operation, SWITCHES);
}

/** The same where it only reads. */
export function readsByName(operation: Operation): boolean {
  return isNamedBy(operation, READS);
}

/** The same where it ends the session of the caller, whatever its method. */
export function endsSession(operation: Operation): boolean {
  return isNamedBy(operation, ENDS_SESSION);
}

function isNamedBy({ id, route }: Operation, pattern: RegExp): boolean {
  return [id, endOf(route)].some((name) => pattern.test(nameWords(name).join(' ').trim()));
}

/**
 * Whether a body that names nothing may mean any item: a document without a word on what `POST /delete-group` does may
 * require nothing of its body, and some servers take the first of all groups for `{}`, or all of them where it changes
 * many.
 */
export function mayMeanAny(operation: Operation, contract: Contract): boolean {
  const says = createsByName(operation) || changesByName(operation) || isNamedBy(operation, MANY);
  return operation.method === 'POST' && says && isUnstated(operation, contract);
}

/**
 * Whether the body or the query says which item, or which of many, an operation changes or removes, as far as the names
 * tell: some servers take `{"id": null}` for the first item without that id, and an empty list for all.
 */
export function choosesItem(operation: Operation, contract: Contract): boolean {
  const changes = operation.method === 'DELETE' || changesByName(operation) || isNamedBy(operation, MANY);
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(operation.method);
  return isWrite && changes && !hasFreeParameters(operation) && isUnstated(operation, contract);
}

function endOf(route: string): string {
  return route.split('/').at(-1) ?? '';
}

/**
 * Whether an operation changes or deletes what a document lets nobody choose: its path ends in a parameter that allows one
 * value, as where an overlay names the tenant to use.
 */
export function changesFixed(operation: Operation, contract: Contract): boolean {
  const last = lastParameter(operation.route);
  const parameter = operation.parameters.find(({ in: place, name }) => place === 'path' && name === last);
  const changes = ['PUT', 'PATCH', 'DELETE'].includes(operation.method) && isUnstated(operation, contract);
  return changes && parameter?.only !== undefined;
}

/**
 * How much an operation may change of what others rely on: 0 is nothing. A document without our keywords does not say what
 * `POST /songs/bulk-delete` does, nor whether `DELETE /songs` deletes all of them, the owner of the token included. What
 * names something in its path reaches less far than settings, and those less far than `POST /token/reset`. What ends the
 * session comes last, also a `GET /logout`, and so does what switches something on or off for all: a server whose
 * authentication is off takes any token.
 */
export function reachOf(operation: Operation, contract: Contract): Reach {
  if (endsSession(operation) && isUnstated(operation, contract)) return MOST_REACH;
  if (operation.method === 'GET') return 0;
  if (switchesForAll(operation, contract)) return MOST_REACH;
  if (existsOnce(contract, operation.effect?.target)) return 3;
  if (!isUnstated(operation, contract)) return 0;
  const names = hasFreeParameters(operation);
  if (operation.method !== 'DELETE') return names ? 1 : 4;
  return names ? 2 : 5;
}

/** Whether an operation switches on or off what no path names. */
function switchesForAll(operation: Operation, contract: Contract): boolean {
  return isNamedBy(operation, SWITCHES) && !hasFreeParameters(operation) && isUnstated(operation, contract);
}

/** The reach of what may end the token of the run. */
export const MOST_REACH: Reach = 6;

export type Reach = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** A request to read the resource that these names lead to. */
export function readRequest(contract: Contract, reading: Operation, names: PathNames): PlannedRequest {
  return buildRequest(reading, { ...neededValues(contract, reading), path: pathNaming(reading, names) });
}

/** The key in the response to a create. */
export function createdKey(target: string, exchange: Exchange, contract: Contract): Json | undefined {
  const resource = contract.resources.get(target);
  const created = createdBy(contract, exchange);
  return resource && created && nameInBody(resource, created);
}
