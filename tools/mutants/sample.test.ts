import { expect, test } from 'vitest';
import { type Mutation, sampleOf } from './sample.js';

const mutation = (file: string, index: number): Mutation => ({
  id: `${file}-${index}`,
  fileName: `/project/${file}`,
  mutatorName: 'BooleanLiteral',
  replacement: 'false',
  location: { start: { line: index, column: 1 }, end: { line: index, column: 5 } },
});
const all = [
  ...Array.from({ length: 300 }, (_, index) => mutation('tenant/core.ts', index)),
  ...Array.from({ length: 100 }, (_, index) => mutation('conformance/judge/judge.ts', index)),
  mutation('diff/diff.ts', 0),
  mutation('replay/replay.ts', 0),
];
const sample = (mutations: readonly Mutation[], seed: number) => [
  ...sampleOf(mutations, { size: 40, seed, root: '/project' }),
];

test('a sample has as many mutations of each area, or all where there are fewer', () => {
  const ids = sample(all, 1);
  expect(ids.filter((id) => id.startsWith('tenant/'))).toHaveLength(40);
  expect(ids.filter((id) => id.startsWith('conformance/judge/'))).toHaveLength(40);
  expect(ids.filter((id) => id.startsWith('diff/'))).toEqual(['diff/diff.ts-0']);
  expect(ids).toHaveLength(81);
});

test('the same seed chooses the same mutations, in any order and under any ids', () => {
  const renumbered = all.toReversed().map((one, index) => ({ ...one, id: String(index) }));
  const byId = new Map(renumbered.map((one, index) => [one.id, all.toReversed()[index]?.id]));
  expect(
    sample(renumbered, 1)
      .map((id) => byId.get(id))
      .sort(),
  ).toEqual(sample(all, 1).sort());
});

test('another seed chooses others', () => {
  expect(sample(all, 2)).not.toEqual(sample(all, 1));
});
