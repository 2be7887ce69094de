import type { Contract } from '../../spec/contract/contract.js';
import { tokenIn, tokenOperation, tokenRequest } from '../auth0/client-credentials.js';
import { type Clock, systemClock } from '../clock.js';
import type { TargetResponse } from '../exchange.js';
import { excerpt } from '../judge/safety.js';
import { pauseAfter } from '../rate.js';
import type { Redactor } from '../redact.js';
import { buildRequest } from '../request.js';
import { type Target, TargetFailure, type WireRequest } from '../targets/target.js';
import { ReplayError } from './replay-error.js';
import type { ReplayTarget } from './replay-target.js';

/** Longer than any answer takes, shorter than anybody's patience. */
const TIMEOUT_MS = 30_000;

/** What shows late does so within seconds; a few of these add up to two. */
const PAUSE_MS = 500;

/** A 429 that comes this often in a row is no wave but a wall. */
const MOST_PAUSES = 10;

export interface TargetOptions {
  readonly contract: Contract;
  readonly redactor: Redactor;
  readonly clock?: Clock;
}

/** Any target of the conformance suite as one for recordings. */
export function replayTarget(target: Target, { contract, redactor, clock = systemClock }: TargetOptions): ReplayTarget {
  const once = async (request: WireRequest): Promise<TargetResponse> => {
    try {
      return await target.send(request, { timeoutMs: TIMEOUT_MS });
    } catch (cause) {
      if (!(cause instanceof TargetFailure)) throw cause;
      const message = `${redactor.redact(cause.message)} (${cause.kind}); is the target running, and is the URL its root?`;
      throw new ReplayError('TARGET_UNREACHABLE', message, { cause });
    }
  };
  const send = async (request: WireRequest): Promise<TargetResponse> => {
    for (let attempt = 0; ; attempt += 1) {
      const response = await once(request);
      if (response.status !== 429 || attempt === MOST_PAUSES) return response;
      await clock.sleep(pauseAfter(response, contract.rateLimit, clock.now(), attempt));
    }
  };
  let full: Promise<string> | undefined;
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
    const { method, path, headers, body } = buildRequest(operation, tokenRequest(client, target.audience));
    const response = await send({ method, path, headers, ...(body === undefined ? {} : { body }) });
    const value = response.status < 300 ? tokenIn(response) : undefined;
    if (value === undefined) {
      const said = redactor.redact(`${response.status} ${excerpt(response.text)}`).trimEnd();
      throw new ReplayError(
        'TARGET_REFUSED',
        `${method} ${target.url}${operation.route} gave no token: ${said}; check the client's id and secret, and the audience "${target.audience}".`,
      );
    }
    redactor.hide(value, '$TOKEN');
    return value;
  };
  const { sign, reset } = target;
  return {
    name: target.name,
    send,
    token: () => {
      full ??= requestToken();
      return full;
    },
    scopedToken: async (scopes) => sign?.call(target, { scope: scopes.join(' ') }),
    ...(reset === undefined ? {} : { restart: () => reset.call(target) }),
    pause: () => clock.sleep(PAUSE_MS),
    close: () => target.close(),
  };
}
