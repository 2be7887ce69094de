import type { RunEvent } from '../../engine/event.js';
import type { Redactor } from '../../redaction/redact.js';
import { withCredential } from '../../target/credential.js';
import type { Exchange } from '../../target/exchange.js';

/** The longest text that is written, in characters, and the longest that is kept: it is masked before it is cut. */
const LONGEST_TEXT = 64 * 1024;
const LONGEST_KEPT = 2 * LONGEST_TEXT;

interface Recorded {
  readonly exchange: Exchange;
  /** When the request was sent, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Collects all exchanges of a run, to be written as a HAR file. */
export class HarLog {
  readonly #now: () => number;
  readonly #recorded: Recorded[] = [];

  /** @param now - milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  take(event: RunEvent): void {
    if (event.kind !== 'requested' && event.kind !== 'unanswered') return;
    const { exchange } = event;
    const { response } = exchange;
    const text = response.text.slice(0, LONGEST_KEPT);
    // The parsed body is not written: without it, large answers can be forgotten.
    const kept = { ...exchange, response: { status: response.status, headers: response.headers, text } };
    this.#recorded.push({ exchange: kept, startedAt: this.#now() - exchange.durationMs });
  }

  /**
   * HAR 1.2. Secrets are masked at the end: a later answer may show that an earlier text was one.
   * @param url - the target's root
   */
  format({ url, creator, redactor }: HarOptions): string {
    const entries = this.#recorded.map((recorded) => entryOf(recorded, url));
    const log = { version: '1.2', creator, entries };
    // Text by text: masked as a whole, a text could end in the middle of an escape, and names of HAR could be masked.
    const mask = (_: string, value: unknown) =>
      typeof value === 'string' ? redactor.excerpt(value, LONGEST_TEXT) : value;
    return `${JSON.stringify({ log }, mask, 1)}\n`;
  }
}

export interface HarOptions {
  readonly url: string;
  readonly creator: { readonly name: string; readonly version: string };
  readonly redactor: Redactor;
}

function entryOf({ exchange, startedAt }: Recorded, root: string): object {
  const { request, response, authorization, durationMs } = exchange;
  const { path, headers } = withCredential(request, authorization);
  const url = root + path;
  const { text } = response;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(headers),
      queryString: [...new URLSearchParams(request.path.split('?')[1] ?? '')].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body ?? ''),
      ...(request.body === undefined
        ? {}
        : {
            postData: { mimeType: request.headers['content-type'] ?? 'application/octet-stream', text: request.body },
          }),
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response.headers),
      content: { size: Buffer.byteLength(text), mimeType: response.headers['content-type'] ?? '', text },
      redirectURL: '',
      headersSize: -1,
      bodySize: Buffer.byteLength(text),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}

function pairs(headers: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
