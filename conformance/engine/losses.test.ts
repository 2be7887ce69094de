import { describe, expect, it } from 'vitest';
import { NoAnswer } from '../session/no-answer.js';
import type { PlannedRequest } from '../target/request.js';
import { type FailureKind, TargetFailure } from '../target/target.js';
import { Losses } from './losses.js';

function loss(method: string, kind: FailureKind = 'reset', more: Partial<PlannedRequest> = {}): NoAnswer {
  const request: PlannedRequest = { method, path: '/berths', headers: {}, ...more };
  const response = { status: 0, headers: {}, text: '' };
  return new NoAnswer({ request, response, durationMs: 1 }, new TargetFailure(kind, 'broken'), undefined);
}

describe('after a request without an answer', () => {
  it('a check runs again, until a write is lost at the same place four times', () => {
    const losses = new Losses();
    expect([5, 5, 5, 5].map((ordinal) => losses.add(loss('POST'), ordinal))).toEqual([
      'repeat',
      'repeat',
      'repeat',
      'report',
    ]);
  });

  it('a write that was answered when it was sent again is not the fault of its place', () => {
    const losses = new Losses();
    const { exchange, failure } = loss('DELETE');
    const answered = new NoAnswer(exchange, failure, undefined, { answersAgain: true });
    expect([5, 5, 5, 5, 5].map((ordinal) => losses.add(answered, ordinal))).toEqual(Array(5).fill('repeat'));
  });

  it('an answer that was late while the target was busy is the fault of its place at the fourth time', () => {
    for (const method of ['GET', 'PUT']) {
      const losses = new Losses();
      const next = [5, 5, 5, 5].map((ordinal) => losses.add(loss(method, 'timeout'), ordinal, 'late'));
      expect(next).toEqual(['repeat', 'repeat', 'repeat', 'report']);
      expect(new Losses().add(loss(method, 'timeout'), 5, 'at once')).toBe('report');
      expect(new Losses().add(loss('GET', 'reset'), 5, 'late')).toBe('report');
    }
  });

  it('a check gives up after eight losses at different places', () => {
    const losses = new Losses();
    const next = [1, 2, 3, 4, 5, 6, 7, 8].map((ordinal) => losses.add(loss('DELETE'), ordinal));
    expect(next).toEqual([...Array.from({ length: 7 }, () => 'repeat'), 'give up']);
  });

  it('a check with many requests may lose more', () => {
    const losses = new Losses();
    const next = Array.from({ length: 20 }, (_, index) => losses.add(loss('POST'), 100 + index));
    expect(new Set(next)).toEqual(new Set(['repeat']));
  });

  it('writes are sent again once a check has lost one, and at a shared target from the start', () => {
    const losses = new Losses();
    expect([losses.resendsWrites, new Losses(true).resendsWrites]).toEqual([false, true]);
    losses.add(loss('POST'), 1);
    expect(losses.resendsWrites).toBe(true);
  });

  it.each([
    ['a request without effect, which was sent again already', loss('GET')],
    ['a timeout', loss('POST', 'timeout')],
    ['an answer that is too large', loss('POST', 'too-large')],
    ['an answer that is not HTTP', loss('POST', 'garbled')],
  ])('%s is reported at once', (_name, given) => {
    expect(new Losses().add(given, 1)).toBe('report');
  });

  it('the loss is described', () => {
    const losses = new Losses();
    expect(losses.text).toBeUndefined();
    losses.add(loss('POST'), 1);
    expect(losses.text).toBe('1 request got no answer, the last POST /berths (reset).');
    losses.add(loss('PUT'), 2);
    expect(losses.text).toBe('2 requests got no answer, the last PUT /berths (reset).');
  });
});
