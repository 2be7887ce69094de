import { expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { StateError, type StateProblem } from '../errors.js';
import { fittingState } from './fitting-state.js';

/** Loads states that have none of these problems, in turn. */
function loader(...rounds: readonly (readonly StateProblem[])[]): (state: Json) => Promise<void> {
  const left = [...rounds];
  return async () => {
    const problems = left.shift();
    if (problems !== undefined) throw new StateError(problems);
  };
}

const problem = (pointer: string, surplus?: string): StateProblem => ({
  pointer,
  message: 'Why.',
  ...(surplus === undefined ? {} : { surplus }),
});

const STATE = { berths: [{ name: 'a', depth: 1, owner: { id: 1 } }, { name: 'b' }], 'berth-boats': [{ berth: 'b' }] };

test.each([
  {
    given: 'a property',
    problems: [problem('#/berths/0/depth')],
    want: { berths: [{ name: 'a', owner: { id: 1 } }, { name: 'b' }] },
  },
  {
    given: 'a property that may not be there',
    problems: [problem('#/berths/0', 'depth')],
    want: { berths: [{ name: 'a', owner: { id: 1 } }, { name: 'b' }] },
  },
  {
    given: 'a property inside another',
    problems: [problem('#/berths/0/owner', 'id')],
    want: { berths: [{ name: 'a', depth: 1, owner: {} }, { name: 'b' }] },
  },
  {
    given: 'an item',
    problems: [problem('#/berths/1')],
    want: { berths: [{ name: 'a', depth: 1, owner: { id: 1 } }] },
  },
  {
    given: 'a property that is missing',
    problems: [problem('#/berths/1/depth')],
    want: { berths: [{ name: 'a', depth: 1, owner: { id: 1 } }] },
  },
])('$given is left out, and noted', async ({ problems, want }) => {
  const { state, notes } = await fittingState(STATE, loader(problems));
  expect(state).toEqual({ ...STATE, ...want });
  expect(notes).toEqual([expect.stringMatching(/^berths "[ab]".*: left out\. Why\.$/)]);
});

test('what names an item that was left out follows', async () => {
  const { state, notes } = await fittingState(STATE, loader([problem('#/berths/1')], [problem('#/berth-boats/0')]));
  expect(state).toEqual({ berths: [STATE.berths[0]], 'berth-boats': [] });
  expect(notes).toHaveLength(2);
});

test('other errors are not hidden', async () => {
  await expect(fittingState(STATE, () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
});

test('a state that nothing makes fit is an error', async () => {
  const load = () => Promise.reject(new StateError([problem('#')]));
  await expect(fittingState(STATE, load)).rejects.toThrow(StateError);
});
