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

test.each<{ given: string; problem: StateProblem; note: string; left: Json }>([
  {
    given: 'an item is called by its name',
    problem: problem('#/berths/1'),
    note: 'berths "b": left out. Why.',
    left: { ...STATE, berths: [STATE.berths[0] as Json] },
  },
  {
    given: 'a place in an item is told',
    problem: problem('#/berths/0/owner', 'id'),
    note: 'berths "a" owner id: left out. Why.',
    left: { ...STATE, berths: [{ ...STATE.berths[0], owner: {} }, { name: 'b' }] },
  },
  {
    given: 'an entry without a name is called by its number',
    problem: problem('#/berth-boats/0'),
    note: 'berth-boats 0: left out. Why.',
    left: { ...STATE, 'berth-boats': [] },
  },
  {
    given: 'a list is left out as a whole',
    problem: problem('#/berth-boats'),
    note: 'berth-boats: left out. Why.',
    left: { berths: STATE.berths },
  },
  {
    given: 'what is not there is no reason to go on',
    problem: problem('#/piers/3/depth'),
    note: 'piers 3 depth: left out. Why.',
    left: STATE,
  },
])('$given', async ({ problem: given, note, left }) => {
  const before = JSON.stringify(STATE);
  expect(await fittingState(STATE, loader([given]))).toEqual({ state: left, notes: [note] });
  expect(JSON.stringify(STATE)).toBe(before);
});

test.each([
  [{ identifier: 'x', id: 'y' }, 'x'],
  [{ id: 'y' }, 'y'],
])('an item without a name, %j, is called %s', async (item, name) => {
  const { notes } = await fittingState({ list: [item] }, loader([problem('#/list/0')]));
  expect(notes).toEqual([`list "${name}": left out. Why.`]);
});

test('several problems of one round are all left out, and rounds come to an end', async () => {
  const { state } = await fittingState(
    { list: [1, 2, 3, 4] },
    loader([problem('#/list/0'), problem('#/list/2'), problem('#/list/0')]),
  );
  expect(state).toEqual({ list: [2, 4] });
  let rounds = 0;
  const load = async (): Promise<void> => {
    rounds += 1;
    if (rounds < 20) throw new StateError([problem('#/list/9')]);
  };
  await fittingState({ list: [] }, load);
  expect(rounds).toBe(20);
  rounds = -1;
  await expect(fittingState({ list: [] }, load)).rejects.toThrow(StateError);
  expect(rounds).toBe(19);
});
