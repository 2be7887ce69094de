import { printable, printableLines } from './text/printable.js';

/**
 * The base of every error that Rolecall throws on purpose: one class per area, each with a stable `code`. The command
 * line prints the message and exits with 2; any other error is a defect.
 */
export abstract class RolecallError extends Error {
  abstract readonly code: string;

  /** Control characters in the message, such as those of names in a file, are escaped; line breaks are kept. */
  constructor(message: string, options?: ErrorOptions) {
    super(printableLines(message), options);
    this.name = new.target.name;
  }
}

/** What an error code means; `docs/errors.md` is generated from these. */
export interface ErrorCode {
  /** When the error is thrown: a sentence. */
  readonly when: string;
  /** What to do about it: a sentence. */
  readonly remedy: string;
}

/** One problem of a contract. */
export interface ContractProblem {
  /** As given on the command line, or relative to the working directory. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** JSON pointer within the file, beginning with `#/`. */
  readonly pointer: string;
  /** One sentence: subject in quotes, expected, received, what to do. */
  readonly message: string;
}

/** The codes of `ContractError`. */
export const CONTRACT_ERROR_CODES = {
  CONTRACT_UNREADABLE: {
    when: 'A file of the contract is missing, cannot be read, or is not valid YAML or JSON.',
    remedy: 'Correct the file at the given line, or the path of the file.',
  },
  CONTRACT_INVALID: {
    when: 'The document is not valid OpenAPI, misuses a keyword, or contradicts itself.',
    remedy:
      'Correct each place listed in `problems`; all of them are reported together. What leaves a document readable is only counted, unless `strict`.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** What a `ContractError` says besides its problems. */
interface ContractErrorOptions extends ErrorOptions {
  /** How many other places are warnings: somebody else's document may have hundreds. Default: none. */
  readonly warnings?: number;
}

/** A contract that cannot be read, or that contradicts itself, with all problems that have to be corrected. */
export class ContractError extends RolecallError {
  readonly code: keyof typeof CONTRACT_ERROR_CODES;
  readonly problems: readonly ContractProblem[];

  constructor(code: ContractError['code'], problems: readonly ContractProblem[], options: ContractErrorOptions = {}) {
    const { warnings = 0, ...others } = options;
    const besides =
      warnings === 0 ? [] : [`and ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}; --strict lists all`];
    super([...problems.map(formatProblem), ...besides].join('\n'), others);
    this.code = code;
    this.problems = problems;
  }
}

/** The codes of `SettingError`. */
export const SETTING_ERROR_CODES = {
  SETTING_INVALID: {
    when: 'A value for a path parameter (`--set-path`) is not `NAME=VALUE`, names no parameter of the document or the key of a resource that the contract states, or does not fit its schema.',
    remedy: 'Correct the setting; the message lists the parameters.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A value for a path parameter that cannot be used. */
export class SettingError extends RolecallError {
  readonly code = 'SETTING_INVALID';

  constructor(message: string, setting: string) {
    super(`--set-path "${setting}": ${message}.`);
  }
}

/** One line: `spec/paths/users.yaml:12:7 #/get/x-effect: unknown field "liste" …` */
export function formatProblem(problem: ContractProblem): string {
  return printable(`${problem.file}:${problem.line}:${problem.column} ${problem.pointer}: ${problem.message}`);
}
