import { expect, test } from 'vitest';
import { checkSyntax, syntaxProblem } from './syntax.js';

test('the first syntax error, with its place', () => {
  const text = 'export interface A {\n  /** ends */ early */ b: string;\n}\n';
  expect(syntaxProblem({ path: 'types.ts', text })).toMatch(
    /^types\.ts:2:20 would not be valid TypeScript: .* Found: "\/\*\* ends \*\/ early \*\/ b: string;"\. Nothing was written/,
  );
});

test('valid code has none', () => {
  expect(syntaxProblem({ path: 'a.ts', text: "export const a = { 'b-c': [1, 'x'] } as const;\n" })).toBeUndefined();
});

test('code that would not compile is rejected', async () => {
  await checkSyntax({ path: 'client.ts', text: 'export const one = 1;' });
  await expect(checkSyntax({ path: 'routes.ts', text: 'export const = 1;' })).rejects.toThrow(
    expect.objectContaining({ code: 'OUTPUT_INVALID', message: expect.stringContaining('routes.ts:1:14') }),
  );
});
