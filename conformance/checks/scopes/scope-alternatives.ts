import type { Evidence, Operation } from '../../../contract/contract.js';
import { surest } from '../../../contract/evidence.js';
import { boundaryScopeSets, type ScopeSet, scopeSets } from '../../arbitraries/scope-set.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding/finding.js';
import { excerpt } from '../../judge/safety.js';
import { type Access, accessOf } from '../../lookup/access.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { isUnobtainable, type Token, type Unobtainable } from '../../target/tokens/token.js';
import { acceptedSubset } from '../../trial/accepted-subset.js';
import { refusalFor } from '../../trial/expected-refusal.js';
import { isReading, type RefusalTrial, refusalTrial } from '../../trial/refusal-trial.js';

/** Random sets of scopes, besides the boundary sets. */
const RANDOM_SETS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 10, exhaustive: 60 };

/** Tokens requested at most to find out which scopes are wrongly accepted. */
const MAX_TOKENS = 40;

export const scopeAlternatives: Check = {
  id: 'scope-alternatives',
  family: 'scopes',
  title: 'Access is granted for the documented scopes and no others',
  description:
    'Sends a valid request with tokens of many sets of scopes: each alternative exactly, each with one scope missing, all ' +
    'other scopes, none, random ones. An undisputed alternative must grant access; without one the request must be ' +
    'refused, name the scopes and change nothing; a disputed alternative is only observed.',
  appliesTo: 'operations that require scopes',
  applies: (operation) => operation.security.some(({ scopes }) => scopes.length > 0),
  requests: (operation, contract, depth) => {
    if (depth === 'smoke') return 1;
    const sets = boundaryScopeSets(operation.security, contract.scopes).length + RANDOM_SETS[depth];
    return sets * (isReading(operation.method) ? 1 : 2);
  },
  async run(operation, context) {
    const values = await context.fixtures.valid(operation);
    // Reading the state would take half of the requests of a smoke run.
    const probe = !isReading(operation.method) && context.depth !== 'smoke';
    const trial = new ScopeTrial(context, refusalTrial(context, values, { probe }));
    const random = await sharedScopeSets(context);
    if (context.depth === 'smoke') await trySmoke(trial, random, context);
    else await tryAll(trial, random, context);
    trial.reportUnobtainable();
  },
};

/** One set that must be refused: no scopes at all, one token for all operations, unless tokens are metered. */
async function trySmoke(
  trial: ScopeTrial,
  random: readonly (readonly string[])[],
  { operation, tokens, skip, report }: CheckContext,
): Promise<void> {
  const isRefused = (scopes: readonly string[]): boolean => accessOf(operation.security, scopes) === 'refused';
  const scopes = [[], ...random].find((each) => isRefused(each) && (!tokens.metered || each.length > 0));
  if (scopes === undefined) return skip('Could not obtain a token without the required scopes.', 'contract');
  report(...(await trial.try({ kind: 'empty', scopes })));
}

async function tryAll(trial: ScopeTrial, random: readonly (readonly string[])[], context: CheckContext): Promise<void> {
  const { operation, contract, tokens, depth } = context;
  const boundary = tokens.metered ? [] : boundaryScopeSets(operation.security, contract.scopes);
  if (boundary.length + random.length === 0) {
    context.skip('Could not obtain tokens with a subset of the scopes.', 'credentials');
  }
  await context.property(scopeSets(boundary, random), (set) => trial.try(set), {
    runs: boundary.length + RANDOM_SETS[depth],
    examples: boundary,
  });
}

/** The scopes of the tokens that all checks of the run share. */
async function sharedScopeSets({ depth, tokens }: CheckContext): Promise<readonly (readonly string[])[]> {
  if (depth === 'smoke' && !tokens.metered) return [];
  const pool = await tokens.pool();
  return isUnobtainable(pool) ? [] : pool.map(({ scopes }) => scopes);
}

/** The largest set of scopes that the report shows. */
const MOST_NOTED = 3;

