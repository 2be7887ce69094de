import type { Cause } from '../../contract/contract.js';

/** Why a request is refused. The steps of the pipeline return it as a value; one place turns it into an answer. */
export class Refusal {
  readonly cause: Cause;
  /** The values of the `{names}` in the problem's message. */
  readonly values: Readonly<Record<string, string>>;
  /** The reason for the log, without tokens and secrets. */
  readonly detail: string;
  /** The name of the problem, if several problems have this cause. */
  readonly problem: string | undefined;

  constructor(cause: Cause, values: Readonly<Record<string, string>>, detail: string, problem?: string) {
    this.cause = cause;
    this.values = values;
    this.detail = detail;
    this.problem = problem;
  }
}

/** Causes that are answer alike share it. */
export function keyOfCause(cause: Cause): string {
  switch (cause.kind) {
    case 'token':
      return `token ${cause.fault}`;
    case 'invalid':
      return `invalid ${cause.part}`;
    case 'unknown':
    case 'duplicate':
    case 'full':
    case 'unsupported':
      return `${cause.kind} ${cause.of}`;
    case 'hook':
      return `hook ${cause.name}`;
    default:
      return cause.kind;
  }
}
