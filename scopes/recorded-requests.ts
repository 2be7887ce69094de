import { responseFor } from '../conformance/lookup/response-for.js';
import type { Json } from '../contract/contract.js';
import { isObject } from '../contract/pointer.js';
import { scopeOutcome } from '../contract/scopes/scope-outcome.js';
import type { ScopedRequest } from '../contract/scopes/scope-use.js';
import { partOf } from '../replay/judge/problem-of.js';
import { type RecordedToken, scopeList } from '../replay/recorded/recorded-token.js';
import type { RecordedExchange, Recording } from '../replay/recorded/recording.js';
import type { ReplayContract } from '../replay/recorded/replay-contract.js';

/** The requests of a recording that say something about scopes, in order. */
export function scopedRequests(known: ReplayContract, { exchanges }: Recording): readonly ScopedRequest[] {
  const issued = exchanges.flatMap((exchange) => issuedToken(exchange) ?? []);
  const clients = new Set(issued.map(({ client }) => client));
  return exchanges.flatMap((exchange) => {
    // Recorders leave tokens out or mask them: with one client there is one that they can be of.
    const token = exchange.request.token ?? (clients.size === 1 ? issued.at(-1) : undefined);
    return scopedRequest(known, exchange, token) ?? [];
  });
}

function scopedRequest(
  known: ReplayContract,
  { request, response }: RecordedExchange,
  token: RecordedToken | undefined,
): ScopedRequest | undefined {
  const operation = known.routes.match(request.method, request.path)?.operation;
  if (operation === undefined) return undefined;
  const documented = responseFor(operation, response.status);
  const errorCode =
    documented === undefined ? undefined : partOf(known.refusals.view(documented), response.body, 'error-code');
  const granted = token === undefined || token.scopes.length === 0 ? {} : { granted: token.scopes };
  const outcome = scopeOutcome(operation, {
    status: response.status,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...granted,
  });
  if (outcome === undefined) return undefined;
  return {
    operation,
    outcome,
    ...granted,
    ...(token?.client === undefined ? {} : { client: token.client }),
    ...(token?.audience === undefined ? {} : { audience: token.audience }),
  };
}

/** What an answer of a token endpoint issued (RFC 6749, section 5.1); undefined if it is none. */
function issuedToken({ request, response }: RecordedExchange): RecordedToken | undefined {
  const { body } = response;
  const client = textIn(request.body, 'client_id');
  if (response.status !== 200 || client === undefined || textIn(body, 'access_token') === undefined) return undefined;
  const audience = textIn(request.body, 'audience');
  return {
    client,
    ...(audience === undefined ? {} : { audience }),
    scopes: scopeList(textIn(body, 'scope') ?? ''),
  };
}

function textIn(value: Json | undefined, name: string): string | undefined {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
