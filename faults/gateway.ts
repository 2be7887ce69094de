import type { TargetResponse } from '../conformance/target/exchange.js';
import { type HttpRequest, parseJson, type Target } from '../conformance/target/target.js';
import type { Break, Gateway, Passing } from './fault.js';

/** A target with one fault planted in front of it. */
export function faultyTarget(target: Target, breaks: Break): Target {
  const memory = new Map<string, unknown>();
  let full: Promise<string> | undefined;
  return {
    ...target,
    async send(request, limits) {
      const gateway: Gateway = {
        memory,
        send: (other) => target.send(other, limits),
        fullAuthorization() {
          full ??= fullAuthorization(target, limits.timeoutMs);
          return full;
        },
      };
      const answer = await breaks(passing(request), gateway);
      return request.method === 'HEAD' ? { ...answer, text: '' } : answer;
    },
  };
}

function passing(request: HttpRequest): Passing {
  const [route = '', query = ''] = request.path.split('?');
  return { ...request, route, query: new URLSearchParams(query), ...parseJson(request.body ?? '') };
}

async function fullAuthorization(target: Target, timeoutMs: number): Promise<string> {
  const { client } = target.credentials;
  const grant = {
    grant_type: 'client_credentials',
    client_id: client?.id ?? '',
    client_secret: client?.secret ?? '',
    audience: target.audience,
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await target.send(
    { method: 'POST', path: '/oauth/token', headers, body: JSON.stringify(grant) },
    { timeoutMs },
  );
  return `Bearer ${String(Reflect.get(Object(answer.json), 'access_token'))}`;
}

/** An answer with this body as JSON. */
export function jsonAnswer(answer: TargetResponse, json: unknown): TargetResponse {
  return textAnswer(answer, JSON.stringify(json));
}

export function textAnswer(answer: TargetResponse, text: string): TargetResponse {
  const { json: _json, ...rest } = answer;
  return { ...rest, text, ...parseJson(text) };
}
