import { type ErrorCode, RolecallError } from '../contract/errors.js';

/** The codes of `RunError`. */
export const RUN_ERROR_CODES = {
  TARGET_UNREACHABLE: {
    when: 'The target does not answer: no server listens there, its certificate is not trusted, it took too long, or its rate limit refuses every request.',
    remedy:
      'Start the server, or correct the URL; for a private certificate authority set `NODE_EXTRA_CA_CERTS`; after a 429 try later.',
  },
  CREDENTIALS_REFUSED: {
    when: 'The target refuses the client or the token.',
    remedy: 'Check `ROLECALL_CLIENT_ID`, `ROLECALL_CLIENT_SECRET`, `ROLECALL_TOKEN` and `ROLECALL_AUDIENCE`.',
  },
  NOT_THIS_API: {
    when: 'A server answers, but not with the API of the contract.',
    remedy: "Pass the tenant's root as the URL, without the API's path.",
  },
  NOTHING_PLANNED: {
    when: '`--only` and `--skip` leave no check.',
    remedy: 'Correct the globs; `rolecall verify --dry-run` lists every name.',
  },
  BAD_OPTION: {
    when: 'An option has an invalid value, or cannot be combined with another one.',
    remedy: 'Correct the option that the message names; `rolecall help verify` lists them.',
  },
  JOURNAL_NOT_WRITTEN: {
    when: 'The journal cannot be written, so nothing can be created at the target.',
    remedy: 'Free space or change the permissions of the folder, or pass another file with `--journal`.',
  },
  JOURNAL_UNREADABLE: {
    when: 'The file passed to `rolecall sweep` or `--journal` cannot be read, or is not a journal.',
    remedy: 'Pass the file that `rolecall verify` named when it started.',
  },
  UNSWEPT: {
    when: 'An earlier run was killed and left resources at the target.',
    remedy: 'Remove them with `rolecall sweep`, then run again.',
  },
  NOT_YOUR_TENANT: {
    when: 'The target is not on this machine, and you have not confirmed that it is yours.',
    remedy: "Pass `--i-own-this-tenant NAME` with the tenant's name.",
  },
  REPORT_NOT_WRITTEN: {
    when: 'The run is over and its verdict printed, but a report file cannot be written.',
    remedy: 'Free space or change the permissions of the `--report` folder, then run again.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A run that cannot start: a target that cannot be reached, or invalid options. One sentence for the command line. */
export class RunError extends RolecallError {
  readonly code: keyof typeof RUN_ERROR_CODES;

  constructor(code: RunError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
