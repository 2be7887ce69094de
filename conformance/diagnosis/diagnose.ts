import type { Consequence, Consequences, Family } from '../finding/finding.js';
import { fingerprintsOf } from '../finding/fingerprint.js';
import { type CauseClass, classOf, collapses } from './classes.js';
import type { Diagnosable, DiagnosableResult, DiagnosedRun } from './diagnosable.js';
import { factsOf, ROOT_CAUSES, type RootCause, type RunFacts } from './root-causes.js';
import { bySeverityAndPlace, mergeSameCause, withFirst } from './same-cause.js';

/** Findings after diagnosis, and what became of those found. */
export interface Diagnosis<T> {
  /** The worst first, then those with the widest reach. */
  readonly findings: readonly T[];
  /** The fingerprint of the finding that stands for one that was found. */
  readonly standsFor: ReadonlyMap<T, string>;
}

/**
 * One finding for each cause. What follows from a coarse fault (an operation that is not implemented, a missing check of
 * tokens) goes into its `consequences`, and so do causes of one class where there are many.
 */
export function diagnose<T extends Diagnosable>(run: DiagnosedRun<T>): Diagnosis<T> {
  const facts = factsOf(run);
  const standsFor = new Map<T, string>();
  const reported: T[] = [];
  let left: readonly T[] = run.findings;
  for (const root of ROOT_CAUSES) {
    const { direct, covered } = split(root, left, facts);
    const lead = [...direct].sort(leadFirst(root, run))[0];
    if (lead === undefined) continue;
    left = left.filter((finding) => !covered.includes(finding));
    const finding = rootFinding(root, { lead, direct, covered }, run);
    reported.push(finding);
    for (const each of covered) standsFor.set(each, finding.fingerprint);
  }
  const collapsed = collapseClasses(withoutDerived(mergeSameCause(left, run)), run);
  for (const finding of left) {
    const one = collapsed.find((each) => contains(each, finding));
    standsFor.set(finding, one?.fingerprint ?? finding.fingerprint);
  }
  return { findings: [...reported, ...collapsed].sort(byRank(run)), standsFor };
}

/** The finding that shows a root cause best: that of the checks it names, the most severe one. */
function leadFirst<T extends Diagnosable>({ leads }: RootCause, run: DiagnosedRun<T>): (one: T, other: T) => number {
  const fallback = bySeverityAndPlace(run);
  const isOther = ({ check }: T) => Number(leads !== undefined && !leads.has(check));
  return (one, other) => isOther(one) - isOther(other) || fallback(one, other);
}

/** What the answers to its own requests show, the client sees too; refusals and tokens do not change what it returns. */
const SEEN_BY_CLIENT: ReadonlySet<Family> = new Set<Family>(['status-and-shape', 'state']);

/** What only the client's view repeats goes to a finding of the same operations, of those to the narrowest. */
function withoutDerived<T extends Diagnosable>(findings: readonly T[]): readonly T[] {
  const hosts = new Map<T, T>();
  for (const finding of findings.filter(({ family }) => family === 'client')) {
    const [host] = findings
      .filter(
        ({ family, severity, operations }) =>
          SEEN_BY_CLIENT.has(family) &&
          severity === finding.severity &&
          finding.operations.every((operation) => operations.includes(operation)),
      )
      .sort((one, other) => one.operations.length - other.operations.length);
    if (host !== undefined) hosts.set(finding, host);
  }
  return findings
    .filter((finding) => !hosts.has(finding))
    .map((finding) => {
      const derived = findings.filter((other) => hosts.get(other) === finding);
      if (derived.length === 0) return finding;
      return { ...finding, consequences: { checks: derived.length, findings: listed(derived) } };
    });
}

function split<T extends Diagnosable>(
  { shows, covers, reaches }: RootCause,
  findings: readonly T[],
  facts: RunFacts,
): { readonly direct: readonly T[]; readonly covered: readonly T[] } {
  const direct = findings.filter((finding) => finding.severity !== 'observed' && shows(finding, facts));
  const places = new Set(direct.map(({ operations: [first] }) => first));
  const covered = findings.filter(
    (finding) =>
      direct.includes(finding) ||
      (direct.length > 0 && (reaches === 'target' || places.has(finding.operations[0])) && covers(finding, facts)),
  );
  return { direct, covered };
}

