import { RolecallError } from '../contract/errors.js';

/**
 * The contract is valid, but the generator could not finish.
 *
 * - `OUTPUT_UNWRITABLE`: the output folder cannot be written.
 * - `OUTPUT_FOREIGN`: the output folder holds files that rolecall did not write, under names that it needs.
 * - `TYPES_FAILED`: openapi-typescript could not turn the contract into types.
 */
export class GeneratorError extends RolecallError {
  readonly code: 'OUTPUT_UNWRITABLE' | 'OUTPUT_FOREIGN' | 'TYPES_FAILED';

  constructor(code: GeneratorError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
