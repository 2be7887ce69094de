import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import type { Moves, Part } from './moves.js';

/** The flows of OAuth, and what OpenAPI 3 calls them. */
export const FLOWS: Readonly<Record<string, string>> = {
  implicit: 'implicit',
  password: 'password',
  application: 'clientCredentials',
  accessCode: 'authorizationCode',
};

/** A scheme of another type than those of Swagger 2.0 stays: documents have `http` before its time. */
export function convertedScheme(part: Part, moves: Moves): Json {
  const { value } = part;
  if (!isObject(value)) return value;
  if (value.type === 'basic') return moves.made({ ...value, type: 'http', scheme: 'basic' }, part);
  return value.type === 'oauth2' && value.flows === undefined ? moves.made(withFlow(value, part, moves), part) : value;
}

function withFlow(scheme: JsonObject, part: Part, moves: Moves): JsonObject {
  const { flow, authorizationUrl, tokenUrl, scopes = {}, ...rest } = scheme;
  if (typeof flow !== 'string') return { ...rest, flows: {} };
  const urls = {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
  };
  const only = moves.made({ ...urls, scopes }, part);
  return { ...rest, flows: moves.made({ [FLOWS[flow] ?? flow]: only }, part) };
}
