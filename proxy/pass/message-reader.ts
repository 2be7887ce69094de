import type { Framing } from './framing.js';
import { endOfHead, type Head, type HeaderFields, parseFields, parseHead } from './head.js';

/** Receives the parts of each message of one direction of a connection. */
export interface MessageSink {
  /** @returns how its body ends, and the bytes to send on in place of the head */
  head(head: Head, bytes: Buffer): { readonly framing: Framing; readonly forward: Buffer };
  /** Bytes of the body, without the framing of chunks. */
  body(bytes: Buffer): void;
  trailers(fields: HeaderFields): void;
  /** The message is complete. */
  end(): void;
  /** The rest of the connection passes unread. */
  opaque(): void;
}

/** Servers refuse longer heads, in bytes. */
const LONGEST_HEAD = 64 * 1024;
/** The size of a chunk with its extensions, and the trailers together, in bytes. */
const LONGEST_LINES = 16 * 1024;
const LINE_FEED = 10;

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers' | 'opaque';

/**
 * Reads the HTTP/1.1 messages in one direction of a connection while their bytes pass. Nothing is held back but a head
 * that has not arrived completely. What cannot be read passes unread.
 */
export class MessageReader {
  readonly #sink: MessageSink;
  #state: State = 'head';
  /** Bytes left of the body or of the chunk. */
  #left = 0;
  /** The beginning of a head, of a size line, or of trailers. */
  #partial: Buffer = Buffer.alloc(0);

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  /** Reads the next bytes. @returns the bytes to send on, in order */
  read(chunk: Buffer): readonly Buffer[] {
    const forward: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'head') {
        at = this.#readHead(chunk, at, forward);
        continue;
      }
      const from = at;
      while (at < chunk.length && this.#isInBody()) at = this.#readBody(chunk, at);
      if (at > from) forward.push(chunk.subarray(from, at));
    }
    return forward;
  }

  /** The sender has closed the connection. @returns bytes that were held back */
  close(): readonly Buffer[] {
    const held = this.#state === 'head' && this.#partial.length > 0 ? [this.#partial] : [];
    if (this.#state === 'close') this.#finish();
    return held;
  }

  /** Lets the rest pass unread. @returns bytes that were held back */
  giveUp(): readonly Buffer[] {
    const held = this.#state === 'head' && this.#partial.length > 0 ? [this.#partial] : [];
    this.#giveUp();
    return held;
  }

  #isInBody(): boolean {
    return this.#state !== 'head';
  }

  #readHead(chunk: Buffer, at: number, forward: Buffer[]): number {
    // Empty lines before a message are allowed (RFC 9112, 2.2).
    let begin = at;
    while (this.#partial.length === 0 && (chunk[begin] === LINE_FEED || chunk[begin] === 13)) begin += 1;
    if (begin > at) forward.push(chunk.subarray(at, begin));
    const held = this.#partial.length;
    const bytes = held === 0 ? chunk.subarray(begin) : Buffer.concat([this.#partial, chunk.subarray(begin)]);
    const end = endOfHead(bytes);
    if (end >= 0) {
      const head = bytes.subarray(0, end);
      this.#partial = Buffer.alloc(0);
      const answer = this.#sink.head(parseHead(head), head);
      forward.push(answer.forward);
      this.#begin(answer.framing);
      return begin + end - held;
    }
    this.#partial = bytes;
    if (bytes.length > LONGEST_HEAD) forward.push(...this.giveUp());
    return chunk.length;
  }

  #begin(framing: Framing): void {
    switch (framing.kind) {
      case 'length':
        this.#left = framing.bytes;
        this.#state = 'length';
        if (this.#left === 0) this.#finish();
        return;
      case 'chunked':
        this.#state = 'chunk-size';
        return;
      case 'close':
        this.#state = 'close';
        return;
      case 'opaque':
        this.#giveUp();
    }
  }

  #readBody(chunk: Buffer, at: number): number {
    switch (this.#state) {
      case 'length':
      case 'chunk-data': {
        const end = Math.min(chunk.length, at + this.#left);
        this.#sink.body(chunk.subarray(at, end));
        this.#left -= end - at;
        if (this.#left === 0) {
          if (this.#state === 'length') this.#finish();
          else this.#state = 'chunk-end';
        }
        return end;
      }
      case 'close':
        this.#sink.body(chunk.subarray(at));
        return chunk.length;
      case 'chunk-size':
        return this.#readLine(chunk, at, (line) => this.#beginChunk(line));
      case 'chunk-end':
        return this.#readLine(chunk, at, (line) => {
          if (line === '') this.#state = 'chunk-size';
          else this.#giveUp();
        });
      case 'trailers':
        return this.#readTrailers(chunk, at);
      default:
        return chunk.length;
    }
  }

  #beginChunk(line: string): void {
    const [, digits] = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
    if (digits === undefined) {
      this.#giveUp();
      return;
    }
    this.#left = Number.parseInt(digits, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk-data';
  }

  #readLine(chunk: Buffer, at: number, take: (line: string) => void): number {
    const end = chunk.indexOf(LINE_FEED, at);
    const rest = chunk.subarray(at, end < 0 ? chunk.length : end);
    const line = this.#partial.length === 0 ? rest : Buffer.concat([this.#partial, rest]);
    this.#partial = Buffer.alloc(0);
    if (end >= 0) take(line.toString('latin1').replace(/\r$/, ''));
    else if (line.length > LONGEST_LINES) this.#giveUp();
    else this.#partial = line;
    return end < 0 ? chunk.length : end + 1;
  }

  /** Trailers end like a head; without any, an empty line follows the last chunk at once. */
  #readTrailers(chunk: Buffer, at: number): number {
    const held = this.#partial.length;
    const bytes = Buffer.concat([this.#partial, chunk.subarray(at)]);
    const empty = /^\r?\n/.exec(bytes.toString('latin1', 0, 2))?.[0].length;
    const end = empty ?? endOfHead(bytes);
    if (end < 0) {
      this.#partial = bytes;
      if (bytes.length > LONGEST_LINES) this.#giveUp();
      return chunk.length;
    }
    this.#partial = Buffer.alloc(0);
    const fields = parseFields(bytes.toString('latin1', 0, end).trimEnd().split(/\r?\n/));
    if (fields.length > 0) this.#sink.trailers(fields);
    this.#finish();
    return at + end - held;
  }

  #finish(): void {
    this.#state = 'head';
    this.#sink.end();
  }

  #giveUp(): void {
    if (this.#state === 'opaque') return;
    this.#state = 'opaque';
    this.#partial = Buffer.alloc(0);
    this.#sink.opaque();
  }
}
