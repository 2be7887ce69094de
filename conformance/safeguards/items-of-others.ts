import type { Contract } from '../../contract/contract.js';
import { withoutAnswer } from '../engine/attempt.js';
import { Stop } from '../engine/stop.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import { isShownAtPath } from '../lookup/shown-at-path.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { hasNoEffect } from '../target/resend.js';

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
  /** Whether something was there before the run sent anything to this path. */
  readonly #there = new Map<string, Promise<boolean>>();

  constructor(options: ItemsOfOthersOptions) {
    this.#options = options;
    this.#hasKeywords = [...options.contract.resources.values()].some(({ derived }) => derived !== true);
  }

  /** @throws Stop where the path names what was there before */
  async assertNoneNamed(request: PlannedRequest, send: Send): Promise<void> {
    const { operation, method, path } = request;
    if (this.#hasKeywords || operation?.method !== method || operation.effect !== undefined) return;
    if (hasNoEffect(request) || this.#isOwn(request)) return;
    const at = path.split('?', 1)[0] ?? path;
    const there = this.#there.get(at) ?? this.#isThere(request, send);
    this.#there.set(at, there);
    if (!(await there)) return;
    throw new Stop(
      `${method} ${operation.route} is not sent: ${at} names something that this run did not create.`,
      'contract',
    );
  }

  #isOwn(request: PlannedRequest): boolean {
    const { created, mark } = this.#options;
    const named = Object.values(request.values?.path ?? {}).map(String);
    const isMarked = named.some((name) => name.includes(mark));
    return isMarked || created.isBelowOwn(request) || created.all().some(({ id }) => named.includes(id));
  }

  async #isThere(request: PlannedRequest, send: Send): Promise<boolean> {
    return (await isShownAtPath(this.#options.contract, request, send).catch(withoutAnswer)) ?? false;
  }
}
