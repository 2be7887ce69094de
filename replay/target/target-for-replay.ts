import { cleanUp } from '../../conformance/engine/cleanup.js';
import { CreatedResources } from '../../conformance/fixtures/created-resources.js';
import { excerpt } from '../../conformance/judge/safety.js';
import { tokenIn, tokenOperation, tokenRequest } from '../../conformance/target/auth0/client-credentials.js';
import { type Clock, systemClock } from '../../conformance/target/clock.js';
import type { Exchange, TargetResponse } from '../../conformance/target/exchange.js';
import { pauseAfter } from '../../conformance/target/rate.js';
import type { Redactor } from '../../conformance/target/redact.js';
import { buildRequest, type PlannedRequest } from '../../conformance/target/request.js';
import { type HttpRequest, type Target, TargetFailure } from '../../conformance/target/target.js';
import { decodeToken } from '../../conformance/target/tokens/jwt.js';
import type { ScopedIssuer } from '../../conformance/target/tokens/scoped-issuer.js';
import { isObject } from '../../contract/pointer.js';
import { ReplayError } from '../errors.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { ReplayTarget } from './replay-target.js';

/** How long to wait for an answer. */
const TIMEOUT_MS = 30_000;

/** Eventually consistent listings catch up within about two seconds: a few of these pauses. */
const PAUSE_MS = 500;

/** How often a request is repeated after a 429. */
const MAX_RETRIES = 10;

export interface TargetOptions {
  readonly known: ReplayContract;
  readonly redactor: Redactor;
  readonly clock?: Clock;
}

/** Adapts a target of the conformance suite for replay. */
export function targetForReplay(target: Target, options: TargetOptions): ReplayTarget {
  const { known, redactor, clock = systemClock } = options;
  const { contract } = known;
  const created = new CreatedResources(() => undefined);
  let full: Promise<string> | undefined;
  let issuer: Promise<ScopedIssuer> | undefined;

  const once = async (request: HttpRequest): Promise<TargetResponse> => {
    try {
      return await target.send(request, { timeoutMs: TIMEOUT_MS });
    } catch (cause) {
      if (!(cause instanceof TargetFailure)) throw cause;
      const message = `${redactor.redact(cause.message)} (${cause.kind}); check that the target is running and that the URL is its root.`;
      throw new ReplayError('TARGET_UNREACHABLE', message, { cause });
    }
  };

  const send = async (request: HttpRequest): Promise<TargetResponse> => {
    for (let attempt = 0; ; attempt += 1) {
      const response = await once(request);
      if (response.status !== 429 || attempt === MAX_RETRIES) {
        if (target.reset === undefined) trackCreated(request, response);
        return response;
      }
      await clock.sleep(pauseAfter(response, contract.rateLimit, clock.now(), attempt));
    }
  };

  /** Records what this replay creates and deletes at a remote target. */
  const trackCreated = ({ method, path }: HttpRequest, { status, json }: TargetResponse): void => {
    const match = status < 300 ? known.routes.match(method, path.replace(/\?.*$/, '')) : undefined;
    const effect = match?.operation.effect;
    const resource = effect === undefined ? undefined : contract.resources.get(effect.target);
    if (match === undefined || effect === undefined || resource === undefined) return;
    const id = isObject(json) ? json[resource.key] : undefined;
    if (effect.kind === 'create' && typeof id === 'string') created.add({ resource: resource.name, id, label: '' });
    const gone = match.path[effect.of[resource.name] ?? ''];
    if (effect.kind === 'delete' && gone !== undefined) created.remove(resource.name, gone);
  };

  const requestToken = async (): Promise<string> => {
    const { token, client } = target.credentials;
    if (token !== undefined) return token;
    const operation = tokenOperation(contract);
    if (client === undefined || operation === undefined) {
      throw new ReplayError(
        'TARGET_REFUSED',
        `${target.name}: no credentials; set ROLECALL_CLIENT_ID and ROLECALL_CLIENT_SECRET, or ROLECALL_TOKEN.`,
      );
    }
    const request = httpRequestOf(buildRequest(operation, tokenRequest(client, target.audience)));
    const response = await send(request);
    const value = response.status < 300 ? tokenIn(response) : undefined;
    if (value === undefined) {
      const answer = redactor.redact(`${response.status} ${excerpt(response.text)}`).trimEnd();
      throw new ReplayError(
        'TARGET_REFUSED',
        `${request.method} ${target.url}${operation.route} issued no token: ${answer}; check the client id, the client secret and the audience "${target.audience}".`,
      );
    }
    redactor.hide(value, '$TOKEN');
    return value;
  };

  const token = (): Promise<string> => {
    full ??= requestToken();
    return full;
  };

  const exchange = async (request: PlannedRequest, authorization?: string): Promise<Exchange> => {
    const session = httpRequestOf(request);
    const headers = authorization === undefined ? session.headers : { ...session.headers, authorization };
    return { request, response: await send({ ...session, headers }), durationMs: 0 };
  };
  const sendFully = async (request: PlannedRequest): Promise<Exchange> => exchange(request, `Bearer ${await token()}`);

  const scopedToken = async (scopes: readonly string[]): Promise<string | undefined> => {
    if (target.sign !== undefined) {
      const claims = decodeToken(await token())?.claims ?? {};
      return target.sign({ ...claims, scope: scopes.join(' ') });
    }
    issuer ??= import('./scope-issuer.js').then(({ scopeIssuer }) =>
      scopeIssuer({ known, target, redactor, sendOpen: (request) => exchange(request), send: sendFully }),
    );
    const issued = await (await issuer).issue(scopes);
    return 'value' in issued && issued.scopes.every((scope) => scopes.includes(scope)) ? issued.value : undefined;
  };

  const { reset } = target;
  return {
    name: target.name,
    send,
    token,
    scopedToken,
    ...(reset === undefined ? {} : { restart: () => reset.call(target) }),
    pause: () => clock.sleep(PAUSE_MS),
    clear: () => cleanUp({ contract, effects: known.effects, created: created, workers: 1, send: sendFully }),
    close: () => target.close(),
  };
}

function httpRequestOf({ method, path, headers, body }: PlannedRequest): HttpRequest {
  return { method, path, headers, ...(body === undefined ? {} : { body }) };
}
