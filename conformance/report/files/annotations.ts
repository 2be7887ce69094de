import { workflowCommand } from '../../../contract/text/github-log.js';
import { printable, printableLines } from '../../../contract/text/printable.js';
import { notAccepted } from '../baseline.js';
import { mapOutsideText } from '../outside-text.js';
import type { Report } from '../report.js';
import type { OperationPlaces } from './operation-places.js';

/** Annotations for GitHub Actions: one line per finding that counts, at its operation in the contract, and per leftover. */
export function formatAnnotations(report: Report, places: OperationPlaces = new Map()): string {
  const {
    findings,
    baseline,
    leftovers,
    changed = [],
  } = mapOutsideText(report, {
    line: printable,
    lines: printableLines,
    name: printable,
  });
  const lines = notAccepted(findings, baseline)
    .filter(({ severity }) => severity !== 'observed')
    .map(({ severity, cause, operations, expected, actual, replay }) => {
      const text = `${operations.join(', ')}: expected ${expected}; actual ${actual}\nreplay: ${replay}`;
      return workflowCommand(severity === 'failed' ? 'error' : 'warning', cause, text, places.get(operations[0] ?? ''));
    });
  const left = leftovers.map((leftover) => workflowCommand('warning', 'Left behind at the target', leftover));
  const altered = changed.map((change) => workflowCommand('warning', 'Changed at the target', change));
  return [...lines, ...left, ...altered].map((line) => `${line}\n`).join('');
}
