import { Journal } from '../../journal/journal.js';
import { thisProcess } from '../../journal/this-process.js';
import type { Clock } from '../../target/clock.js';
import type { Target } from '../../target/target.js';
import type { Purpose, RunEvent } from '../event.js';
import { run } from '../run.js';
import type { RunOptions } from '../run-options.js';
import { newMark } from '../run-parts.js';
import type { Plan } from './plan.js';

/** Requests of one kind that a run sends. */
export interface RehearsedRequests {
  readonly method: string;
  /** The route of the operation; for requests to no operation, such as misspelt paths, a word for them. */
  readonly route: string;
  readonly purpose: Purpose;
  readonly count: number;
  /** The alternatives of scopes that the operation requires. */
  readonly scopes: readonly (readonly string[])[];
}

/** What a run would send. */
export interface Rehearsal {
  /** In the order in which each kind is sent first. */
  readonly requests: readonly RehearsedRequests[];
  /** What the run says beforehand: how many requests, and how long they take. */
  readonly notes: readonly string[];
}

/** Requests without an operation. */
const OTHER = '(paths and methods that the contract lacks)';

/**
 * The requests of a plan: runs it against a tenant that keeps the contract. A target that does not may get other requests,
 * above all to shrink counterexamples.
 *
 * @param target - an embedded tenant; it is closed
 * @param watch - receives what happens, to show progress
 */
export async function rehearse(
  plan: Plan,
  target: Target,
  options: Omit<RunOptions, 'clock' | 'journal'>,
  watch: (event: RunEvent) => void = () => undefined,
): Promise<Rehearsal> {
  const kinds = new Map<string, RehearsedRequests>();
  const notes: string[] = [];
  // What is not the run's own is left alone as at the real target, where a journal is kept.
  const journal = target.metered && options.readOnly !== true ? { journal: unwrittenJournal(target) } : {};
  try {
    for await (const event of run(plan, target, { ...options, ...journal, clock: rehearsalClock() })) {
      if (event.kind === 'noted') notes.push(event.text);
      else watch(event);
      if (event.kind !== 'requested' && event.kind !== 'unanswered') continue;
      const { purpose } = event;
      const { operation, method } = event.exchange.request;
      const route = operation?.method === method ? operation.route : OTHER;
      const scopes = operation?.method === method ? operation.security.map((alternative) => alternative.scopes) : [];
      const key = `${purpose} ${method} ${route}`;
      kinds.set(key, { method, route, purpose, scopes, count: (kinds.get(key)?.count ?? 0) + 1 });
    }
  } finally {
    await target.close();
  }
  return { requests: [...kinds.values()], notes };
}

/** A clock that only sleeping moves on: a rehearsal does not wait for rate limits. */
function rehearsalClock(): Clock {
  const startedAt = Date.now();
  let slept = 0;
  return {
    now: () => startedAt + slept,
    sleep: async (milliseconds) => {
      slept += milliseconds;
    },
  };
}

/** A journal that is nowhere. */
function unwrittenJournal({ url, audience }: Target): Journal {
  const header = { kind: 'run', version: 1, target: url, audience, mark: newMark(), startedAt: '' } as const;
  const nothing = () => undefined;
  const sink = { path: '', append: nothing, close: nothing, discard: nothing };
  return new Journal({ ...header, process: thisProcess() }, sink);
}
