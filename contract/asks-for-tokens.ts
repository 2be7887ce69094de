import type { Contract } from './contract.js';

/** Whether any operation requires a token: an API that is open to all issues none. */
export function asksForTokens({ operations }: Contract): boolean {
  return operations.some(({ security }) => security.length > 0);
}
