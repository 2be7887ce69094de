import type { SecurityAlternative } from '../../contract/contract.js';

/** A way to be granted access to an operation, by a token with these scopes. */
export function alternative(scopes: readonly string[], disputed = false): SecurityAlternative {
  return { scheme: 's', scopes, disputed, evidence: { grade: 'documented', source: 'seed' }, pointer: '/s' };
}
