import { describe, expect, it } from 'vitest';
import { alternative } from '../test-support/alternative.js';
import { accessOf } from './access.js';

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
