import { RolecallError } from '../contract/errors.js';

/** A replay that could not be done: `RECORDING_*`, the file; `TARGET_*`, the other end; `NOTHING_COMPARED`, nothing of the
 * contract in it; `INTERRUPTED`, by its user. */
export class ReplayError extends RolecallError {
  readonly code:
    | 'RECORDING_UNREADABLE'
    | 'RECORDING_INVALID'
    | 'TARGET_UNREACHABLE'
    | 'TARGET_REFUSED'
    | 'NOTHING_COMPARED'
    | 'INTERRUPTED';

  constructor(code: ReplayError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
