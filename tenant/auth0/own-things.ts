import type { Contract } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Provider } from '../provider.js';
import type { Granting } from './granting.js';
import type { Identity } from './identity.js';

/**
 * Keeps what the tenant could not do without: its own API from being changed or deleted, its own client from being
 * deleted (both documented). Where the contract has no such refusal, nothing is kept.
 *
 * @param clientId of the client that has every scope
 */
export function protecting(
  contract: Contract,
  granting: Granting | undefined,
  identity: Identity,
  clientId: string,
): Provider['protects'] {
  const clientKey = contract.resources.get(granting?.client ?? '')?.key ?? '';
  return ({ resource, properties }, change) => {
    if (granting === undefined) return undefined;
    if (resource === granting.api && properties[granting.identifier] === identity.audience)
      return refusal(contract, 'system-resource-server', "The tenant's own API cannot be changed or deleted.");
    if (resource === granting.client && change === 'delete' && properties[clientKey] === clientId)
      return refusal(contract, 'global-client', "it is the tenant's own client");
    return undefined;
  };
}

function refusal(contract: Contract, problem: string, reason: string): Refusal | undefined {
  const when = contract.problems.get(problem)?.when;
  return when === undefined ? undefined : new Refusal(when, { reason }, reason, problem);
}
