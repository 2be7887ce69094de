import { describe, expect, it } from 'vitest';
import { wrapCommand, wrapWords } from './wrap.js';

describe('wrapWords', () => {
  it.each([
    { given: 'a berth is free', width: 20, want: ['a berth is free'] },
    { given: 'a berth is free', width: 8, want: ['a berth', 'is free'] },
    { given: 'see {"berth":"north-pier"} there', width: 10, want: ['see', '{"berth":…', 'there'] },
  ])('$given in $width columns', ({ given, width, want }) => {
    expect(wrapWords(given, width)).toEqual(want);
  });
});

describe('wrapCommand', () => {
  it('breaks between words, with backslashes', () => {
    expect(wrapCommand("curl -X POST 'a b c' --data x", 16)).toEqual(['curl -X POST \\', "  'a b c' \\", '  --data x']);
  });

  it('gives up where a word is too long', () => {
    expect(wrapCommand(`curl '${'x'.repeat(40)}'`, 20)).toBeUndefined();
  });
});
