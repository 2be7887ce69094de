import { expect, test } from 'vitest';
import { highlight } from './highlight.js';

test.each<[language: string, code: string, want: string]>([
  ['ts', 'const a = "b";', '<span class="key">const</span> a = <span class="str">&#34;b&#34;</span>;'],
  ['ts', 'a // b "c"', 'a <span class="com">// b &#34;c&#34;</span>'],
  ['ts', '"https://x.example"', '<span class="str">&#34;https://x.example&#34;</span>'],
  ['python', 'x = 1 # y', 'x = <span class="num">1</span> <span class="com"># y</span>'],
  ['sh', "curl -d 'a' # b", 'curl -d <span class="str">&#39;a&#39;</span> <span class="com"># b</span>'],
  ['', '<b> & "', '&#60;b&#62; &#38; &#34;'],
])('%s: %s', (language, code, want) => {
  expect(highlight(code, language)).toBe(want);
});
