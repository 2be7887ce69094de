import type { Contract } from '../../contract/contract.js';
import { Refusal } from '../answer/refusal.js';
import type { Provider } from '../provider.js';
import type { GrantModel } from './grant-model.js';
import type { Identity } from './identity.js';
import { FIXED_IN_SYSTEM_APIS } from './resource-hooks.js';

export interface ProtectionOptions {
  readonly contract: Contract;
  readonly grantModel: GrantModel | undefined;
  readonly identity: Identity;
  /** The client that has every scope. */
  readonly clientId: string;
}

/**
 * Protects what the tenant cannot work without: its own API against updates and deletion, its own client against
 * deletion (both documented); and what the service defines: the names and scopes of system APIs (recorded). A contract without such a refusal protects nothing.
 */
export function protectionOf({ contract, grantModel, identity, clientId }: ProtectionOptions): Provider['protects'] {
  const clientKey = contract.resources.get(grantModel?.client ?? '')?.key ?? '';
  return ({ resource, properties }, change, body) => {
    if (grantModel === undefined) return undefined;
    const fixed = FIXED_IN_SYSTEM_APIS.find((name) => body[name] !== undefined);
    if (resource === grantModel.api && properties.is_system === true && fixed !== undefined)
      return refusal(contract, 'system-resource-server', `The ${fixed} of a system API cannot be changed.`);
    if (resource === grantModel.api && properties[grantModel.identifier] === identity.audience)
      return refusal(contract, 'system-resource-server', "The tenant's own API cannot be changed or deleted.");
    if (resource === grantModel.client && change === 'delete' && properties[clientKey] === clientId)
      return refusal(contract, 'global-client', "it is the tenant's own client");
    return undefined;
  };
}

function refusal(contract: Contract, problem: string, reason: string): Refusal | undefined {
  const when = contract.problems.get(problem)?.when;
  return when === undefined ? undefined : new Refusal(when, { reason }, reason, problem);
}
