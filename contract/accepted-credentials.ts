import type { Operation, SecurityAlternative } from './contract.js';

/** How a request of an operation can carry a credential: as one that it needs, else as the document offers one. */
export function acceptedCredentials({
  security,
  offered = [],
}: Pick<Operation, 'security' | 'offered'>): readonly SecurityAlternative[] {
  return security.length > 0 ? security : offered;
}
