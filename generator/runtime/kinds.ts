import { parseJson } from './body.js';
import { longestDelay } from './clock.js';
import type { ServerSentEvent } from './result.js';
import type { Accepted } from './route.js';

/** Bodies of other kinds than JSON. Clients contain only the kinds that their contract has. */

/** Text. The error page of a proxy is HTML, and not what was asked for. @throws SyntaxError for HTML */
export function parseText(text: string, isHtml: boolean): string {
  if (isHtml) throw new SyntaxError('HTML');
  return text;
}

/** Text that may be HTML. */
export function parseHtml(text: string): string {
  return text;
}

/** A body that the contract does not describe: JSON if it is, else text; undefined if there is none. */
export function parseAny(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text || undefined;
  }
}

/** Bytes as they arrive. */
export function readStream({ body }: Response): unknown {
  return body;
}

/**
 * Asks for one of several content types; the first is the default.
 *
 * @param kinds how each is read
 * @param isLive whether one is a stream of values, which may stay open for hours
 */
export function asked(
  kinds: { readonly [contentType: string]: string },
  isLive = false,
): (type: string | undefined) => Accepted {
  const [first = ''] = Object.keys(kinds);
  return (type = first) => ({
    header: `${type}, */*;q=0.5`,
    limits: isLive ? { timeout: longestDelay } : undefined,
    kindOf: (received) => (received.toLowerCase().startsWith(type) && kinds[type]) || type,
  });
}

/** Asks for no content type: the contract documents no JSON. */
export function anyType(): Accepted {
  return { header: undefined, kindOf: () => '' };
}

/** A line break, or the record separator in front of each value of a sequence. */
const endOfValue = new RegExp(`\\r?\\n|${String.fromCharCode(30)}`);

/** A line of text cannot be longer, in characters. */
const longestLine = 16 * 2 ** 20;

/**
 * Server-sent events whose data is JSON; data that is not JSON stays text. Ends with the stream, or with `[DONE]`.
 * Leaving the loop closes the connection.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readEvents(response: Response): AsyncGenerator<ServerSentEvent<unknown>, void> {
  for await (const event of readTextEvents(response)) {
    if (event.data === '[DONE]') return;
    yield { ...event, data: jsonOr(event.data) };
  }
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** Server-sent events whose data is text. */
export async function* readTextEvents(response: Response): AsyncGenerator<ServerSentEvent<string>, void> {
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const line of lines(response, /\r\n?|\n/)) {
    if (line === '') {
      if (data.length > 0) yield { data: data.join('\n'), event: event || 'message', id };
      event = '';
      data = [];
      continue;
    }
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/**
 * Values of JSON Lines, NDJSON and JSON text sequences. Leaving the loop closes the connection.
 *
 * @throws SyntaxError for a line that is not JSON.
 * @see RFC 7464, section 2.1, for the record separator
 */
export async function* readLines(response: Response): AsyncGenerator<unknown, void> {
  for await (const line of lines(response, endOfValue)) {
    if (line.trim() !== '') yield parseJson(line);
  }
}

/** The lines of a body, as they arrive. */
async function* lines({ body }: Response, end: RegExp): AsyncGenerator<string, void> {
  if (!body) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A carriage return at the end may be the first half of a line end.
      const held = !done && text.endsWith('\r') ? 1 : 0;
      const parts = text.slice(0, text.length - held).split(end);
      text = (parts.pop() ?? '') + (held ? '\r' : '');
      yield* parts;
      if (text.length > longestLine) throw new RangeError(`expected lines of at most ${longestLine} characters`);
      if (done) break;
    }
    if (text) yield text;
  } finally {
    await reader.cancel();
  }
}
