import { expect, test } from 'vitest';
import { randomFrom } from '../../random.js';
import { PositionIds } from './position-ids.js';

test.each(['{hex:24}', 'org_{alnum:16}', 'a{digit:6}-{digit:6}b', '{alnum:6}'])('ids of %s lead back', (template) => {
  const ids = PositionIds.of(template, randomFrom(7));
  const positions = [...Array.from({ length: 500 }, (_, index) => index), 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
  expect(positions.map((position) => ids.positionOf(ids.at(position)))).toEqual(positions);
  expect(new Set(positions.map((position) => ids.at(position))).size).toBe(positions.length);
});

test('ids of another key, and other texts, lead nowhere', () => {
  const ids = PositionIds.of('u_{hex:24}', randomFrom(7));
  const other = PositionIds.of('u_{hex:24}', randomFrom(8));
  expect(ids.at(0)).not.toBe(other.at(0));
  for (const text of [other.at(0), '', 'u_', 'u_0', `${ids.at(3)}0`, ids.at(3).slice(0, -1), ids.at(3).toUpperCase()])
    expect(ids.positionOf(text)).toBeUndefined();
});

test.each([
  { template: '{hex:8}', want: true },
  { template: '{hex:7}', want: false },
  { template: 'constant', want: false },
])('$template has enough letters: $want', ({ template, want }) => {
  expect(PositionIds.fit(template)).toBe(want);
});
