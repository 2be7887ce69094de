import type { ReplayContract } from '../recorded/replay-contract.js';
import type { RoutedStep } from '../recorded/step.js';
import type { ReplayTarget } from './replay-target.js';

/** The Authorization header of a request, none, or the reason why the required token is not available. */
export type Authorization = { readonly header?: string } | { readonly reason: string };

/**
 * The authorization that can lead to the recorded answer: recordings do not contain tokens, but a recorded refusal shows
 * what was wrong with the token.
 * @param isFull - whether the recording has reached the limit of this relation or resource
 */
export async function authorizationFor(
  { contract }: ReplayContract,
  target: ReplayTarget,
  step: RoutedStep,
  isFull: (set: string) => boolean,
): Promise<Authorization> {
  const { operation } = step.match;
  if (!target.takesToken(operation)) return {};
  const { security } = operation;
  const full = { header: `Bearer ${await target.token()}` };
  // An answer that violates the contract does not identify its cause.
  const [problem] = step.violations.length > 0 ? [] : step.problems;
  switch (problem?.when.kind) {
    case 'token':
      if (problem.when.fault === 'missing') return {};
      if (problem.when.fault === 'malformed') return { header: 'Bearer not-three-parts' };
      return { reason: `the refused token (${problem.name}) is not in the recording` };
    case 'scope': {
      const sufficient = new Set(security.flatMap(({ scopes }) => scopes));
      const token = await target.scopedToken(contract.scopes.filter((scope) => !sufficient.has(scope)));
      return token === undefined
        ? { reason: 'the target issues no token with fewer scopes' }
        : { header: `Bearer ${token}` };
    }
    case 'rate':
      return { reason: 'a rate limit was exceeded' };
    case 'never':
      return { reason: `this answer cannot be provoked: ${problem.when.reason}` };
    case 'full':
      return isFull(problem.when.of)
        ? full
        : { reason: `the limit of "${problem.when.of}" was reached before the recording` };
    default:
      // Documents without our keywords do not say what a 401 is about, and recordings have no credentials.
      return problem === undefined && step.exchange.response.status === 401 ? {} : full;
  }
}
