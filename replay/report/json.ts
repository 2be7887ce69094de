import type { ReplayReport } from './figures.js';

/** The report for programs, one document. */
export function jsonReport({ total, recordings, target, left }: ReplayReport): string {
  return `${JSON.stringify({ target, total, recordings, left }, undefined, 2)}\n`;
}
