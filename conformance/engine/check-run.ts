import type { Arbitrary } from 'fast-check';
import { asksForTokens } from '../../contract/asks-for-tokens.js';
import type { Contract, Operation, Pointer } from '../../contract/contract.js';
import { weaker } from '../../contract/evidence.js';
import { isDerived } from '../../contract/is-derived.js';
import type { CheckContext, Depth, Expectation, PropertyOptions, SendOptions, SkipCause } from '../check.js';
import { type ShownExchange, shownExchange, suspectsOf } from '../diagnosis/shown-exchange.js';
import { type Finding, severityOf, type Violation } from '../finding/finding.js';
import { codeOfCheck } from '../finding/finding-codes.js';
import { fingerprintOf } from '../finding/fingerprint.js';
import type { Fixtures } from '../fixtures/fixtures.js';
import type { Judge } from '../judge/judge.js';
import type { SendRequest } from '../session/http-session.js';
import { type Exchange, refused } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { targetFetch } from '../target/target-fetch.js';
import { bearer, type Token, type Tokens, takesToken } from '../target/tokens/token.js';
import { usedUp } from './budget.js';
import type { Coverage } from './coverage.js';
import type { CheckResult, Miss, Outcome } from './event.js';
import type { PlannedCheck } from './plan/plan.js';
import { RUNS, tryProperty } from './property.js';
import { randomFrom } from './seed.js';
import { Stop } from './stop.js';

export interface CheckRunOptions {
  readonly planned: PlannedCheck;
  readonly contract: Contract;
  readonly depth: Depth;
  /** Derived for this check and operation. */
  readonly seed: number;
  /** Replays the counterexample at this path: `3:1:0`, or `2/3:1:0` for property number 2. */
  readonly path?: string;
  readonly judge: Judge;
  readonly tokens: Tokens;
  readonly coverage: Coverage;
  readonly baseUrl: string;
  readonly mayProvokeRateLimit: boolean;
  /** Causes that this run has reported: they are not shrunk again. The check adds its own. */
  readonly knownCauses: Set<string>;
  /** The requests that the whole run has left. */
  readonly requestsLeft: () => number;
  /** Sends a request of this check. */
  readonly send: (request: PlannedRequest, options: SendHeaders) => Promise<Exchange>;
  readonly found: (finding: Finding) => void;
  /** The exchanges that created the resources named in these, and set up their relations. */
  readonly setupOf: (exchanges: readonly Exchange[], texts: readonly string[]) => readonly Exchange[];
}

/** The authorization of a request. */
export type SendHeaders = Omit<SendRequest, 'purpose' | 'planned'>;

/** The most requests of one check, by depth. */
const ALLOWANCE: Readonly<Record<Depth, number>> = { smoke: 0, standard: 400, exhaustive: 20_000 };
const SHRINK_REQUESTS = 200;

/** One running check of one operation: its context and its result. */
export class CheckRun {
  readonly context: CheckContext;
  readonly #options: CheckRunOptions;
  readonly #outcomes = new Set<Outcome>();
  readonly #notes: string[] = [];
  /** The causes of findings that are only observed. */
  readonly #observed = new Set<string>();
  readonly #missed: Miss[] = [];
  readonly #seen = new Set<string>();
  #requests = 0;
  #runs = 0;
  #properties = 0;
  /** What ended the check, where the client under test caught it. */
  #halt: { readonly error: unknown } | undefined;

  /** @param prepareFixtures - creates the fixtures, whose lookups count as requests of this check */
  constructor(
    options: CheckRunOptions,
    prepareFixtures: (look: (request: PlannedRequest) => Promise<Exchange>) => Fixtures,
  ) {
    this.#options = options;
    this.context = this.#createContext(prepareFixtures((request) => this.#send(request)));
  }

  /** Whether anything was found: then its fixtures may be damaged. */
  get suspicious(): boolean {
    return this.#seen.size > 0;
  }

  /** Requests sent so far, fixtures aside. */
  get requests(): number {
    return this.#requests;
  }

