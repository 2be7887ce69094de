import { beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../contract/contract.js';
import type { Answer } from '../answer/answer.js';
import { Refusal } from '../answer/refusal.js';
import type { PlainRequest } from '../exchange.js';
import { Monitor, type WatchedRequest } from './monitor.js';

const REQUEST: PlainRequest = { method: 'GET', path: '/a', query: 'b=c', headers: {}, body: '' };
const operation = { id: 'list', security: [{ scopes: ['read'], pointer: '' }] } as unknown as Operation; // all that it uses
const caller = { subject: 's', client: 'one', scopes: new Set(['read', 'more']) };
const watched = (more: Partial<WatchedRequest> = {}): WatchedRequest => ({
  endpoint: { operation },
  began: performance.now() - 5,
  fault: undefined,
  known: undefined,
  caller,
  ...more,
});
const answer = (more: Partial<Answer> = {}): Answer => ({ response: { status: 200, headers: {}, body: '' }, ...more });
const FAULT = { id: 'fault-1', left: 1 };

let monitor: Monitor;

beforeEach(() => {
  monitor = new Monitor();
});

const logged = () => monitor.log.list(0, () => true);

test('a request is logged with what is known of it', () => {
  monitor.served(REQUEST, watched(), answer(), 7);
  monitor.served(REQUEST, undefined, answer({ reason: 'why' }), 8);
  expect(logged()).toEqual([
    {
      number: 1,
      at: 7,
      duration: expect.any(Number),
      method: 'GET',
      path: '/a',
      query: 'b=c',
      status: 200,
      operation: 'list',
      client: 'one',
      reason: undefined,
      fault: undefined,
    },
    expect.objectContaining({ number: 2, at: 8, duration: 0, operation: undefined, client: undefined, reason: 'why' }),
  ]);
  expect(logged()[0]?.duration).toBeGreaterThanOrEqual(5);
  expect(logged()[0]?.duration).toBeLessThan(10_000);
});

test('the text of a known target is kept once', () => {
  const known = { path: '/known', query: 'k=1' };
  monitor.served(REQUEST, watched({ known }), answer(), 7);
  expect(logged()).toMatchObject([known]);
});

test.each<{ given: string; more?: Partial<WatchedRequest>; answered?: Partial<Answer>; want: readonly unknown[] }>([
  { given: 'that is answered', want: [['read']] },
  { given: 'with more scopes', answered: { scopes: ['more'] }, want: [['more', 'read']] },
  { given: 'without a token', more: { caller: undefined }, want: [] },
  { given: 'without security', more: { endpoint: { operation: { ...operation, security: [] } } }, want: [] },
  { given: 'beyond the rate limit', answered: { refusal: new Refusal({ kind: 'rate' }, {}, '') }, want: [] },
  { given: 'that fails on demand', more: { fault: FAULT }, want: [] },
  {
    given: 'that is refused for another reason',
    answered: { refusal: new Refusal({ kind: 'unknown', of: 'x' }, {}, '') },
    want: [['read']],
  },
])('the scopes that a request $given used: $want', ({ more, answered, want }) => {
  monitor.served(REQUEST, watched(more), answer(answered), 7);
  expect(monitor.scopes.list().map(({ used }) => [...used])).toEqual(want);
});

test.each([
  { scopes: ['read'], want: [['list', [['extra']]]] },
  { scopes: [], want: [['list', [['read']]]] },
])('what a request with the scopes $scopes lacked: $want', ({ scopes, want }) => {
  const refusal = new Refusal({ kind: 'scope' }, { scopes: 'extra' }, '');
  monitor.served(REQUEST, watched({ caller: { ...caller, scopes: new Set(scopes) } }), answer({ refusal }), 7);
  expect(
    monitor.scopes
      .list()
      .flatMap(({ lacked }) => lacked.map((each) => [each.operation, each.scopes.map((all) => [...all])])),
  ).toEqual(want);
});

test('a fault is taken for its operation, and all is forgotten at once', () => {
  expect(monitor.faultFor(operation)).toBeUndefined();
  monitor.faults.add({ operation: 'list', times: 2, status: 500 });
  expect(monitor.faultFor({ ...operation, id: 'other' })).toBeUndefined();
  expect(monitor.faultFor(operation)).toMatchObject({ id: 'fault-1', status: 500 });
  monitor.served(REQUEST, watched({ fault: { ...FAULT, id: 'fault-1' } }), answer(), 7);
  monitor.served(REQUEST, watched(), answer(), 7);
  expect(logged()[0]).toMatchObject({ fault: 'fault-1' });
  monitor.clear();
  expect([logged(), monitor.scopes.list(), monitor.faults.size]).toEqual([[], [], 0]);
});
