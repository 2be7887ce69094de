import type { AnsweredKeys } from '../fixtures/answered-keys.js';
import type { EffectTracker } from '../fixtures/effect-tracker.js';
import type { InvalidItems } from '../judge/invalid-items.js';
import type { ItemsOfOthers } from '../safeguards/items-of-others.js';
import type { KeptSingletons } from '../safeguards/kept-singletons.js';
import type { UnknownChanges } from '../safeguards/unknown-changes.js';
import type { WholeCollections } from '../safeguards/whole-collections.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { SendHeaders } from './check-run.js';
import type { Purpose } from './event.js';
import { fullHeaders } from './full-headers.js';
import { LateChanges, type LateChangesOptions } from './late-changes.js';
import type { PlannedCheck } from './plan/plan.js';

export interface TrackedSendingOptions extends LateChangesOptions {
  readonly answeredKeys: AnsweredKeys;
  readonly singletons: KeptSingletons;
  readonly unknownChanges: UnknownChanges;
  readonly wholeCollections: WholeCollections;
  readonly itemsOfOthers: ItemsOfOthers;
  readonly invalidItems: InvalidItems;
}

/** A request, and who sends it. */
export interface TrackedRequest {
  readonly request: PlannedRequest;
  readonly headers: SendHeaders;
  readonly purpose: Purpose;
  readonly planned?: PlannedCheck | undefined;
}

/** Sends the requests of one worker: what would change what others have is not sent, and each effect is noted. */
export class TrackedSending {
  readonly #options: TrackedSendingOptions;
  readonly #tracker: EffectTracker;
  readonly #lateChanges: LateChanges;
  #openRequests = 0;
  /** Open requests overlap: the order of their effects is unknown. */
  #overlapped = false;

  constructor(options: TrackedSendingOptions, tracker: EffectTracker) {
    this.#options = options;
    this.#tracker = tracker;
    this.#lateChanges = new LateChanges(options);
  }

  /** Whether the worker waits for no answer. */
  get isIdle(): boolean {
    return this.#openRequests === 0;
  }

  /** @throws Stop, NoAnswer */
  async send({ request, headers, purpose, planned }: TrackedRequest): Promise<Exchange> {
    const { session, answeredKeys, wholeCollections, itemsOfOthers, singletons, invalidItems } = this.#options;
    await this.#lateChanges.before(request);
    const sendApart = (each: PlannedRequest) => this.#sendApart(each, planned);
    const followed = this.#tracker.followed(request);
    const isCreation = followed.operation?.effect?.kind === 'create';
    if (isCreation) await answeredKeys.beforeCreation(followed, sendApart);
    await wholeCollections.assertOwn(request, sendApart);
    await itemsOfOthers.assertNoneNamed(request, sendApart);
    await singletons.beforeChange(request, sendApart);
    this.#overlapped = this.#openRequests > 0;
    this.#openRequests += 1;
    const answered = invalidItems.sending(request);
    try {
      const exchange = await session.send(request, { ...headers, purpose, ...(planned && { planned }) });
      const isAlone = !this.#overlapped;
      const checked = isCreation ? await answeredKeys.checked({ ...exchange, request: followed }, sendApart) : exchange;
      this.#tracker.record(checked, isAlone);
      invalidItems.record(exchange);
      this.#recordChange(exchange);
      await this.#lateChanges.noteChange(exchange);
      return isCreation ? { ...checked, request: exchange.request } : exchange;
    } catch (error) {
      if (error instanceof NoAnswer) {
        this.#tracker.record({ ...error.exchange, request: followed }, false);
        this.#recordChange(error.exchange);
        this.#lateChanges.noteWrite(error.exchange);
      }
      throw error;
    } finally {
      answered();
      this.#openRequests -= 1;
    }
  }

  #recordChange(exchange: Exchange): void {
    const { singletons, unknownChanges } = this.#options;
    if (!singletons.record(exchange)) unknownChanges.record(exchange);
  }

  /** Sends what only finds out something, as the run itself. */
  async #sendApart(request: PlannedRequest, planned: PlannedCheck | undefined): Promise<Exchange> {
    const { session, tokens } = this.#options;
    const headers = await fullHeaders(tokens, request);
    return session.send(request, { ...headers, purpose: 'fixture', ...(planned && { planned }) });
  }
}
