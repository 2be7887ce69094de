/**
 * The base of every error that Rolecall throws on purpose: one class an area, each with a `code` that never changes.
 * The command line prints the message and exits with 2; any other error is a defect.
 */
export abstract class RolecallError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One thing that is wrong with a contract. */
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

/** A contract that cannot be read, or that contradicts itself. It carries all its problems, not the first alone. */
export class ContractError extends RolecallError {
  readonly code: 'CONTRACT_UNREADABLE' | 'CONTRACT_INVALID';
  readonly problems: readonly ContractProblem[];

  constructor(code: ContractError['code'], problems: readonly ContractProblem[], options?: ErrorOptions) {
    super(problems.map(formatProblem).join('\n'), options);
    this.code = code;
    this.problems = problems;
  }
}

/** `spec/paths/users.yaml:12:7 #/get/x-effect: "liste" is not …` */
export function formatProblem(problem: ContractProblem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.pointer}: ${problem.message}`;
}
