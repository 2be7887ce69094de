import { expect, test } from 'vitest';
import { type HabitSettings, habitSettings } from './habit.js';

test.each<[Readonly<Record<string, string>>, HabitSettings]>([
  [{}, {}],
  [{ lag: '2' }, { lag: 2000 }],
  [{ lag: '0.5s' }, { lag: 500 }],
  [{ lag: '3600s' }, { lag: 3_600_000 }],
  [{ total: '0' }, { zeroTotal: true }],
  [{ limit: 'items' }, { limitOfItems: true }],
  [{ next: 'always' }, { next: 'always' }],
  [{ next: 'unless-fields' }, { next: 'unless-fields' }],
  [{ 'page-cap': '25' }, { pageCap: 25 }],
  [{ 'page-cap': '999999' }, { pageCap: 999_999 }],
  [{ 'missing-text': 'empty' }, { missingText: 'empty' }],
  [{ 'missing-text': 'null' }, { missingText: 'null' }],
  [
    { total: '0', limit: 'items' },
    { zeroTotal: true, limitOfItems: true },
  ],
])('%j', (values, want) => {
  expect(habitSettings(values)).toEqual(want);
});

test.each<readonly [string, string, string]>([
  ['lag', '3601', 'at most 3600 seconds, such as 2s'],
  ['lag', 'x2s', 'at most 3600 seconds, such as 2s'],
  ['lag', '2sx', 'at most 3600 seconds, such as 2s'],
  ['lag', '2.', 'at most 3600 seconds, such as 2s'],
  ['lag', '', 'at most 3600 seconds, such as 2s'],
  ['total', '1', '0'],
  ['limit', 'all', 'items'],
  ['next', 'never', 'always or unless-fields'],
  ['page-cap', '0', 'a number of items, such as 25'],
  ['page-cap', '1000000', 'a number of items, such as 25'],
  ['page-cap', 'x5', 'a number of items, such as 25'],
  ['page-cap', '5x', 'a number of items, such as 25'],
  ['missing-text', 'none', 'empty or null'],
])('%s does not take "%s"', (name, value, takes) => {
  expect(() => habitSettings({ [name]: value })).toThrow(`habit "${name}" does not take "${value}"; expected ${takes}`);
});
