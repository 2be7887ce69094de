import { RolecallError } from '../contract/errors.js';

/** What keeps the generator from its work though the contract is sound. */
export class GeneratorError extends RolecallError {
  readonly code: 'OUTPUT_UNWRITABLE' | 'OUTPUT_FOREIGN' | 'TYPES_FAILED';

  constructor(code: GeneratorError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
