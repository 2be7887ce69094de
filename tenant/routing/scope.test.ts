import { expect, test } from 'vitest';
import type { SecurityAlternative } from '../../contract/contract.js';
import { checkScopes } from './scope.js';

const security = [{ scopes: ['a', 'b'] }, { scopes: ['c'] }] as unknown as readonly SecurityAlternative[]; // all that is used

test.each([
  { granted: ['a', 'b'], allowed: true },
  { granted: ['c'], allowed: true },
  { granted: ['a'], allowed: false },
  { granted: ['b', 'd'], allowed: false },
  { granted: [], allowed: false },
])('$granted: $allowed', ({ granted, allowed }) => {
  expect(checkScopes(security, new Set(granted)) === undefined).toBe(allowed);
});

test('a refusal names every scope once', () => {
  const refusal = checkScopes([...security, ...security], new Set());
  expect(refusal).toMatchObject({
    cause: { kind: 'scope' },
    values: { scopes: 'a,b,c' },
    detail: 'required scopes: a, b, c',
  });
});