/** One set of scopes, and the token that was obtained for it. */
interface Attempt {
  readonly set: ScopeSet;
  readonly token: Token;
}

/** Sends the operation's request with tokens of different scopes. */
class ScopeTrial {
  readonly #context: CheckContext;
  readonly #refusals: RefusalTrial;
  readonly #unobtainable: Unobtainable[] = [];
  #tried = 0;

  constructor(context: CheckContext, refusals: RefusalTrial) {
    this.#context = context;
    this.#refusals = refusals;
  }

  async try(set: ScopeSet): Promise<readonly Violation[]> {
    const token = await this.#context.tokens.withScopes(set.scopes);
    if (isUnobtainable(token)) {
      this.#unobtainable.push(token);
      return [];
    }
    this.#tried += 1;
    this.#markReached(token.scopes);
    // A target may grant fewer scopes than were requested: those of the token count.
    const access = accessOf(this.#context.operation.security, token.scopes);
    const byAccess: Readonly<Record<Access, (attempt: Attempt) => Promise<readonly Violation[]>>> = {
      granted: (attempt) => this.#granted(attempt),
      refused: (attempt) => this.#refused(attempt),
      disputed: (attempt) => this.#disputed(attempt),
    };
    return byAccess[access]({ set, token });
  }

  /** @throws Stop if no token could be obtained: a check that tried nothing has not passed */
  reportUnobtainable(): void {
    const [first] = this.#unobtainable;
    if (first === undefined) return;
    if (this.#tried === 0) this.#context.skip(first.unobtainable, first.because);
    this.#context.missed('some sets of scopes', first.unobtainable);
  }

  async #granted({ set, token }: Attempt): Promise<readonly Violation[]> {
    const { operation, contract } = this.#context;
    const exchange = await this.#sendFresh(token);
    this.#note(token, 'granted', !isScopeRefusal(operation, exchange));
    if (!isScopeRefusal(operation, exchange)) return this.#context.judge(exchange, { kind: 'success' });
    const covered = operation.security.find(
      ({ scopes, disputed }) => !disputed && scopes.every((scope) => token.scopes.includes(scope)),
    );
    return [
      {
        cause: 'refused although the token covers an undisputed alternative',
        expected: `access with ${covered?.scopes.join(' and ') ?? 'these scopes'}`,
        actual: `${exchange.response.status} for a token with ${scopesText(set, token)}`,
        evidence: covered?.evidence ?? contract.evidenceAt(operation.pointer),
        exchange,
      },
    ];
  }

  async #refused(attempt: Attempt): Promise<readonly Violation[]> {
    const { operation, fixtures } = this.#context;
    const { token } = attempt;
    const values = await fixtures.valid(operation);
    const expected = refusalFor(operation, ({ kind }) => kind === 'scope', 'required scopes are missing');
    const { exchange, violations } = await this.#refusals.refused(buildRequest(operation, values), expected, { token });
    this.#note(token, 'refused', succeeded(exchange));
    if (!succeeded(exchange)) return [...violations, ...unnamedScopes(operation, exchange)];
    this.#refusals.invalidate();
    return this.#narrowed(attempt, violations);
  }

