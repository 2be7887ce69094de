import type { Contract, JsonObject, RatePlan } from '../spec/contract/contract.js';
import { errorBody, errorShape } from './answer/error-body.js';
import { Refusal } from './answer/refusal.js';
import type { Act, Effective, Outcome, World } from './effect/act.js';
import { effects } from './effect/effects.js';
import type { Endpoint } from './endpoint.js';
import { draftsOf, endpointOf } from './endpoint.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { MAX_BODY } from './exchange.js';
import { decodeSegment, parseQuery } from './input/query-string.js';
import { Validators } from './input/validator.js';
import type { Caller } from './provider.js';
import type { BucketState } from './rate.js';
import { Bucket } from './rate.js';
import { Router } from './router.js';
import { checkScopes } from './scope.js';

/** What happened to one request, for a log. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The operation that it reached. */
  readonly operation: string | undefined;
  /** Why it was refused; no token and no secret is in it. */
  readonly reason: string | undefined;
}

/** A request's way through the tenant: route, token, scope, rate, path, query, body, effect, answer. */
export class Core {
  readonly #world: World;
  readonly #router = new Router<Map<string, Endpoint>>();
  readonly #contract: Contract;
  readonly #plan: RatePlan | undefined;
  #bucket: Bucket | undefined;

  constructor(world: World, plan: RatePlan | undefined) {
    const { contract, provider } = world;
    const validators = new Validators(contract);
    const drafts = draftsOf(contract);
    for (const operation of contract.operations) {
      const methods = this.#router.at(operation.route, () => new Map());
      methods.set(operation.method, endpointOf(contract, operation, validators, provider, drafts));
    }
    this.#world = world;
    this.#contract = contract;
    this.#plan = plan;
    this.reset();
  }

  /** A full bucket again. */
  reset(): void {
    this.#bucket = this.#plan === undefined ? undefined : new Bucket(this.#plan, this.#world.clock);
  }

  async handle(request: PlainRequest): Promise<{ readonly response: PlainResponse; readonly served: Served }> {
    const { method, path } = request;
    const match = this.#router.find(path);
    if (match === undefined) return this.#plain(request, 404, `There is no path ${path}`, {});
    const endpoint = match.target.get(method) ?? (method === 'HEAD' ? match.target.get('GET') : undefined);
    if (endpoint === undefined) return this.#otherMethod(request, match.target);
    const result = await this.#serve(endpoint, request, match.parameters);
    const response = method === 'HEAD' ? { ...result.response, body: '' } : result.response;
    const reason = result.refusal === undefined ? undefined : `${nameOf(result.refusal)}: ${result.refusal.detail}`;
    return { response, served: { method, path, status: response.status, operation: endpoint.operation.id, reason } };
  }

