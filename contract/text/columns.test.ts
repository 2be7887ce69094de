import { expect, test } from 'vitest';
import { columnsOf, endInColumns, padColumns } from './columns.js';

test.each([
  ['roles', 5],
  ['rôles', 5],
  ['re\u0301sume\u0301', 6],
  ['日本語', 6],
  ['カード', 6],
  ['한국어', 6],
  ['ＡＢ', 4],
  ['🎉 ok', 5],
  ['👩‍👩‍👧', 2],
  ['', 0],
])('%s takes %d columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
  expect(columnsOf(padColumns(text, 9))).toBe(9);
});

test('a text is cut between characters', () => {
  expect(endInColumns('roles', 5)).toBe('roles');
  expect(endInColumns('cassettes/roles', 6)).toBe('…roles');
  expect(endInColumns('日本語', 4)).toBe('…語');
  expect(endInColumns('日本語🎉', 6)).toBe('…語🎉');
  expect(endInColumns('aae\u0301', 2)).toBe('…e\u0301');
});
