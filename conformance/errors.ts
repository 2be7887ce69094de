import { RolecallError } from '../contract/errors.js';

/** A run that cannot even begin, or a way of asking for one that makes no sense. One sentence for the command line. */
export class RunError extends RolecallError {
  readonly code: 'TARGET_UNREACHABLE' | 'CREDENTIALS_REFUSED' | 'NOT_THIS_API' | 'NOTHING_PLANNED' | 'BAD_OPTION';

  constructor(code: RunError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
