import { setTimeout as sleep } from 'node:timers/promises';
import type { Contract, RatePlan, SecurityAlternative } from '../contract/contract.js';
import { Router } from '../contract/http/router.js';
import { templateShape } from '../contract/http/same-request.js';
import { lazy } from '../contract/lazy.js';
import type { Answer } from './answer/answer.js';
import { noPath, notKept, otherMethod, refused, success, tooLarge, withoutBody } from './answer/answer.js';
import { itemPath, locationForm } from './answer/item-location.js';
import { emptyPaths } from './answer/outside-contract.js';
import { ProblemRegistry } from './answer/problems.js';
import { Refusal } from './answer/refusal.js';
import { failingAnswer } from './control/failing-answer.js';
import type { Fault } from './control/faults.js';
import type { Monitor } from './control/monitor.js';
import type { EffectResult } from './effect/effect-result.js';
import { effects } from './effect/effects.js';
import { entitiesInPath } from './effect/named-entities.js';
import type { World } from './effect/world.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { HEALTHY, isControlPath, isHealthCheck } from './health.js';
import { credentialFor, keyFor } from './http/credential.js';
import { readInput } from './input/input.js';
import { Validators } from './input/validator.js';
import type { ServedRequest } from './log/served-request.js';
import { servedAs } from './log/served-request.js';
import type { Caller } from './provider.js';
import type { Endpoint, ItemBuilders } from './routing/endpoint.js';
import { endpointOf } from './routing/endpoint.js';
import { answerIn, type KnownRead, KnownReads, keepAnswer } from './routing/known-reads.js';
import type { BucketState } from './routing/rate.js';
import { Buckets } from './routing/rate.js';
import { checkScopes } from './routing/scope.js';

/** Method → the operations, each prepared by its first request. */
type Methods = Map<string, readonly (() => Endpoint)[]>;

/** Most answers are ready synchronously, and creating a promise would cost more than the answer itself. */
type MaybePromise<Value> = Value | Promise<Value>;

/** A request that matched an operation, and what the steps of the pipeline have found out about it. */
interface RoutedRequest {
  readonly endpoint: Endpoint;
  readonly request: PlainRequest;
  /** Path parameters, still percent-encoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** When it came, by the monotonic clock; 0 without a monitor. */
  readonly began: number;
  /** The fault that applies to it. */
  readonly fault: Fault | undefined;
  /** What is known of its target. Undefined for all but plain reads. */
  readonly known: KnownRead | undefined;
  /** Undefined for operations without security, and until the token is verified. */
  caller: Caller | undefined;
  /** Undefined without a plan, and until the request is admitted. */
  rate: BucketState | undefined;
}

export interface CoreOptions {
  /** By resource. */
  readonly itemBuilders: ItemBuilders;
  /** The rate limits to enforce. */
  readonly plan: RatePlan | undefined;
  /** Called after every request. */
  readonly onServed: ((served: ServedRequest) => void) | undefined;
  /** Called after every effect: its changes are complete. */
  readonly commit?: (() => void) | undefined;
  /** What watches requests and makes them fail on demand. */
  readonly monitor?: Monitor | undefined;
  /** Answers the requests to the control API. Only paths that the contract does not have get there. */
  readonly control?: ((request: PlainRequest) => MaybePromise<PlainResponse>) | undefined;
  /** The address of the tenant, which it may get late. */
  readonly url?: (() => string) | undefined;
}

/** Whether a path has a method. An empty path has none, and is not left to other templates. */
function takes(methods: Methods, method: string): boolean {
  return methods.size === 0 || methods.has(method) || (method === 'HEAD' && methods.has('GET'));
}

/** The request pipeline: route, token, scopes, rate limit, path, query, body, effect, answer. */
export class Core {
  readonly #world: World;
  readonly #router = new Router<Methods>();
  readonly #knownReads = new KnownReads();
  readonly #contract: Contract;
  readonly #onServed: CoreOptions['onServed'];
  readonly #monitor: Monitor | undefined;
  readonly #control: CoreOptions['control'];
  readonly #commit: CoreOptions['commit'];
  readonly #url: CoreOptions['url'];
  #plan: RatePlan | undefined;
  #buckets: Buckets | undefined;

