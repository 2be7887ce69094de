import { describe, expect, it } from 'vitest';
import { alternative } from '../test-support/alternative.js';
import { boundaryScopeSets } from './scope-set.js';

const security = [alternative(['read:a', 'update:b']), alternative(['update:b'], true)];

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
