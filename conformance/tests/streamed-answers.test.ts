import { describe, expect, it, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { isStream, valuesOfLines } from '../../contract/http/stream.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { TargetResponse } from '../target/exchange.js';
import { type HttpRequest, parseJson, type Target, TargetFailure } from '../target/target.js';
import { judged, verifyTarget } from '../test-support/verify-target.js';

/** Gateways of gRPC send a value in each line, and documents have the schema of one value. */

const event: JsonObject = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' } },
};
const streamed: JsonObject = {
  type: 'object',
  title: 'Stream result of v1Event',
  properties: { result: event, error: { type: 'object' } },
};
const get = (operationId: string, schema: JsonObject): JsonObject => ({
  get: { operationId, responses: { '200': { description: 'ok(streaming responses)', ...json(schema) } } },
});

function contractOf(schema: JsonObject) {
  const paths = { '/events': get('events.read', schema), '/watch': get('events.watch', schema) };
  return readContract({ openapi: '3.0.3', info: { title: 'Events', version: '1' }, paths });
}

/** @param isStream - whether the headers of the answer that does not end say so */
function serverOf(events: string, isStream = false): Target {
  return {
    name: 'events',
    url: 'http://127.0.0.1:1',
    audience: 'events',
    credentials: {},
    metered: false,
    workers: 2,
    send: async ({ path }: HttpRequest): Promise<TargetResponse> => {
      if (path.toLowerCase() === '/watch')
        throw new TargetFailure('timeout', 'no complete answer within 10000 ms', { isStream });
      const isKnown = path === '/events';
      const text = isKnown ? events : '{}';
      const headers = { 'content-type': 'application/json' };
      return { status: isKnown ? 200 : 404, headers, text, ...parseJson(text) };
    },
    close: async () => undefined,
  };
}

const TWO = '{"result":{"id":"a"}}\n{"result":{"id":"b"}}\n';
const only = ['*/documented-success'];

describe('an answer with a value in each line', () => {
  it.each<[string, string, readonly string[]]>([
    ['is right', TWO, []],
    ['may have no value', '', []],
    [
      'is wrong where one of them is',
      `${TWO}{"result":{}}\n`,
      ['failed documented-success: body /result: required id at events.read'],
    ],
    ['is wrong where a line is not JSON', `${TWO}oops`, ['failed documented-success: body is not JSON at events.read']],
  ])('%s', async (_what, events, want) => {
    const report = await verifyTarget(contractOf(streamed), serverOf(events), { only });
    expect(judged(report)).toEqual(want);
    const watch = report.checks.find(({ operation }) => operation === 'events.watch');
    expect(watch).toMatchObject({
      outcome: 'skipped',
      reason: 'GET /watch answers with a stream, and it may not end.',
    });
  });

  it('may not end at a path in upper case either', async () => {
    const report = await verifyTarget(contractOf(streamed), serverOf(TWO), { only: ['events.watch/unknown-path'] });
    expect(judged(report)).toEqual([]);
    expect(report.checks[0]?.reason).toMatch(/^GET \/WATCH answers with a stream, and it may not end\.$/);
  });

  it('is not what a document without streams describes', async () => {
    const report = await verifyTarget(contractOf({ ...streamed, title: 'Events' }), serverOf(TWO), { only });
    expect(judged(report)).toEqual([
      'failed documented-success: body is not JSON at events.read',
      'failed documented-success: no answer: timeout at events.watch',
    ]);
  });

  it('may not end either where only its Content-Type says that it is a stream', async () => {
    const target = serverOf('{"id":"a"}', true);
    const report = await verifyTarget(contractOf({ ...streamed, title: 'Events' }), target, { only });
    expect(judged(report)).toEqual([]);
    expect(report.checks.map(({ reason }) => reason)).toEqual([
      undefined,
      'GET /watch answers with a stream, and it may not end.',
    ]);
  });
});

test.each([
  ['text/event-stream', {}, true],
  ['application/x-ndjson', {}, true],
  ['application/json', streamed, true],
  ['application/json', event, false],
])('%s of %o is a stream: %s', (type, schema, want) => {
  expect(isStream({ type, schema })).toBe(want);
});

test('lines without a value count for nothing', () => {
  expect(valuesOfLines('1\r\n\n{"a":2}\n')).toEqual([1, { a: 2 }]);
});
