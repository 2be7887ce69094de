import { describe, expect, it } from 'vitest';
import type { Contract, Json } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** Other APIs number their resources, use ids again, or take forms. */

const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const refusal = (description: string, problem: string) => ({
  description,
  ...json({ $ref: '#/components/schemas/Error' }),
  'x-problems': [problem],
});

/** An API of monitors whose keys have this schema. */
function monitors(key: Json, parameter: Json): Contract {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Monitors', version: '1' },
    paths: {
      '/monitors': {
        post: {
          operationId: 'create',
          'x-effect': { create: 'monitor' },
          requestBody: {
            required: true,
            ...json({
              type: 'object',
              required: ['name'],
              additionalProperties: false,
              properties: { name: { type: 'string', minLength: 1, maxLength: 40 } },
            }),
          },
          responses: {
            '201': { description: 'Made', ...json({ $ref: '#/components/schemas/Monitor' }) },
            '400': refusal('Bad', 'bad-body'),
          },
        },
        get: {
          operationId: 'list',
          'x-effect': { list: 'monitor' },
          responses: {
            '200': { description: 'All', ...json({ type: 'array', items: { $ref: '#/components/schemas/Monitor' } }) },
          },
        },
      },
      '/monitors/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: parameter }],
        get: {
          operationId: 'read',
          'x-effect': { read: 'monitor', of: { monitor: 'id' } },
          responses: {
            '200': { description: 'One', ...json({ $ref: '#/components/schemas/Monitor' }) },
            '400': refusal('Bad', 'bad-path'),
            '404': refusal('None', 'no-monitor'),
          },
        },
        delete: {
          operationId: 'delete',
          'x-effect': { delete: 'monitor', of: { monitor: 'id' } },
          responses: {
            '204': { description: 'Gone' },
            '400': refusal('Bad', 'bad-path'),
            '404': refusal('None', 'no-monitor'),
          },
        },
      },
    },
    components: {
      schemas: {
        Monitor: {
          type: 'object',
          required: ['id', 'name'],
          properties: { id: { ...(key as object), readOnly: true }, name: { type: 'string' } },
        },
        Error: {
          type: 'object',
          required: ['message'],
          properties: { message: { type: 'string', 'x-value': 'message' } },
        },
      },
      'x-resources': { monitor: { key: 'id' } },
      'x-problems': {
        'no-monitor': { when: { unknown: 'monitor' }, message: 'No such monitor' },
        'bad-body': { when: { invalid: 'body' }, message: 'Bad body' },
        'bad-path': { when: { invalid: 'path' }, message: 'Bad path' },
      },
    },
  });
}

interface KeyRules {
  /** The key of a new monitor, by the keys in use. */
  readonly next: (used: ReadonlySet<number>) => number;
  /** How responses show it. */
  readonly show: (key: number) => Json;
  /** The fault: deleting has no effect. */
  readonly keepsDeleted?: boolean;
}

/** A server for these monitors. */
function monitorServer({ next, show, keepsDeleted = false }: KeyRules): Target & { readonly left: () => number } {
  const names = new Map<number, string>();
  const shown = (key: number): Json => ({ id: show(key), name: names.get(key) ?? '' });
  const respond = ({ method, path, body = '' }: HttpRequest): { status: number; body?: Json } => {
    const [, , id] = path.split('?')[0]?.split('/') ?? [];
    if (path === '/monitors' && method === 'GET') return { status: 200, body: [...names.keys()].map(shown) };
    if (path === '/monitors' && method === 'POST') {
      const name = nameIn(body);
      if (name === undefined) return { status: 400, body: { message: 'Bad body' } };
      const key = next(new Set(names.keys()));
      names.set(key, name);
      return { status: 201, body: shown(key) };
    }
    if (id === undefined || !/^\/monitors\/[^/]+$/.test(path)) return { status: 404, body: { message: 'Not found' } };
    if (method !== 'GET' && method !== 'DELETE') return { status: 405, body: { message: 'Not allowed' } };
    if (!/^[1-9][0-9]*$/.test(decodeURIComponent(id))) return { status: 400, body: { message: 'Bad path' } };
    const key = Number(id);
    if (!names.has(key)) return { status: 404, body: { message: 'No such monitor' } };
    if (method === 'GET') return { status: 200, body: shown(key) };
    if (!keepsDeleted) names.delete(key);
    return { status: 204 };
  };
  return { ...inProcess(respond), left: () => names.size };
}

