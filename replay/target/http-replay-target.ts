import { cleanUp } from '../../conformance/cleanup/cleanup.js';
import { Budget } from '../../conformance/engine/budget.js';
import { Coverage } from '../../conformance/engine/coverage.js';
import type { Purpose } from '../../conformance/engine/event.js';
import { Stop } from '../../conformance/engine/stop.js';
import { AnsweredKeys } from '../../conformance/fixtures/answered-keys.js';
import { CreatedResources } from '../../conformance/fixtures/created-resources.js';
import { idOf, locatedKey } from '../../conformance/lookup/identity.js';
import { neededValues } from '../../conformance/lookup/needed-values.js';
import { namesInPath } from '../../conformance/lookup/path-names.js';
import type { Redactor } from '../../conformance/redaction/redact.js';
import { HttpSession } from '../../conformance/session/http-session.js';
import { NoAnswer } from '../../conformance/session/no-answer.js';
import { type Clock, systemClock } from '../../conformance/target/clock.js';
import type { Exchange, TargetResponse } from '../../conformance/target/exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../../conformance/target/request.js';
import { type HttpRequest, parseJson, type Target } from '../../conformance/target/target.js';
import { decodeToken } from '../../conformance/target/tokens/jwt.js';
import type { ScopedIssuer } from '../../conformance/target/tokens/scoped-issuer.js';
import { takesToken } from '../../conformance/target/tokens/token.js';
import { TokenSource } from '../../conformance/target/tokens/token-source.js';
import type { Operation } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { ReplayError } from '../errors.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { RouteMatch } from '../recorded/route-table.js';
import type { ReplayTarget } from './replay-target.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** How long to wait for an answer. */
const TIMEOUT_MS = 30_000;

/** Eventually consistent listings catch up within about two seconds: a few of these pauses. */
const PAUSE_MS = 500;

/** The seed of names and of scope subsets: a replay has no random choices. */
const SEED = 1;

export interface HttpReplayTargetOptions {
  readonly known: ReplayContract;
  readonly redactor: Redactor;
  readonly clock?: Clock;
}

/** A target of the conformance suite as a target for recordings, with the HTTP session and the tokens of verify. */
export class HttpReplayTarget implements ReplayTarget {
  readonly name: string;
  readonly restart?: () => Promise<void>;
  readonly #target: Target;
  readonly #known: ReplayContract;
  readonly #redactor: Redactor;
  readonly #clock: Clock;
  readonly #session: HttpSession;
  readonly #tokens: TokenSource;
  readonly #created = new CreatedResources(() => undefined);
  readonly #answeredKeys: AnsweredKeys;
  /** The ids in answers to creations that name something else than what was created. */
  readonly #others = new Set<string>();
  #issuer: Promise<ScopedIssuer> | undefined;

