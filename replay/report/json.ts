import type { ReplayReport } from './replay-report.js';

/** The report as one JSON document. */
export function jsonReport({ total, recordings, target, left }: ReplayReport): string {
  return `${JSON.stringify({ target, total, recordings, left }, undefined, 2)}\n`;
}
