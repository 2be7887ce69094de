import { describe, expect, test } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { contractOf } from '../emit/test-support/contract.js';
import { openOperations, requirementsOf } from './security.js';

const contractWith = (security: Json | undefined, other: Json = [{ key: [] }]) =>
  contractOf(
    {
      '/x': { get: { operationId: 'x', responses: {}, ...(security === undefined ? {} : { security }) } },
      '/y': { get: { operationId: 'y', responses: {}, security: other } },
    },
    {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  );

describe('the requirements of an operation, and whether it is open', () => {
  test.each([
    ['none are declared', undefined, undefined, true],
    ['an empty list', [], [], true],
    ['the empty alternative alone', [{}], [], true],
    ['optional ones', [{}, { key: [] }], [['key']], false],
    ['several at once, or another', [{ key: [], bearer: [] }, { bearer: [] }], [['key', 'bearer'], ['bearer']], false],
  ])('%s', (_, security, want, open) => {
    const contract = contractWith(security);
    const [operation] = contract.operations;
    if (operation === undefined) throw new Error('the contract has two operations');
    expect(requirementsOf(contract, operation)).toEqual(want);
    expect(openOperations(contract).has('x')).toBe(open);
  });

  test('nothing is open if the document has no security at all', () => {
    expect(openOperations(contractWith(undefined, []))).toEqual(new Set());
  });
});
