import type { Contract, Schema } from '../../contract/contract.js';
import type { Direction } from '../../contract/schema/direction.js';
import { type SchemaError, SchemaValidator, type Validate } from '../../contract/schema/schema-validator.js';

/** For a longer body only the first problem is reported: collecting all problems of a megabyte is slow. */
const ALL_ERRORS_BELOW = 64 * 1024;
/** The maximum number of problems in one message. */
const MOST_REPORTED = 10;

/** Validates what a request gives. The first pass stops at the first problem; a second pass collects the others. */
export class Validators {
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /**
   * The problems of a value; empty if it fits. The schema is compiled on first use.
   *
   * @param direction - properties that values in this direction lack are not required
   * @returns a function whose second parameter is the length of the value's text
   */
  compile(schema: Schema, direction?: Direction): (value: unknown, length?: number) => readonly SchemaError[] {
    const validator = (allErrors: boolean) =>
      SchemaValidator.of(this.#contract, { allErrors, ...(direction === undefined ? {} : { direction }) });
    let quick: Validate | undefined;
    return (value, length = 0) => {
      quick ??= validator(false).compile(schema);
      const first = quick(value);
      if (first.length === 0 || length > ALL_ERRORS_BELOW) return first;
      return validator(true).compile(schema)(value).slice(0, MOST_REPORTED);
    };
  }
}
