import { fingerprintsOf } from '../finding/fingerprint.js';
import type { Diagnosable, DiagnosedRun } from './diagnosable.js';

const SEVERITIES = ['failed', 'warned', 'observed'] as const;

/** Orders findings: the most severe first, then by operation in the contract's order. */
export function bySeverityAndPlace({
  operations,
  check,
}: Pick<DiagnosedRun<Diagnosable>, 'operations' | 'check'>): (one: Diagnosable, other: Diagnosable) => number {
  const order = new Map(operations.map((operation, index) => [operation, index]));
  const place = ({ operations: [first = ''] }: Diagnosable) => order.get(first) ?? order.size;
  const rank = (finding: Diagnosable) => check(finding.check)?.rank ?? 0;
  // A finding of the operation's own check replays under its name.
  const isForeign = ({ operations: [first], foundAt }: Diagnosable) => Number(first !== foundAt);
  // The client repeats what other checks see in the answer itself.
  const isRepeated = ({ family }: Diagnosable) => Number(family === 'client');
  return (one, other) =>
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    place(one) - place(other) ||
    isRepeated(one) - isRepeated(other) ||
    isForeign(one) - isForeign(other) ||
    rank(one) - rank(other);
}

/** One finding for each cause, which names every operation that has it. */
export function mergeSameCause<T extends Diagnosable>(
  findings: readonly T[],
  run: Pick<DiagnosedRun<T>, 'operations' | 'showing' | 'check'>,
): readonly T[] {
  const byCause = new Map<string, T[]>();
  for (const finding of findings) {
    const key = `${finding.severity === 'observed'} ${finding.cause}`;
    byCause.set(key, [...(byCause.get(key) ?? []), finding]);
  }
  return [...byCause.values()].map((same) => mergeCause(same, run));
}

function mergeCause<T extends Diagnosable>(
  same: readonly T[],
  { showing, ...run }: Pick<DiagnosedRun<T>, 'operations' | 'showing' | 'check'>,
): T {
  const sorted = [...same].sort(bySeverityAndPlace(run));
  const [first] = sorted;
  if (first === undefined) throw new RangeError('A cause has at least one finding.');
  const suspect = commonSuspect(sorted);
  const own = sorted.find((finding) => finding.operations[0] === suspect);
  const lead = suspect === undefined ? first : (own ?? showing(first, suspect));
  const name = suspect ?? first.operations[0] ?? '';
  return {
    ...lead,
    ...fingerprintsOf(
      lead.cause,
      withFirst(
        name,
        sorted.map((each) => each.operations[0] ?? ''),
      ),
    ),
  };
}

/** The one operation that is involved each time, where several writes seem at fault: the listing that they were read by. */
function commonSuspect(findings: readonly Diagnosable[]): string | undefined {
  const [first, ...others] = findings;
  if (first === undefined || others.every((other) => other.operations[0] === first.operations[0])) return undefined;
  const common = first.operations.filter((operation) => others.every((other) => other.operations.includes(operation)));
  return common.length === 1 ? common[0] : undefined;
}

/** The first stays first, the others are sorted. */
export function withFirst(first: string, others: readonly string[]): readonly string[] {
  return [first, ...[...new Set(others)].filter((other) => other !== first).sort()];
}
