import { describe, expect, test } from 'vitest';
import { excused } from './faults.js';
import type { CallResult } from './outcome.js';
import { contradiction, outcomeOf } from './outcome.js';
import type { Answer, Sent } from './protocol.js';

const sent = (status: number, more: Partial<Sent> = {}): readonly Sent[] => [
  { verb: 'GET', url: 'https://127.0.0.1:1/api/v2/roles', status, ...more },
];

describe('a call', () => {
  test.each<{ given: string; answer: Answer; returns?: readonly unknown[]; want: object }>([
    { given: 'without a value', answer: { sent: sent(204) }, want: { kind: 'worked' } },
    {
      given: 'with the value somewhere inside',
      answer: { sent: sent(200), value: [{ role: { id: 'rol_1' } }] },
      returns: ['rol_1'],
      want: { kind: 'worked' },
    },
    {
      given: 'without the value',
      answer: { sent: sent(200), value: [] },
      returns: ['rol_1'],
      want: { kind: 'wrong', reason: '"rol_1" is not in [] (GET /api/v2/roles 200)' },
    },
    {
      given: 'that is refused by name',
      answer: { sent: sent(501, { outside: 'path /api/v2/roles' }), error: 'ManagementError: 501' },
      want: { kind: 'refused', reason: 'path /api/v2/roles' },
    },
    {
      given: 'that is refused, and the SDK does not throw',
      answer: { sent: sent(501, { outside: 'path /api/v2/roles' }) },
      want: { kind: 'wrong', reason: 'no success: GET /api/v2/roles 501' },
    },
    {
      given: 'that fails for another reason',
      answer: { sent: sent(400), error: 'BadRequestError: 400' },
      want: { kind: 'wrong', reason: 'BadRequestError: 400 (GET /api/v2/roles 400)' },
    },
    {
      given: 'that fails before it sends anything',
      answer: { sent: [], error: 'TypeError' },
      want: { kind: 'wrong', reason: 'TypeError ()' },
    },
  ])('$given', ({ answer, returns, want }) => {
    expect(outcomeOf(answer, returns === undefined ? {} : { returns })).toMatchObject(want);
  });

  test('need not return what the SDK did not send', () => {
    const call = { body: { name: 'Guide', quota: 'much' }, returns: ['Guide', 'much'] };
    const answer = { sent: sent(201, { body: '{"name":"Guide"}' }), value: { name: 'Guide' } };
    expect(outcomeOf(answer, call).kind).toBe('worked');
    expect(outcomeOf({ ...answer, value: {} }, call).kind).toBe('wrong');
  });
});

describe('what is there after a call', () => {
  test.each([
    { given: {}, status: 200, body: [], want: undefined },
    { given: { status: 404 }, status: 200, body: [], want: 'afterwards, GET /x answers 200, not 404' },
    { given: { has: ['a'] }, status: 200, body: ['a'], want: undefined },
    { given: { has: ['a'] }, status: 200, body: ['b'], want: 'afterwards, GET /x lacks "a"' },
    { given: { lacks: ['a'] }, status: 200, body: { in: ['a'] }, want: 'afterwards, GET /x still has "a"' },
  ])('$given of $body: $want', ({ given, status, body, want }) => {
    expect(contradiction({ get: '/x', ...given }, { status, body })).toBe(want);
  });
});

describe('a known fault of an SDK', () => {
  const sdk = 'PyPI auth0-python 4.13.0';
  const query = { allow_any_organization: false };
  const call: CallResult = { method: 'client_grants.all', operation: 'GET /x', query, kind: 'wrong', reason: 'bad' };

  test('excuses the call with its argument only', () => {
    expect(excused(sdk, call)).toMatchObject({ kind: 'faulty', reason: 'findings/auth0-python-capital-boolean.sh' });
    expect(excused(sdk, { ...call, query: {} })).toMatchObject({ kind: 'wrong' });
    expect(excused('PyPI auth0-python 6.8.0', call)).toMatchObject({ kind: 'wrong' });
  });

  test('is wrong once the call works', () => {
    expect(excused(sdk, { ...call, kind: 'worked' }).kind).toBe('wrong');
  });
});
