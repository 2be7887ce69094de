import { type ErrorCode, RolecallError } from '../contract/errors.js';

/** The codes of `GeneratorError`. */
export const GENERATOR_ERROR_CODES = {
  OUTPUT_UNWRITABLE: {
    when: 'The output folder cannot be written.',
    remedy:
      'Check the path after `--out` or `--site`, its permissions and the free space; nothing in the folder was changed.',
  },
  OUTPUT_FOREIGN: {
    when: 'A file that rolecall did not write has the name of a file that it would write.',
    remedy: 'Move the file away, or choose another folder with `--out` or `--site`.',
  },
  OUTPUT_PROTECTED: {
    when: 'The output folder is the root of a file system, the home folder or a parent of it, or both folders are the same.',
    remedy: 'Choose a folder of its own with `--out`, and another one with `--site`.',
  },
  OUTPUT_LOCKED: {
    when: 'Another run is writing to the output folder.',
    remedy: 'Wait until it has finished, then run again.',
  },
  OUTPUT_INVALID: {
    when: 'Generated code would not be valid TypeScript. Nothing was written.',
    remedy: 'Rename the part of the contract that the message quotes, and report a defect of rolecall.',
  },
  UNKNOWN_LANGUAGE: {
    when: 'There are no samples in a language that `--samples` lists.',
    remedy: 'Choose from the languages in the message, or pass `--samples all`.',
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