  async #disputed({ set, token }: Attempt): Promise<readonly Violation[]> {
    const exchange = await this.#sendFresh(token);
    this.#note(token, 'disputed', succeeded(exchange));
    if (set.kind === 'exact') {
      const scopes = set.scopes.join(' and ');
      this.#context.observe(`${scopes} ${succeeded(exchange) ? 'is enough' : 'is not enough'}`);
    }
    return this.#context.judge(exchange, { kind: 'documented' });
  }

  /** For the report. What many scopes get together says little about each. */
  #note({ scopes }: Token, access: Access, allowed: boolean): void {
    if (scopes.length > 0 && scopes.length <= MOST_NOTED) this.#context.tried({ scopes, access, allowed });
  }

  async #sendFresh(token: Token): Promise<Exchange> {
    this.#refusals.invalidate();
    const { operation, fixtures } = this.#context;
    return this.#context.send(buildRequest(operation, await fixtures.valid(operation)), { token });
  }

  /** Violations of a wrongly granted access, restated for a smallest set of scopes that is granted it. */
  async #narrowed({ set, token }: Attempt, violations: readonly Violation[]): Promise<readonly Violation[]> {
    const { security } = this.#context.operation;
    const needed = security.filter(({ disputed }) => !disputed).map(({ scopes }) => scopes.join(' and '));
    let smallest = { token, exchange: violations[0]?.exchange };
    const isAccepted = async (scopes: readonly string[]): Promise<boolean> => {
      const narrower = await this.#context.tokens.withScopes(scopes);
      if (isUnobtainable(narrower) || accessOf(security, narrower.scopes) !== 'refused') return false;
      const exchange = await this.#sendFresh(narrower);
      if (succeeded(exchange)) smallest = { token: narrower, exchange };
      return succeeded(exchange);
    };
    await acceptedSubset(token.scopes, isAccepted, MAX_TOKENS);
    return violations.map((violation) => ({
      ...violation,
      exchange: smallest.exchange ?? violation.exchange,
      expected: `a refusal: the token has ${noneOf(needed)}`,
      actual: `${violation.exchange.response.status} for a token with ${scopesText(set, smallest.token)}`,
      evidence: surestOf(violation.evidence, security),
    }));
  }

  /** Marks the alternatives that alone explain why a token with these scopes has access. */
  #markReached(scopes: readonly string[]): void {
    const { security } = this.#context.operation;
    const covered = security.filter((alternative) => isWithin(alternative.scopes, scopes));
    for (const alternative of covered) {
      if (covered.every((other) => isWithin(other.scopes, alternative.scopes))) {
        this.#context.reached(alternative.pointer);
      }
    }
  }
}

/** The requirement is as sure as the surest alternative, not as the disputed ones beside it. */
function surestOf(evidence: Evidence, security: Operation['security']): Evidence {
  return surest([evidence, ...security.map((alternative) => alternative.evidence)]);
}

/** `neither X nor Y`, `not X`. */
function noneOf(names: readonly string[]): string {
  return names.length > 1 ? `neither ${names.join(' nor ')}` : `not ${names.join('')}`;
}

function scopesText(set: ScopeSet, token: Token): string {
  if (token.scopes.length === 0) return 'no scope';
  if (token.scopes.length <= 4) return token.scopes.join(' and ');
  return `${token.scopes.length} scopes (${set.kind})`;
}

/** Whether a response is the operation's documented refusal for missing scopes. */
function isScopeRefusal(operation: Operation, { response }: Exchange): boolean {
  return operation.responses.some(
    ({ status, problems }) => status === String(response.status) && problems.some(({ when }) => when.kind === 'scope'),
  );
}

/** A refusal must name what would be enough: at least the scopes of one undisputed alternative. */
function unnamedScopes(operation: Operation, exchange: Exchange): readonly Violation[] {
  const problem = operation.responses
    .filter(({ status }) => status === String(exchange.response.status))
    .flatMap(({ problems }) => problems)
    .find(({ when, message }) => when.kind === 'scope' && message?.includes('{scopes}'));
  if (problem === undefined) return [];
  const alternatives = operation.security.filter(({ disputed }) => !disputed);
  const { text } = exchange.response;
  if (alternatives.some(({ scopes }) => scopes.every((scope) => text.includes(scope)))) return [];
  return [
    {
      cause: 'the refusal does not name the scopes',
      expected: `a message that names ${alternatives.map(({ scopes }) => scopes.join(' and ')).join(', or ')}`,
      actual: excerpt(text),
      evidence: problem.evidence,
      exchange,
    },
  ];
}

function isWithin(scopes: readonly string[], others: readonly string[]): boolean {
  return scopes.every((scope) => others.includes(scope));
}
