import type { ReplayContract } from '../recorded/replay-contract.js';
import type { KnownStep } from '../recorded/step.js';
import type { ReplayTarget } from './replay-target.js';

/** The Authorization header of a request, none, or why the right one cannot be had. */
export type Authorization = { readonly header?: string } | { readonly reason: string };

/**
 * What to send as authorization so that the answer can be the recorded one: recordings do not hold the tokens of their
 * requests, but a refusal tells what was wrong with one.
 * @param isFull - whether what was done so far reaches the limit of this set
 */
export async function authorizationFor(
  { contract }: ReplayContract,
  target: ReplayTarget,
  step: KnownStep,
  isFull: (set: string) => boolean,
): Promise<Authorization> {
  const { security } = step.match.operation;
  if (security.length === 0) return {};
  const full = { header: `Bearer ${await target.token()}` };
  // An answer that breaks the contract tells nothing of its cause.
  const [problem] = step.violations.length > 0 ? [] : step.problems;
  switch (problem?.when.kind) {
    case 'token':
      if (problem.when.fault === 'missing') return {};
      if (problem.when.fault === 'malformed') return { header: 'Bearer not-three-parts' };
      return { reason: `a token that was refused (${problem.name}), and is not in the recording` };
    case 'scope': {
      const opening = new Set(security.flatMap(({ scopes }) => scopes));
      const token = await target.scopedToken(contract.scopes.filter((scope) => !opening.has(scope)));
      return token === undefined
        ? { reason: 'a token with fewer scopes, which this target does not give us' }
        : { header: `Bearer ${token}` };
    }
    case 'rate':
      return { reason: 'a rate limit that was used up' };
    case 'never':
      return { reason: `what cannot be provoked: ${problem.when.reason}` };
    case 'full':
      return isFull(problem.when.of) ? full : { reason: `a set that is full: ${problem.when.of}` };
    default:
      return full;
  }
}
