import { jsonDocument } from '../../contract/json/json-document.js';
import type { ReplayReport } from './replay-report.js';

/** The report as one JSON document. */
export function jsonReport({ total, recordings, target, left }: ReplayReport): string {
  return jsonDocument({ target, total, recordings, left });
}
