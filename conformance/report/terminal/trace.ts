import { printable, printableLines } from '../../../contract/text/printable.js';
import type { RunEvent } from '../../engine/event.js';
import { nameOf } from '../../engine/plan/plan.js';
import type { Redactor } from '../../redaction/redact.js';
import { withCredential } from '../../target/credential.js';
import type { Exchange } from '../../target/exchange.js';

/** Longer bodies are cut, in characters. */
const LONGEST_BODY = 8 * 1024;

/** Writes requests and answers as text, numbered from 1, secrets masked: `--trace`. */
export class Trace {
  readonly #redactor: Redactor;
  #count = 0;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** The lines for an event; empty for events without an exchange. */
  format(event: RunEvent): string {
    if (event.kind === 'noted') return `${printable(event.text)}\n`;
    if (event.kind !== 'requested' && event.kind !== 'unanswered') return '';
    this.#count += 1;
    const { exchange, purpose, planned } = event;
    const name = planned === undefined ? '' : ` ${printable(nameOf(planned))}`;
    const answer = event.kind === 'unanswered' ? [`< no answer: ${this.#line(event.reason)}`] : this.#answer(exchange);
    const head = `# ${this.#count} ${purpose}${name} ${Math.round(exchange.durationMs)} ms`;
    return [head, ...this.#request(exchange), ...answer, '', ''].join('\n');
  }

  #request({ request, authorization }: Exchange): readonly string[] {
    const { path, headers } = withCredential(request, authorization);
    return [
      `> ${request.method} ${this.#line(path)}`,
      ...this.#headers('>', headers),
      ...this.#body('>', request.body),
    ];
  }

  #answer({ response }: Exchange): readonly string[] {
    return [`< ${response.status}`, ...this.#headers('<', response.headers), ...this.#body('<', response.text)];
  }

  #headers(mark: string, headers: Readonly<Record<string, string>>): readonly string[] {
    return Object.entries(headers).map(([name, value]) => `${mark} ${this.#line(`${name}: ${value}`)}`);
  }

  #body(mark: string, body: string | undefined): readonly string[] {
    if (body === undefined || body === '') return [];
    const shown = printableLines(this.#redactor.excerpt(body, LONGEST_BODY));
    return [mark, ...shown.split('\n').map((line) => `${mark} ${line}`)];
  }

  #line(text: string): string {
    return printable(this.#redactor.excerpt(text, LONGEST_BODY));
  }
}