function nameIn(body: string): string | undefined {
  const { json: value } = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name, ...others } = value as Record<string, Json>;
  const isName = typeof name === 'string' && name !== '' && [...name].length <= 40;
  return isName && Object.keys(others).length === 0 ? name : undefined;
}

function inProcess(respond: (request: HttpRequest) => { status: number; body?: Json }): Target {
  return {
    name: 'a server in process',
    url: 'http://monitors.example',
    audience: '',
    credentials: {},
    metered: false,
    workers: 1,
    async send(request): Promise<TargetResponse> {
      const { status, body } = respond(request);
      if (body === undefined) return { status, headers: {}, text: '' };
      const text = request.method === 'HEAD' ? '' : JSON.stringify(body);
      return { status, headers: { 'content-type': 'application/json' }, text, ...parseJson(text) };
    },
    close: async () => undefined,
  };
}

function lowestFree(used: ReadonlySet<number>): number {
  let key = 1;
  while (used.has(key)) key += 1;
  return key;
}

const INTEGER = { type: 'integer' };
const DIGITS = { type: 'string', pattern: '^[1-9][0-9]*$' };
const shapes: readonly { readonly name: string; readonly contract: Contract; readonly show: KeyRules['show'] }[] = [
  { name: 'integers', contract: monitors(INTEGER, { type: 'integer', minimum: 1 }), show: (key) => key },
  { name: 'digits in a string', contract: monitors({ type: 'string' }, DIGITS), show: String },
];
const orders: readonly { readonly name: string; readonly next: KeyRules['next'] }[] = [
  { name: 'the lowest free one first', next: lowestFree },
  { name: 'counted on', next: (used) => Math.max(1000, ...used) + 1 },
];
const cases = shapes.flatMap((shape) => orders.map((order) => ({ shape, order })));

describe.each(cases)('keys that are $shape.name, $order.name', ({ shape, order }) => {
  it.each([1, 2, 3])('conform, and nothing is left behind, seed %i', async (seed) => {
    const server = monitorServer({ next: order.next, show: shape.show });
    const report = await verifyTarget(shape.contract, server, { only: [], seed });
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('conforms');
    expect([report.leftovers, server.left()]).toEqual([[], 0]);
  });

  it('do not hide that a deletion has no effect', async () => {
    const server = monitorServer({ next: order.next, show: shape.show, keepsDeleted: true });
    const report = await verifyTarget(shape.contract, server, { only: ['delete/deleted-is-gone'] });
    expect(failures(report)).not.toEqual([]);
  });
});

describe('a form', () => {
  const contract = readContract({
    openapi: '3.1.0',
    info: { title: 'Participants', version: '1' },
    paths: {
      '/participants': {
        post: {
          operationId: 'add',
          requestBody: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': {
                schema: {
                  type: 'object',
                  required: ['address'],
                  properties: { address: { type: 'string', minLength: 1 }, count: { type: 'integer' } },
                },
              },
            },
          },
          responses: {
            '201': { description: 'Added' },
            '400': { description: 'Bad', ...json({ type: 'object' }) },
            '405': { description: 'Not allowed', ...json({ type: 'object' }) },
          },
        },
      },
    },
  });

  function participants(acceptsAnyCount: boolean): Target {
    return inProcess(({ method, path, body = '', headers }) => {
      if (path !== '/participants') return { status: 404, body: {} };
      if (method !== 'POST') return { status: 405, body: {} };
      const form = new URLSearchParams(body);
      const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
      const count = form.get('count');
      const isCount = count === null || acceptsAnyCount || /^-?\d+$/.test(count);
      return isForm && form.get('address') && isCount ? { status: 201 } : { status: 400, body: {} };
    });
  }

  it('may contain the text null', async () => {
    const report = await verifyTarget(contract, participants(false), { only: [] });
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('conforms');
  });

  it('must not contain a text where a number is expected', async () => {
    const report = await verifyTarget(contract, participants(true), { only: ['add/invalid-body'] });
    expect(failures(report)).toEqual(['invalid-body: accepted although body /count violates type']);
  });
});
