import { expect, test } from 'vitest';
import { visible } from './visible.js';

test.each([
  ['a.ts', "/** a\u202eb */ const c = '\u009b\u2028';\n\tx", "/** a\\u202eb */ const c = '\\u009b\\u2028';\n\tx"],
  ['docs/a.md', '# a\u001b[2J\u2066b\r\n\tc', '# a\ufffd[2J\ufffdb\ufffd\n\tc'],
])('%s shows controls and reordering of the contract', (path, text, want) => {
  expect(visible({ path, text })).toEqual({ path, text: want });
});
