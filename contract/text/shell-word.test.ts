import { expect, test } from 'vitest';
import { shellWord } from './shell-word.js';

test.each([
  { text: 'http://127.0.0.1:4000/a_b?', want: "'http://127.0.0.1:4000/a_b?'" },
  { text: 'http://127.0.0.1:4000/a_b', want: 'http://127.0.0.1:4000/a_b' },
  { text: '', want: "''" },
  { text: 'a b', want: "'a b'" },
  { text: '$(id);`id`', want: "'$(id);`id`'" },
  { text: "it's", want: `'it'\\''s'` },
  { text: 'a\nb', want: "'a\nb'" },
])('$text is the word $want', ({ text, want }) => {
  expect(shellWord(text)).toBe(want);
});
