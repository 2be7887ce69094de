import type { Arbitrary } from 'fast-check';
import type { Contract, Operation, Pointer, Problem } from '../contract/contract.js';
import type { ScopeAttempt } from './engine/coverage.js';
import type { Family, Violation } from './finding/finding.js';
import type { Fixtures } from './fixtures/fixtures.js';
import type { Exchange } from './target/exchange.js';
import type { PlannedRequest } from './target/request.js';
import type { Token, Tokens } from './target/tokens/token.js';

export type Depth = 'smoke' | 'standard' | 'exhaustive';

/**
 * One check of an operation. Each check has its own file, `checks/<family>/<id>.ts`, and an entry in `checks/table.ts`.
 * It takes everything about the API from the contract.
 */
export interface Check {
  /** The name of its file, without the extension. */
  readonly id: string;
  readonly family: Family;
  /** A few words. */
  readonly title: string;
  /** What it sends and what it expects, in one or two sentences. */
  readonly description: string;
  /** The operations that it applies to, in words: `operations with security`. */
  readonly appliesTo: string;
  /**
   * It must run alone: it fills a quota of the whole tenant, uses up the rate limit, or counts all resources of a kind.
   * Even then others may use the same target: a real tenant is shared.
   */
  readonly exclusive?: boolean | ((operation: Operation) => boolean);
  /** It fails wherever a target does not remember what it was sent. Default: the checks of the family `state`. */
  readonly needsState?: boolean;
  /** Whether there is anything to check of this operation. */
  applies(operation: Operation, contract: Contract): boolean;
  /**
   * The number of requests at this depth, lookups included, fixtures not. Depth `smoke` enforces it; otherwise it is an
   * estimate. 0: the check does not run at this depth.
   */
  requests(operation: Operation, contract: Contract, depth: Depth): number;
  /** Reports to `context`. Errors that it throws itself are defects of the check. */
  run(operation: Operation, context: CheckContext): Promise<void>;
}

/** The tools of a check; one context per check and operation. */
export interface CheckContext {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly depth: Depth;
  /** An integer derived from the run's seed, the check and the operation. */
  readonly seed: number;
  /** A number in [0, 1), from `seed`. */
  random(): number;
  readonly fixtures: Fixtures;
  readonly tokens: Tokens;

  /**
   * Sends a request: counts it, records its coverage, tracks its effect, and waits out a 429 (unless `rate: 'answer'`,
   * which returns it). Without `token` it carries the full-access token.
   * @throws Stop, NoAnswer where the target does not answer, the budget or the time is used up, or the run was
   * cancelled: do not catch these, the engine handles them.
   */
  send(request: PlannedRequest, options?: SendOptions): Promise<Exchange>;
  /** The same as a `fetch`, for a client that builds its own requests. They must go to `baseUrl`. */
  readonly fetch: typeof globalThis.fetch;
  /** The target's root with the contract's server path: `https://travel0.eu.auth0.com/api/v2`. */
  readonly baseUrl: string;
  /** Whether the check may exceed the rate limit: others may share it. */
  readonly mayProvokeRateLimit: boolean;
  /** Whether the check may send this many more requests. */
  affords(requests: number): boolean;

  /**
   * The violations in an answer. Whatever is expected, the answer must be documented, with the content type, headers and
   * body of its status in the contract; see `judge.ts`.
   */
  judge(exchange: Exchange, expected: Expectation): readonly Violation[];
  /** Reports violations as findings: one per cause. */
  report(...violations: readonly Violation[]): void;
  /** Notes behaviour that is neither right nor wrong, such as where sources contradict each other. */
  observe(note: string): void;
  /** Records that a fact of the contract was tested: a scope alternative, a limit. */
  reached(fact: Pointer): void;
  /** Records what a token with chosen scopes got. */
  tried(attempt: Omit<ScopeAttempt, 'operation'>): void;
  /** Records a part that was not tried: the report names it, and the check does not count as complete. */
  missed(what: string, reason: string, fact?: Pointer): void;
  /**
   * Ends the check as skipped. `contract`: there is nothing to try. `target` and `credentials` make the run inconclusive.
   * @throws Stop
   */
  skip(reason: string, because: SkipCause): never;

  /**
   * Tries a property on about `runs` generated values (default: by depth). `violations` returns the violations for one
   * value. The first counterexample is shrunk on the target within a request budget, keeping its cause, and reported;
   * then the search continues for other causes. Seed and path replay it.
   */
  property<T>(
    arbitrary: Arbitrary<T>,
    violations: (value: T) => Promise<readonly Violation[]>,
    options?: PropertyOptions,
  ): Promise<void>;
}

export interface SendOptions {
  /** Absent: the full-access token, where the operation requires one. `null`: no Authorization header. */
  readonly token?: Token | null;
  /** The exact Authorization header, instead of a token. */
  readonly authorization?: string;
  /** Default `wait`: a 429 is waited out and never returned. */
  readonly rate?: 'wait' | 'answer';
}

export interface PropertyOptions {
  readonly runs?: number;
  /** Values to try before generated ones. */
  readonly examples?: readonly unknown[];
  /** The most requests for shrinking one counterexample. Default: 200. */
  readonly shrinkRequests?: number;
}

export type SkipCause = 'contract' | 'target' | 'credentials' | 'budget';

/**
 * The expected answer. `documented`: any documented answer. `success`: a documented 2xx. `refusal`: a documented 4xx.
 * `problem`: the documented answer of one of these problems: exact status and errorCode, message by template.
 */
export type Expectation =
  | { readonly kind: 'documented' | 'success' }
  /** `because`: what is wrong with the request, a fixed clause (`body /roles violates maxItems`); part of the cause. */
  | { readonly kind: 'refusal'; readonly because?: string }
  | { readonly kind: 'problem'; readonly problems: readonly Problem[]; readonly because?: string };
