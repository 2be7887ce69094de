import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { OwnershipGuard } from './ownership-guard.js';

const json = { description: 'x', content: { 'application/json': { schema: {} } } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const body = { content: { 'application/json': { schema: { type: 'object' } } } };
const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Harbour', version: '1' },
  paths: {
    '/berths': { get: { 'x-effect': { list: 'berth', as: 'berths' }, responses: { '200': json } } },
    '/berths/{id}': {
      delete: { parameters: [id], 'x-effect': { delete: 'berth', of: { berth: 'id' } }, responses: { '200': json } },
    },
    '/berths/{id}/ships': {
      post: {
        parameters: [id],
        'x-effect': { add: 'mooring', of: { berth: 'id' }, each: { ship: '/ships' } },
        requestBody: body,
        responses: { '200': json },
      },
    },
    '/ships': { get: { 'x-effect': { list: 'ship', as: 'ships' }, responses: { '200': json } } },
    '/harbour': { patch: { 'x-effect': { update: 'harbour' }, requestBody: body, responses: { '200': json } } },
    '/horn': { post: { requestBody: body, responses: { '200': json } } },
  },
  components: {
    'x-resources': { berth: { key: 'id' }, ship: { key: 'id', alias: ['name'] }, harbour: { key: 'id' } },
    'x-relations': { mooring: { between: ['berth', 'ship'] } },
  },
});

function requestOf(line: string, values: { id?: string; body?: Json } = {}): PlannedRequest {
  const [method, route] = line.split(' ');
  const operation = contract.operations.find((each) => each.method === method && each.route === route);
  if (operation === undefined) throw new Error(`no operation ${line}`);
  const given = values.body === undefined ? {} : { body: values.body };
  return buildRequest(operation, { ...noValues, path: values.id === undefined ? {} : { id: values.id }, ...given });
}

describe('the guard of what is not ours', () => {
  let guard: OwnershipGuard;
  const created = {
    has: (resource: string, key: string) => resource === 'berth' && key === 'ours',
    hasCountedKeys: (resource: string) => resource === 'ship',
  };
  beforeEach(() => {
    const supplied = [{ resource: 'ship', id: 'lent', name: 'lent', value: {} }];
    guard = new OwnershipGuard(contract, created, new Map([['ship', supplied]]));
    const shows = (line: string, text: Json) => {
      const response = { status: 200, headers: {}, text: '', json: text };
      guard.learn({ request: requestOf(line), response, durationMs: 0 });
    };
    shows('GET /berths', { berths: [{ id: 'ours' }, { id: 'theirs' }] });
    shows('GET /ships', { ships: [{ id: 'theirs', name: 'Argo' }, { id: 'lent' }] });
  });
  const verdictOf = (request: PlannedRequest, authorized = true): string => {
    try {
      guard.assertHarmless(request, authorized);
      return 'sent';
    } catch (error) {
      return String(error).replace('Stop: ', '');
    }
  };

  it.each([
    ['a resource of ours', requestOf('DELETE /berths/{id}', { id: 'ours' })],
    ['an invented id', requestOf('DELETE /berths/{id}', { id: 'brt_Yk3nB7rT' })],
    [
      'a resource of ours and a supplied fixture',
      requestOf('POST /berths/{id}/ships', { id: 'ours', body: { ships: ['lent'] } }),
    ],
    ['a listing', requestOf('GET /berths')],
    ['an undocumented method at an invented id', { ...requestOf('DELETE /berths/{id}', { id: 'x' }), method: 'PUT' }],
  ])('lets pass: %s', (_what, request) => {
    expect(verdictOf(request)).toBe('sent');
  });

  it.each([
    [
      'a resource of others',
      requestOf('DELETE /berths/{id}', { id: 'theirs' }),
      'the berth "theirs" was not created by this run.',
    ],
    [
      'one of others in a body',
      requestOf('POST /berths/{id}/ships', { id: 'ours', body: { ships: ['theirs'] } }),
      'the ship "theirs" was not',
    ],
    [
      'one of others by another name',
      requestOf('POST /berths/{id}/ships', { id: 'ours', body: { ships: ['Argo'] } }),
      'the ship "Argo" was not',
    ],
    [
      'an invented number where the target counts',
      requestOf('POST /berths/{id}/ships', { id: 'ours', body: { ships: ['17'] } }),
      'the ship "17" was not',
    ],
    ['the only one of its kind', requestOf('PATCH /harbour', { body: {} }), 'it changes the only harbour'],
    [
      'what the contract does not explain',
      requestOf('POST /horn', { body: {} }),
      'the contract does not say what it changes',
    ],
    [
      'an undocumented method at one of others',
      { ...requestOf('DELETE /berths/{id}', { id: 'theirs' }), method: 'PUT' },
      '"theirs" was not created',
    ],
  ])('stops: %s', (_what, request, reason) => {
    expect(verdictOf(request)).toContain(reason);
    // Without a token, a server changes nothing: that is what such a check tests.
    expect(verdictOf(request, false)).toBe('sent');
  });
});
