import type { Operation } from '../../../contract/contract.js';
import { weaker } from '../../../contract/evidence.js';
import { type Access, accessOf, type ScopeSet, scopeSets, tellingScopeSets } from '../../arbitraries/scope-set.js';
import type { Check, CheckContext, Depth } from '../../check.js';
import type { Violation } from '../../finding.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';
import { isUnobtainable, type Token, type Unobtainable } from '../../target/tokens/token.js';
import { refusalFor } from '../../trial/expected-refusal.js';
import { fewestScopes } from '../../trial/fewest-scopes.js';
import { isReading, type RefusalTrial, refusalTrial } from '../../trial/refusal-trial.js';

/** Random sets of scopes beside the telling ones. */
const RANDOM_SETS: Readonly<Record<Depth, number>> = { smoke: 0, standard: 10, exhaustive: 60 };

export const scopeAlternatives: Check = {
  id: 'scope-alternatives',
  family: 'scopes',
  title: 'Scopes let in exactly as documented',
  description:
    'Sends a valid request with tokens of many sets of scopes: each alternative exactly, with one scope missing, all ' +
    'others, none, random ones. An undisputed alternative must be let in; none must be refused, with the scopes named ' +
    'and nothing changed; what a disputed alternative does is told.',
  applies: (operation) => operation.security.some(({ scopes }) => scopes.length > 0),
  requests: (operation, contract, depth) => {
    if (depth === 'smoke') return 1;
    const sets = tellingScopeSets(operation.security, contract.scopes).length + RANDOM_SETS[depth];
    return sets * (isReading(operation.method) ? 1 : 2);
  },
  async run(operation, context) {
    const values = await context.fixtures.valid(operation);
    const trial: ScopeTrial = {
      // Looks would take half of the requests of a smoke run.
      ...refusalTrial(context, values, !isReading(operation.method) && context.depth !== 'smoke'),
      lacking: [],
      tried: new Set(),
    };
    const sets = tellingScopeSets(operation.security, context.contract.scopes);
    const halves = await poolScopes(context);
    if (context.depth === 'smoke') {
      // No scope at all is one token for all operations.
      const isRefused = (scopes: readonly string[]): boolean => accessOf(operation.security, scopes) === 'refused';
      const scopes = [[], ...halves].find((each) => isRefused(each) && (!context.tokens.metered || each.length > 0));
      if (scopes === undefined) return context.skip('No token that is to be had lacks the scopes.', 'contract');
      context.report(...(await trySet(operation, { kind: 'empty', scopes }, context, trial)));
      return tellLacking(trial, context);
    }
    const telling = context.tokens.metered ? [] : sets;
    if (telling.length + halves.length === 0)
      return context.skip('No tokens with few scopes are to be had.', 'credentials');
    await context.property(scopeSets(telling, halves), (set) => trySet(operation, set, context, trial), {
      runs: telling.length + RANDOM_SETS[context.depth],
      examples: telling,
    });
    tellLacking(trial, context);
  },
};

/** The scopes of the tokens that the whole run shares. */
async function poolScopes({ depth, tokens }: CheckContext): Promise<readonly (readonly string[])[]> {
  if (depth === 'smoke' && !tokens.metered) return [];
  const pool = await tokens.pool();
  return isUnobtainable(pool) ? [] : pool.map(({ scopes }) => scopes);
}

/** A trial that remembers which tokens could not be had. */
interface ScopeTrial extends RefusalTrial {
  readonly lacking: Unobtainable[];
  /** The sets of scopes that were tried. */
  readonly tried: Set<string>;
}

/** @throws Stop where no token at all could be had: what was not tried has not passed. */
function tellLacking({ lacking, tried }: ScopeTrial, context: CheckContext): void {
  const [first] = lacking;
  if (first === undefined) return;
  if (tried.size === 0) context.skip(first.unobtainable, first.because);
  context.missed('some sets of scopes', first.unobtainable);
}

async function trySet(
  operation: Operation,
  set: ScopeSet,
  context: CheckContext,
  trial: ScopeTrial,
): Promise<readonly Violation[]> {
  const token = await context.tokens.withScopes(set.scopes);
  if (isUnobtainable(token)) {
    trial.lacking.push(token);
    return [];
  }
  trial.tried.add(set.scopes.join(' '));
  // What counts is what the token has: a target may give fewer scopes than it was asked for.
  const access = accessOf(operation.security, token.scopes);
  markReached(operation, token.scopes, context);
  return BY_ACCESS[access](operation, set, token, context, trial);
}

type Trial = (
  operation: Operation,
  set: ScopeSet,
  token: Token,
  context: CheckContext,
  trial: ScopeTrial,
) => Promise<readonly Violation[]>;

