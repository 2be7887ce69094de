import { acceptanceIn } from './baseline.js';
import type { Report } from './report.js';

/** What was sent: `seed 7 · depth standard`; traffic of others has neither. */
function runText({ seed, depth, traffic }: Pick<Report, 'seed' | 'depth' | 'traffic'>): readonly string[] {
  return traffic === undefined ? [`seed ${seed}`, `depth ${depth}`] : ['passed traffic'];
}

/**
 * `conforms: 56 operations · 612 checks · 10,961 requests · 0 findings · 8.2 s · embedded tenant · seed 7 · depth
 * standard`. Skipped checks do not count, and observations are not findings.
 */
export function lastLine(report: Report): string {
  const { verdict, summary, findings, baseline, target, traffic } = report;
  const { operations, checks, skipped, requests, durationMs } = summary;
  const observed = findings.filter(({ severity }) => severity === 'observed').length;
  const acceptance = acceptanceIn(baseline);
  const accepted = findings.filter(
    (finding) => finding.severity !== 'observed' && acceptance(finding) !== undefined,
  ).length;
  const parts = [
    counted(traffic === undefined ? operations : checks - skipped, 'operation'),
    counted(checks - skipped, 'check'),
    counted(requests, 'request'),
    counted(findings.length - observed - accepted, 'finding'),
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
    ...(observed === 0 ? [] : [counted(observed, 'observation')]),
    `${(durationMs / 1000).toFixed(1)} s`,
    target,
    ...runText(report),
  ];
  return `${verdict}: ${parts.join(' · ')}`;
}

/** `1 check`, `2 checks`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
