import { expect, test } from 'vitest';
import { printable, printableLines } from './printable.js';

test.each([
  { given: 'plain text', text: 'rôle "日本" 😀 ok\t1', want: 'rôle "日本" 😀 ok\t1' },
  { given: 'an escape sequence', text: 'a\u001b[31mred', want: 'a\\u{1b}[31mred' },
  { given: 'bell, null and backspace', text: '\u0007\0\b', want: '\\u{7}\\u{0}\\u{8}' },
  { given: 'vertical tab and form feed', text: '\v\f', want: '\\u{b}\\u{c}' },
  { given: 'the last C0 control, and the first character after', text: '\u001f ', want: '\\u{1f} ' },
  {
    given: 'delete and C1 controls',
    text: '~\u007f\u0080\u009b\u009f\u00a0',
    want: '~\\u{7f}\\u{80}\\u{9b}\\u{9f}\u00a0',
  },
  { given: 'an override of direction', text: 'abc\u202edef\u202a', want: 'abc\\u{202e}def\\u{202a}' },
  { given: 'isolates', text: '\u2066x\u2069', want: '\\u{2066}x\\u{2069}' },
  { given: 'direction marks', text: '\u061c\u200e\u200f', want: '\\u{61c}\\u{200e}\\u{200f}' },
  { given: 'neighbours of the bidi controls', text: '\u200d\u202f\u2065\u206a', want: '\u200d\u202f\u2065\u206a' },
  { given: 'Unicode line separators', text: '\u2028\u2029', want: '\\u{2028}\\u{2029}' },
  { given: 'an overwritten line', text: 'PASSED\rFAILED', want: 'PASSED\\rFAILED' },
])('$given is safe to print', ({ text, want }) => {
  expect(printable(text)).toBe(want);
  expect(printableLines(text)).toBe(want);
});

test('line breaks are escaped in a line and kept in lines', () => {
  expect(printable('a\nb\r\nc')).toBe('a\\nb\\r\\nc');
  expect(printableLines('a\nb\r\nc\rd')).toBe('a\nb\nc\\rd');
});
