import type { Contract } from '../contract/contract.js';
import { withDerivedState } from '../contract/derive/derived-state.js';
import type { TenantOptions } from './options.js';

/** The contract that a tenant serves: with the state that follows from its paths and schemas, unless it is stateless. */
export function servedContract(contract: Contract, { stateless = false }: TenantOptions): Contract {
  return stateless ? contract : withDerivedState(contract).contract;
}