  async #serve(
    endpoint: Endpoint,
    request: PlainRequest,
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ readonly response: PlainResponse; readonly refusal?: Refusal }> {
    const { operation } = endpoint;
    let caller: Caller | undefined;
    if (operation.security.length > 0) {
      const found = await this.#caller(request.headers.authorization);
      if (found instanceof Refusal) return refused(endpoint, found);
      const refusal = checkScopes(operation.security, found.scopes);
      if (refusal !== undefined) return refused(endpoint, refusal);
      caller = found;
    }
    // The plans' numbers are those of the operations that need a token.
    const rate = operation.security.length > 0 ? this.#bucket?.take() : undefined;
    if (rate?.allowed === false) {
      const refusal = new Refusal(
        { kind: 'rate' },
        {},
        `all ${rate.limit} requests are used up`,
        this.#contract.rateLimit?.problem,
      );
      return { response: this.#withRate(endpoint, endpoint.problems.answer(refusal), rate), refusal };
    }
    if (request.tooLarge === true) return { response: tooLarge(this.#contract, endpoint), refusal: TOO_LARGE };
    const outcome = await this.#act(endpoint, request, parameters, caller);
    if (outcome instanceof Refusal) return refused(endpoint, outcome);
    const response = success(endpoint, outcome);
    return { response: rate === undefined ? response : this.#withRate(endpoint, response, rate) };
  }

  async #caller(authorization: string | undefined): Promise<Caller | Refusal> {
    const [scheme, token, ...more] = (authorization ?? '').trim().split(/ +/);
    if (scheme?.toLowerCase() !== 'bearer') {
      const detail = authorization === undefined ? 'there is no Authorization header' : 'the scheme is not Bearer';
      return new Refusal({ kind: 'token', fault: 'missing' }, {}, detail);
    }
    if (token === undefined || more.length > 0 || token.split('.').length !== 3) {
      return new Refusal({ kind: 'token', fault: 'malformed' }, {}, 'the token does not have three parts');
    }
    return this.#world.provider.verify(token, this.#world.clock());
  }

  #act(
    endpoint: Endpoint,
    request: PlainRequest,
    parameters: Readonly<Record<string, string>>,
    caller: Caller | undefined,
  ): Outcome | Refusal | Promise<Outcome | Refusal> {
    const path = this.#path(endpoint, parameters);
    if (path instanceof Refusal) return path;
    const query = this.#query(endpoint, request.query);
    if (query instanceof Refusal) return query;
    const read = endpoint.body?.read(request) ?? { value: undefined };
    if ('unreadable' in read) return invalid('body', `'${read.unreadable}'.`);
    if ('errors' in read) return invalid('body', this.#world.provider.reasons(read.errors));
    const effect = endpoint.operation.effect;
    if (effect === undefined) return endpoint.empty === undefined ? {} : { body: endpoint.empty };
    const act: Act = { world: this.#world, endpoint, effect, request, caller, path, query, body: read.value };
    const run: Effective = effects[effect.on][effect.kind];
    return run(act);
  }

  #path(endpoint: Endpoint, parameters: Readonly<Record<string, string>>): JsonObject | Refusal {
    const texts = new Map<string, readonly string[]>();
    for (const [name, encoded] of Object.entries(parameters)) {
      const text = decodeSegment(encoded);
      if (text === undefined) return invalid('path', `'Malformed percent-encoding: ${encoded}' on property ${name}.`);
      texts.set(name, [text]);
    }
    const parsed = endpoint.path.parse(texts);
    return 'errors' in parsed ? invalid('path', this.#world.provider.reasons(parsed.errors)) : parsed.values;
  }

  #query(endpoint: Endpoint, query: string): JsonObject | Refusal {
    const texts = parseQuery(query);
    if (texts === undefined) return invalid('query', `'Malformed percent-encoding'.`);
    const parsed = endpoint.query.parse(texts);
    return 'errors' in parsed ? invalid('query', this.#world.provider.reasons(parsed.errors)) : parsed.values;
  }

  /** The headers of the bucket, on those answers that the contract declares them for. */
  #withRate(endpoint: Endpoint, response: PlainResponse, rate: BucketState): PlainResponse {
    const names = this.#contract.rateLimit?.headers;
    const declared = endpoint.headers.get(response.status);
    if (names === undefined || declared === undefined) return response;
    const headers: Record<string, string> = { ...response.headers };
    for (const part of ['limit', 'remaining', 'reset'] as const)
      if (declared.has(names[part])) headers[names[part]] = String(rate[part]);
    return { ...response, headers };
  }

  /** OPTIONS tells the methods; any other that the path does not have is refused with the same list. */
  #otherMethod(
    request: PlainRequest,
    methods: ReadonlyMap<string, Endpoint>,
  ): { readonly response: PlainResponse; readonly served: Served } {
    const allow = [...methods.keys(), ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS')
      return { response: { status: 204, headers: { allow }, body: '' }, served: servedAs(request, 204) };
    return this.#plain(request, 405, `${request.method} is not one of ${allow}`, { allow });
  }

  #plain(
    request: PlainRequest,
    status: number,
    message: string,
    headers: Readonly<Record<string, string>>,
  ): { readonly response: PlainResponse; readonly served: Served } {
    const body = request.method === 'HEAD' ? '' : errorBody(errorShape(this.#contract, undefined), { status, message });
    const response = { status, headers: { ...headers, 'content-type': JSON_TYPE }, body };
    return { response, served: servedAs(request, status, message) };
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

const TOO_LARGE = new Refusal({ kind: 'invalid', part: 'body' }, {}, `longer than ${MAX_BODY} bytes`);

function tooLarge(contract: Contract, endpoint: Endpoint): PlainResponse {
  const message = `Payload content length greater than maximum allowed: ${MAX_BODY}`;
  const response = endpoint.operation.responses.find(({ status }) => status === '413');
  const body = errorBody(errorShape(contract, response), { status: 413, message });
  return { status: 413, headers: { 'content-type': JSON_TYPE, connection: 'close' }, body };
}

function refused(
  endpoint: Endpoint,
  refusal: Refusal,
): { readonly response: PlainResponse; readonly refusal: Refusal } {
  return { response: endpoint.problems.answer(refusal), refusal };
}

function success({ status, contentType }: Endpoint, { body }: Outcome): PlainResponse {
  if (contentType === undefined || body === undefined) return { status, headers: {}, body: '' };
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
}

function invalid(part: 'path' | 'query' | 'body', reason: string): Refusal {
  return new Refusal({ kind: 'invalid', part }, { reason }, reason);
}

function nameOf({ cause }: Refusal): string {
  return cause.kind === 'token'
    ? `token ${cause.fault}`
    : cause.kind === 'invalid'
      ? `invalid ${cause.part}`
      : cause.kind;
}

function servedAs({ method, path }: PlainRequest, status: number, reason?: string): Served {
  return { method, path, status, operation: undefined, reason };
}
