import { expect, test } from 'vitest';
import { locate } from './locate.js';

const YAML = `a: &shared
  b: 1
  c/d:
    - x
    - {e: 2}
f: *shared
g:
  <<: *shared
  h: 3
i:
  <<: [{j: 4}, *shared]
'5': five
`;

test.each([
  { pointer: '', want: [1, 1] },
  { pointer: '/a', want: [1, 1] },
  { pointer: '/a/b', want: [2, 3] },
  { pointer: '/a/c~1d', want: [3, 3] },
  { pointer: '/a/c~1d/0', want: [4, 7] },
  { pointer: '/a/c~1d/1/e', want: [5, 8] },
  { pointer: '/f', want: [6, 1] },
  { pointer: '/f/b', want: [2, 3] },
  { pointer: '/g/h', want: [9, 3] },
  { pointer: '/g/b', want: [2, 3] },
  { pointer: '/i/j', want: [11, 9] },
  { pointer: '/i/b', want: [2, 3] },
  { pointer: '/5', want: [12, 1] },
  { pointer: '/a/gone', want: [1, 1] },
  { pointer: '/a/b/gone', want: [2, 3] },
  { pointer: '/a/c~1d/7', want: [3, 3] },
])('the place of "$pointer" in YAML', ({ pointer, want }) => {
  const { line, column } = locate(YAML, pointer);
  expect([line, column]).toEqual(want);
});

test('a place in JSON', () => {
  expect(locate('{\n  "a": [\n    1, {"b": 2}\n  ]\n}', '/a/1/b')).toEqual({ line: 3, column: 9 });
});

test.each(['', 'text', '# nothing'])('any place in %j is its start', (text) => {
  expect(locate(text, '/a')).toEqual({ line: 1, column: 1 });
});
