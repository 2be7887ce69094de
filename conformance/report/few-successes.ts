import type { Report, ReportedCheck } from './report.js';

/** The check whose requests should succeed. */
const OF_SUCCESS = 'documented-success';
/** Of fewer operations nothing is concluded: a run may be of some that need what is not there. */
const FEWEST = 5;
/** The share of operations that have to succeed, of those that were sent valid requests. */
const LEAST_SHARE = 0.1;

/**
 * Why a run without findings says little: hardly any operation answered a valid request with success, for reasons that the
 * document leaves open, such as a path that names what the target does not have.
 */
export function fewSuccesses(
  checks: readonly Pick<ReportedCheck, 'id' | 'operation' | 'outcome'>[],
  coverage: Report['coverage'],
): string | undefined {
  const tried = checks.filter(({ id, outcome }) => id === OF_SUCCESS && outcome !== 'skipped');
  const seen = new Set(
    coverage.filter(({ status }) => status >= 200 && status < 300).map(({ operation }) => operation),
  );
  const succeeded = tried.filter(({ operation }) => seen.has(operation)).length;
  if (tried.length < FEWEST || succeeded >= tried.length * LEAST_SHARE) return undefined;
  const some = succeeded === 0 ? 'None' : `Only ${succeeded}`;
  return `${some} of ${tried.length} operations succeeded. Name what the target has with --set-path or --fixtures, or check the permissions of the token.`;
}

/** A report that would say that the target conforms, although hardly any operation succeeded, is inconclusive. */
export function judgedBySuccesses(report: Report): Report {
  const { verdict, shard, traffic, checks, coverage } = report;
  // Parts are judged together, and clients of a proxy may want refusals.
  const isWhole = verdict === 'conforms' && shard === undefined && traffic === undefined;
  const reason = isWhole ? fewSuccesses(checks, coverage) : undefined;
  return reason === undefined ? report : { ...report, verdict: 'inconclusive', reasons: [reason] };
}
