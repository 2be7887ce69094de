import type { Json, JsonObject } from '../contract.js';
import { isObject } from '../pointer.js';
import type { Moves, Part } from './moves.js';

/** The flows of OAuth that OpenAPI 3 calls otherwise. */
const FLOWS: Readonly<Record<string, string>> = { application: 'clientCredentials', accessCode: 'authorizationCode' };

/** A scheme of another type than those of Swagger 2.0 stays: documents have `http` before its time. */
export function convertedScheme(part: Part, moves: Moves): Json {
  const { value } = part;
  if (!isObject(value)) return value;
  if (value.type === 'basic') return moves.made({ ...value, type: 'http', scheme: 'basic' }, part);
  return value.type === 'oauth2' && value.flows === undefined ? moves.made(withFlow(value), part) : value;
}

function withFlow({ flow, authorizationUrl, tokenUrl, scopes = {}, ...rest }: JsonObject): JsonObject {
  if (typeof flow !== 'string') return { ...rest, flows: {} };
  const urls = {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
  };
  return { ...rest, flows: { [FLOWS[flow] ?? flow]: { ...urls, scopes } } };
}
