import type { Cause } from '../../contract/contract.js';

/** Why a request is refused: a value that the steps of the pipeline return, turned into an answer in one place. */
export class Refusal {
  readonly cause: Cause;
  /** What the braces of the problem's message stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** For the log: what was wrong, without a token or a secret. */
  readonly detail: string;
  /** The problem of the catalogue, where the cause alone does not tell which. */
  readonly problem: string | undefined;

  constructor(cause: Cause, values: Readonly<Record<string, string>>, detail: string, problem?: string) {
    this.cause = cause;
    this.values = values;
    this.detail = detail;
    this.problem = problem;
  }
}

/** Causes that are answered alike share it. */
export function keyOfCause(cause: Cause): string {
  switch (cause.kind) {
    case 'token':
      return `token ${cause.fault}`;
    case 'invalid':
      return `invalid ${cause.part}`;
    case 'unknown':
    case 'duplicate':
    case 'full':
      return `${cause.kind} ${cause.of}`;
    case 'hook':
      return `hook ${cause.name}`;
    default:
      return cause.kind;
  }
}
