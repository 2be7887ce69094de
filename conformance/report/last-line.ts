import type { Report } from './report.js';

/** `conforms: 56 operations · 612 checks · 10,961 requests · 0 findings · 8.2 s`; what was skipped does not count. */
export function lastLine({ verdict, summary, findings }: Report): string {
  const { operations, checks, skipped, requests, durationMs } = summary;
  const parts = [
    counted(operations, 'operation'),
    counted(checks - skipped, 'check'),
    counted(requests, 'request'),
    counted(findings.length, 'finding'),
    `${(durationMs / 1000).toFixed(1)} s`,
  ];
  return `${verdict}: ${parts.join(' · ')}`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
