import { RolecallError } from '../spec/contract/errors.js';

/** What a tenant cannot start with, or where. */
export class TenantError extends RolecallError {
  readonly code: 'TENANT_PLAN_UNKNOWN' | 'TENANT_STATE_INVALID' | 'TENANT_ADDRESS' | 'TENANT_CERTIFICATE';

  constructor(code: TenantError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
