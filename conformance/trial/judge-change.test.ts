import { describe, expect, it } from 'vitest';
import { defaultContract } from '../../contract/load/default.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding.js';
import type { Exchange } from '../target/exchange.js';
import { judgeChange } from './judge-change.js';

describe('judgeChange', () => {
  it.each([
    { status: 409, want: 'a fault for an existing entry' },
    { status: 201, want: 'a fault' },
  ])('of an answer with $status to adding an existing entry: $want', async ({ status, want }) => {
    const contract = await defaultContract();
    const operation = contract.operations.find(({ effect }) => effect?.kind === 'add');
    const exchange: Exchange = {
      request: { method: 'POST', path: '/', headers: {}, ...(operation === undefined ? {} : { operation }) },
      response: { status, headers: {}, text: '' },
      durationMs: 0,
    };
    const fault: Violation = {
      cause: 'a fault',
      expected: 'none',
      actual: 'one',
      evidence: { grade: 'recorded', source: 'test' },
      exchange,
    };
    // What the function uses of it.
    const context = { contract, judge: () => [fault] } as unknown as CheckContext;
    expect(judgeChange(exchange, true, context).map(({ cause }) => cause)).toEqual([want]);
  });
});
