import { describe, expect, it } from 'vitest';
import type { Exchange } from '../target/exchange.js';
import { UnansweredRequests } from './unanswered-requests.js';

describe('requests that may have ended a target', () => {
  const lost = (path: string, durationMs: number): Exchange => ({
    request: { method: 'GET', path, headers: {} },
    response: { status: 0, headers: {}, text: '' },
    durationMs,
  });
  const lines = (unanswered: UnansweredRequests) => unanswered.suspects.map(({ line }) => line);

  it.each([
    ['broke', 'reset', ['GET /a']],
    ['got no answer in time', 'timeout', ['GET /a']],
    ['were answered by a gateway', 'gateway', ['GET /a']],
    ['reached nothing', 'refused', []],
    ['were cancelled', 'cancelled', []],
  ] as const)('are those that %s', (_what, kind, expected) => {
    const unanswered = new UnansweredRequests();
    unanswered.record(lost('/a?token=1', 10), kind, 'a', 1000);
    expect(lines(unanswered)).toEqual(expected);
  });

  it('were sent before the first of them failed', () => {
    const unanswered = new UnansweredRequests();
    unanswered.record(lost('/a', 10), 'reset', 'a', 1000);
    unanswered.record(lost('/b', 500), 'reset', 'b', 1001);
    unanswered.record(lost('/c', 1), 'reset', 'c', 1010);
    expect(lines(unanswered)).toEqual(['GET /a', 'GET /b']);
  });

  it('are none where the target still answers', () => {
    const unanswered = new UnansweredRequests();
    unanswered.record(lost('/a', 10), 'reset', 'a', 1000);
    unanswered.answered();
    expect(lines(unanswered)).toEqual([]);
    unanswered.record(lost('/b', 10), 'reset', 'b', 2000);
    expect(lines(unanswered)).toEqual(['GET /b']);
  });
});
