import { type ErrorCode, RolecallError } from '../contract/errors.js';

/** The codes of `ReplayError`. */
export const REPLAY_ERROR_CODES = {
  RECORDING_UNREADABLE: {
    when: 'A recording is missing or cannot be read.',
    remedy: 'Correct the path.',
  },
  RECORDING_INVALID: {
    when: 'A file is not a recording in a format that `replay` reads.',
    remedy: 'Correct the place that the message names; `rolecall help replay` describes the formats.',
  },
  TARGET_UNREACHABLE: {
    when: 'The target does not answer.',
    remedy: 'Start the server, or correct the URL after `--target`.',
  },
  TARGET_REFUSED: {
    when: 'The target answers, but issues no token for these credentials.',
    remedy: 'Check `ROLECALL_CLIENT_ID`, `ROLECALL_CLIENT_SECRET`, `ROLECALL_TOKEN` and `ROLECALL_AUDIENCE`.',
  },
  NOTHING_COMPARED: {
    when: 'No exchange of the recordings belongs to the contract.',
    remedy: 'Record traffic of the API of the contract, or pass the contract of the recorded API.',
  },
  INTERRUPTED: {
    when: 'The replay was stopped before its last recording.',
    remedy: 'Run it again; what it created at the target was removed.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A replay that cannot start or finish: a recording, a target, or nothing to compare. */
export class ReplayError extends RolecallError {
  readonly code: keyof typeof REPLAY_ERROR_CODES;

  constructor(code: ReplayError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
