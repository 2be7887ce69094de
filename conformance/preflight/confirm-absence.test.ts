import { expect, it } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import type { TargetResponse } from '../target/exchange.js';
import { parseJson, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

const ok = { responses: { '200': { description: 'ok', ...json({ type: 'object' }) } } };
const contract = withDerivedState(
  readContract({
    openapi: '3.1.0',
    info: { title: 'Queue', version: '1' },
    paths: {
      '/queue': { get: { operationId: 'queue', ...ok } },
      '/queue/head/': { get: { operationId: 'head', ...ok } },
    } satisfies JsonObject,
  }),
).contract;

interface Answer {
  readonly type?: string;
  readonly body: (path: string, count: number) => string;
}
const JSON_TYPE = 'application/json';
const nothing: Answer = { body: (path, count) => JSON.stringify({ id: `${count}af3`, detail: `No route ${path}.` }) };

/** @param head - the 404 of the operation */
function serverOf(head: Answer, unknown: Answer): { readonly target: Target; readonly paths: string[] } {
  const paths: string[] = [];
  const target: Target = {
    name: 'queue',
    url: 'http://127.0.0.1:1',
    audience: 'queue',
    credentials: {},
    metered: false,
    workers: 2,
    send: async ({ path }): Promise<TargetResponse> => {
      paths.push(path);
      if (path === '/queue') return { status: 200, headers: { 'content-type': JSON_TYPE }, text: '{}', json: {} };
      const { type = JSON_TYPE, body } = path === '/queue/head/' ? head : unknown;
      const text = body(path, paths.length);
      return { status: 404, headers: { 'content-type': type }, text, ...parseJson(text) };
    },
    close: async () => undefined,
  };
  return { target, paths };
}

it.each([
  { name: 'is not implemented, where any path gets it', head: nothing, unknown: nothing, want: 'NOT_IMPLEMENTED' },
  {
    name: 'is its own answer, where other paths get another text',
    head: { body: () => '{"id":"1af3","detail":"The queue is empty."}' },
    unknown: nothing,
    want: 'WRONG_STATUS',
    asked: 2,
  },
  {
    name: 'is its own answer, where other paths get a page',
    head: { body: () => '{"detail":"Not found."}' },
    unknown: { type: 'text/html', body: () => '<p>Not found.</p>' },
    want: 'WRONG_STATUS',
  },
  {
    name: 'is not implemented, where it says nothing',
    head: { body: () => '' },
    unknown: nothing,
    want: 'NOT_IMPLEMENTED',
  },
  {
    name: 'is not implemented, where pages differ',
    head: { type: 'text/html', body: () => '<p nonce="xyzw">Not found.</p>' },
    unknown: { type: 'text/html', body: () => '<p nonce="wxyz">Not found.</p>' },
    want: 'NOT_IMPLEMENTED',
  },
])('a 404 that an operation without parameters answers $name', async ({ head, unknown, want, asked = 1 }) => {
  const { target, paths } = serverOf(head, unknown);
  const report = await verifyTarget(contract, target, { only: ['*/documented-success'] });
  expect(report.findings.map(({ code, operations }) => [code, operations])).toEqual([[want, ['head']]]);
  expect(paths.filter((path) => path !== '/queue' && path !== '/queue/head/')).toEqual(
    Array.from({ length: asked }, () => '/queue/head-no-such-route/'),
  );
});

it.each([
  { name: 'is not implemented', detail: 'Not found.', want: 'NOT_IMPLEMENTED' },
  { name: 'is its own answer', detail: 'The queue is empty.', want: 'WRONG_STATUS' },
])('a 404 with an id of letters $name, where it says $detail', async ({ detail, want }) => {
  const letters = (count: number) => `q${'ghijklmnop'[count % 10]}${'PQRSTUVWXY'[Math.floor(count / 10) % 10]}z`;
  const saying =
    (text: string): Answer['body'] =>
    (_, count) =>
      JSON.stringify({ trace: letters(count), detail: text });
  const { target, paths } = serverOf({ body: saying(detail) }, { body: saying('Not found.') });
  const report = await verifyTarget(contract, target, { only: ['*/documented-success'] });
  expect(report.findings.map(({ code, operations }) => [code, operations])).toEqual([[want, ['head']]]);
  expect(paths.filter((path) => path.includes('no-such-route'))).toHaveLength(2);
});
