import { describe, expect, it } from 'vitest';
import { defaultContract } from '../contract/load/default.js';
import { contractMutants } from './contract-mutants.js';
import { hiddenScopes, lengthsOf, limitedByPattern, neverCaused } from './equivalent-mutants.js';

const certain = (...scopes: readonly string[]) => ({ scopes, disputed: false });
const disputed = (...scopes: readonly string[]) => ({ scopes, disputed: true });

describe('a change of scopes', () => {
  it('is hidden where a disputed alternative decides on the same tokens', () => {
    const original = [certain('a', 'b'), disputed('b')];
    expect(hiddenScopes(original, [certain('b'), disputed('b')])).toMatch(/^disputed/);
  });

  it('shows where a token is certainly accepted, or certainly refused', () => {
    expect(hiddenScopes([certain('a', 'b')], [certain('b')])).toBeUndefined();
    expect(hiddenScopes([certain('a')], [certain('other')])).toBeUndefined();
    expect(hiddenScopes([certain('a', 'b'), disputed('b')], [certain('a'), disputed('b')])).toBeUndefined();
  });
});

describe('the lengths that a pattern allows', () => {
  it.each([
    ['^[a-z]{3,5}$', 3, 5],
    ['^(ab|c)?d$', 1, 3],
    ['^a+$', 1, Number.POSITIVE_INFINITY],
    ['[a-z]{3}', 3, Number.POSITIVE_INFINITY],
    ['^a$|^bcd$', 1, 3],
  ])('%s: %d to %d', (pattern, min, max) => {
    expect(lengthsOf(pattern)).toEqual({ min, max });
  });

  it('hide a looser limit, not a tighter one', () => {
    const schema = { pattern: '^[a-z]{3,5}$' };
    expect(limitedByPattern(schema, { key: 'maxLength', limit: 5, value: 6 })).toBeDefined();
    expect(limitedByPattern(schema, { key: 'maxLength', limit: 5, value: 4 })).toBeUndefined();
    expect(limitedByPattern(schema, { key: 'minLength', limit: 3, value: 2 })).toBeDefined();
    expect(limitedByPattern({}, { key: 'maxLength', limit: 5, value: 6 })).toBeUndefined();
  });
});

it('a status is never caused where each of its problems says so', async () => {
  const { operations } = await defaultContract();
  const never = operations.flatMap((operation) =>
    operation.responses.flatMap(({ status }) =>
      neverCaused(operation, status) === undefined ? [] : [`${operation.id} ${status}`],
    ),
  );
  expect(never).toEqual(['users.list 503', 'clients.create 404', 'clients.create 409']);
});

it('few mutants of the contract are equivalent, and each says why', async () => {
  const mutants = contractMutants(await defaultContract());
  const equivalent = mutants.filter((mutant) => mutant.equivalent !== undefined);
  expect(equivalent.length / mutants.length).toBeLessThan(0.05);
  expect(new Set(equivalent.map(({ kind }) => kind))).toEqual(new Set(['scope', 'limit', 'required', 'status']));
});
