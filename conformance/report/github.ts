import type { Report } from './report.js';

/** Annotations for GitHub Actions, one line a finding. */
export function formatAnnotations({ findings, leftovers }: Report): string {
  const lines = findings
    .filter(({ severity }) => severity !== 'observed')
    .map(({ severity, cause, operations, expected, actual, replay }) => {
      const command = severity === 'failed' ? 'error' : 'warning';
      const text = `${operations.join(', ')}: expected ${expected}; actual ${actual}\nreplay: ${replay}`;
      return `::${command} title=${escapeProperty(cause)}::${escapeData(text)}`;
    });
  const left = leftovers.map((leftover) => `::warning title=Left behind at the target::${escapeData(leftover)}`);
  return [...lines, ...left].map((line) => `${line}\n`).join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
