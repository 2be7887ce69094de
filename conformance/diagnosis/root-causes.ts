import { codeOfCheck, type RootCode, UPDATE_IGNORED } from '../finding/finding-codes.js';
import type { Diagnosable, DiagnosableResult, DiagnosedRun } from './diagnosable.js';

/** What the rules of root causes look at. */
export interface RunFacts {
  readonly isAbsent: (operation: string) => boolean;
  readonly isStateless: boolean;
  readonly needsState: (check: string) => boolean;
}

/** A coarse fault: where it shows, many findings follow that say nothing more. */
export interface RootCause {
  readonly code: RootCode;
  /** Replaces the causes of the findings that show it. */
  readonly cause: string;
  /** Whether a finding shows it. */
  readonly shows: (finding: Diagnosable, facts: RunFacts) => boolean;
  /** Whether a finding follows from it. */
  readonly covers: (finding: Diagnosable, facts: RunFacts) => boolean;
  /** Whether findings follow only at the operations where it shows, or anywhere. */
  readonly reaches: 'operation' | 'target';
  /** The checks whose findings show it best. */
  readonly leads?: ReadonlySet<string>;
}

const isAccepted = ({ code }: Diagnosable): boolean => code === 'WRONGLY_ACCEPTED';
const isAboutAccess = ({ family }: Diagnosable): boolean => family === 'authentication' || family === 'scopes';
/** Causes of checks that are about something else as well. */
const WITHOUT_TOKEN: ReadonlySet<string> = new Set(['accepted instead of token-missing', 'HEAD needs no token']);
/** The checks of ids in paths. */
const ID_CHECKS: ReadonlySet<string> = new Set(['unknown-refused', 'hostile-ids', 'id-spellings', 'invalid-path']);

/** Checks that pass only at a target that remembers something. */
const REMEMBERING: ReadonlySet<string> = new Set([
  'created-is-read',
  'updated-is-read',
  'relation-model',
  'relation-shows',
]);

/** In order: what an earlier one covers is not looked at again. */
export const ROOT_CAUSES: readonly RootCause[] = [
  {
    code: 'NOT_IMPLEMENTED',
    cause: 'not implemented',
    shows: ({ operations: [first = ''] }, { isAbsent }) => isAbsent(first),
    covers: ({ operations }, { isAbsent }) => operations.some(isAbsent),
    reaches: 'target',
  },
  {
    code: 'NO_STATE',
    cause: 'the target keeps no state',
    shows: ({ family, check, code }, { isStateless }) =>
      isStateless && family === 'state' && code === codeOfCheck(check),
    covers: ({ check }, { needsState }) => needsState(check),
    reaches: 'target',
    leads: REMEMBERING,
  },
  {
    code: 'UPDATE_IGNORED',
    cause: UPDATE_IGNORED,
    shows: ({ check, cause }) => check === 'updated-is-read' && cause === UPDATE_IGNORED,
    covers: ({ check, code }, { needsState }) => needsState(check) && code === codeOfCheck(check),
    reaches: 'operation',
  },
  {
    code: 'NO_TOKEN_REQUIRED',
    cause: 'no token is required',
    shows: ({ check, cause }) => check === 'token-missing' && cause === 'accepted although there is no token',
    covers: (finding) => isAboutAccess(finding) || WITHOUT_TOKEN.has(finding.cause),
    reaches: 'operation',
  },
  {
    code: 'ANY_TOKEN_ACCEPTED',
    cause: 'any token is accepted',
    shows: (finding) => finding.check === 'token-malformed' && isAccepted(finding),
    covers: (finding) => isAboutAccess(finding) && isAccepted(finding),
    reaches: 'operation',
  },
  {
    code: 'ANY_ID_ACCEPTED',
    cause: 'any id is accepted',
    shows: (finding) =>
      finding.check === 'unknown-refused' &&
      isAccepted(finding) &&
      finding.cause.startsWith('accepted although the path names an unknown'),
    covers: (finding) =>
      (ID_CHECKS.has(finding.check) && isAccepted(finding)) ||
      (finding.check === 'client-agrees' && finding.cause.startsWith('accepted instead of')),
    reaches: 'operation',
  },
];

/** A target without state answers some checks as expected by chance: where an update sets what its example shows. */
const FAILING_SHARE = 0.75;

type RunResults = Pick<DiagnosedRun<Diagnosable>, 'results' | 'findings' | 'readings'>;

/**
 * Whether each check that reads back what it wrote failed nearly everywhere. Results with other findings only, such as a
 * body that does not match its schema, do not count.
 */
function isStateless(run: RunResults): boolean {
  const { results, findings } = run;
  if (tellsIdsApart(run)) return false;
  const told = results.filter(({ check, operation, outcome }) => {
    const found = findings.filter((finding) => finding.check === check && finding.foundAt === operation);
    const isOwn = found.length === 0 || found.some(({ code }) => code === codeOfCheck(check));
    return REMEMBERING.has(check) && outcome !== 'skipped' && isOwn;
  });
  // An update that changes nothing says so alone.
  const isMoreThanUpdates = told.some(({ check }) => check !== 'updated-is-read');
  return (
    told.length > 1 &&
    isMoreThanUpdates &&
    [...REMEMBERING].every((check) => mostlyFails(told.filter((each) => each.check === check)))
  );
}

/**
 * Whether a created resource is found by its id, and an unknown id is not. Such a target keeps what is created, though it
 * may drop properties, as a mock does that has only a few.
 */
function tellsIdsApart({ results, findings, readings }: RunResults): boolean {
  const ranWithout = (code: string, check: string, operation: string): boolean =>
    results.some(
      (result) => result.check === check && result.operation === operation && result.outcome !== 'skipped',
    ) && !findings.some((found) => found.check === check && found.foundAt === operation && found.code === code);
  return readings.some(
    ([create, read]) =>
      ranWithout('WRONG_STATUS', 'created-is-read', create) && ranWithout('WRONGLY_ACCEPTED', 'unknown-refused', read),
  );
}

function mostlyFails(results: readonly DiagnosableResult[]): boolean {
  const failing = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'warned');
  return failing.length >= results.length * FAILING_SHARE;
}

export function factsOf<T extends Diagnosable>(run: DiagnosedRun<T>): RunFacts {
  const { results, absent, check } = run;
  const missing = new Set(absent);
  const without = results.filter(({ operation }) => !missing.has(operation));
  return {
    isAbsent: (operation) => missing.has(operation),
    isStateless: isStateless({ ...run, results: without }),
    needsState: (id) => check(id)?.needsState === true,
  };
}
