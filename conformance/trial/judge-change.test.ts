import { expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { crews } from '../../contract/derive/test-support/crews.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import type { Exchange } from '../target/exchange.js';
import { type ExpectedChange, judgeChange } from './judge-change.js';

const ours = await defaultContract();
const { contract: derived } = withDerivedState(readContract(crews));

/** The causes that remain of a fault, where a change of this contract got this status. */
function judged(contract: Contract, status: number, expected: ExpectedChange): readonly string[] {
  const operation = contract.operations.find(({ effect }) => effect?.kind === 'add');
  if (operation === undefined) throw new Error('No operation adds to a relation.');
  const exchange: Exchange = {
    request: { method: 'POST', path: '/', headers: {}, operation },
    response: { status, headers: {}, text: '' },
    durationMs: 0,
  };
  const evidence = { grade: 'recorded', source: 'test' } as const;
  const fault: Violation = { cause: 'a fault', expected: 'none', actual: 'one', evidence, exchange };
  // What the function uses of it.
  const context = { contract, judge: () => [fault] } as unknown as CheckContext;
  return judgeChange(exchange, expected, context).map(({ cause }) => cause);
}

it.each<[number, string]>([
  [409, 'a fault for an existing entry'],
  [201, 'a fault'],
])('judges an answer with %d to adding an existing entry: %s', (status, want) => {
  expect(judged(ours, status, { again: true, vain: true })).toEqual([want]);
});

it.each<[string, number, ExpectedChange, readonly string[]]>([
  ['a refusal of what changes nothing', 409, { again: true, vain: true }, []],
  ['a refusal of what is new', 409, { again: false, vain: false }, ['a fault']],
  ['a wrong success', 200, { again: false, vain: true }, ['a fault']],
])('of a derived relation, judges %s', (_what, status, expected, want) => {
  expect(judged(derived, status, expected)).toEqual(want);
});
