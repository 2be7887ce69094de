import { describe, expect, it } from 'vitest';
import type { SecurityAlternative } from '../contract.js';
import { possibleAlternatives } from './possible-alternatives.js';
import { scopeNeeds } from './scope-needs.js';

const alternative = (disputed: boolean, ...scopes: string[]) =>
  ({ scopes, disputed }) as unknown as SecurityAlternative;
const SECURITY = [alternative(false, 'read:roles'), alternative(true, 'read:users')];

describe('how a request may have got access', () => {
  it.each([
    ['an unknown token', undefined, [['read:roles']]],
    ['both', ['read:roles', 'read:users'], [['read:roles']]],
    ['only what sources contradict', ['read:users'], [['read:users']]],
    ['neither', ['read:clients'], [['read:roles']]],
  ])('with %s', (_, token, want) => {
    expect(possibleAlternatives(SECURITY, token && new Set(token))).toEqual(want);
  });

  it('is the same for the scopes of a client of the tenant', () => {
    const call = { operation: 'roles.list', security: SECURITY, isRefused: false };
    expect(scopeNeeds([call], new Set(['read:users', 'read:roles']))).toMatchObject({
      used: ['read:roles'],
      unused: ['read:users'],
    });
  });
});