  constructor(target: Target, { known, redactor, clock = systemClock }: HttpReplayTargetOptions) {
    const { contract } = known;
    this.name = target.name;
    this.#target = target;
    this.#known = known;
    this.#redactor = redactor;
    this.#clock = clock;
    const [onOwn, onThere] = [() => undefined, () => undefined];
    this.#answeredKeys = new AnsweredKeys({ contract, created: this.#created, onOwn, onThere });
    this.#session = new HttpSession({
      target,
      contract,
      clock,
      redactor,
      budget: new Budget({ maxRequests: Number.POSITIVE_INFINITY, timeoutMs: Number.POSITIVE_INFINITY }, clock),
      coverage: new Coverage(contract),
      requestTimeoutMs: TIMEOUT_MS,
      signal: new AbortController().signal,
      emit: () => undefined,
    });
    this.#tokens = new TokenSource({
      ...{ contract, target, clock, redactor, seed: SEED },
      send: (request) => this.#exchange(request, 'token'),
      issuer: { issue: async (scopes) => (await this.#loadIssuer()).issue(scopes) },
    });
    if (target.reset !== undefined) this.restart = target.reset.bind(target);
  }

  async send(request: HttpRequest): Promise<TargetResponse> {
    const operation = this.#match(request)?.operation;
    // The session sends a credential where the operation takes it, such as a key in a header of its own.
    const { authorization, ...headers } = request.headers;
    const planned = operation === undefined ? { ...request, headers } : this.#planned(operation, request, headers);
    const { response } = await this.#reportingErrors(() => this.#exchange(planned, 'check', authorization));
    return response;
  }

  refusal({ method, path }: Pick<HttpRequest, 'method' | 'path'>): string | undefined {
    if (READS.has(method)) return undefined;
    const segments = (path.split('?', 1)[0] ?? '').split('/').map((segment) => decodeSegment(segment) ?? segment);
    const other = segments.find((segment) => this.#others.has(segment));
    return other && `the target answered a creation with ${other}, which is not what was created`;
  }

  /** Recordings have no headers of requests: those that the operation requires are made up. */
  #planned(operation: Operation, request: HttpRequest, headers: HttpRequest['headers']): PlannedRequest {
    const needed = buildRequest(operation, {
      ...noValues,
      header: neededValues(this.#known.contract, operation).header,
    });
    return { ...request, headers: { ...needed.headers, ...headers }, operation };
  }

  takesToken(operation: Operation): boolean {
    return takesToken(operation, this.#tokens);
  }

  async token(): Promise<string> {
    const { value } = await this.#reportingErrors(() => this.#tokens.full());
    return value;
  }

  async scopedToken(scopes: readonly string[]): Promise<string | undefined> {
    if (this.#target.sign !== undefined) {
      const claims = decodeToken(await this.token())?.claims ?? {};
      return this.#target.sign({ ...claims, scope: scopes.join(' ') });
    }
    const issuer = await this.#loadIssuer();
    const issued = await this.#reportingErrors(() => issuer.issue(scopes));
    return 'value' in issued && issued.scopes.every((scope) => scopes.includes(scope)) ? issued.value : undefined;
  }

  pause(): Promise<void> {
    return this.#clock.sleep(PAUSE_MS);
  }

  clear(): Promise<readonly string[]> {
    const { contract, effects } = this.#known;
    const send = (request: PlannedRequest) => this.#sendWithToken(request, 'cleanup');
    return cleanUp({ contract, effects, created: this.#created, workers: 1, send });
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  /** @throws Stop, NoAnswer */
  async #exchange(request: PlannedRequest, purpose: Purpose, authorization?: string): Promise<Exchange> {
    const header = authorization === undefined ? {} : { authorization };
    const send = (each: PlannedRequest) => this.#session.send(each, { ...header, rate: 'wait', purpose });
    const match = this.restart === undefined ? this.#match(request) : undefined;
    if (match === undefined) return send(request);
    const { operation, path } = match;
    const values = { ...noValues, path, body: parseJson(request.body ?? '').json ?? null };
    const known = { ...request, operation, values };
    const readApart = (each: PlannedRequest) => this.#sendWithToken(each, purpose);
    await this.#answeredKeys.beforeCreation(known, readApart);
    const answered = await send(request);
    const checked = await this.#answeredKeys.checked({ ...answered, request: known }, readApart);
    const exchange = withOwnLocation(answered, checked);
    if (checked.namesOther === true) this.#noteOther(operation, answered);
    else this.#trackCreated(exchange);
    return exchange;
  }

  #noteOther({ method, route, effect }: Operation, { response: { json } }: Exchange): void {
    this.#created.createdUnknown(`${method} ${route}`, '');
    const resource = this.#known.contract.resources.get(effect?.target ?? '');
    const id = resource && idOf(resource, answeredItem(effect, json) ?? null);
    if (id !== undefined) this.#others.add(id);
  }

  async #sendWithToken(request: PlannedRequest, purpose: Purpose): Promise<Exchange> {
    const { operation } = request;
    if (operation !== undefined && !this.takesToken(operation)) return this.#exchange(request, purpose);
    const { value } = await this.#tokens.full();
    return this.#exchange(request, purpose, `Bearer ${value}`);
  }

  /** Loaded only for recordings with a refusal for a missing scope. */
  #loadIssuer(): Promise<ScopedIssuer> {
    this.#issuer ??= import('./scope-issuer.js').then(({ scopeIssuer }) =>
      scopeIssuer({
        ...{ known: this.#known, target: this.#target, redactor: this.#redactor, seed: SEED },
        sendOpen: (request) => this.#exchange(request, 'token'),
        send: (request) => this.#sendWithToken(request, 'token'),
      }),
    );
    return this.#issuer;
  }

  #match({ method, path }: HttpRequest): RouteMatch | undefined {
    return this.#known.routes.match(method, path.replace(/\?.*$/, ''));
  }

  /** Records what this replay creates and deletes at a remote target. */
  #trackCreated({ request, response: { status, headers, json } }: Exchange): void {
    const match = status < 300 ? this.#match(request) : undefined;
    const effect = match?.operation.effect;
    const resource = effect === undefined ? undefined : this.#known.contract.resources.get(effect.target);
    if (match === undefined || effect === undefined || resource === undefined) return;
    const shown = json === undefined ? undefined : answeredItem(effect, json);
    const item = shown ?? locatedKey(this.#known.contract, effect, request.path, headers.location);
    const id = idOf(resource, item ?? null);
    const { [resource.name]: named, ...parent } = namesInPath(match.operation, match);
    if (effect.kind === 'create' && id !== undefined)
      this.#created.add({ resource: resource.name, id, parent, label: '' });
    if (effect.kind === 'delete' && named !== undefined) this.#created.remove(resource.name, String(named), parent);
  }

  /** Errors of the engine never leave it: they become one sentence. @throws ReplayError */
  async #reportingErrors<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (cause) {
      if (cause instanceof NoAnswer) {
        const reason = `${this.#redactor.redact(cause.message)} (${cause.failure.kind})`;
        const message = `${reason}; check that the target is running and that the URL is its root.`;
        throw new ReplayError('TARGET_UNREACHABLE', message, { cause });
      }
      if (!(cause instanceof Stop)) throw cause;
      const advice =
        cause.because === 'credentials'
          ? `; check the client id, the client secret and the audience "${this.#target.audience}".`
          : '.';
      const reason = this.#redactor.redact(cause.message).replace(/\.$/, '');
      throw new ReplayError('TARGET_REFUSED', `${reason}${advice}`, { cause });
    }
  }
}

/** Without a `Location` that names something else than what was created: it would be changed and removed. */
function withOwnLocation(exchange: Exchange, { isLocationWrong }: Exchange): Exchange {
  const { location: _other, ...headers } = exchange.response.headers;
  return isLocationWrong === true ? { ...exchange, response: { ...exchange.response, headers } } : exchange;
}
