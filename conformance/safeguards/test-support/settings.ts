import type { Contract, JsonObject } from '../../../contract/contract.js';
import { withDerivedState } from '../../../contract/derive/derived-state.js';
import { isObject } from '../../../contract/pointer.js';
import { readContract } from '../../../contract/read/read.js';
import { parseJson } from '../../target/target.js';
import { type Answer, answeringTarget } from '../../test-support/answering-target.js';

/** Documents and servers with settings that exist once. */

export const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
export const answers = (schema: JsonObject): JsonObject => ({ '200': { description: 'ok', content: json(schema) } });
export const taking = (schema: JsonObject, method = 'set'): JsonObject => ({
  operationId: method,
  requestBody: { required: true, content: json(schema) },
  responses: { '2XX': { description: 'ok' }, '400': { description: 'no' } },
});
export const BOUNDED: JsonObject = {
  title: { type: 'string', maxLength: 20 },
  limit: { type: 'integer', minimum: 1, maximum: 9 },
};
export const SETTINGS: JsonObject = {
  type: 'object',
  properties: {
    ...BOUNDED,
    motto: { type: ['string', 'null'], maxLength: 20 },
    changed_at: { type: 'string', readOnly: true },
  },
};
export const WHOLE: JsonObject = { ...SETTINGS, required: ['title', 'limit'] };

export function contractOf(paths: JsonObject): Contract {
  return withDerivedState(readContract({ openapi: '3.1.0', info: { title: 'Harbour', version: '1' }, paths })).contract;
}

/** A server whose answers this function gives, and the requests that changed something. */
export function serverOf(respond: (method: string, path: string, body: unknown) => Answer) {
  const changes: string[] = [];
  const target = answeringTarget(({ method, path, body = '' }) => {
    const sent = body === '' ? {} : parseJson(body);
    const answer = respond(method, path.split('?', 1)[0] ?? path, 'json' in sent ? sent.json : undefined);
    if (method !== 'GET' && answer[0] < 300) changes.push(`${method} ${path} ${body}`);
    return answer;
  });
  return { target, changes };
}

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: (value) => typeof value === 'string' && [...value].length <= 20,
  limit: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 9,
  motto: (value) => value === null || (typeof value === 'string' && [...value].length <= 20),
};
export const isSettings = (value: unknown): value is JsonObject =>
  isObject(value) && Object.entries(value).every(([name, each]) => FITS[name]?.(each) === true);

export const OURS = { title: 'Ours', limit: 7 };
export const run = { only: [], depth: 'standard', seed: 3 } as const;
