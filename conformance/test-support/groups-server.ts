import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import type { HttpRequest, Target } from '../target/target.js';
import { type Answer, answeringTarget } from './answering-target.js';

/** What a request body or a response has in JSON. */
export const contentOf = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
/** A success. */
export const answer = (schema: JsonObject = { type: 'object' }): JsonObject => ({
  description: 'ok',
  content: contentOf(schema),
});
export const REFUSED: JsonObject = { description: 'no', content: contentOf({ type: 'object' }) };

/** Of groups, which only an administrator may use. */
export function contractOf(paths: JsonObject) {
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Groups', version: '1' },
    security: [{ basic: [] }],
    components: { securitySchemes: { basic: { type: 'http', scheme: 'basic' } } },
    paths,
  };
  return withDerivedState(readContract(document)).contract;
}

/** A server that a run asks as the administrator. */
export function serverOf(respond: (request: HttpRequest) => Answer): Target {
  return answeringTarget(respond, { token: 'admin:s3cret-of-admin' });
}

/** Whether the administrator sends a request. */
export const isAdmin = ({ headers }: HttpRequest): boolean =>
  headers.authorization === `Basic ${Buffer.from('admin:s3cret-of-admin').toString('base64')}`;
