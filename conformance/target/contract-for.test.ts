import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { type Answer, answeringTarget } from '../test-support/answering-target.js';
import { failures, passed, verifyTarget } from '../test-support/verify-target.js';
import { contractFor } from './contract-for.js';
import type { HttpRequest } from './target.js';

const key = (name: string) => ({ type: 'apiKey', in: 'header', name });

describe('a key in a header with the name of a scheme', () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Words', version: '1' },
    security: [{ token: [] }, { bearer: [] }, { key: [] }],
    paths: { '/a': { get: { operationId: 'a', responses: { '204': { description: 'x' } } } } },
    components: { securitySchemes: { token: key('Token'), bearer: key('Bearer'), key: key('X-Key') } },
  });
  const places = (scheme?: string) =>
    contractFor(contract, { headers: {}, credentials: scheme === undefined ? {} : { scheme } }).operations.map(
      ({ security }) => security.map(({ place }) => place?.in === 'header' && place.name),
    );

  it('goes into the Authorization header where the user puts that word before the token', () => {
    expect(places('token')).toEqual([['Authorization', 'Authorization', 'X-Key']]);
    expect(places('Bearer')).toEqual([['Authorization', 'Authorization', 'X-Key']]);
  });

  it('stays there without a word, or with another one', () => {
    expect([places(), places('Basic'), places('X-Key')]).toEqual(Array(3).fill([['Token', 'Bearer', 'X-Key']]));
  });
});

describe('a token that the document makes optional', () => {
  const json = (schema: Json) => ({ 'application/json': { schema } });
  const club = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
  };
  const its = { '200': { description: 'x', content: json(club) }, '404': { description: 'x' } };
  const optional = [{ bearer: [] }, {}];
  const contract = withDerivedState(
    readContract({
      openapi: '3.1.0',
      info: { title: 'Clubs', version: '1' },
      security: [{ bearer: [] }],
      paths: {
        '/clubs': {
          get: {
            operationId: 'list',
            security: optional,
            responses: { '200': { description: 'x', content: json({ type: 'array', items: club }) } },
          },
          post: {
            operationId: 'create',
            requestBody: { required: true, content: json(club) },
            responses: { '201': { description: 'x', content: json(club) }, '400': { description: 'x' } },
          },
        },
        '/clubs/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          get: { operationId: 'read', security: optional, responses: its },
          delete: { operationId: 'remove', responses: { '204': { description: 'x' }, '404': { description: 'x' } } },
        },
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    }),
  ).contract;

  it('is sent: a server that shows clubs only to members conforms', async () => {
    const clubs = new Map<string, { readonly id: string; readonly name: string }>();
    let made = 0;
    const respond = (id: string, { method, body, headers }: HttpRequest): Answer => {
      const isMember = headers.authorization === 'Bearer of-a-member';
      if (method === 'GET') {
        const shown = isMember ? [...clubs.values()] : [];
        if (id === '') return [200, shown];
        const club = shown.find((each) => each.id === id);
        return club === undefined ? [404] : [200, club];
      }
      if (!isMember) return [401];
      if (method === 'DELETE') return clubs.delete(id) ? [204] : [404];
      if (method !== 'POST' || id !== '') return [405];
      const { name } = JSON.parse(body ?? '{}');
      if (typeof name !== 'string') return [400];
      made += 1;
      const item = { id: `c${made}`, name };
      clubs.set(item.id, item);
      return [201, item];
    };
    const target = answeringTarget(
      (request) => {
        const [, id] = /^\/clubs\/?([^?]*)/.exec(request.path) ?? [];
        return id === undefined ? [404] : respond(id, request);
      },
      { token: 'of-a-member' },
    );
    const report = await verifyTarget(contract, target, {
      only: ['list/documented-success', 'list/resource-listing', 'read/documented-success', '*/created-is-read'],
    });
    expect(failures(report)).toEqual([]);
    expect(passed(report)).toEqual(expect.arrayContaining(['read documented-success']));
    expect([...clubs]).toEqual([]);
  });
});
