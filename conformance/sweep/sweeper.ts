import type { Contract } from '../../contract/contract.js';
import { withArticle } from '../../contract/text/with-article.js';
import { cleanUp } from '../cleanup/cleanup.js';
import { type Found, findSuspect } from '../cleanup/find-suspect.js';
import { assembleRun, type RunParts } from '../engine/run-parts.js';
import { Stop } from '../engine/stop.js';
import { RunError } from '../errors.js';
import type { Created } from '../fixtures/created-resources.js';
import type { CreationEntry } from '../journal/entry.js';
import type { Journal } from '../journal/journal.js';
import { preflight } from '../preflight/preflight.js';
import type { Redactor } from '../redaction/redact.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Clock } from '../target/clock.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';

export interface SweeperOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Learns what is removed. */
  readonly journal?: Journal;
}

/** What a sweep did. */
export interface Swept {
  readonly removed: readonly Created[];
  /** What is left, named so that a person can remove it. */
  readonly left: readonly string[];
  /** Creations that no search can find, and why they hardly matter. */
  readonly notes: readonly string[];
}

/** What to remove. */
export interface Leftovers {
  readonly existing: readonly Created[];
  /** Creations whose answer never came. */
  readonly pending: readonly CreationEntry[];
}

/** A pass that removes nothing more is the last one. */
const MOST_PASSES = 6;
/** A request that was under way when its run was killed may be processed this much later, and a listing show it late. */
const LATEST_MS = 12_000;
const FIRST_PAUSE_MS = 500;

/** Removes resources from a target, with requests that are journaled and paced like those of a run. */
export class Sweeper {
  readonly #options: SweeperOptions;
  readonly #parts: RunParts;

  constructor(options: SweeperOptions) {
    const { contract, target, redactor, clock, signal, journal } = options;
    this.#options = options;
    const runOptions = { seed: 1, budget: {}, redactor, clock, cleanupSignal: signal, ...(journal && { journal }) };
    this.#parts = assembleRun({
      contract,
      depth: 'smoke',
      target,
      options: runOptions,
      signal,
      emit: () => undefined,
    });
  }

  readonly send = async (request: PlannedRequest): Promise<Exchange> =>
    (await this.#parts.crew()).workers[0].send(request, 'cleanup');

  get effects() {
    return this.#parts.effects;
  }

  /** Checks that the target answers, takes the credentials and is this API. @throws RunError */
  async begin(): Promise<void> {
    const { contract, target, redactor } = this.#options;
    const { tokens } = this.#parts;
    await preflight({ contract, target, tokens, redactor, allowMissing: true, send: this.send });
  }

  /** @throws RunError where the target no longer answers or the sweep was cancelled */
  async sweep({ existing, pending }: Leftovers): Promise<Swept> {
    const { created, creationLog } = this.#parts;
    for (const each of existing) {
      created.add(each);
      creationLog?.adopt(each.resource, each.id);
    }
    const before = new Map(existing.map((each) => [keyOf(each), each]));
    const notes: string[] = [];
    const lost: string[] = [];
    for (const creation of pending) {
      const outcome = await this.#resolve(creation);
      if (outcome.kind === 'note') notes.push(outcome.text);
      else if (outcome.kind === 'unknown') lost.push(outcome.text);
      else for (const each of outcome.found) before.set(keyOf(each), each);
    }
    const left = await this.#removeAll();
    const remaining = new Set(created.all().map(keyOf));
    const removed = [...before.values()].filter((each) => !remaining.has(keyOf(each)));
    for (const { resource, id } of removed) this.#options.journal?.removed(resource, id);
    return { removed, left: [...left, ...lost], notes };
  }

  /** Removes as often as something more can be removed. @returns what is left */
  async #removeAll(): Promise<readonly string[]> {
    const { contract, target, clock, signal } = this.#options;
    const { created, effects } = this.#parts;
    let left: readonly string[] = [];
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const count = created.all().length;
      left = await cleanUp({ contract, effects, created, workers: target.workers, send: this.send });
      const isDone = created.all().length === 0 || (pass > 0 && created.all().length === count);
      if (isDone || signal.aborted) break;
      await clock.sleep(FIRST_PAUSE_MS * 2 ** pass, signal);
    }
    return left;
  }

  async #resolve(creation: CreationEntry): Promise<Resolved> {
    const { journal } = this.#options;
    const { created, creationLog } = this.#parts;
    const { resource, text, parent, n, at } = creation;
    const isUnder = Object.entries(parent ?? {}).some(([name, id]) => created.has(name, String(id)));
    // A creation without a body has no name either, and is none that a server refuses.
    const isBare = this.effects.one('create', resource)?.requestBody === undefined;
    if (text === '' && isBare && !isUnder)
      return { kind: 'unknown', text: `perhaps ${withArticle(resource)} that was being created at ${at}` };
    if (text === '') {
      if (!isUnder) journal?.searched(n, []);
      return isUnder
        ? { kind: 'found', found: [] }
        : {
            kind: 'note',
            text: `${withArticle(resource)} that was being created at ${at} cannot be searched: its request had no name. A server that keeps the contract refused it.`,
          };
    }
    const found = await this.#search(creation);
    if (found === undefined && isUnder) {
      // It goes with its parent.
      journal?.searched(n, []);
      return { kind: 'found', found: [] };
    }
    if (found === undefined) return { kind: 'unknown', text: `perhaps ${withArticle(resource)} with ${text}` };
    journal?.searched(
      n,
      found.map(({ id }) => id),
    );
    const adopted = found.map(({ id }) => ({ resource, id, label: text, ...(parent === undefined ? {} : { parent }) }));
    for (const each of adopted) {
      created.add(each);
      creationLog?.adopt(resource, each.id);
    }
    return { kind: 'found', found: adopted };
  }

  /** Searches until it is found, or could have appeared. */
  async #search({ resource, text, parent, at }: CreationEntry): Promise<readonly Found[] | undefined> {
    const { contract, clock, signal } = this.#options;
    const suspect = { resource, text, ...(parent === undefined ? {} : { parent }) };
    const sent = Date.parse(at);
    // A journal is a file: its time may be in the future, or not a time.
    const until = Math.min(Number.isNaN(sent) ? Number.POSITIVE_INFINITY : sent, clock.now()) + LATEST_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
      const found = await this.#try(() =>
        findSuspect({ contract, effects: this.#parts.effects, send: this.send }, suspect),
      );
      if (found === undefined || found.length > 0 || clock.now() >= until || signal.aborted) return found;
      await clock.sleep(Math.min(pause, until - clock.now()), signal);
    }
  }

  /** @returns the action's result; absent where a request of it got no answer. @throws RunError where more are pointless */
  async #try<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof NoAnswer && error.stop === undefined) return undefined;
      const stop = error instanceof NoAnswer ? error.stop : error;
      if (stop instanceof Stop) throw new RunError('TARGET_UNREACHABLE', stop.message, { cause: error });
      throw error;
    }
  }
}

type Resolved =
  | { readonly kind: 'found'; readonly found: readonly Created[] }
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string };

function keyOf({ resource, id }: Created): string {
  return `${resource} ${id}`;
}
