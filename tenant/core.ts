import type { Contract, RatePlan } from '../contract/contract.js';
import { Router } from '../contract/router.js';
import { templateShape } from '../contract/same-request.js';
import type { Answer } from './answer/answer.js';
import { noPath, otherMethod, refused, success, tooLarge, withoutBody } from './answer/answer.js';
import { emptyPaths } from './answer/outside-contract.js';
import { ProblemRegistry } from './answer/problems.js';
import { Refusal } from './answer/refusal.js';
import { effects } from './effect/effects.js';
import type { ItemBuilder } from './effect/item-builder.js';
import type { EffectResult } from './effect/operation-call.js';
import type { World } from './effect/world.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { HEALTHY, isHealthCheck } from './health.js';
import { credentialOf } from './http/credential.js';
import { readInput } from './input/input.js';
import { Validators } from './input/validator.js';
import type { ServedRequest } from './log/served-request.js';
import { servedAs } from './log/served-request.js';
import type { Caller } from './provider.js';
import type { Endpoint } from './routing/endpoint.js';
import { endpointOf } from './routing/endpoint.js';
import type { BucketState } from './routing/rate.js';
import { Buckets } from './routing/rate.js';
import { checkScopes } from './routing/scope.js';

/** By method; several where only their input tells operations apart. */
type Methods = Map<string, readonly Endpoint[]>;

/** Most answers are ready synchronously, and creating a promise would cost more than the answer itself. */
type MaybePromise<Value> = Value | Promise<Value>;

/** A request that matched an operation. */
interface RoutedRequest {
  readonly endpoint: Endpoint;
  readonly request: PlainRequest;
  /** Path parameters, still percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What authentication and rate limiting found out about a request; undefined for operations without security. */
interface Admission {
  readonly caller: Caller;
  readonly rate: BucketState | undefined;
}

export interface CoreOptions {
  /** By resource. */
  readonly itemBuilders: ReadonlyMap<string, ItemBuilder>;
  /** The rate limits to enforce. */
  readonly plan: RatePlan | undefined;
  /** Called after every request. */
  readonly onServed: ((served: ServedRequest) => void) | undefined;
}

/** The request pipeline: route, token, scopes, rate limit, path, query, body, effect, answer. */
export class Core {
  readonly #world: World;
  readonly #router = new Router<Methods>();
  readonly #contract: Contract;
  readonly #plan: RatePlan | undefined;
  readonly #onServed: CoreOptions['onServed'];
  #buckets: Buckets | undefined;

  constructor(world: World, { itemBuilders, plan, onServed }: CoreOptions) {
    const { contract, provider } = world;
    const parts = {
      contract,
      provider,
      itemBuilders,
      validators: new Validators(contract),
      problems: new ProblemRegistry(contract),
    };
    const templates = new Map<string, string>();
    for (const operation of contract.operations) {
      // A document may have two templates of one shape: only the input of a request tells them apart.
      const shape = templateShape(operation.route);
      const template = templates.get(shape) ?? operation.route;
      templates.set(shape, template);
      const methods = this.#router.at(template, () => new Map());
      methods.set(operation.method, [...(methods.get(operation.method) ?? []), endpointOf(operation, parts)]);
    }
    for (const route of emptyPaths(contract)) this.#router.at(route, () => new Map());
    this.#world = world;
    this.#contract = contract;
    this.#plan = plan;
    this.#onServed = onServed;
    this.reset();
  }

  /** Refills the buckets of the rate limit. */
  reset(): void {
    this.#buckets = this.#plan === undefined ? undefined : new Buckets(this.#plan, this.#world.clock);
  }