  /** @throws Stop, NoAnswer, and anything else as a defect of the check */
  async start(): Promise<void> {
    const { planned } = this.#options;
    await planned.check.run(planned.operation, this.context);
    this.#rethrow();
  }

  #rethrow(): void {
    if (this.#halt !== undefined) throw this.#halt.error;
  }

  report(given: Violation, path?: string): void {
    const { planned, knownCauses, found } = this.#options;
    const violation = this.#weighed(given);
    const severity = severityOf(violation.evidence);
    this.#outcomes.add(severity);
    if (severity === 'observed') this.#observed.add(violation.cause);
    knownCauses.add(violation.cause);
    const shown = shownExchange(violation, planned.operation.id);
    // An answer of another operation is that operation's fault, whoever saw it.
    const [suspect = planned.operation.id, ...others] = suspectsOf(shown);
    if (violation.code === 'WRONG_STATUS' && violation.expected.startsWith('2'))
      this.#options.coverage.absence.failed(suspect, shown.exchange.response.status);
    const key = `${suspect} ${violation.cause}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    found({
      check: planned.check.id,
      family: planned.check.family,
      operations: [...new Set([suspect, ...others])],
      foundAt: planned.operation.id,
      fingerprint: fingerprintOf(violation.cause, suspect),
      code: violation.code ?? codeOfCheck(planned.check.id),
      severity,
      evidence: violation.evidence,
      cause: violation.cause,
      expected: violation.expected,
      actual: actualOf(violation, shown),
      ...shown,
      setup: this.#options.setupOf(
        [...(violation.before ?? []), violation.exchange],
        [violation.expected, violation.actual],
      ),
      ...(path === undefined ? {} : { path }),
    });
  }

  /** What a check of state finds weighs no more than that the operation has that effect, which may be derived. */
  #weighed(violation: Violation): Violation {
    const { planned, contract } = this.#options;
    const { effect } = planned.operation;
    const needsState = planned.check.needsState ?? planned.check.family === 'state';
    // A refusal may be right where a tuple is another one than its paths say.
    const mayBeRight = effect?.on === 'relation' && refused(violation.exchange);
    if (effect === undefined || !isDerived(contract, effect.target) || !(needsState || mayBeRight)) return violation;
    return { ...violation, evidence: weaker(violation.evidence, contract.evidenceAt(effect.pointer)) };
  }

  /** @param stop - what ended the check early */
  result(stop?: Stop): CheckResult {
    const { planned } = this.#options;
    const base = { planned, runs: this.#runs, requests: this.#requests, notes: this.#notes, missed: this.#missed };
    for (const outcome of ['failed', 'warned'] as const) {
      if (this.#outcomes.has(outcome))
        return { ...base, outcome, ...(stop === undefined ? {} : { reason: stop.message }) };
    }
    if (stop !== undefined) return { ...base, outcome: 'skipped', reason: stop.message, because: stop.because };
    const [miss] = this.#missed;
    if (this.#runs === 0) {
      const reason = miss === undefined ? 'Nothing was tried.' : `${miss.what}: ${miss.reason}`;
      return { ...base, outcome: 'skipped', reason, because: 'budget' };
    }
    if (this.#outcomes.has('observed'))
      return { ...base, outcome: 'observed', reason: this.#notes[0] ?? [...this.#observed].join('; ') };
    return {
      ...base,
      outcome: 'passed',
      ...(miss === undefined ? {} : { reason: `not tried: ${miss.what}: ${miss.reason}` }),
    };
  }

  #createContext(fixtures: Fixtures): CheckContext {
    const { planned, contract, depth, seed, tokens, coverage, baseUrl, judge, mayProvokeRateLimit } = this.#options;
    return {
      contract,
      operation: planned.operation,
      depth,
      seed,
      random: randomFrom(seed),
      fixtures,
      tokens,
      baseUrl,
      mayProvokeRateLimit,
      send: (request, options) => this.#send(request, options),
      fetch: targetFetch(baseUrl, contract, async (request, authorization) => {
        try {
          const header = authorization === undefined ? {} : { authorization };
          return await this.#sendCounted(request, { ...header, rate: 'wait' });
        } catch (error) {
          this.#halt = { error };
          throw error;
        }
      }),
      affords: (requests) => this.#affords(requests),
      judge: (exchange: Exchange, expected: Expectation) => {
        this.#runs += 1;
        return judge.judge(exchange, expected);
      },
      report: (...violations) => {
        this.#rethrow();
        for (const violation of violations) this.report(violation);
      },
      observe: (note) => {
        this.#outcomes.add('observed');
        if (!this.#notes.includes(note)) this.#notes.push(note);
      },
      reached: (fact: Pointer) => {
        this.#runs += 1;
        coverage.reached(fact);
      },
      tried: (attempt) => coverage.tried({ operation: planned.operation.id, ...attempt }),
      missed: (what, reason, fact) => {
        const miss = { operation: planned.operation.id, check: planned.check.id, what, reason };
        this.#missed.push(fact === undefined ? miss : { ...miss, fact });
      },
      skip: (reason: string, because: SkipCause) => {
        throw new Stop(reason, because);
      },
      property: (arbitrary, violations, options) => this.#property(arbitrary, violations, options ?? {}),
    };
  }

  #affords(requests: number): boolean {
    const { planned, depth, requestsLeft } = this.#options;
    const allowance = depth === 'smoke' ? planned.requests : Math.max(ALLOWANCE[depth], planned.requests * 2);
    return this.#requests + requests <= Math.min(allowance, this.#requests + requestsLeft());
  }

  async #send(request: PlannedRequest, options: SendOptions = {}): Promise<Exchange> {
    const rate = options.rate ?? 'wait';
    if (options.authorization !== undefined)
      return this.#sendCounted(request, { authorization: options.authorization, rate });
    const token = await this.#tokenFor(request.operation, options.token);
    if (token === undefined) return this.#sendCounted(request, { rate });
    const chosen = options.token !== undefined && token.value !== (await this.#options.tokens.full()).value;
    return this.#sendCounted(request, { authorization: bearer(token), scopes: token.scopes, chosen, rate });
  }

  async #tokenFor(operation: Operation | undefined, given: Token | null | undefined): Promise<Token | undefined> {
    if (given !== undefined) return given ?? undefined;
    const { contract, tokens } = this.#options;
    const takes = operation === undefined ? asksForTokens(contract) : takesToken(operation, tokens);
    return takes ? tokens.full() : undefined;
  }

  async #sendCounted(request: PlannedRequest, options: SendHeaders): Promise<Exchange> {
    const { planned, depth } = this.#options;
    if (depth === 'smoke' && this.#requests >= planned.requests) {
      throw new Stop(usedUp(planned.requests, 'a smoke run'), 'budget');
    }
    this.#requests += 1;
    return this.#options.send(request, options);
  }

  async #property<T>(
    arbitrary: Arbitrary<T>,
    violations: (value: T) => Promise<readonly Violation[]>,
    { runs, examples = [], shrinkRequests = SHRINK_REQUESTS }: PropertyOptions,
  ): Promise<void> {
    const { seed, depth, knownCauses, path } = this.#options;
    const number = this.#properties;
    this.#properties += 1;
    await tryProperty(
      {
        arbitrary,
        violations,
        seed,
        runs: runs ?? RUNS[depth],
        // The check passes examples of its own property's type.
        examples: examples as readonly T[],
        known: knownCauses,
        again: (violation) => this.report(violation),
        tried: () => {
          this.#runs += 1;
        },
        shrinkRequests,
        requests: () => this.#requests,
      },
      { number, ...(path === undefined ? {} : { path }), found: (violation, where) => this.report(violation, where) },
    );
  }
}

/** Names the reading whose answer it is, where the finding shows the write before it. */
function actualOf({ code, actual, exchange }: Violation, shown: ShownExchange): string {
  const { operation } = exchange.request;
  if (code !== 'WRONGLY_ACCEPTED' || shown.exchange === exchange || operation === undefined) return actual;
  return `${operation.method} ${operation.path} then: ${actual}`;
}
