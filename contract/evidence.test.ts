import { expect, test } from 'vitest';
import { evidenceAt, exactEvidenceAt, NO_EVIDENCE, surest, weaker } from './evidence.js';
import type { Grade } from './vocabulary.js';

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

test.each([
  { given: '/a', want: undefined },
  { given: '/a/b', want: 'root about b' },
  { given: '/a/c', want: 'shared' },
  { given: '/a/c/f', want: 'shared about f' },
  { given: '/a/e', want: 'place of use' },
  { given: '', want: 'root' },
])('the evidence for exactly "$given" is $want', ({ given, want }) => {
  expect(exactEvidenceAt(document, given)?.source).toBe(want);
});

test('of two entries for the same part, the one of the inner object applies', () => {
  const two = { 'x-evidence': { '/a/b': entry('outer') }, a: { 'x-evidence': { '/b': entry('inner') }, b: {} } };
  expect(evidenceAt(two, '/a/b').source).toBe('inner');
});

test('an entry has all its fields', () => {
  const full = { grade: 'disputed', source: 's', seen: 3, against: 'other' } as const;
  expect(evidenceAt({ 'x-evidence': { '': full } }, '')).toEqual(full);
});

test('a reference to nothing, and a circle of references, end', () => {
  expect(evidenceAt({ a: { $ref: '#/gone', 'x-evidence': { '': entry('own') } } }, '/a').source).toBe('own');
  expect(evidenceAt({ a: { $ref: '#/b' }, b: { $ref: '#/a' } }, '/a/c')).toBe(NO_EVIDENCE);
});

test('grades from the strongest to the weakest', () => {
  const grades: readonly Grade[] = ['recorded', 'documented', 'reported', 'inferred', 'unknown', 'disputed'];
  const facts = grades.map((grade) => ({ grade, source: grade }));
  for (const [index, fact] of facts.entries()) {
    const stronger = facts[index - 1];
    if (stronger === undefined) continue;
    expect(weaker(stronger, fact)).toBe(fact);
    expect(weaker(fact, stronger)).toBe(fact);
    expect(surest([fact, stronger])).toBe(stronger);
    expect(surest([stronger, fact])).toEqual(stronger);
  }
  const [recorded] = facts;
  expect(weaker({ grade: 'recorded', source: 'first' }, recorded ?? NO_EVIDENCE).source).toBe('first');
  expect(surest([])).toEqual({ grade: 'disputed', source: 'the contract' });
});
