import { expect, it } from 'vitest';
import { Availability } from './availability.js';

/** `.`: an answer, `x`: a broken connection, `t`: an answer that comes too late; a second passes before each. */
function gone(happenings: string, msApart = 1000): boolean {
  const availability = new Availability();
  [...happenings].forEach((happening, index) => {
    if (happening === '.') availability.answered();
    else availability.failed(index * msApart, happening === 't' ? 'timeout' : 'reset');
  });
  return availability.isGone;
}

it.each([
  { name: 'three failures in a row, over seconds', happenings: '.xxxx', want: true },
  { name: 'failures from the start', happenings: 'xxxx', want: true },
  { name: 'many failures, but not in a row', happenings: 'xx.xx.xx.xx.xx.', want: false },
  { name: 'many failures within a moment', happenings: 'xxxxxxxxxx', msApart: 100, want: false },
  { name: 'two failures far apart', happenings: 'xx', msApart: 60_000, want: false },
  { name: 'a row that begins anew after an answer', happenings: 'xxx.xxx', want: false },
  { name: 'late answers for less than a minute', happenings: 'tttttttt', msApart: 8000, want: false },
  { name: 'late answers for a minute', happenings: 'ttttttttt', msApart: 8000, want: true },
  { name: 'late answers, then a broken connection', happenings: 'tttx', want: true },
  { name: 'late answers, after a broken connection and an answer', happenings: 'x.tttt', want: false },
])('$name: gone $want', ({ happenings, msApart, want }) => {
  expect(gone(happenings, msApart)).toBe(want);
});

it('says whether the target ever answered', () => {
  const availability = new Availability();
  availability.failed(0, 'timeout');
  expect(availability.everAnswered).toBe(false);
  availability.answered();
  expect(availability.everAnswered).toBe(true);
});

it('says whether the target may only be busy', () => {
  const availability = new Availability();
  expect(availability.isLate).toBe(false);
  availability.failed(0, 'timeout');
  expect(availability.isLate).toBe(true);
  availability.failed(0, 'refused');
  expect(availability.isLate).toBe(false);
});
