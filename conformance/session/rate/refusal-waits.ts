import type { Contract } from '../../../contract/contract.js';
import { durationText } from '../../../contract/text/duration-text.js';
import type { RunEvent } from '../../engine/event.js';
import { Stop } from '../../engine/stop.js';
import type { Clock } from '../../target/clock.js';
import type { Exchange } from '../../target/exchange.js';
import type { PlannedRequest } from '../../target/request.js';
import { pauseAfter } from './pause-after.js';
import type { RateScheduler } from './rate-scheduler.js';
import { RefusalPauses } from './refusal-pauses.js';

/** Longer pauses than this are not waited out. */
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_PAUSES = 12;
/** How long a path with a rate limit of its own is waited for in all: a check of each worker may wait there. */
const LONGEST_WAIT_AT_PATH_MS = 2 * 60_000;

export interface RefusalWaitsOptions {
  readonly contract: Contract;
  readonly clock: Clock;
  readonly emit: (event: RunEvent) => void;
  /** Absent: a 429 is waited out until its reset. */
  readonly scheduler?: RateScheduler;
}

/** The part of a run that waits. */
export interface WaitingPhase {
  readonly isCleanup: boolean;
  /** When it is over, in milliseconds of the clock. */
  readonly endsAt: number;
  readonly signal?: AbortSignal;
}

/** Waits out 429s, as long as that makes sense. */
export class RefusalWaits {
  readonly #options: RefusalWaitsOptions;
  readonly #pauses: RefusalPauses;

  constructor(options: RefusalWaitsOptions) {
    this.#options = options;
    this.#pauses = new RefusalPauses(options.scheduler !== undefined || options.contract.rateLimit !== undefined);
  }

  /** Whether requests of a route have to wait. */
  isHeldBack(route: string): boolean {
    return this.#pauses.notBefore(route) > this.#options.clock.now();
  }

  /** Waits until a request may be sent. */
  async before(request: PlannedRequest, signal: AbortSignal | undefined): Promise<void> {
    const { clock } = this.#options;
    const wait = this.#pauses.notBefore(routeOf(request)) - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
  }

  /** @param sentAt - milliseconds */
  answered({ request, response }: Exchange, sentAt: number): void {
    if (response.status !== 429) this.#pauses.answered(routeOf(request), sentAt);
  }

  /**
   * Waits after a 429.
   * @param pauses - how often the same request has waited
   * @throws Stop where waiting makes no sense
   */
  async after({ response, request }: Exchange, pauses: number, phase: WaitingPhase): Promise<void> {
    const { clock, contract, emit, scheduler } = this.#options;
    const milliseconds = scheduler?.pauseAfter(pauses) ?? pauseAfter(response, contract.rateLimit, clock.now(), pauses);
    if (pauses >= MOST_PAUSES || milliseconds > LONGEST_PAUSE_MS) {
      const refused = `The target's rate limit refuses ${request.method} ${request.path} (429)`;
      const often = pauses === 0 ? '' : ` ${pauses + 1} times`;
      throw new Stop(`${refused}${often}, and asks to wait ${durationText(milliseconds)}.`, 'rate-limit');
    }
    if (clock.now() + milliseconds >= phase.endsAt) {
      throw new Stop(
        `The target's rate limit asks to wait ${durationText(milliseconds)}, longer than --timeout leaves.`,
        'time',
      );
    }
    const route = routeOf(request);
    const until = clock.now() + milliseconds;
    if (!phase.isCleanup && this.#pauses.waitedUntil(route, clock.now(), until) > LONGEST_WAIT_AT_PATH_MS) {
      const id = request.operation?.id;
      const advice = `raise its rate limit for the run${id === undefined ? '' : `, or leave it out (--skip '${id}/*')`}`;
      throw new Stop(
        `${route} allows too few requests: its 429s ask to wait longer than ${durationText(LONGEST_WAIT_AT_PATH_MS)} in all; ${advice}.`,
        'rate-limit',
      );
    }
    this.#pauses.refused(route, clock.now(), until);
    emit({ kind: 'waiting', milliseconds });
    await this.before(request, phase.signal);
  }
}

/** What servers count requests by, besides their sum. */
function routeOf({ operation, path }: PlannedRequest): string {
  return operation?.route ?? path;
}
