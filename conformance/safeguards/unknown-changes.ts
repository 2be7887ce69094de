import type { Contract, Operation } from '../../contract/contract.js';
import { isParameter, pathSegments } from '../../contract/derive/path-shape.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { isObject } from '../../contract/pointer.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { isServerError } from '../judge/safety.js';
import { changesByName, isUnstated, readsByName } from '../lookup/resource-operations.js';
import { readingAt } from '../lookup/shown-at-path.js';
import { bodySent } from '../lookup/shows-sent.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { bodyMedia } from '../target/request-body.js';

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** A shorter key is in any body. */
const SHORTEST_KEY = 4;

/**
 * Requests that a target accepted, and that may have changed something of which neither the document nor the target says
 * what it is: `DELETE /sessions`, `POST /maintenance`. Nothing can undo them, so that the report names them.
 */
export class UnknownChanges {
  readonly #contract: Contract;
  readonly #created: CreatedResources;
  /** The paths of those that were accepted, by operation. */
  readonly #accepted = new Map<string, string[]>();
  /** The paths of those that failed in the server, by operation. */
  readonly #failed = new Map<string, string[]>();

  constructor(contract: Contract, created: CreatedResources) {
    this.#contract = contract;
    this.#created = created;
  }

  record(exchange: Exchange): void {
    const { operation, method } = exchange.request;
    if (operation?.method !== method || !isUnstated(operation, this.#contract) || this.#isOfOwn(exchange)) return;
    const what = `${method} ${operation.route}`;
    const paths = this.#mayHaveFailedHalfway(exchange) ? this.#failed : this.#accepted;
    if (paths !== this.#failed && !(succeeded(exchange) && this.#mayChange(exchange))) return;
    const known = paths.get(what) ?? [];
    known.push(exchange.request.path.replace(/\?.*$/, ''));
    paths.set(what, known);
  }

  /** A valid request that names nothing may have changed anything before the server failed. */
  #mayHaveFailedHalfway({ request, response }: Exchange): boolean {
    const { operation, method } = request;
    if (operation === undefined || !isServerError(response.status) || hasFreeParameters(operation)) return false;
    if (!WRITES.includes(method) || readsByName(operation)) return false;
    const media = bodyMedia(operation);
    if (media === undefined || request.body === undefined) return operation.requestBody?.required !== true;
    const sent = bodySent(request);
    return sent !== undefined && fitsRequest(this.#contract, media.schema, sent);
  }

  /** A line for each operation, but for those that are known to create something. */
  get lines(): readonly string[] {
    const failed = [...this.#failed].filter(([what]) => !this.#accepted.has(what));
    const all = [
      ...[...this.#accepted].map(([what, paths]) => ({ what, paths, how: 'accepted' })),
      ...failed.map(([what, paths]) => ({ what, paths, how: 'failed in the server' })),
    ];
    return all
      .filter(({ what }) => !this.#created.hasCreatedUnknown(what))
      .map(({ what, how, paths }) => `perhaps what ${what} changed: ${how} ${times(paths)}${places(what, paths)}`);
  }

  /** A POST that answers with content may be a search, unless its name says more; one that does not is sent for its effect. */
  #mayChange({ request: { operation, method }, response: { status, text, json } }: Exchange): boolean {
    if (operation === undefined) return false;
    if (isParameter(pathSegments(operation.route).at(-1))) return method === 'DELETE' && this.#mayBeOfOthers(operation);
    if (method !== 'POST') return WRITES.includes(method);
    const documented = operation.responses.find((response) => response.status === String(status));
    const isNothing = json === null || (isObject(json) && Object.keys(json).length === 0);
    const isEmpty = text === '' ? documented?.content.length === 0 : isNothing;
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
    const isRemoval = this.#created.removesMade(request) || this.#created.isBelowOwn(request);
    return isMade || isRemoval || this.#created.all().some(isNamed);
  }
}

function times({ length }: readonly string[]): string {
  return length === 1 ? 'once' : `${length} times`;
}

const MOST_PATHS = 5;

/** The paths, where they say more than the operation does: ` (/users/u1, /users/u2)`. */
function places(what: string, paths: readonly string[]): string {
  const telling = [...new Set(paths)].filter((path) => !what.endsWith(` ${path}`));
  if (telling.length === 0) return '';
  const more = telling.length > MOST_PATHS ? ` and ${telling.length - MOST_PATHS} more` : '';
  return ` (${telling.slice(0, MOST_PATHS).join(', ')}${more})`;
}
