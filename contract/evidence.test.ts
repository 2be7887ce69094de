import { expect, test } from 'vitest';
import { evidenceAt, exactEvidenceAt, NO_EVIDENCE, weaker } from './evidence.js';

const entry = (source: string) => ({ grade: 'recorded', source });

const document = {
  'x-evidence': { '': entry('root'), '/a/b': entry('root about b') },
  a: {
    'x-evidence': { '/c': entry('a about c') },
    b: { d: 1 },
    c: { $ref: '#/shared' },
    e: { $ref: '#/shared', 'x-evidence': { '': entry('place of use') } },
  },
  shared: { 'x-evidence': { '': entry('shared'), '/f': entry('shared about f') }, f: { g: 1 } },
};

test.each([
  { given: '', want: 'root' },
  { given: '/z', want: 'root' },
  { given: '/a/b', want: 'root about b' },
  { given: '/a/b/d', want: 'root about b' },
  { given: '/a/c', want: 'shared' },
  { given: '/a/c/f/g', want: 'shared about f' },
  { given: '/a/e', want: 'place of use' },
])('the evidence at "$given" is that of "$want"', ({ given, want }) => {
  expect(evidenceAt(document, given)).toEqual({ grade: 'recorded', source: want });
});

test('a fact without evidence is documented by the contract itself', () => {
  expect(evidenceAt({ a: 1 }, '/a')).toBe(NO_EVIDENCE);
  expect(exactEvidenceAt(document, '/a/b/d')).toBeUndefined();
});

test('the weaker evidence of two facts is used', () => {
  const recorded = { grade: 'recorded', source: 'x' } as const;
  const inferred = { grade: 'inferred', source: 'y' } as const;
  expect(weaker(recorded, inferred)).toBe(inferred);
  expect(weaker(inferred, recorded)).toBe(inferred);
});
