import { BodyCopy, type CopyBudget } from './body-copy.js';
import { requestFraming, requestLineOf, responseFraming, type StatusLine, statusLineOf } from './framing.js';
import { type Head, type HeadChanges, type HeaderFields, headForTarget } from './head.js';
import type { MessageSink } from './message-reader.js';
import type { PassedExchange } from './passed-exchange.js';

export interface TrackerOptions {
  readonly changes: HeadChanges;
  /** Larger bodies are not copied, in bytes. */
  readonly largestBody: number;
  readonly budget: CopyBudget;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onExchange: (exchange: PassedExchange) => void;
  /** What passes on this connection from here on is not HTTP/1.1, such as WebSocket frames. */
  readonly onOpaque: () => void;
}

interface Message {
  readonly fields: HeaderFields;
  trailers: HeaderFields;
  readonly copy: BodyCopy;
  complete: boolean;
}

interface Pending {
  readonly startedAt: number;
  readonly method: string;
  readonly target: string;
  readonly request: Message;
}

/** Pairs the requests of one connection with their answers, which come in the same order. */
export class ExchangeTracker {
  readonly #options: TrackerOptions;
  /** Requests without a complete answer, the oldest first. */
  readonly #pending: Pending[] = [];
  #sent: Message | undefined;
  #answer: (Message & StatusLine) | undefined;
  #isOpaque = false;

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  get requests(): MessageSink {
    return {
      head: (head, bytes) => {
        const line = requestLineOf(head);
        if (line === undefined) return { framing: { kind: 'opaque' }, forward: bytes };
        this.#sent = this.#messageOf(head);
        this.#pending.push({ startedAt: this.#options.now(), ...line, request: this.#sent });
        return { framing: requestFraming(head), forward: headForTarget(bytes, this.#options.changes) };
      },
      body: (bytes) => this.#sent?.copy.add(bytes),
      trailers: (fields) => {
        if (this.#sent !== undefined) this.#sent.trailers = fields;
      },
      end: () => {
        if (this.#sent !== undefined) this.#sent.complete = true;
      },
      opaque: () => this.#giveUp(),
    };
  }

  get responses(): MessageSink {
    return {
      head: (head, bytes) => {
        const line = statusLineOf(head);
        if (line === undefined) return { framing: { kind: 'opaque' }, forward: bytes };
        const framing = responseFraming(head, line.status, this.#pending[0]?.method);
        // 100 Continue and 103 Early Hints come before the answer.
        const isInterim = line.status < 200 && line.status !== 101;
        this.#answer = isInterim ? undefined : { ...this.#messageOf(head), ...line };
        return { framing, forward: bytes };
      },
      body: (bytes) => this.#answer?.copy.add(bytes),
      trailers: (fields) => {
        if (this.#answer !== undefined) this.#answer.trailers = fields;
      },
      end: () => {
        if (this.#answer === undefined) return;
        this.#answer.complete = true;
        this.#emit(this.#pending.shift());
      },
      opaque: () => this.#giveUp(),
    };
  }

  /** The connection is gone: requests without a complete answer will not get one. */
  close(): void {
    for (const pending of this.#pending.splice(0)) this.#emit(pending);
  }

  #messageOf({ fields }: Head): Message {
    const { largestBody, budget } = this.#options;
    return { fields, trailers: [], copy: new BodyCopy(largestBody, budget), complete: false };
  }

  #emit(pending: Pending | undefined): void {
    const answer = this.#answer;
    this.#answer = undefined;
    if (pending === undefined || this.#isOpaque) return;
    const { startedAt, method, target, request } = pending;
    const { fields, trailers, complete } = request;
    this.#options.onExchange({
      startedAt,
      durationMs: this.#options.now() - startedAt,
      request: { method, target, fields, trailers, body: request.copy.take(), complete },
      ...(answer === undefined
        ? {}
        : {
            response: {
              status: answer.status,
              reason: answer.reason,
              fields: answer.fields,
              trailers: answer.trailers,
              body: answer.copy.take(),
            },
          }),
      end: answer?.complete === true ? 'complete' : 'closed',
    });
  }

  #giveUp(): void {
    if (this.#isOpaque) return;
    this.#isOpaque = true;
    for (const { request } of this.#pending.splice(0)) request.copy.take();
    this.#answer?.copy.take();
    this.#options.onOpaque();
  }
}