  constructor(world: World, { itemBuilders, plan, onServed, monitor, control, commit, url }: CoreOptions) {
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
      // A document may have two templates of one shape: only the input of a request distinguishes them.
      const shape = templateShape(operation.route);
      const template = templates.get(shape) ?? operation.route;
      templates.set(shape, template);
      const methods = this.#router.at(template, () => new Map());
      const endpoint = lazy(() => endpointOf(operation, parts));
      methods.set(operation.method, [...(methods.get(operation.method) ?? []), endpoint]);
    }
    for (const route of emptyPaths(contract)) this.#router.at(route, () => new Map());
    this.#world = world;
    this.#contract = contract;
    this.#onServed = onServed;
    this.#url = url;
    this.#monitor = monitor;
    this.#control = control;
    this.#commit = commit;
    this.#plan = plan;
    this.reset();
  }

  get plan(): RatePlan | undefined {
    return this.#plan;
  }

  /** Enforces the rate limits of a plan, with full buckets. */
  set plan(plan: RatePlan | undefined) {
    this.#plan = plan;
    this.reset();
  }

  /** Refills the buckets of the rate limit. */
  reset(): void {
    this.#buckets = this.#plan === undefined ? undefined : new Buckets(this.#plan, this.#world.clock);
  }

  handle(request: PlainRequest): MaybePromise<PlainResponse> {
    const known = this.#knownReads.find(request);
    if (known !== undefined) return this.#serve(request, known.endpoint, known.parameters, known);
    const { method, path } = request;
    // As frameworks route: a template without the method leaves the path to one that has it.
    const match = this.#router.find(path, (methods) => takes(methods, method)) ?? this.#router.find(path);
    if (match === undefined && isHealthCheck(request)) return method === 'HEAD' ? withoutBody(HEALTHY) : HEALTHY;
    if (match === undefined && this.#control !== undefined && isControlPath(path)) return this.#control(request);
    const { isWhole = false } = this.#world.provider;
    // An empty path is one that the service has and the contract leaves out, although a template matches it.
    if (match === undefined || match.target.size === 0)
      return this.#finish(request, undefined, noPath(this.#contract, path, isWhole));
    const methods = match.target;
    const endpoints = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined) ?? [];
    const endpoint = this.#endpointFor(request, endpoints, match.parameters);
    if (endpoint === undefined)
      return this.#finish(request, undefined, otherMethod(this.#contract, method, methods.keys(), isWhole));
    const parameters = namedBy(endpoint, match.parameters);
    if (endpoints.length === 1) this.#knownReads.add(request, endpoint, parameters);
    return this.#serve(request, endpoint, parameters, undefined);
  }

  #serve(
    request: PlainRequest,
    endpoint: Endpoint,
    parameters: Readonly<Record<string, string>>,
    known: KnownRead | undefined,
  ): MaybePromise<PlainResponse> {
    const monitor = this.#monitor;
    const routed: RoutedRequest = {
      endpoint,
      request,
      parameters,
      began: monitor === undefined ? 0 : performance.now(),
      fault: monitor?.faultFor(endpoint.operation),
      known,
      caller: undefined,
      rate: undefined,
    };
    const answer = routed.fault === undefined ? this.#authenticate(routed) : this.#fail(routed, routed.fault);
    return answer instanceof Promise
      ? answer.then((ready) => this.#finish(request, routed, ready))
      : this.#finish(request, routed, answer);
  }

  /** Of several operations that one request may mean, the first whose input it fits. */
  #endpointFor(
    request: PlainRequest,
    endpoints: readonly (() => Endpoint)[],
    parameters: Readonly<Record<string, string>>,
  ): Endpoint | undefined {
    if (endpoints.length <= 1) return endpoints[0]?.();
    const { provider } = this.#world;
    const isReadable = (each: Endpoint): boolean =>
      !(readInput(each, request, namedBy(each, parameters), provider) instanceof Refusal);
    const all = endpoints.map((endpoint) => endpoint());
    return all.find(isReadable) ?? all[0];
  }

  #finish(request: PlainRequest, routed: RoutedRequest | undefined, answer: Answer): PlainResponse {
    this.#monitor?.served(request, routed, answer, this.#world.clock());
    this.#onServed?.(servedAs(request, routed?.endpoint.operation, answer));
    return request.method === 'HEAD' ? withoutBody(answer.response) : answer.response;
  }

  /** The answer that a fault wants, in place of the operation's own or after it. */
  async #fail(routed: RoutedRequest, fault: Fault): Promise<Answer> {
    if (fault.delay !== undefined) await sleep(fault.delay * 1000);
    const isLate = fault.status === undefined && fault.reset !== true;
    const own = isLate || fault.after === true ? await this.#authenticate(routed) : undefined;
    if (isLate && own !== undefined) return own;
    return failingAnswer(fault, routed.endpoint, this.#contract, this.#world.clock());
  }

  #authenticate(routed: RoutedRequest): MaybePromise<Answer> {
    const { endpoint, request } = routed;
    const { provider } = this.#world;
    const { security, keys } = endpoint.operation;
    if (security.length === 0) return this.#execute(routed);
    const token = credentialFor(request, security, provider.takesAnyToken !== true);
    const key = token instanceof Refusal && keys !== undefined ? keyFor(request, keys) : undefined;
    const credential = key ?? token;
    if (credential instanceof Refusal) return refused(endpoint, credential);
    const needed = key === undefined ? security : [];
    const caller = provider.verify(credential, this.#world.clock());
    return caller instanceof Promise
      ? caller.then((verified) => this.#authorize(routed, verified, needed))
      : this.#authorize(routed, caller, needed);
  }

  /** Scopes, then the rate limit: plans limit the operations that need a token. */
  #authorize(
    routed: RoutedRequest,
    caller: Caller | Refusal,
    security: readonly SecurityAlternative[],
  ): MaybePromise<Answer> {
    const { endpoint } = routed;
    if (caller instanceof Refusal) return refused(endpoint, caller);
    routed.caller = caller;
    const refusal = security.length === 0 ? undefined : checkScopes(security, caller.scopes);
    if (refusal !== undefined) return refused(endpoint, refusal);
    const rate = this.#buckets?.take(endpoint.operation);
    routed.rate = rate;
    if (rate?.allowed !== false) return this.#execute(routed);
    const detail = `rate limit of ${rate.limit} requests exceeded`;
    const answer = refused(endpoint, new Refusal({ kind: 'rate' }, {}, detail, this.#contract.rateLimit?.problem));
    return this.#addRateHeaders(endpoint, answer, rate);
  }

  /** The answer that the same request got before, if it is still true; else path, query, body, effect. */
  #execute(routed: RoutedRequest): MaybePromise<Answer> {
    const { endpoint, known, caller, rate } = routed;
    const before = known === undefined ? undefined : answerIn(known, this.#world, caller);
    if (before !== undefined) return this.#withRateHeaders(endpoint, before, rate);
    const answer = this.#run(routed);
    if (answer instanceof Promise) return answer.then((ready) => this.#withRateHeaders(endpoint, ready, rate));
    if (known !== undefined) keepAnswer(known, this.#world, { caller, answer });
    return this.#withRateHeaders(endpoint, answer, rate);
  }

  #run({ endpoint, request, parameters, caller }: RoutedRequest): MaybePromise<Answer> {
    if (request.tooLarge === true) return tooLarge(this.#contract, endpoint);
    const input = readInput(endpoint, request, parameters, this.#world.provider);
    if (input instanceof Refusal) return refused(endpoint, input);
    const { effect, names } = endpoint.operation;
    if (effect === undefined) {
      const named = names && entitiesInPath(this.#world, { of: names, path: input.path });
      if (named instanceof Refusal) return refused(endpoint, named);
      return { response: endpoint.documented?.answer(request.headers.accept) ?? success(endpoint, {}).response };
    }
    const run = effects[effect.on][effect.kind];
    try {
      const result = run({ world: this.#world, endpoint, effect, request, caller, ...input });
      return result instanceof Promise
        ? result
            .then((ready) => this.#complete(endpoint, request, ready))
            .catch((error: unknown) => notKept(this.#contract, endpoint, error))
        : this.#complete(endpoint, request, result);
    } catch (error) {
      return notKept(this.#contract, endpoint, error);
    }
  }

  /** @throws TenantError if the changes cannot be kept */
  #complete(endpoint: Endpoint, request: PlainRequest, result: EffectResult | Refusal): Answer {
    this.#commit?.();
    return result instanceof Refusal ? refused(endpoint, result) : this.#success(endpoint, request, result);
  }

  #success(endpoint: Endpoint, { headers, path }: PlainRequest, result: EffectResult): Answer {
    if (endpoint.derived === undefined) return success(endpoint, result);
    const response = endpoint.derived.answer(headers.accept, result);
    const form = locationForm(this.#contract, endpoint.operation, response.status);
    if (!result.created || (response.body !== '' && form === undefined)) return { response };
    const inPath = itemPath(path, result.created);
    const location = form === 'url' && this.#url !== undefined ? new URL(inPath, this.#url()).href : inPath;
    return { response: { ...response, headers: { ...response.headers, location } } };
  }

  /** An answer to a request that was let through: other refusals have no rate limit headers. */
  #withRateHeaders(endpoint: Endpoint, answer: Answer, rate: BucketState | undefined): Answer {
    return rate === undefined || answer.refusal !== undefined ? answer : this.#addRateHeaders(endpoint, answer, rate);
  }

  /** Adds the rate limit headers to the answers that declare them. */
  #addRateHeaders(endpoint: Endpoint, answer: Answer, rate: BucketState): Answer {
    const names = this.#contract.rateLimit?.headers;
    const declared = endpoint.headers.get(answer.response.status);
    if (names === undefined || declared === undefined) return answer;
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
