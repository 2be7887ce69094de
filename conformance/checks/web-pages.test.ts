import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import type { Target } from '../target/target.js';
import { parseJson } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** An API beside a web application, whose first page answers every GET and HEAD that the API does not know. */

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const song: JsonObject = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: { type: 'string' }, title: { type: 'string' } },
};
const answer = (status: string): JsonObject => ({ [status]: { description: 'ok', content: json(song) } });
const no: JsonObject = { description: 'no', content: json({ type: 'object' }) };
const refusals: JsonObject = { '400': no, '401': no, '404': no };
const contract = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Songs', version: '1' },
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    paths: {
      '/songs': {
        post: {
          operationId: 'create',
          requestBody: {
            required: true,
            content: json({ type: 'object', required: ['title'], properties: { title: { type: 'string' } } }),
          },
          responses: { ...answer('201'), ...refusals },
        },
      },
      '/songs/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: 'read', responses: { ...answer('200'), ...refusals } },
        delete: { operationId: 'remove', responses: { '204': { description: 'ok' }, ...refusals } },
      },
    },
  }),
).contract;

function webServer(): Target {
  const songs = new Map<string, JsonObject>();
  const page = (method: string) => ({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    text: method === 'HEAD' ? '' : '<!DOCTYPE html><title>Songs</title>',
  });
  const give = (status: number, body: JsonObject) => ({
    status,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify(body),
    json: body,
  });
  return {
    name: 'songs',
    url: 'https://songs.example',
    audience: '',
    credentials: { token: 'secret' },
    metered: false,
    workers: 1,
    send: async ({ method, path, headers, body = '' }) => {
      // Encoded slashes are decoded before the path is looked up.
      const [, id] = /^\/songs\/([^/]+)$/.exec(decodeURIComponent(path.split('?', 1)[0] ?? path)) ?? [];
      const isCreation = path === '/songs' && method === 'POST';
      const isItem = id !== undefined && (method === 'GET' || method === 'DELETE');
      if (!isCreation && !isItem) return ['GET', 'HEAD'].includes(method) ? page(method) : give(405, {});
      if (headers['x-key'] === undefined) return give(401, {});
      if (isCreation) {
        const sent = parseJson(body).json;
        if (!isObject(sent) || typeof sent.title !== 'string') return give(400, {});
        const made = { id: `song-number-${songs.size + 1}`, title: sent.title };
        songs.set(made.id, made);
        return give(201, made);
      }
      const found = songs.get(id ?? '');
      if (found === undefined) return give(404, {});
      if (method === 'GET') return give(200, found);
      songs.delete(id ?? '');
      return { status: 204, headers: {}, text: '' };
    },
    close: async () => undefined,
  };
}

it('is said to answer with a page, not to accept ids with slashes, nor to need no token for HEAD', async () => {
  const only = ['read/id-spellings', 'read/hostile-ids', 'read/head-and-options'];
  const report = await verifyTarget(contract, webServer(), { only });
  expect(report.findings.map(({ cause }) => cause).sort()).toEqual([
    'a web page answers HEAD',
    'a web page answers instead of a refusal',
  ]);
});
