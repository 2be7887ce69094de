import type { Contract, Limit, Operation, Pointer, Problem } from '../../contract/contract.js';
import type { CheckResult, RunEnd } from '../engine/event.js';
import { responseFor } from '../lookup/response-for.js';
import type { Unchecked } from './report.js';

interface Fact extends Omit<Unchecked, 'reason'> {
  readonly isReached: boolean;
  /** Whether checks of tokens and scopes may test it. */
  readonly isOfAccess?: boolean;
  readonly pointer?: Pointer;
  /** Why it can never be tested. */
  readonly never?: string;
  /** Why it was not tested, where nothing more specific is known. */
  readonly otherwise?: string;
}

/** Where nothing more specific is known. */
export const NO_REASON = 'No check of this run reached it.';

export interface UncheckedFacts {
  readonly facts: number;
  readonly unchecked: readonly Unchecked[];
}

/** Every documented answer, undisputed scope alternative and limit of these operations, and those that were not tested. */
export function uncheckedFacts(
  contract: Contract,
  operations: readonly Operation[],
  results: readonly CheckResult[],
  end: RunEnd,
): UncheckedFacts {
  const missed = results.flatMap((result) => result.missed);
  const facts = operations.flatMap((operation) => [
    ...answerFacts(contract, operation, end),
    ...scopeFacts(operation, end),
    ...limitFacts(contract, operation, end),
  ]);
  const reasonFor = (fact: Fact): string =>
    fact.never ??
    missed.find((miss) => fact.pointer !== undefined && miss.fact === fact.pointer && miss.operation === fact.operation)
      ?.reason ??
    missed.find((miss) => fact.pointer !== undefined && miss.fact === fact.pointer)?.reason ??
    skipReason(results, fact) ??
    fact.otherwise ??
    NO_REASON;
  return {
    facts: facts.length,
    unchecked: facts
      .filter(({ isReached }) => !isReached)
      .map((fact) => ({ operation: fact.operation, what: fact.what, reason: reasonFor(fact) })),
  };
}

function answerFacts(contract: Contract, operation: Operation, { coverage }: RunEnd): readonly Fact[] {
  const seen = coverage.filter((entry) => entry.operation === operation.id);
  return operation.responses.flatMap((response): readonly Fact[] => {
    const { status, problems, pointer } = response;
    const hits = seen.filter((entry) => responseFor(operation, entry.status) === response);
    const codes = [...new Set(problems.map(({ errorCode }) => errorCode))];
    if (codes.every((code) => code === undefined)) {
      return [
        {
          operation: operation.id,
          what: status,
          isReached: hits.length > 0,
          isOfAccess: isOfAccess(status, problems),
          pointer: limitOf(contract, problems) ?? pointer,
          ...whyNot(status, problems),
        },
      ];
    }
    return codes.map((code) => ({
      operation: operation.id,
      what: code === undefined ? status : `${status} ${code}`,
      isReached: hits.some((entry) => entry.errorCode === code),
      isOfAccess: isOfAccess(
        status,
        problems.filter(({ errorCode }) => errorCode === code),
      ),
      pointer:
        limitOf(
          contract,
          problems.filter(({ errorCode }) => errorCode === code),
        ) ?? pointer,
      ...whyNot(
        status,
        problems.filter(({ errorCode }) => errorCode === code),
      ),
    }));
  });
}

function isOfAccess(status: string, problems: readonly Problem[]): boolean {
  const isCaused = problems.some(({ when }) => when.kind === 'token' || when.kind === 'scope');
  return isCaused || status === '401' || status === '403';
}

/** The limit that one of these problems is about: without reaching it there is no such answer. */
function limitOf(contract: Contract, problems: readonly Problem[]): Pointer | undefined {
  for (const { when, name } of problems) {
    if (when.kind !== 'full') continue;
    const limits = [...(contract.relations.get(when.of)?.limits ?? []), contract.resources.get(when.of)?.limit];
    const limit = limits.find((candidate) => candidate?.problem === name);
    if (limit !== undefined) return limit.pointer;
  }
  return undefined;
}

/** Why none of these problems was provoked, where their causes say so. */
function whyNot(status: string, problems: readonly Problem[]): Pick<Fact, 'never' | 'otherwise'> {
  if (problems.length > 0 && problems.every(({ when }) => when.kind === 'rate')) {
    return { otherwise: 'No rate limit of the target was reached.' };
  }
  if (problems.length === 0 && status.startsWith('5')) return { otherwise: 'Only a failing server gives it.' };
  const reasons = problems.map(({ when }) => (when.kind === 'never' ? when.reason : undefined));
  const [first] = reasons;
  return first !== undefined && reasons.every((reason) => reason !== undefined)
    ? { never: `Cannot be provoked: ${first}.` }
    : {};
}

function scopeFacts(operation: Operation, { facts }: RunEnd): readonly Fact[] {
  return operation.security
    .filter(({ disputed, scopes }) => !disputed && scopes.length > 0)
    .map(({ scopes, pointer }) => ({
      operation: operation.id,
      what: `scopes ${scopes.join(' and ')}`,
      isOfAccess: true,
      isReached: facts.has(pointer),
      pointer,
    }));
}

/** The limits of what an operation adds to. */
function limitFacts(contract: Contract, operation: Operation, { facts }: RunEnd): readonly Fact[] {
  const { effect } = operation;
  const limits: readonly Limit[] =
    effect?.kind === 'add'
      ? (contract.relations.get(effect.target)?.limits ?? [])
      : effect?.kind === 'create'
        ? [contract.resources.get(effect.target)?.limit].filter((limit) => limit !== undefined)
        : [];
  return limits.map(({ max, per, pointer }) => ({
    operation: operation.id,
    what: `limit of ${max} ${effect?.target} ${per.length === 0 ? 'in the tenant' : `for each ${per.join(' and ')}`}`,
    isReached: facts.has(pointer),
    pointer,
  }));
}

/** Families of checks that are about access alone. */
const OF_ACCESS: ReadonlySet<string> = new Set(['authentication', 'scopes']);

/** Why a check that might have tested a fact was skipped. Checks of tokens provoke no other answers than refusals of them. */
function skipReason(results: readonly CheckResult[], { operation, isOfAccess }: Fact): string | undefined {
  return results.find(
    ({ planned, outcome, because }) =>
      planned.operation.id === operation &&
      outcome === 'skipped' &&
      because !== 'contract' &&
      because !== 'budget' &&
      (isOfAccess === true || !OF_ACCESS.has(planned.check.family)),
  )?.reason;
}
