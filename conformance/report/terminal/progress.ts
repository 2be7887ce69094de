import { durationText } from '../../../contract/text/duration-text.js';
import { printable } from '../../../contract/text/printable.js';
import type { RunEvent } from '../../engine/event.js';
import { nameOf, type PlannedCheck } from '../../engine/plan/plan.js';
import { counted } from '../last-line.js';

/** Where progress is written to; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const LIVE_EVERY_MS = 80;
const PLAIN_EVERY_MS = 5000;
/** Before this share of the plan is done, an estimate of the time left is a guess. */
const ESTIMATE_FROM = 0.02;

/** Shows progress: one live line on a terminal, a plain line every few seconds elsewhere. */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  readonly #live: boolean;
  readonly #startedAt: number;
  #shownAt: number;
  readonly #state = new ProgressState();

  /** @param now - milliseconds */
  constructor(output: ProgressOutput, now: () => number) {
    this.#output = output;
    this.#now = now;
    this.#live = output.isTTY === true;
    this.#startedAt = now();
    this.#shownAt = this.#live ? 0 : this.#startedAt;
  }

  take(event: RunEvent): void {
    if (event.kind === 'noted') this.note(printable(event.text));
    else if (this.#state.take(event)) this.#show();
  }

  /** Writes a line that stays. */
  note(text: string): void {
    this.#output.write(this.#live ? `\r\u001b[2K${text}\n` : `${text}\n`);
  }

  /** Removes the live line. */
  end(): void {
    if (this.#live) this.#output.write('\r\u001b[2K');
  }

  #show(): void {
    const now = this.#now();
    if (now - this.#shownAt < (this.#live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.#shownAt = now;
    const text = printable(this.#state.line(now - this.#startedAt));
    if (this.#live) this.#output.write(`\r\u001b[2K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
    else this.#output.write(`${text}\n`);
  }
}

/** What is known of a run so far. */
class ProgressState {
  readonly #causes = new Set<string>();
  /** The running checks, the one that sent the last request first. */
  readonly #running = new Set<PlannedCheck>();
  /** What the run does besides checks. */
  #activity: string | undefined;
  #plannedRequests = 0;
  #doneRequests = 0;
  #planned = 0;
  #finished = 0;
  #requests = 0;

  /** @returns whether there is something new to show */
  take(event: RunEvent): boolean {
    switch (event.kind) {
      case 'planned':
        this.#plannedRequests = event.plan.checks.reduce((sum, check) => sum + check.requests, 0);
        this.#planned = event.plan.checks.length;
        return false;
      case 'started':
        this.#running.add(event.planned);
        return true;
      case 'requested':
      case 'unanswered':
        this.#requests += 1;
        this.#activity = event.purpose === 'cleanup' ? 'cleaning up' : undefined;
        if (event.planned !== undefined) this.#moveFirst(event.planned);
        return true;
      case 'waiting':
        this.#activity = `waiting ${durationText(event.milliseconds)} for the rate limit`;
        return true;
      case 'found':
        // What is only observed is no finding of the report either.
        if (event.finding.severity !== 'observed') this.#causes.add(event.finding.fingerprint);
        return false;
      case 'finished':
        this.#running.delete(event.result.planned);
        this.#finished += 1;
        this.#doneRequests += event.result.planned.requests;
        return false;
      case 'noted':
      case 'ended':
        return false;
    }
  }

  line(elapsed: number): string {
    const share = this.#plannedRequests === 0 ? 0 : this.#doneRequests / this.#plannedRequests;
    const left = share > ESTIMATE_FROM ? ` · ${durationText(inSeconds((elapsed / share) * (1 - share)))} left` : '';
    const found = this.#causes.size === 0 ? '' : ` · ${counted(this.#causes.size, 'finding')}`;
    const requests = counted(this.#requests, 'request');
    if (this.#planned === 0) return `${this.#activity ?? 'trying the target'} · ${requests}`;
    return `${this.#finished}/${this.#planned} ${this.#current} · ${requests}${found}${left}`;
  }

  /** The check that sent the last request, whatever others started since. */
  get #current(): string {
    const [first] = this.#running;
    return this.#activity ?? (first === undefined ? '' : nameOf(first));
  }

  #moveFirst(planned: PlannedCheck): void {
    const [first] = this.#running;
    if (first === planned || !this.#running.delete(planned)) return;
    const others = [...this.#running];
    this.#running.clear();
    for (const one of [planned, ...others]) this.#running.add(one);
  }
}

/** Whole seconds, at least one: an estimate is no better. */
function inSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000)) * 1000;
}
