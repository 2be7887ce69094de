import { describe, expect, it } from 'vitest';
import { acceptedSubset } from './accepted-subset.js';

const universe = Array.from({ length: 40 }, (_, index) => `scope:${index}`);

describe('acceptedSubset', () => {
  it.each([
    { given: ['scope:17'], want: ['scope:17'] },
    { given: ['scope:0', 'scope:39'], want: ['scope:0', 'scope:39'] },
    { given: [], want: [] },
  ])('finds that $given is accepted', async ({ given, want }) => {
    const accepts = async (scopes: readonly string[]): Promise<boolean> =>
      given.every((scope) => scopes.includes(scope));
    expect(await acceptedSubset(universe, accepts, 100)).toEqual(want);
  });

  it('finds one of two accepted subsets', async () => {
    const accepts = async (scopes: readonly string[]): Promise<boolean> =>
      scopes.includes('scope:3') || scopes.includes('scope:8');
    expect(await acceptedSubset(universe, accepts, 100)).toHaveLength(1);
  });

  it('sends at most the given number of requests', async () => {
    let asked = 0;
    await acceptedSubset(
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
