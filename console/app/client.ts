import { bindRoutes } from '../../generated/runtime/bind.js';
import { connectTo } from '../../generated/runtime/connect.js';
import { parseAny } from '../../generated/runtime/kinds.js';
import { inQuery } from '../../generated/runtime/query.js';
import { asJson } from '../../generated/runtime/request-body.js';
import type { Route, Routes } from '../../generated/runtime/route.js';
import type { CallableOperation, ConsoleModel } from '../model/model.js';
import { createStore } from './store.js';

/** A call of the API as it was made, for the panel beside the page. */
export interface Exchange {
  readonly number: number;
  readonly operation: string;
  readonly call: readonly string[];
  /** The arguments of the method. */
  readonly given: readonly unknown[];
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Undefined while there is no answer. */
  readonly status?: number;
  /** Why the request failed or was refused. */
  readonly reason?: string;
}

/** What a page needs of a result. */
export interface Answer {
  readonly ok: boolean;
  readonly data: unknown;
  /** One sentence, if it is not ok. */
  readonly reason: string;
}

export interface CallArguments {
  /** By path parameter. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface ClientOptions {
  readonly baseUrl: string;
  readonly token: () => Promise<string>;
  /** Sends a request; to another origin through the console's server. */
  readonly send: (request: Request) => Promise<Response>;
}

/** The newest first. */
export const exchanges = createStore<readonly Exchange[]>([]);

/** Counts writes, of this page and of others: tables read again when it changes. */
export const changes = createStore(0);

const MOST_EXCHANGES = 50;

/** People see every answer at once. Only a rejected token is replaced, as when the tenant's clock was set. */
const ONE_TRY = { failures: 0, maxWait: 0 };

/** Marks the requests of a call on their way through the client. It is never sent. */
const CALL_HEADER = 'x-call';

type Method = (...given: readonly unknown[]) => Promise<ClientResult>;

interface ClientResult {
  readonly ok: boolean;
  readonly status: number | string;
  readonly data?: unknown;
  readonly error?: unknown;
}

/** Calls operations of a contract through the generated client's runtime. */
export class ApiClient {
  readonly #operations: ConsoleModel['operations'];
  readonly #client: object;

  constructor(model: ConsoleModel, { baseUrl, token, send }: ClientOptions) {
    this.#operations = model.operations;
    const connection = connectTo(model.server, {
      baseUrl,
      token,
      fetch: (request) => recorded(request, send),
      retry: ONE_TRY,
    });
    this.#client = bindRoutes<object>(routesOf(model.operations), connection);
  }

  async call(operation: string, { ids = {}, query, body }: CallArguments = {}): Promise<Answer> {
    const callable = this.#operations[operation];
    const method = callable?.call.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], this.#client);
    if (callable === undefined || typeof method !== 'function') return failed(`unknown operation "${operation}"`);
    const parts = callable.parts.map((part) => (part === 'query' ? query : body));
    const given = [...callable.ids.map((name) => ids[name] ?? ''), ...parts];
    const number = begin(operation, callable, given);
    try {
      const result = await (method as Method)(...given, { headers: { [CALL_HEADER]: String(number) } });
      const answer = result.ok
        ? { ok: true, data: result.data, reason: '' }
        : failed(reasonOf(result.status, result.error));
      update(number, answer.ok ? {} : { reason: answer.reason });
      if (answer.ok && callable.method !== 'GET') changes.set(changes.get() + 1);
      return answer;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      update(number, { reason });
      return failed(reason);
    }
  }
}

function failed(reason: string): Answer {
  return { ok: false, data: undefined, reason };
}

function reasonOf(status: number | string, error: unknown): string {
  const { message, error_description: description } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly message?: unknown;
    readonly error_description?: unknown;
  };
  const text = message ?? description ?? (typeof error === 'string' ? error : '');
  return `${status}${text === '' || text === undefined ? '' : `: ${String(text)}`}`;
}

/** The routes of the client, as the generator would write them. */
function routesOf(operations: ConsoleModel['operations']): Routes {
  const root: Record<string, unknown> = {};
  for (const { call, method, path, responses, parts } of Object.values(operations)) {
    let group = root;
    for (const name of call.slice(0, -1)) {
      group[name] ??= {};
      group = group[name] as Record<string, unknown>;
    }
    const traits = { in: parts.map((part) => (part === 'query' ? inQuery : asJson)), parse: { any: parseAny } };
    group[call.at(-1) ?? ''] = [method, path, responses, traits] satisfies Route;
  }
  return root as unknown as Routes; // groups and routes as above
}

function begin(operation: string, { call, method }: CallableOperation, given: readonly unknown[]): number {
  const number = (exchanges.get()[0]?.number ?? 0) + 1;
  const started = { number, operation, call, given, method, url: '', body: '' };
  exchanges.set([started, ...exchanges.get()].slice(0, MOST_EXCHANGES));
  return number;
}

function update(number: number, facts: Partial<Exchange>): void {
  exchanges.set(exchanges.get().map((each) => (each.number === number ? { ...each, ...facts } : each)));
}

async function recorded(request: Request, send: ClientOptions['send']): Promise<Response> {
  const number = Number(request.headers.get(CALL_HEADER));
  request.headers.delete(CALL_HEADER);
  update(number, { url: request.url, body: request.body === null ? '' : await request.clone().text() });
  const response = await send(request);
  update(number, { status: response.status });
  return response;
}
