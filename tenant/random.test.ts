import { expect, test } from 'vitest';
import { idFrom, randomFrom, randomText } from './random.js';

test('a seed makes numbers reproducible', () => {
  const draw = (seed: number | undefined): number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: 20 }, () => random(1000));
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(undefined)).not.toEqual(draw(undefined));
});

test.each([undefined, 1])('numbers are below their limit and reach every value, seed %s', (seed) => {
  const random = randomFrom(seed);
  const drawn = new Set(Array.from({ length: 500 }, () => random(3)));
  expect([...drawn].sort()).toEqual([0, 1, 2]);
});

test.each([
  { template: 'rol_{alnum:16}', want: /^rol_[A-Za-z0-9]{16}$/ },
  { template: '{hex:24}', want: /^[0-9a-f]{24}$/ },
  { template: 'auth0|{hex:24}!', want: /^auth0\|[0-9a-f]{24}!$/ },
  { template: 'co_{digit:12}', want: /^co_[0-9]{12}$/ },
  { template: 'fixed', want: /^fixed$/ },
])('the template $template', ({ template, want }) => {
  expect(idFrom(template, randomFrom(1))).toMatch(want);
});

test.each(['alnum', 'hex', 'digit'] as const)('a long %s text uses the whole alphabet', (alphabet) => {
  const size = { alnum: 62, hex: 16, digit: 10 }[alphabet];
  expect(new Set(randomText(alphabet, 3000, randomFrom(1))).size).toBe(size);
});

test('an id of digits alone is a number in a path', () => {
  const random = randomFrom(1);
  const ids = Array.from({ length: 200 }, () => idFrom('{digit:8}', random));
  expect(ids.filter((id) => !/^[1-9]\d{7}$/.test(id))).toEqual([]);
});
