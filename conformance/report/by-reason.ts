import { groupBy } from './group-by.js';
import type { Report } from './report.js';

interface Explained {
  readonly name: string;
  readonly reason: string;
}

const MOST_NAMES = 3;

/** Names that share a reason, as one text: `a, b, c and 5 more`. */
export function byReason(entries: readonly Explained[]): readonly Explained[] {
  return [...groupBy(entries, ({ reason }) => reason)].map(([reason, ones]) => ({
    name: shorten([...new Set(ones.map(({ name }) => name))]),
    reason,
  }));
}

/** The first names, and how many more there are. */
export function shorten(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return names.slice(0, MOST_NAMES).join(', ') + more;
}

/** The skipped checks. */
export function skippedChecks({ checks }: Report): readonly Explained[] {
  const skipped = checks.filter(({ outcome }) => outcome === 'skipped');
  return byReason(skipped.map(({ operation, id, reason = 'no reason' }) => ({ name: `${operation}/${id}`, reason })));
}

/** The operations of checks that only observed something, except what observed findings say. */
export function observedNotes({ checks, findings }: Report): readonly Explained[] {
  const causes = new Set(
    findings
      .filter(({ severity }) => severity === 'observed')
      .flatMap(({ cause, consequences }) => [cause, ...(consequences?.findings ?? []).map((each) => each.cause)]),
  );
  const notes = checks.flatMap(({ operation, outcome, reason }) =>
    outcome === 'observed' && reason !== undefined && !reason.split('; ').every((part) => causes.has(part))
      ? [{ name: operation, reason }]
      : [],
  );
  return byReason(notes);
}
