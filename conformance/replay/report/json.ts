import type { ReplayReport } from './figures.js';

/** The report for programs, one document. */
export function jsonReport({ total, recordings, target }: ReplayReport): string {
  return `${JSON.stringify({ target, total, recordings }, undefined, 2)}\n`;
}