const BY_ACCESS: Readonly<Record<Access, Trial>> = {
  async granted(operation, set, token, context, trial) {
    trial.touched();
    const exchange = await context.send(buildRequest(operation, await context.fixtures.valid(operation)), { token });
    if (!isScopeRefusal(operation, exchange)) return context.judge(exchange, { kind: 'success' });
    const covered = operation.security.find(
      ({ scopes, disputed }) => !disputed && scopes.every((scope) => token.scopes.includes(scope)),
    );
    return [
      {
        cause: 'refused in spite of an undisputed alternative',
        expected: `access with ${covered?.scopes.join(' and ') ?? 'these scopes'}`,
        actual: `${exchange.response.status} for a token with ${told(set, token)}`,
        evidence: covered?.evidence ?? context.contract.evidenceAt(operation.pointer),
        exchange,
      },
    ];
  },

  async refused(operation, set, token, context, trial) {
    const values = await context.fixtures.valid(operation);
    const expected = refusalFor(operation, (cause) => cause.kind === 'scope', 'missing scopes');
    const { exchange, violations } = await trial.refused(buildRequest(operation, values), expected, { token });
    if (!succeeded(exchange)) return [...violations, ...unnamedScopes(operation, exchange)];
    trial.touched();
    return wronglyGranted(operation, set, token, violations, context);
  },

  async disputed(operation, set, token, context, trial) {
    trial.touched();
    const exchange = await context.send(buildRequest(operation, await context.fixtures.valid(operation)), { token });
    if (set.kind === 'exact') {
      context.observe(`${set.scopes.join(' and ')} ${succeeded(exchange) ? 'is enough' : 'is not enough'}`);
    }
    return context.judge(exchange, { kind: 'documented' });
  },
};

/** How many tokens may be asked for to find out which scopes it is that let in. */
const MOST_TOKENS = 40;

/** What is let in wrongly, with the fewest scopes that are. */
async function wronglyGranted(
  operation: Operation,
  set: ScopeSet,
  token: Token,
  violations: readonly Violation[],
  context: CheckContext,
): Promise<readonly Violation[]> {
  const needed = operation.security.filter(({ disputed }) => !disputed).map(({ scopes }) => scopes.join(' and '));
  let smallest = { token, exchange: violations[0]?.exchange };
  await fewestScopes(
    token.scopes,
    async (scopes) => {
      const narrower = await context.tokens.withScopes(scopes);
      if (isUnobtainable(narrower) || accessOf(operation.security, narrower.scopes) !== 'refused') return false;
      const exchange = await context.send(buildRequest(operation, await context.fixtures.valid(operation)), {
        token: narrower,
      });
      if (succeeded(exchange)) smallest = { token: narrower, exchange };
      return succeeded(exchange);
    },
    MOST_TOKENS,
  );
  return violations.map((violation) => ({
    ...violation,
    exchange: smallest.exchange ?? violation.exchange,
    expected: `a refusal, since the token has not ${needed.join(', nor ')}`,
    actual: `${violation.exchange.response.status} for a token with ${told(set, smallest.token)}`,
    evidence: operation.security.map(({ evidence }) => evidence).reduce(surer, violation.evidence),
  }));
}

/** An undisputed alternative is a surer fact about the rest than a disputed one. */
function surer<T extends Parameters<typeof weaker>[0]>(one: T, other: T): T {
  return weaker(one, other) === one ? other : one;
}

function told(set: ScopeSet, token: Token): string {
  if (token.scopes.length === 0) return 'no scope';
  if (token.scopes.length <= 4) return token.scopes.join(' and ');
  return `${token.scopes.length} scopes (${set.kind})`;
}

/** Whether an answer is the operation's documented refusal for missing scopes. */
function isScopeRefusal(operation: Operation, { response }: Exchange): boolean {
  return operation.responses.some(
    ({ status, problems }) => status === String(response.status) && problems.some(({ when }) => when.kind === 'scope'),
  );
}

/** The refusal has to say what would be enough: the scopes of one undisputed alternative at least. */
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
      actual: text.slice(0, 160),
      evidence: problem.evidence,
      exchange,
    },
  ];
}

function markReached(operation: Operation, scopes: readonly string[], context: CheckContext): void {
  for (const alternative of operation.security) {
    const isCovered = alternative.scopes.every((scope) => scopes.includes(scope));
    const isAlone = operation.security.every(
      (other) =>
        other === alternative ||
        !other.scopes.every((scope) => scopes.includes(scope)) ||
        isWithin(other.scopes, alternative.scopes),
    );
    if (isCovered && isAlone) context.reached(alternative.pointer);
  }
}

function isWithin(scopes: readonly string[], others: readonly string[]): boolean {
  return scopes.every((scope) => others.includes(scope));
}