interface Covered<T> {
  readonly lead: T;
  readonly direct: readonly T[];
  readonly covered: readonly T[];
}

function rootFinding<T extends Diagnosable>(
  { code, cause }: RootCause,
  { lead, direct, covered }: Covered<T>,
  run: DiagnosedRun<T>,
): T {
  const [first = ''] = lead.operations;
  const names = withFirst(
    first,
    direct.map((finding) => finding.operations[0] ?? ''),
  );
  const own = new Set(direct.filter(({ cause: same }) => same === lead.cause).map(checkName));
  const skipped = code === 'NOT_IMPLEMENTED' ? run.results.filter((result) => couldNotRun(result, names)) : [];
  const others = covered.map(checkName).filter((name) => !own.has(name));
  const checks = new Set([...others, ...skipped.map(({ check, operation }) => `${operation}/${check}`)]).size;
  const sorted = [...covered].sort(bySeverityAndPlace(run));
  return {
    ...lead,
    code,
    cause,
    ...fingerprintsOf(cause, names),
    ...withConsequences({ checks, findings: listed(sorted.filter((finding) => finding.cause !== lead.cause)) }),
  };
}

function couldNotRun({ outcome, operation, reason = '' }: DiagnosableResult, absent: readonly string[]): boolean {
  return outcome === 'skipped' && absent.includes(operation) && reason !== '';
}

/** Classes with many causes become one finding each. */
function collapseClasses<T extends Diagnosable>(findings: readonly T[], run: DiagnosedRun<T>): readonly T[] {
  const classes = new Map<string, T[]>();
  const found = new Map<string, CauseClass>();
  for (const finding of findings) {
    const one = classOf(finding, run.check);
    const separate = `${finding.severity === 'observed'} ${one.key}`;
    found.set(separate, one);
    classes.set(separate, [...(classes.get(separate) ?? []), finding]);
  }
  return [...classes].flatMap(([key, members]) =>
    collapses(members) ? [collapse(members, found.get(key) ?? { key, cause: key }, run)] : members,
  );
}

function collapse<T extends Diagnosable>(
  members: readonly T[],
  { cause, identity = cause }: CauseClass,
  run: DiagnosedRun<T>,
): T {
  const sorted = [...members].sort(bySeverityAndPlace(run));
  const [lead] = sorted;
  if (lead === undefined) throw new RangeError('A class has at least one finding.');
  const [first = ''] = lead.operations;
  const inner = sorted.flatMap(({ consequences }) => consequences?.findings ?? []);
  return {
    ...lead,
    cause,
    ...fingerprintsOf(
      identity,
      withFirst(
        first,
        sorted.flatMap(({ operations }) => operations),
      ),
    ),
    consequences: { checks: new Set(sorted.map(({ check }) => check)).size, findings: [...listed(sorted), ...inner] },
  };
}

function contains(finding: Diagnosable, found: Diagnosable): boolean {
  const same = finding.consequences?.findings ?? [];
  return finding.cause === found.cause
    ? (finding.severity === 'observed') === (found.severity === 'observed')
    : same.some(({ cause }) => cause === found.cause);
}

/** Each cause once, with its operations. */
function listed(findings: readonly Diagnosable[]): readonly Consequence[] {
  const byCause = new Map<string, Consequence>();
  for (const { check, cause, operations } of findings) {
    const known = byCause.get(cause) ?? { check, cause, operations: [] };
    const [first = ''] = operations;
    byCause.set(cause, {
      ...known,
      operations: [...new Set([...known.operations, first, ...(operations.length > 1 ? operations : [])])],
    });
  }
  return [...byCause.values()];
}

function withConsequences(consequences: Consequences): { readonly consequences?: Consequences } {
  return consequences.checks === 0 && consequences.findings.length === 0 ? {} : { consequences };
}

function checkName({ foundAt, check }: Diagnosable): string {
  return `${foundAt}/${check}`;
}

function byRank<T extends Diagnosable>(run: DiagnosedRun<T>): (one: T, other: T) => number {
  const fallback = bySeverityAndPlace(run);
  const severities = ['failed', 'warned', 'observed'];
  const reach = ({ operations, consequences }: T) => operations.length + (consequences?.checks ?? 0);
  return (one, other) =>
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    reach(other) - reach(one) ||
    fallback(one, other);
}