  handle(request: PlainRequest): MaybePromise<PlainResponse> {
    const { method, path } = request;
    const match = this.#router.find(path);
    if (match === undefined && isHealthCheck(request)) return method === 'HEAD' ? withoutBody(HEALTHY) : HEALTHY;
    // An empty path is one that the service has and the contract leaves out, although a template matches it.
    if (match === undefined || match.target.size === 0)
      return this.#finish(request, undefined, noPath(this.#contract, path));
    const methods = match.target;
    const endpoints = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined) ?? [];
    const routed = endpoints.map((each) => ({
      endpoint: each,
      request,
      parameters: namedBy(each, match.parameters),
    }));
    const meant = routed.length > 1 ? routed.find((each) => this.#isReadable(each)) : undefined;
    const chosen = meant ?? routed[0];
    if (chosen === undefined)
      return this.#finish(request, undefined, otherMethod(this.#contract, method, methods.keys()));
    const { endpoint } = chosen;
    const answer = this.#authenticate(chosen);
    return answer instanceof Promise
      ? answer.then((ready) => this.#finish(request, endpoint, ready))
      : this.#finish(request, endpoint, answer);
  }

  #isReadable({ endpoint, request, parameters }: RoutedRequest): boolean {
    return !(readInput(endpoint, request, parameters, this.#world.provider) instanceof Refusal);
  }

  #finish(request: PlainRequest, endpoint: Endpoint | undefined, answer: Answer): PlainResponse {
    this.#onServed?.(servedAs(request, endpoint?.operation, answer));
    return request.method === 'HEAD' ? withoutBody(answer.response) : answer.response;
  }

  #authenticate(routed: RoutedRequest): MaybePromise<Answer> {
    const { endpoint, request } = routed;
    if (endpoint.operation.security.length === 0) return this.#execute(routed, undefined);
    const token = credentialOf(request, endpoint.operation.security[0]?.place);
    if (token instanceof Refusal) return refused(endpoint, token);
    const caller = this.#world.provider.verify(token, this.#world.clock());
    return caller instanceof Promise
      ? caller.then((verified) => this.#authorize(routed, verified))
      : this.#authorize(routed, caller);
  }

  /** Scopes, then the rate limit: plans limit the operations that need a token. */
  #authorize(routed: RoutedRequest, caller: Caller | Refusal): MaybePromise<Answer> {
    const { endpoint } = routed;
    if (caller instanceof Refusal) return refused(endpoint, caller);
    const refusal = checkScopes(endpoint.operation.security, caller.scopes);
    if (refusal !== undefined) return refused(endpoint, refusal);
    const rate = this.#buckets?.take(endpoint.operation);
    if (rate?.allowed !== false) return this.#execute(routed, { caller, rate });
    const detail = `rate limit of ${rate.limit} requests exceeded`;
    const answer = refused(endpoint, new Refusal({ kind: 'rate' }, {}, detail, this.#contract.rateLimit?.problem));
    return this.#withRateHeaders(endpoint, answer, rate);
  }

  /** Path, query, body, effect. */
  #execute({ endpoint, request, parameters }: RoutedRequest, admission: Admission | undefined): MaybePromise<Answer> {
    if (request.tooLarge === true) return tooLarge(this.#contract, endpoint);
    const input = readInput(endpoint, request, parameters, this.#world.provider);
    if (input instanceof Refusal) return refused(endpoint, input);
    const { effect } = endpoint.operation;
    const finish = (result: EffectResult | Refusal): Answer =>
      result instanceof Refusal
        ? refused(endpoint, result)
        : this.#withRateHeaders(endpoint, success(endpoint, result), admission?.rate);
    if (effect === undefined) {
      const response = endpoint.documented?.answer(request.headers.accept) ?? success(endpoint, {}).response;
      return this.#withRateHeaders(endpoint, { response }, admission?.rate);
    }
    const run = effects[effect.on][effect.kind];
    const result = run({ world: this.#world, endpoint, effect, request, caller: admission?.caller, ...input });
    return result instanceof Promise ? result.then(finish) : finish(result);
  }

  /** Adds the rate limit headers to the answers that declare them. */
  #withRateHeaders(endpoint: Endpoint, answer: Answer, rate: BucketState | undefined): Answer {
    const names = this.#contract.rateLimit?.headers;
    const declared = endpoint.headers.get(answer.response.status);
    if (rate === undefined || names === undefined || declared === undefined) return answer;
    const headers: Record<string, string> = { ...answer.response.headers };
    for (const part of ['limit', 'remaining', 'reset'] as const) {
      if (declared.has(names[part])) headers[names[part]] = String(rate[part]);
    }
    return { ...answer, response: { ...answer.response, headers } };
  }
}

/** The parameters under the names of the operation's own template, which another one of its shape may name otherwise. */
function namedBy(
  { operation }: Endpoint,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = Object.keys(parameters);
  if (names.every((name) => operation.route.includes(`{${name}}`))) return parameters;
  const own = [...operation.route.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(own.map((name, index) => [name, parameters[names[index] ?? ''] ?? '']));
}
