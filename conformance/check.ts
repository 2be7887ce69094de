import type { Arbitrary } from 'fast-check';
import type { Contract, Operation, Pointer, Problem } from '../contract/contract.js';
import type { Family, Violation } from './finding.js';
import type { Fixtures } from './fixtures/fixtures.js';
import type { Exchange } from './target/exchange.js';
import type { PlannedRequest } from './target/request.js';
import type { Token, Tokens } from './target/tokens/token.js';

export type Depth = 'smoke' | 'standard' | 'exhaustive';

/**
 * One thing that is checked of an operation. It stands in a file of its own, `checks/<id>.ts`, and in the table of
 * `checks/table.ts`; everything that it knows of the API comes from the contract.
 */
export interface Check {
  /** The name of its file. */
  readonly id: string;
  readonly family: Family;
  /** A few words. */
  readonly title: string;
  /** What it tries, and what it holds to be right, in a sentence or two. */
  readonly description: string;
  /** The operations that it applies to, in words: `operations with security`. */
  readonly appliesTo: string;
  /**
   * It must not run beside another check: it fills a quota of the whole tenant, empties the rate limit, or counts all
   * resources of a kind. (Even then others may work at the same target: a real tenant is never ours alone.)
   */
  readonly exclusive?: boolean | ((operation: Operation) => boolean);
  /** Whether there is anything to check of this operation. */
  applies(operation: Operation, contract: Contract): boolean;
  /**
   * About how many requests it sends at this depth, looks included, fixtures not: an upper bound at `smoke`, where it
   * is enforced, an estimate otherwise. 0: it does not run at this depth.
   */
  requests(operation: Operation, contract: Contract, depth: Depth): number;
  /** Everything that it finds goes to `context`; what it throws on its own is a defect of the check. */
  run(operation: Operation, context: CheckContext): Promise<void>;
}

/** What a check has to work with. One for each check and operation. */
export interface CheckContext {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly depth: Depth;
  /** An integer that stands for this run's seed, this check and this operation. */
  readonly seed: number;
  /** A number in [0, 1), from `seed`. */
  random(): number;
  readonly fixtures: Fixtures;
  readonly tokens: Tokens;

  /**
   * Sends a request: counted, recorded for the coverage, its effects followed by the stage, a 429 waited out (unless
   * `rate: 'answer'`, which gives it back). Without `token` it carries the one that may everything.
   * @throws Stop where the target does not answer, the budget or the time is used up, or the run was cancelled: let it
   * through, the engine knows what to do.
   */
  send(request: PlannedRequest, options?: SendOptions): Promise<Exchange>;
  /** The same as a `fetch`, for a client that brings its own requests. They must go to `baseUrl`. */
  readonly fetch: typeof globalThis.fetch;
  /** The target's root with the contract's server path: `https://travel0.eu.auth0.com/api/v2`. */
  readonly baseUrl: string;
  /** Whether so many more requests are within what this check may send. */
  affords(requests: number): boolean;

  /**
   * What is wrong with an answer. Whatever is expected, the answer must be documented, with the content type, headers
   * and body that the contract gives its status; see `judge.ts`.
   */
  judge(exchange: Exchange, expected: Expectation): readonly Violation[];
  /** Makes findings of violations; several of one cause make one. */
  report(...violations: readonly Violation[]): void;
  /** Something worth telling that is neither right nor wrong: what the target does where the sources contradict. */
  observe(note: string): void;
  /** A fact of the contract, by its pointer, was put to the test: an alternative of scopes, a limit. */
  reached(fact: Pointer): void;
  /** A part of this check that was not done: it is named in the summary, and the check does not count as complete. */
  missed(what: string, reason: string, fact?: Pointer): void;
  /**
   * Ends the check as skipped. `contract`: there is nothing to try after all. `target` and `credentials` make the run
   * inconclusive.
   * @throws Stop
   */
  skip(reason: string, because: SkipCause): never;

  /**
   * Tries a property on generated values: about `runs` of them, by depth if not given. `violations` tells what is wrong
   * with one value; the first wrong one is shrunk on the target within a request budget, keeping the same cause, and
   * reported; then other causes are looked for. Seed and path replay it.
   */
  property<T>(
    arbitrary: Arbitrary<T>,
    violations: (value: T) => Promise<readonly Violation[]>,
    options?: PropertyOptions,
  ): Promise<void>;
}

export interface SendOptions {
  /** Absent: the token that may everything, where the operation asks for one. `null`: no Authorization header. */
  readonly token?: Token | null;
  /** The Authorization header to the letter, in place of a token. */
  readonly authorization?: string;
  /** `wait`, unless given: a 429 is waited out and never seen. */
  readonly rate?: 'wait' | 'answer';
}

export interface PropertyOptions {
  readonly runs?: number;
  /** Values that are tried before generated ones. */
  readonly examples?: readonly unknown[];
  /** The most requests to spend on shrinking one counterexample; 200 unless given. */
  readonly shrinkRequests?: number;
}

export type SkipCause = 'contract' | 'target' | 'credentials' | 'budget';

/**
 * What an answer should be.
 * `documented`: any answer that the contract has. `success`: a documented 2xx. `refusal`: any documented 4xx.
 * `problem`: the documented answer of one of these causes, its status and errorCode to the letter, its message by
 * template.
 */
export type Expectation =
  | { readonly kind: 'documented' | 'success' }
  /** `because`: what is wrong with the request, a clause that does not vary (`body /roles violates maxItems`); part of the cause. */
  | { readonly kind: 'refusal'; readonly because?: string }
  | { readonly kind: 'problem'; readonly problems: readonly Problem[]; readonly because?: string };
