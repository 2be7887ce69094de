import type { Evidence } from '../../../contract/contract.js';
import { NO_EVIDENCE } from '../../../contract/evidence.js';
import { line } from '../reference/markdown.js';
import { capital } from '../text/names.js';

/** The sources that a page refers to. Facts with the same source share a footnote. */
export class Footnotes {
  readonly #numbers = new Map<string, number>();

  /** The mark of a footnote for the text: `[^1]`. Empty if the contract names no source. */
  mark(evidence: Evidence): string {
    if (!hasSource(evidence)) return '';
    const text = noteOf(evidence);
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return `[^${number}]`;
  }

  /** The texts of the footnotes so far, for the end of the page. */
  texts(): string {
    return [...this.#numbers].map(([text, number]) => `[^${number}]: ${text}`).join('\n');
  }
}

/** Whether a contract says where a fact comes from, apart from the contract itself. */
export function hasSource({ source }: Evidence): boolean {
  return source !== NO_EVIDENCE.source;
}

function noteOf({ grade, source, seen, against }: Evidence): string {
  const times = seen === undefined ? '' : `, ${seen} ${seen === 1 ? 'time' : 'times'}`;
  const other = against === undefined ? '' : ` Against: ${line(against).replace(/\.$/, '')}.`;
  return `${capital(grade)}: ${line(source)}${times}.${other}`;
}
