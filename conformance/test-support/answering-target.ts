import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';

/** What a server answers: a status, and a JSON body if there is one. */
export type Answer = readonly [status: number, body?: unknown];

/** A server in this process, on this machine as far as a run can tell. */
export function answeringTarget(
  respond: (request: HttpRequest) => Answer,
  credentials: Target['credentials'] = {},
): Target {
  return {
    name: 'answering',
    url: 'http://127.0.0.1:1',
    audience: 'answering',
    credentials,
    metered: false,
    workers: 2,
    send: async (request) => jsonResponse(...respond(request)),
    close: async () => undefined,
  };
}

function jsonResponse(status: number, body?: unknown): TargetResponse {
  if (body === undefined) return { status, headers: {}, text: '' };
  const text = JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) };
}
