import { RolecallError } from '../contract/errors.js';

/** What a tenant cannot start with, or where. */
export class TenantError extends RolecallError {
  readonly code:
    | 'TENANT_PLAN_UNKNOWN'
    | 'TENANT_STATE_INVALID'
    | 'TENANT_CLIENT_TWICE'
    | 'TENANT_KEY_INVALID'
    | 'TENANT_URL_INVALID'
    | 'TENANT_ADDRESS'
    | 'TENANT_CERTIFICATE';

  constructor(code: TenantError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One thing in a state that does not fit. */
export interface StateProblem {
  /** A JSON pointer into the state with a `#` before it. */
  readonly pointer: string;
  /** A sentence. */
  readonly message: string;
}

/** More than these help nobody at once. */
const PROBLEMS_TOLD = 20;

/** A state that does not fit the contract. Its message has a line for each of the first problems. */
export class StateError extends TenantError {
  readonly problems: readonly StateProblem[];

  /** @param place what stands before each message; the pointer unless given */
  constructor(problems: readonly StateProblem[], place: (pointer: string) => string = (pointer) => pointer) {
    const told = problems.slice(0, PROBLEMS_TOLD).map(({ pointer, message }) => `${place(pointer)}: ${message}`);
    const left = problems.length - told.length;
    super('TENANT_STATE_INVALID', [...told, ...(left > 0 ? [`${place('#')}: And ${left} more.`] : [])].join('\n'));
    this.problems = problems;
  }
}
