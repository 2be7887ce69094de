import { type ErrorCode, RolecallError } from '../contract/errors.js';
import { printable } from '../contract/text/printable.js';

/** The codes of `TenantError`. */
export const TENANT_ERROR_CODES = {
  TENANT_OPTION_INVALID: {
    when: 'An option of `rolecall tenant` has an invalid value.',
    remedy: 'Pass a value of the form that the message names.',
  },
  TENANT_PLAN_UNKNOWN: {
    when: 'The contract has no rate limit plan of this name.',
    remedy: 'Choose one of the plans that the message lists.',
  },
  TENANT_HABIT_INVALID: {
    when: 'A habit is unknown, or does not take this value.',
    remedy: 'Choose one of the habits that `rolecall tenant --help` lists, with a value of the form there.',
  },
  TENANT_DATA_IN_USE: {
    when: 'Another tenant uses the folder of `--data`.',
    remedy: 'Stop that tenant, or choose another folder.',
  },
  TENANT_DATA_INVALID: {
    when: 'The folder of `--data` cannot be used: it is damaged, or of another contract or version.',
    remedy: 'Do what the message says, or choose another folder.',
  },
  TENANT_DATA_UNWRITABLE: {
    when: 'A change could not be written to the folder of `--data`: its disk is full, or it can no longer be written.',
    remedy: 'Free space there and send the request again; what was kept before is still there.',
  },
  TENANT_STATE_INVALID: {
    when: 'The initial state cannot be read, or does not fit the contract.',
    remedy: 'Correct the places that the message names; `rolecall help tenant` describes the format.',
  },
  TENANT_CLIENT_INVALID: {
    when: 'A client of the options has no id or no secret.',
    remedy: 'Give every client an id and a secret.',
  },
  TENANT_CLIENT_TWICE: {
    when: 'Two clients have the same client id.',
    remedy: 'Give each client its own id.',
  },
  TENANT_KEY_INVALID: {
    when: 'The signing key cannot sign tokens.',
    remedy: 'Pass a private RSA key of at least 2048 bits as a JWK.',
  },
  TENANT_URL_INVALID: {
    when: 'The base URL is not the root of a server.',
    remedy: 'Pass scheme and host without a path, such as `https://tenant.example`.',
  },
  TENANT_ADDRESS: {
    when: 'The tenant or the proxy cannot listen at the host and port: the port is taken, or the address is not local.',
    remedy: 'Choose another port (0 takes a free one), or a local address.',
  },
  TENANT_COMMAND: {
    when: 'The command after `--` cannot be started.',
    remedy: 'Check that it is installed and in the `PATH`.',
  },
  TENANT_IMPORT: {
    when: 'The export of `--import` cannot be read.',
    remedy: 'Pass a folder, or a YAML file, that `a0deploy export` of auth0-deploy-cli wrote.',
  },
  TENANT_WAIT: {
    when: 'The URL of `--wait-for` did not answer with a status below 400 in time.',
    remedy: 'Check that its server starts and that the URL is right.',
  },
  TENANT_CERTIFICATE: {
    when: 'The TLS certificate or key cannot be read, written, or used together.',
    remedy: 'Pass a matching pair in PEM; for `--tls`, set `ROLECALL_HOME` to a folder that can be written.',
  },
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** A tenant cannot start with these options, or cannot listen at this address. */
export class TenantError extends RolecallError {
  readonly code: keyof typeof TENANT_ERROR_CODES;

  constructor(code: TenantError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One problem of a state. */
export interface StateProblem {
  /** A JSON pointer into the state with a `#` before it. */
  readonly pointer: string;
  /** A sentence. */
  readonly message: string;
  /** The property at that place that may not be there. */
  readonly surplus?: string;
}

/** The maximum number of problems in one message. */
const MAX_PROBLEMS_SHOWN = 20;

/**
 * A state that does not fit the contract. The message has a line for each problem, up to a limit; control characters in
 * keys and values are escaped.
 */
export class StateError extends TenantError {
  readonly problems: readonly StateProblem[];

  /** @param place formats the place of a problem, by default as its pointer */
  constructor(problems: readonly StateProblem[], place: (pointer: string) => string = (pointer) => pointer) {
    const lines = problems
      .slice(0, MAX_PROBLEMS_SHOWN)
      .map(({ pointer, message }) => printable(`${place(pointer)}: ${message}`));
    const left = problems.length - lines.length;
    super(
      'TENANT_STATE_INVALID',
      [...lines, ...(left > 0 ? [`${place('#')}: ${left} more problems.`] : [])].join('\n'),
    );
    this.problems = problems;
  }
}
