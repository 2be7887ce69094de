import type { Contract } from '../../../contract/contract.js';

/** Whether any operation asks for a token: of an API that is open to all, none is to be had. */
export function asksForTokens({ operations }: Contract): boolean {
  return operations.some(({ security }) => security.length > 0);
}
