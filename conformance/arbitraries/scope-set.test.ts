import { describe, expect, it } from 'vitest';
import type { SecurityAlternative } from '../../contract/contract.js';
import { accessOf } from '../lookup/access.js';
import { boundaryScopeSets } from './scope-set.js';

const alternative = (scopes: readonly string[], disputed = false): SecurityAlternative => {
  return {
    scheme: 's',
    scopes,
    disputed,
    evidence: { grade: 'documented', source: 'seed' },
    pointer: '/s',
  };
};
const security = [alternative(['read:a', 'update:b']), alternative(['update:b'], true)];

describe('accessOf', () => {
  it.each([
    { given: ['read:a', 'update:b'], want: 'granted' },
    { given: ['read:a', 'update:b', 'x'], want: 'granted' },
    { given: ['update:b'], want: 'disputed' },
    { given: ['read:a'], want: 'refused' },
    { given: [], want: 'refused' },
  ])('$given: $want', ({ given, want }) => {
    expect(accessOf(security, given)).toBe(want);
  });
});

describe('boundaryScopeSets', () => {
  it('returns the sets at the boundary of the alternatives, each once', () => {
    const sets = boundaryScopeSets(security, ['other', 'read:a', 'update:b']);
    expect(sets.map(({ kind, scopes }) => `${kind}: ${scopes.join(' ')}`)).toMatchInlineSnapshot(`
      [
        "exact: read:a update:b",
        "exact: update:b",
        "one missing: read:a",
        "one missing: ",
        "all but: other update:b",
        "all but: other read:a",
        "unrelated: other",
      ]
    `);
  });
});
