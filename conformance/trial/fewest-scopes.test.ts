import { describe, expect, it } from 'vitest';
import { fewestScopes } from './fewest-scopes.js';

const universe = Array.from({ length: 40 }, (_, index) => `scope:${index}`);

describe('fewestScopes', () => {
  it.each([
    { given: ['scope:17'], want: ['scope:17'] },
    { given: ['scope:0', 'scope:39'], want: ['scope:0', 'scope:39'] },
    { given: [], want: [] },
  ])('finds that $given lets in', async ({ given, want }) => {
    const letsIn = async (scopes: readonly string[]): Promise<boolean> =>
      given.every((scope) => scopes.includes(scope));
    expect(await fewestScopes(universe, letsIn, 100)).toEqual(want);
  });

  it('finds one of two that let in', async () => {
    const letsIn = async (scopes: readonly string[]): Promise<boolean> =>
      scopes.includes('scope:3') || scopes.includes('scope:8');
    expect(await fewestScopes(universe, letsIn, 100)).toHaveLength(1);
  });

  it('asks no more than it may', async () => {
    let asked = 0;
    await fewestScopes(
      universe,
      async () => {
        asked += 1;
        return false;
      },
      5,
    );
    expect(asked).toBe(5);
  });
});
