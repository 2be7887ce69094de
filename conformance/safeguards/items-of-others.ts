import type { Contract, Operation } from '../../contract/contract.js';
import { isParameter, pathSegments } from '../../contract/derive/path-shape.js';
import { withoutAnswer } from '../cleanup/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isShownAtPath } from '../lookup/shown-at-path.js';
import { hasNoEffect } from '../session/resend.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { chosenByExample } from './chosen-by-example.js';
import { type Singleton, singletonsOf } from './singleton.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;

export interface ItemsOfOthersOptions {
  readonly contract: Contract;
  readonly created: CreatedResources;
  /** What names of the run have. */
  readonly mark: string;
}

/**
 * Keeps a run from changing what the path of a request names and others made: `DELETE /branches/{name}`, for which a
 * document shows `main`. Where it says nothing of what is created, such names are all that a run has.
 */
export class ItemsOfOthers {
  readonly #options: ItemsOfOthersOptions;
  readonly #hasKeywords: boolean;
  /** What exists once is set back. */
  readonly #singletons: ReadonlyMap<string, Singleton>;
  /** Whether something was there before the run sent anything to this path. */
  readonly #there = new Map<string, Promise<boolean>>();

  constructor(options: ItemsOfOthersOptions) {
    this.#options = options;
    this.#singletons = singletonsOf(options.contract);
    this.#hasKeywords = [...options.contract.resources.values()].some(({ derived }) => derived !== true);
  }

  /** @throws Stop where the path names what was there before, or the request chooses what an example names */
  async assertNoneNamed(request: PlannedRequest, send: Send): Promise<void> {
    const { operation, method, path } = request;
    if (this.#hasKeywords || operation?.method !== method || operation.effect !== undefined) return;
    if (hasNoEffect(request)) return;
    const chosen = chosenByExample(this.#options.contract, request);
    if (chosen !== undefined)
      throw new Stop(
        `${method} ${operation.route} is not sent: it chooses ${chosen}, an example of the document, which may be an item of others.`,
        'contract',
      );
    if (this.#isOwn(request)) return;
    for (const route of this.#namingRoutes(operation)) {
      const at = beginningOf(path, route);
      const there = this.#there.get(at) ?? this.#isThere(request, route, send);
      this.#there.set(at, there);
      if (!(await there)) continue;
      throw new Stop(
        `${method} ${operation.route} is not sent: ${at} names something that this run did not create.`,
        'contract',
      );
    }
  }

  /**
   * The beginnings of a path that end in a parameter, the whole first. What a resource of the contract is named by is of the
   * run, or the user has supplied it.
   */
  #namingRoutes({ route, names = {}, parameters }: Operation): readonly string[] {
    const segments = pathSegments(route);
    // A parameter that allows one value is a part of the path: the user wants what is below it to be tried.
    const fixed = parameters.filter(({ only }) => only !== undefined).map(({ name }) => name);
    const known = new Set([...Object.values(names), ...fixed].map((parameter) => `{${parameter}}`));
    const others = this.#singletons.has(route) ? [] : segments.slice(0, -1);
    const above = others.flatMap((segment, position) =>
      isParameter(segment) && !known.has(segment) ? [segments.slice(0, position + 1).join('/')] : [],
    );
    return [route, ...above.reverse()];
  }

  #isOwn(request: PlannedRequest): boolean {
    const { created, mark } = this.#options;
    const named = Object.values(request.values?.path ?? {}).map(String);
    const isMarked = named.some((name) => name.includes(mark));
    return isMarked || created.isNamedBy(request) || created.removesMade(request);
  }

  async #isThere(request: PlannedRequest, route: string, send: Send): Promise<boolean> {
    return (await isShownAtPath(this.#options.contract, request, send, route).catch(withoutAnswer)) ?? false;
  }
}

/** As much of a path as a route has segments, without a query. */
function beginningOf(path: string, route: string): string {
  return (path.split('?', 1)[0] ?? path).split('/').slice(0, route.split('/').length).join('/');
}
