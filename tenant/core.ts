import type { Contract, RatePlan } from '../contract/contract.js';
import type { Match } from '../contract/router.js';
import { Router } from '../contract/router.js';
import type { Answered } from './answer/answer.js';
import { noPath, otherMethod, refused, success, tooLarge, withoutBody } from './answer/answer.js';
import { AllProblems } from './answer/problems.js';
import { Refusal } from './answer/refusal.js';
import type { Outcome } from './effect/act.js';
import type { Draft } from './effect/draft.js';
import { effects } from './effect/effects.js';
import type { World } from './effect/world.js';
import type { PlainRequest, PlainResponse } from './exchange.js';
import { bearerToken } from './http/authorization.js';
import { readInput } from './input/input.js';
import { Validators } from './input/validator.js';
import type { Caller } from './provider.js';
import type { Endpoint } from './routing/endpoint.js';
import { endpointOf } from './routing/endpoint.js';
import type { BucketState } from './routing/rate.js';
import { Bucket } from './routing/rate.js';
import { checkScopes } from './routing/scope.js';
import type { Served } from './routing/served.js';
import { servedAs } from './routing/served.js';

type Methods = ReadonlyMap<string, Endpoint>;
type Parameters = Match<Methods>['parameters'];

/** There at once, unless something has to be waited for: most answers are, and promises cost more than they do. */
type Soon<Value> = Value | Promise<Value>;

/** A request's way through the tenant: route, token, scope, rate, path, query, body, effect, answer. */
export class Core {
  readonly #world: World;
  readonly #router = new Router<Map<string, Endpoint>>();
  readonly #contract: Contract;
  readonly #plan: RatePlan | undefined;
  readonly #onServed: ((served: Served) => void) | undefined;
  #bucket: Bucket | undefined;

  /** @param onServed told of every request */
  constructor(
    world: World,
    drafts: ReadonlyMap<string, Draft>,
    plan: RatePlan | undefined,
    onServed: ((served: Served) => void) | undefined,
  ) {
    const { contract, provider } = world;
    const validators = new Validators(contract);
    const all = new AllProblems(contract);
    for (const operation of contract.operations) {
      const methods = this.#router.at(operation.route, () => new Map());
      methods.set(operation.method, endpointOf(contract, operation, validators, provider, drafts, all));
    }
    this.#world = world;
    this.#contract = contract;
    this.#plan = plan;
    this.#onServed = onServed;
    this.reset();
  }

  /** A full bucket again. */
  reset(): void {
    this.#bucket = this.#plan === undefined ? undefined : new Bucket(this.#plan, this.#world.clock);
  }

  handle(request: PlainRequest): Soon<PlainResponse> {
    const { method, path } = request;
    const match = this.#router.find(path);
    if (match === undefined) return this.#finish(request, undefined, noPath(this.#contract, path));
    const methods: Methods = match.target;
    const endpoint = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
    if (endpoint === undefined)
      return this.#finish(request, undefined, otherMethod(this.#contract, method, methods.keys()));
    const answered = this.#admit(endpoint, request, match.parameters);
    if (!(answered instanceof Promise)) return this.#finish(request, endpoint, answered);
    return answered.then((answer) => this.#finish(request, endpoint, answer));
  }

  #finish(request: PlainRequest, endpoint: Endpoint | undefined, answered: Answered): PlainResponse {
    this.#onServed?.(servedAs(request, endpoint?.operation, answered));
    return request.method === 'HEAD' ? withoutBody(answered.response) : answered.response;
  }

  /** Token. */
  #admit(endpoint: Endpoint, request: PlainRequest, parameters: Parameters): Soon<Answered> {
    if (endpoint.operation.security.length === 0)
      return this.#serve(endpoint, request, parameters, undefined, undefined);
    const token = bearerToken(request.headers.authorization);
    if (token instanceof Refusal) return refused(endpoint, token);
    const caller = this.#world.provider.verify(token, this.#world.clock());
    if (!(caller instanceof Promise)) return this.#restrain(endpoint, request, parameters, caller);
    return caller.then((found) => this.#restrain(endpoint, request, parameters, found));
  }

  /** Scope, rate. The plans' numbers are those of the operations that need a token. */
  #restrain(
    endpoint: Endpoint,
    request: PlainRequest,
    parameters: Parameters,
    caller: Caller | Refusal,
  ): Soon<Answered> {
    if (caller instanceof Refusal) return refused(endpoint, caller);
    const refusal = checkScopes(endpoint.operation.security, caller.scopes);
    if (refusal !== undefined) return refused(endpoint, refusal);
    const rate = this.#bucket?.take();
    if (rate?.allowed !== false) return this.#serve(endpoint, request, parameters, caller, rate);
    const detail = `all ${rate.limit} requests are used up`;
    const answered = refused(endpoint, new Refusal({ kind: 'rate' }, {}, detail, this.#contract.rateLimit?.problem));
    return this.#withRate(endpoint, answered, rate);
  }

  /** Path, query, body, effect. */
  #serve(
    endpoint: Endpoint,
    request: PlainRequest,
    parameters: Parameters,
    caller: Caller | undefined,
    rate: BucketState | undefined,
  ): Soon<Answered> {
    if (request.tooLarge === true) return tooLarge(this.#contract, endpoint);
    const input = readInput(endpoint, request, parameters, this.#world.provider);
    if (input instanceof Refusal) return refused(endpoint, input);
    const { effect } = endpoint.operation;
    const done = (outcome: Outcome | Refusal): Answered =>
      outcome instanceof Refusal
        ? refused(endpoint, outcome)
        : this.#withRate(endpoint, success(endpoint, outcome), rate);
    if (effect === undefined) return done(endpoint.empty === undefined ? {} : { body: endpoint.empty });
    const run = effects[effect.on][effect.kind];
    const outcome = run({ world: this.#world, endpoint, effect, request, caller, ...input });
    return outcome instanceof Promise ? outcome.then(done) : done(outcome);
  }

  /** The headers of the bucket, on those answers that the contract declares them for. */
  #withRate(endpoint: Endpoint, answered: Answered, rate: BucketState | undefined): Answered {
    const names = this.#contract.rateLimit?.headers;
    const declared = endpoint.headers.get(answered.response.status);
    if (rate === undefined || names === undefined || declared === undefined) return answered;
    const headers: Record<string, string> = { ...answered.response.headers };
    for (const part of ['limit', 'remaining', 'reset'] as const) {
      if (declared.has(names[part])) headers[names[part]] = String(rate[part]);
    }
    return { ...answered, response: { ...answered.response, headers } };
  }
}
