import { expect, test } from 'vitest';
import { decodeLog, encodeRecord } from './record.js';

const [ONE, TWO] = [encodeRecord(['one']), encodeRecord({ two: 'ü' })];

/** The values in a log, and what it says about the rest. */
function read(...parts: readonly (Buffer | string)[]) {
  const values: unknown[] = [];
  const found = decodeLog(Buffer.concat(parts.map((part) => Buffer.from(part))), (value) => values.push(value));
  return [values, found.length, found.isDamaged];
}

test('a record is a line with a checksum of eight digits', () => {
  expect(String(ONE)).toMatch(/^[0-9a-f]{8} \["one"\]\n$/);
  // A checksum with leading zeros keeps them.
  const checksums = Array.from({ length: 100 }, (_, value) => String(encodeRecord(value)).split(' ')[0]);
  expect(checksums.some((checksum) => checksum?.startsWith('0'))).toBe(true);
  expect(checksums.every((checksum) => checksum?.length === 8)).toBe(true);
});

test.each<{ given: string; log: readonly (Buffer | string)[]; want: unknown }>([
  { given: 'nothing', log: [], want: [[], 0, false] },
  { given: 'whole records', log: [ONE, TWO], want: [[['one'], { two: 'ü' }], ONE.length + TWO.length, false] },
  { given: 'a torn last record', log: [ONE, TWO.subarray(0, -1)], want: [[['one']], ONE.length, false] },
  { given: 'a last record with another checksum', log: [ONE, '00000000 []\n'], want: [[['one']], ONE.length, false] },
  { given: 'a wrong record before others', log: ['00000000 []\n', ONE], want: [[], 0, true] },
  { given: 'a wrong record before a torn one', log: ['00000000 []\n', 'x'], want: [[], 0, false] },
])('a log with $given', ({ log, want }) => {
  expect(read(...log)).toEqual(want);
});
