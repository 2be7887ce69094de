import type { Answer } from '../answer/answer.js';
import type { World } from '../effect/world.js';
import type { PlainRequest } from '../exchange.js';
import type { Caller } from '../provider.js';
import type { Store } from '../store/store.js';
import type { Endpoint } from './endpoint.js';

/** A GET that was answered before: where its target leads, and the answer while it is still true. */
export interface KnownRead {
  readonly path: string;
  readonly query: string;
  readonly endpoint: Endpoint;
  /** Path parameters, still percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined until the target is repeated. */
  answer: Answer | undefined;
  caller: Caller | undefined;
  store: Store | undefined;
  version: number;
  habits: World['habits'] | undefined;
}

/** The most targets that are remembered. */
const MOST_TARGETS = 1000;
/** Longer targets are not remembered. */
const LONGEST_TARGET = 500;
/** Longer answers are written anew each time, so that the remembered ones take little memory. */
const LONGEST_BODY = 16_384;

/**
 * The targets of recent GETs. Tests and clients send the same GET again and again: it is routed once, and from the second
 * time on its answer is kept for as long as the store, the caller and the habits are the same.
 */
export class KnownReads {
  readonly #targets = new Map<string, KnownRead>();

  find({ method, path, query }: PlainRequest): KnownRead | undefined {
    return method === 'GET' ? this.#targets.get(query === '' ? path : `${path}?${query}`) : undefined;
  }

  /** Remembers where the target of a request leads, if it is a GET whose answer depends on nothing else of the request. */
  add({ method, path, query }: PlainRequest, endpoint: Endpoint, parameters: KnownRead['parameters']): void {
    if (method !== 'GET' || !isPlainRead(endpoint) || path.length + query.length > LONGEST_TARGET) return;
    if (this.#targets.size >= MOST_TARGETS) this.#targets.clear();
    this.#targets.set(query === '' ? path : `${path}?${query}`, {
      path,
      query,
      endpoint,
      parameters,
      ...NOTHING_KNOWN,
    });
  }
}

const NOTHING_KNOWN = {
  answer: undefined,
  caller: undefined,
  store: undefined,
  version: 0,
  habits: undefined,
};

/** The answer to the same caller, if nothing has changed since. */
export function answerIn(read: KnownRead, world: World, caller: Caller | undefined): Answer | undefined {
  const { store, habits } = world;
  const isTrue =
    read.answer !== undefined &&
    read.caller === caller &&
    read.store === store &&
    read.version === store.version &&
    read.habits === habits;
  return isTrue ? read.answer : undefined;
}

export function keepAnswer(
  read: KnownRead,
  world: World,
  { caller, answer }: Pick<KnownRead, 'caller' | 'answer'>,
): void {
  // A lagging listing changes with time alone.
  const isKept =
    world.lagging === undefined && answer?.refusal === undefined && (answer?.response.body.length ?? 0) <= LONGEST_BODY;
  read.answer = isKept ? answer : undefined;
  read.caller = caller;
  read.store = world.store;
  read.version = world.store.version;
  read.habits = world.habits;
}

function isPlainRead({ operation, header, cookie, body, derived }: Endpoint): boolean {
  const { kind, on } = operation.effect ?? {};
  return (
    (kind === 'read' || kind === 'list') &&
    on !== 'hook' &&
    operation.method === 'GET' &&
    header === undefined &&
    cookie === undefined &&
    body === undefined &&
    derived === undefined
  );
}
