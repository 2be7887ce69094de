import { type ErrorCode, RolecallError } from '../contract/errors.js';

/** The codes of `GeneratorError`. */
export const GENERATOR_ERROR_CODES = {
  OUTPUT_UNWRITABLE: {
    when: 'The output folder cannot be written.',
    remedy: 'Check the path after `--out`, its permissions and the free space; nothing in the folder was changed.',
  },
  OUTPUT_FOREIGN: {
    when: 'A file that rolecall did not write has the name of a file that it would write.',
    remedy: 'Move the file away, or choose another folder with `--out`.',
  },
  TYPES_FAILED: {
    when: 'The contract has a schema that openapi-typescript cannot express.',
    remedy: 'Correct or simplify the schema that the message names.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** The contract is valid, but the generator could not finish. */
export class GeneratorError extends RolecallError {
  readonly code: keyof typeof GENERATOR_ERROR_CODES;

  constructor(code: GeneratorError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
