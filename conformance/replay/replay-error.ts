import { RolecallError } from '../../spec/contract/errors.js';

/** A replay that could not be done: `RECORDING_*`, the file; `TARGET_*`, the other end; `INTERRUPTED`, by its user. */
export class ReplayError extends RolecallError {
  readonly code: 'RECORDING_UNREADABLE' | 'RECORDING_INVALID' | 'TARGET_UNREACHABLE' | 'TARGET_REFUSED' | 'INTERRUPTED';

  constructor(code: ReplayError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
