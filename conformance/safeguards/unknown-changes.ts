import type { Contract, Operation } from '../../contract/contract.js';
import { isParameter, pathSegments } from '../../contract/derive/path-shape.js';
import { isObject } from '../../contract/pointer.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { changesByName, isUnstated, readsByName } from '../lookup/resource-operations.js';
import { readingAt } from '../lookup/shown-at-path.js';
import { type Exchange, succeeded } from '../target/exchange.js';

/** A shorter key is in any body. */
const SHORTEST_KEY = 4;

/**
 * Requests that a target accepted, and that may have changed something of which neither the document nor the target says
 * what it is: `DELETE /sessions`, `POST /maintenance`. Nothing can undo them, so that the report names them.
 */
export class UnknownChanges {
  readonly #contract: Contract;
  readonly #created: CreatedResources;
  /** How many were accepted, by operation. */
  readonly #accepted = new Map<string, number>();

  constructor(contract: Contract, created: CreatedResources) {
    this.#contract = contract;
    this.#created = created;
  }

  record(exchange: Exchange): void {
    const { operation, method } = exchange.request;
    if (operation?.method !== method || !succeeded(exchange) || !isUnstated(operation, this.#contract)) return;
    if (!this.#mayChange(exchange) || this.#isOfOwn(exchange)) return;
    const what = `${method} ${operation.route}`;
    this.#accepted.set(what, (this.#accepted.get(what) ?? 0) + 1);
  }

  /** A line for each operation, but for those that are known to create something. */
  get lines(): readonly string[] {
    return [...this.#accepted]
      .filter(([what]) => !this.#created.hasCreatedUnknown(what))
      .map(([what, count]) => `perhaps what ${what} changed: accepted ${count === 1 ? 'once' : `${count} times`}`);
  }

  /** A POST that answers with content may be a search, unless its name says more; one that does not is sent for its effect. */
  #mayChange({ request: { operation, method }, response: { status, text, json } }: Exchange): boolean {
    if (operation === undefined) return false;
    if (isParameter(pathSegments(operation.route).at(-1))) return method === 'DELETE' && this.#mayBeOfOthers(operation);
    if (method !== 'POST') return ['PUT', 'PATCH', 'DELETE'].includes(method);
    const documented = operation.responses.find((response) => response.status === String(status));
    const isEmpty = text === '' ? documented?.content.length === 0 : isObject(json) && Object.keys(json).length === 0;
    return changesByName(operation) || (isEmpty && !readsByName(operation));
  }

  /** What a path names is looked up before it is removed, where an operation shows it. */
  #mayBeOfOthers(operation: Operation): boolean {
    return readingAt(this.#contract, operation.route) === undefined;
  }

  /** What names a resource of the run changes that. */
  #isOfOwn({ request }: Exchange): boolean {
    const text = `${request.path} ${request.body ?? ''}`;
    const isNamed = ({ id }: { readonly id: string }) => id.length >= SHORTEST_KEY && text.includes(id);
    const named = Object.values(request.values?.path ?? {}).map(String);
    const isMade = named.some((name) => this.#created.namesInPaths.has(name));
    return isMade || this.#created.isBelowOwn(request) || this.#created.all().some(isNamed);
  }
}
